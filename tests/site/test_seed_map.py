"""Every line of the notes that the project grew from has its place in a page, right or put right."""

from tools.seed_map import MAP, NOTES, noted, seed_map, treated


def test_no_line_is_missing():
    assert sorted(set(noted()) - {mark.line for mark in treated()}) == []


def test_no_mark_names_a_line_that_is_not_there():
    lines = len(NOTES.read_text().splitlines())
    assert [mark for mark in treated() if not 1 <= mark.line <= lines] == []


def test_the_table_in_the_repository_is_what_the_pages_say():
    assert MAP.read_text() == seed_map(), "run make seed-map"


def test_there_are_as_many_notes_as_there_were():
    assert len(noted()) == 139
