"""The walk through the house in CONTRIBUTING.md: every file is where it says, with what it says to look for."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
WALK = (ROOT / "CONTRIBUTING.md").read_text().partition("\n## A walk through the house\n")[2].partition("\n## ")[0]
STEPS = re.findall(r"^\d+\. (.+)$", WALK, re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")
_LOOK_FOR = re.compile(r"\((`[^()]+`)\)")


def files_in(text: str) -> list[Path]:
    return [ROOT / name for name in _CODE.findall(text) if "/" in name]


def test_the_walk_goes_through_files_that_there_are():
    named = files_in(WALK)
    assert len(set(named)) > 25
    assert not [path for path in named if not path.is_file()]


def test_what_a_step_looks_for_is_in_its_files():
    assert len(STEPS) == 20
    looked_for = 0
    for step in STEPS:
        texts = [path.read_text() for path in files_in(step)]
        for name in (name for bracket in _LOOK_FOR.findall(step) for name in _CODE.findall(bracket)):
            assert any(re.search(rf"(?<!\w){re.escape(name)}\b", text) for text in texts), f"{name}: {step}"
            looked_for += 1
    assert looked_for >= 20


def test_each_half_begins_where_the_other_ends():
    """A request goes from the browser's part through Python and back; a number ends in the steps of the finishing."""
    rooms = [step.partition("`")[2].partition("/")[0] for step in STEPS]
    assert rooms[:13] == ["docs"] * 4 + ["sparkmem"] * 6 + ["docs"] * 3
    assert rooms[13:] == ["tools", "sparkmem", "tests", "sparkmem", "docs", "macros", "tools"]
