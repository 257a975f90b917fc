"""Every line of the notes that the project grew from has its place in a page, right or put right."""

import re
from pathlib import Path

from macros.content import claims, outside
from tools.seed_map import MAP, NOTES, noted, references, seed_map, treated

DOCS = Path(__file__).parents[2] / "docs"


def test_no_line_is_missing():
    assert sorted(set(noted()) - {mark.line for mark in treated()}) == []


def test_no_mark_names_a_line_that_is_not_there():
    lines = len(NOTES.read_text().splitlines())
    assert [mark for mark in treated() if not 1 <= mark.line <= lines] == []


def test_the_table_in_the_repository_is_what_the_pages_say():
    assert MAP.read_text() == seed_map(), "run make seed-map"


def test_every_reference_of_the_notes_is_linked_where_its_line_is_treated():
    """The map says of a line that it is treated; a reference is treated where readers can follow it."""
    ids = {address(link["url"]): id for id, link in outside().items()}
    sections = {}
    for mark in treated():
        sections.setdefault(mark.line, set()).add(mark.section.partition("#")[0])
    cited = list(references())
    assert len(cited) >= 12
    missing = [(line, url) for line, url in cited if not any(linked(page, ids.get(address(url))) for page in sections[line])]
    assert missing == [], "give it an entry in content/outside.toml, and link it on the page that treats the line"


def address(url: str) -> str:
    """What two spellings of one address have in common."""
    return re.sub(r"(?<!:)//", "/", url.partition("#")[0]).rstrip("/")


def linked(page: str, id: str | None) -> bool:
    """Whether a page links the reference itself, or a claim whose evidence does."""
    source = (DOCS / page).read_text()
    if id is None:
        return False
    claimed = {claim.id for area in claims().values() for claim in area if {"outside": id} in claim.evidence}
    return f'link("{id}"' in source or any(f'claim("{claim}"' in source for claim in claimed)


def test_there_are_as_many_notes_as_there_were():
    assert len(noted()) == 139
