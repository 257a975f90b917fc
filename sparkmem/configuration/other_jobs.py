"""Sizes that a text gives to a job, a command or a part beside the one that is read: which, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sparkmem.configuration.another_job import OF_ANOTHER, SIZES
from sparkmem.configuration.carried import shaped
from sparkmem.configuration.command_beside import PROGRAMS
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import LOST
from sparkmem.configuration.passed_over import SECOND_COMMAND
from sparkmem.configuration.peel import diffs
from sparkmem.configuration.setting import Lost

_COMMANDS = ("spark-submit", "spark-application", "emr-json", "dataproc")
"""Forms of which each stands for a job of its own."""
_MOST = 4


def with_others(whole: Configuration, parts: Sequence[Configuration], text: str) -> Configuration:
    """The same with what is said of sizes that another command or part of the text sets otherwise, a line for each key."""
    if any(item.text == "<<" for item in whole.ignored):  # of YAML, whose parts are put over each other
        return replace(whole, lost=tuple(one for one in whole.lost if one.id != OF_ANOTHER))
    known = {one.key for one in whole.lost}
    others: dict[str, tuple[str, int]] = {}
    written = {one.key for part in parts if part.format in PROGRAMS for one in part.settings}
    for part in parts if len(parts) > 1 else ():
        for one in part.settings if part.format in _COMMANDS else ():
            if one.key in SIZES and one.key not in written and _differs(whole, one.key, one.value):
                others.setdefault(one.key, (one.value, one.line))
    if whole.format == "spark-submit":
        for key, value, line in _beside(whole, text):
            if _differs(whole, key, value):
                others.setdefault(key, (value, line))
    said, see = LOST[OF_ANOTHER]
    told = [
        Lost(OF_ANOTHER, line, key, said.format(given=value), "", see)
        for key, (value, line) in list(others.items())[:_MOST]
        if key not in known
    ]
    return replace(whole, lost=(*whole.lost, *told)) if told else whole


def _differs(whole: Configuration, key: str, value: str) -> bool:
    return shaped(value) and key in whole.values and whole.values[key].lower() != value.lower()


def _beside(whole: Configuration, text: str) -> list[tuple[str, str, int]]:
    """Options in the text of which the reading of one command says nothing, and all that stands below a second one."""
    from sparkmem.configuration.any_text import pairs_of  # here: most texts hold one command

    second = min((item.line for item in whole.ignored if item.reason == SECOND_COMMAND), default=0)
    if not second and not any(text.count(option) > 1 for option in ("--executor-memory", "--driver-memory")):
        return []
    text = diffs.peel(text)
    said = {item.line for item in whole.ignored if item.line != second}
    said |= {one.line for one in whole.lost} | {one.line for one in whole.settings}
    lines = text.split("\n")
    return [
        (key, value, line)
        for key, name, value, line in pairs_of(text)
        if key in SIZES
        and (0 < second <= line or (name.startswith("--") and line not in said))
        and not lines[line - 1].lstrip().startswith(">")
    ]
