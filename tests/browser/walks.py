"""Which pages are looked at, how one goes from one to the next, and how many are read as one."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import parts as reading
from accessible import axe
from parts import cover, frame, parts
from playwright.sync_api import Page
from reader import CALCULATOR, ROOT, SITEMAP, Reader, follow

from tools.kept import keep, kept

SITE = ROOT / "site"
PAGES = {
    "" if page.parent == SITE else f"{page.parent.relative_to(SITE)}/": page
    for page in sorted(SITE.rglob("index.html"))
    if SITE / "go" not in page.parents
}
REMEMBERED = ROOT / "build" / "chosen-pages.json"
"""Which pages were chosen of those that are built: every worker wants to know, and to read them all takes a second."""

_LIVES = re.compile(r"<article.*<[a-z]+-[a-z-]+[ >].*</article>", re.DOTALL)


@dataclass(frozen=True)
class Chosen:
    """Paths of all pages.  An article lives that has an element which makes something of itself; the others are still."""

    whole: list[str] = field(default_factory=list)
    """These have together each part that stands around any article."""
    living: list[str] = field(default_factory=list)
    still: list[str] = field(default_factory=list)
    """Each part that any article has is on one of all these."""
    other_living: list[str] = field(default_factory=list)
    other_still: list[str] = field(default_factory=list)


def chosen() -> Chosen:
    """Of the pages that are built; nothing where none are."""
    built = [[path, (stat := page.stat()).st_mtime_ns, stat.st_size] for path, page in PAGES.items()]
    code = [Path(file).read_text() for file in (reading.__file__, __file__)]
    of = hashlib.sha256(json.dumps([built, code]).encode()).hexdigest()
    found = kept(REMEMBERED)
    if not found or found["of"] != of:
        read = {path: page.read_text() for path, page in PAGES.items()}
        whole = cover({path: frame(html) for path, html in read.items()}, [CALCULATOR]) if read else []
        every = cover({path: parts(html) for path, html in read.items()}, whole)
        articles, others = every[len(whole) :], [path for path in read if path not in every]
        found = {"of": of, "whole": whole}
        found |= {"living": [p for p in articles if _LIVES.search(read[p])]}
        found |= {"still": [p for p in articles if not _LIVES.search(read[p])]}
        found |= {"other_living": [p for p in others if _LIVES.search(read[p])]}
        found |= {"other_still": [p for p in others if not _LIVES.search(read[p])]}
        keep(found, REMEMBERED)
    return Chosen(**{name: paths for name, paths in found.items() if name != "of"})


def walks(paths: Sequence[str], length: int) -> dict[str, Sequence[str]]:
    """So many pages each, by the first of them."""
    return {paths[start]: paths[start : start + length] for start in range(0, len(paths), length)}


def walked(reader: Reader, walk: Sequence[str]) -> Iterator[str]:
    """Goes from page to page in one document; the path of each, where it stands there."""
    with reader.page.expect_response(SITEMAP):
        reader.go(path=walk[0], wait_until="load")
    reader.page.evaluate("globalThis.sameDocument = true")
    for path in walk:
        if path != walk[0]:
            follow(reader.page, reader.host.url + path)
        yield path
    assert reader.page.evaluate("globalThis.sameDocument"), "a page was loaded anew"


# What an id of one article is, no other's is: of each the ids, and what refers to them, begin with its number.
_TOGETHER = """async (addresses) => {
  const parsed = await Promise.all(addresses.map(async (address) =>
    new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html").querySelector("article")));
  parsed.forEach((article, at) => {
    article.dataset.at = at;
    for (const name of ["id", "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls"]) {
      for (const e of article.querySelectorAll(`[${name}]`)) {
        e.setAttribute(name, e.getAttribute(name).trim().split(/\\s+/).map((id) => `at-${at}-${id}`).join(" "));
      }
    }
  });
  document.querySelector("article").replaceWith(...parsed);
  return parsed.length;
}"""


def together(reader: Reader, paths: Sequence[str]) -> Page:
    """The articles of all these pages below each other, as they are built, where the first of them stands on its own."""
    reader.go(path=paths[0])
    assert reader.page.evaluate(_TOGETHER, [reader.host.url + path for path in paths]) == len(paths)
    return reader.page


def named(page: Page, paths: Sequence[str]) -> dict[str, object]:
    """Of articles that are read together those that are wider than their page, or in which axe finds something."""
    wide = page.locator("article").evaluate_all("(all) => all.map((e) => e.scrollWidth > e.clientWidth)")
    found = {path: axe(page, f'article[data-at="{at}"]') for at, path in enumerate(paths)}
    return {path: ("too wide" if wide[at] else "", found[path]) for at, path in enumerate(paths) if wide[at] or found[path]}
