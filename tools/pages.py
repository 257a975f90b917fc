"""A built page, taken apart: ids, headings, links, resources, head."""

from dataclasses import dataclass, field
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

_RESOURCE = {"script": "src", "img": "src", "iframe": "src", "source": "src", "audio": "src", "video": "src", "embed": "src"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_FETCHED_RELS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"}


class Page:
    """One HTML file of the site; `path` is its address below the site's, such as `memory/executor-heap/`.

    It has all that its `Parts` have, which are read when one of them is first asked for.
    """

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text

    @cached_property
    def _parts(self) -> "Parts":
        return Parts(self.text)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._parts, name)

    def target(self, link: str) -> tuple[str, str] | None:
        """Path below the site and id that a link leads to; None where it leaves the site."""
        if urlsplit(link).scheme or link.startswith("//"):
            return None
        url = urlsplit(urljoin(f"http://site/{self.path}", link))
        return unquote(url.path.removeprefix("/")), unquote(url.fragment)


@dataclass(repr=False)
class Parts(HTMLParser):
    """What the text of a page consists of."""

    text: str
    ids: list[str] = field(default_factory=list)
    article_ids: list[str] = field(default_factory=list)  # those in the content, not in the theme around it
    headings: list[tuple[str, str]] = field(default_factory=list)  # tag, id
    links: list[str] = field(default_factory=list)
    resources: list[str] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    title: str = ""
    canonical: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self.feed(self.text)

    def updatepos(self, i: int, j: int) -> int:
        """Nobody asks for numbers of lines, which take a seventh of the time."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
            if "article" in self._open:
                self.article_ids.append(given["id"])
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append((tag, given.get("id", "")))
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if given.get(_RESOURCE.get(tag, "")):
            self.resources.append(given[_RESOURCE[tag]])
        if tag == "link":
            self._link(set(given.get("rel", "").split()), given.get("href", ""))
        if tag == "meta":
            self.metas[given.get("name") or given.get("property") or given.get("http-equiv", "")] = given.get("content", "")

    def _link(self, rels: set[str], href: str) -> None:
        if rels & _FETCHED_RELS:
            self.resources.append(href)
        if "canonical" in rels:
            self.canonical = href

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"] and "svg" not in self._open:
            self.title += data


@cache
def pages(site: Path) -> dict[str, Page]:
    """Every page of the site by its path; the page for what does not exist is `404.html`."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix().removesuffix("index.html")
        found[path] = Page(path, file.read_text())
    return found
