"""The page of changes: each release has its section, each change its id and witness, newest first."""

import re

from macros.reference import changes_reference, since_id
from sparkmem.release import RELEASES
from sparkmem.spark.changes.between import CHANGES


def test_each_release_but_the_oldest_has_a_section_newest_first():
    found = re.findall(r"^## Spark (\S+) \{ #(\S+) \}", changes_reference(), re.MULTILINE)
    assert [name for name, _ in found] == list(reversed(RELEASES))[:-1]
    assert all(section == since_id(name) for name, section in found)


def test_each_change_stands_in_the_section_of_its_release_with_its_source():
    sections = {part.split(" ", 1)[0]: part for part in re.split(r"^## Spark ", changes_reference(), flags=re.MULTILINE)[1:]}
    for change in CHANGES:
        entry = sections[change.since].partition(f"{{ #change-{change.id} }}")[2].partition("\n### ")[0]
        assert change.text[1:] in re.sub(r"\[`([^`]+)`\]\([^)]+\)|`([^`]+)`", r"\1\2", entry), change.id
        witness = change.source()
        assert (witness.url if witness else "") in entry
        moved = re.findall(r"^- Moves: (.*)", entry, re.MULTILINE)
        assert [len(names.split(" · ")) for names in moved] == [len(change.rows)] * bool(change.rows), change.id
        assert not any(row in "".join(moved) for row in change.rows if "-" in row), "an id in the place of its name"
