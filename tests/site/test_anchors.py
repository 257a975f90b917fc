"""Anchors are promises: what was published once stays in the registry, and what is in it stays on the site."""

import json
import re
import subprocess
from pathlib import Path

from macros.content import CONTENT, claims, load, terms
from macros.finding_index import GROUPS, group_id
from sparkmem.diagnosis.families import findings
from sparkmem.release import RELEASES
from sparkmem.spark.changes.between import CHANGES
from sparkmem.spark.ends.exit_codes import EXIT_CODES
from sparkmem.spark.settings.keys import KEYS
from tools.anchors import REGISTRY, anchors, registered
from tools.pages import pages

ROOT = Path(__file__).parents[2]
LAB = ROOT / "tests" / "oracle" / "lab.json"
PATH = REGISTRY.relative_to(ROOT).as_posix()
_HEADING = re.compile(r"^(#{1,6})\s+(?P<text>.+?)\s*$")
_ID = re.compile(r"\{[^{}]*\s#(?P<id>[A-Za-z][\w.-]*)[^{}]*\}$")


def git(*arguments: str) -> str | None:
    """What git says, or None where it says no: outside a repository, or of a commit that is not here."""
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None


def published_before() -> dict[str, set[str]]:
    """The registry as it was: at each commit that a new one could break a promise of.

    HEAD, its parent (HEAD itself is the change when CI runs), and the newest release.  A shallow
    clone has fewer of them, a tree without history none; then only what is there can be compared.
    """
    release = (git("describe", "--tags", "--abbrev=0", "--match", "v*") or "").strip()
    found = {commit: git("show", f"{commit}:{PATH}") for commit in ("HEAD", "HEAD~1", release) if commit}
    return {commit: set(text.split()) for commit, text in found.items() if text is not None}


def test_everything_promised_is_on_the_site(site_dir):
    gone = registered() - anchors(site_dir)
    assert not gone, "somebody may have linked these; leave the id at a place that leads on"


def test_everything_on_the_site_is_promised(site_dir):
    new = anchors(site_dir) - registered()
    assert not new, "run make anchors, and read what it adds: it can never be taken back"


def test_no_promise_was_taken_back(capsys):
    before = published_before()
    if not before:
        with capsys.disabled():
            print("\nanchors: no earlier registry in this tree's history, nothing to compare with")
    for commit, promised in before.items():
        assert not promised - registered(), f"these were promised at {commit}"


def test_the_registry_is_sorted_and_each_line_is_there_once():
    lines = REGISTRY.read_text().splitlines()
    assert lines == sorted(set(lines))


def headings(source: str):
    """Line number and text of each heading of a Markdown source, code blocks left out."""
    fence = ""
    for number, line in enumerate(source.splitlines(), 1):
        mark = re.match(r"\s*(```+|~~~+)", line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
        elif not fence and (found := _HEADING.match(line)):
            yield number, found["text"]


def test_headings_are_found_outside_code_only():
    assert list(headings("# A { #a }\n```\n# no\n```\n## B\n")) == [(1, "A { #a }"), (5, "B")]


def test_every_heading_has_an_id_written_by_hand():
    bare = [
        f"{file.relative_to(ROOT)}:{number}: {text}"
        for file in sorted((ROOT / "docs").rglob("*.md"))
        for number, text in headings(file.read_text())
        if not _ID.search(text)
    ]
    assert not bare, "write an id behind these, as in `## Storage region { #storage-region }`"


def entries() -> set[str]:
    """Ids of entries that macros write: made of the ids that a person gave them in content/ and in the model."""
    ids = {f"term-{term}" for term in terms()} | {f"claim-{c.id}" for found in claims().values() for c in found}
    ids |= set(KEYS)
    ids |= {group["id"] for file in ("key-groups.toml", "experiments.toml") for group in load(CONTENT / file)["group"]}
    ids |= {f"experiment-{row['id']}" for row in json.loads(LAB.read_text())["experiments"]}
    ids |= {f"change-{change.id}" for change in CHANGES} | {f"since-{name.replace('.', '-')}" for name in RELEASES}
    ids |= {code.id for code in EXIT_CODES} | {*findings(), "text", "what-to-do"} | {group_id(name) for name in GROUPS}
    return ids | {f"outside-{name}" for name in ("spark", "openjdk", "hadoop", "pages-of-others")}


def test_no_heading_of_a_page_was_given_an_id_by_its_text(site_dir):
    sources = "".join(file.read_text() for file in (ROOT / "docs").rglob("*.md"))
    written = set(re.findall(r"#([A-Za-z][\w.-]*)", sources)) | entries()
    for path, page in pages(site_dir).items():
        if path != "404.html" and not path.startswith("go/"):
            assert {heading_id for _, heading_id in page.headings} <= written, path
