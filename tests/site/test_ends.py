"""Statements about how a process ended: each on a page names its writer and the other causes, in content/ends.toml."""

import re
from pathlib import Path

import pytest

from macros.content import ContentError
from macros.ends import End, checked, ends
from sparkmem.spark.ends.exit_codes import EXIT_CODES
from tests.rows import each

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "docs").rglob("*.md"), *(ROOT / "content").rglob("*.toml"),
                  ROOT / "sparkmem" / "spark" / "ends" / "exit_codes.py"])
OURS = ROOT / "content" / "ends.toml"

_MACRO = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_QUOTED = re.compile(r"`([^`\n]+)`")
_OF_AN_END = re.compile(r"\b(exit(ed)? (with )?code|exit status|killed|OOMKilled|Evicted|died|crashed|insufficient memory"
                        r"|out of memory|executing /bin/sh)\b", re.IGNORECASE)
_CODE = re.compile(r"\bexit(?:ed|s)?(?: with)?(?: exit)?(?: code)?s? (\d+)|\[(\d+)\]\([^)]*exit-codes\.md#exit-\d",
                   re.IGNORECASE)
_NO_STATEMENT = {
    "dmesg | grep -i 'killed process'": "a command",
    "State: Terminated, Reason: OOMKilled": "how kubectl shows a reason",
}


def quoted(source: str) -> set[str]:
    """What a text quotes that says how a process ended."""
    return {found for found in _QUOTED.findall(_MACRO.sub("", source)) if _OF_AN_END.search(found)}


def coded(source: str) -> set[int]:
    """The exit codes that a text speaks of."""
    return {int(one or other) for one, other in _CODE.findall(_MACRO.sub("", source))}


@each([file for file in SOURCES if file != OURS], lambda file: file.stem)
def test_every_quoted_end_has_its_writer_and_its_causes(file):
    known = [re.compile(end.pattern) for end in ends() if end.pattern]
    missing = [text for text in quoted(file.read_text()) - set(_NO_STATEMENT)
               if not any(pattern.fullmatch(text) for pattern in known)]
    assert missing == [], "add them to content/ends.toml: who writes it, shown how, and what else ends so"


@each([file for file in SOURCES if file != OURS], lambda file: file.stem)
def test_every_code_that_is_spoken_of_has_its_writer_and_its_causes(file):
    treated = {code for end in ends() for code in end.codes}
    named = {code.code for code in EXIT_CODES if code.memory == "no" or code.kind == "master"}
    assert coded(file.read_text()) - treated - named == set()


def test_every_code_of_a_process_that_may_be_memory_has_its_causes():
    treated = {code for end in ends() for code in end.codes}
    for code in EXIT_CODES:
        if code.kind in ("signal", "jvm") and code.memory != "no":
            assert code.code in treated, code.name


def test_statements_are_found():
    text = ('x `exited with exit code 137(SIGKILL, possible container OOM)` and exit code 143,'
            ' [52](a/exit-codes.md#exit-52) `heap`')
    assert quoted(text) == {"exited with exit code 137(SIGKILL, possible container OOM)"}
    assert coded(text) == {137, 143, 52}


ONE = {"what": "one", "lab": "x"}
ANOTHER = {"what": "another", "none": "could not be verified here: no cluster is run"}


@pytest.mark.parametrize("lacking", [
    {"causes": (ONE,)}, {"evidence": ()}, {"writer": ""}, {"evidence": ({"none": "not looked up"},)},
    {"causes": (ONE, {"what": "another"})}, {"causes": (ONE, {"lab": "x"})},
    {"causes": (ONE, {"what": "another", "none": "nobody knows"})},
])
def test_an_entry_that_leaves_something_out_stops_the_build(lacking):
    whole = {"said": "exit code 9", "writer": "the kernel", "evidence": ({"lab": "x"},), "causes": (ONE, ANOTHER)}
    assert checked(End(**whole)).said == "exit code 9"
    with pytest.raises(ContentError, match="exit code 9"):
        checked(End(**{**whole, **lacking}))


def test_every_cause_names_its_source_or_says_that_none_was_found():
    sourced = [cause for end in ends() for cause in end.causes if "none" not in cause]
    assert len(sourced) > sum(len(end.causes) for end in ends()) * 3 / 4, "most are known by a line of source or a run"


def test_each_is_said_once():
    said = [end.said for end in ends()]
    assert len(set(said)) == len(said)
