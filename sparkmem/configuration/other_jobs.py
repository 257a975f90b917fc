"""Sizes that a text gives to a job, a command or a part beside the one that is read: which, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sparkmem.configuration.another_job import OF_ANOTHER, SIZES, lost, of_another
from sparkmem.configuration.command_beside import PROGRAMS
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.passed_over import SECOND_COMMAND
from sparkmem.configuration.peel import diffs, exec_form
from sparkmem.configuration.setting import Ignored, Setting

_COMMANDS = ("spark-submit", "spark-application", "emr-json", "dataproc")
"""Forms of which each stands for a job of its own."""
_SUBMISSIONS = re.compile(
    r"\b(?P<operator>\w{0,40}(?:Submit\w{0,20}|Batch|Livy)Operator)\("
    r"|[\"']?\b(?P<field>file|application|mainApplicationFile)[\"']?\s{0,9}[=:]"
)
"""What each submission of an application has once."""
_MOST = 4


def with_others(whole: Configuration, parts: Sequence[Configuration], text: str) -> Configuration:
    """The same with what is said of sizes that another command or part of the text sets otherwise, a line for each key."""
    if any(item.text == "<<" for item in whole.ignored):  # of YAML, whose parts are put over each other
        return replace(whole, lost=tuple(one for one in whole.lost if one.id != OF_ANOTHER))
    whole = _of_one_submission(whole, text)
    written = {one.key for part in parts if part.format in PROGRAMS for one in part.settings}
    commands = [part for part in parts if part.format in _COMMANDS] if len(parts) > 1 else []
    beside = [one for part in commands for one in part.settings if one.key not in written]
    beside += _beside(whole, text) if whole.format == "spark-submit" else []
    others: dict[str, Setting] = {}
    for one in of_another(beside, whole.values):
        others.setdefault(one.key, one)
    known = {one.key for one in whole.lost}
    told = [lost(one) for one in list(others.values())[:_MOST] if one.key not in known]
    return replace(whole, lost=(*whole.lost, *told)) if told else whole


def _of_one_submission(whole: Configuration, text: str) -> Configuration:
    """The same where one submission has a field and a key of one size: the field wins, and neither is another job's.

    Airflow's hook makes options of its fields and ``--conf`` of the keys (``SparkSubmitHook._build_spark_submit_command``),
    and of ``spark-submit`` the option wins.
    """
    fields = {one.key: one for one in whole.settings if one.written_as.isidentifier()}
    beside = [one for one in whole.lost if one.id == OF_ANOTHER and one.key in fields]
    submissions = _SUBMISSIONS.findall(text) if beside else []
    if not submissions or any(len(list(filter(None, names))) > 1 for names in zip(*submissions, strict=True)):
        return whole
    lines = text.split("\n")
    over = [one for one in beside if one.line <= len(lines) and one.key in lines[one.line - 1]]
    won = (Ignored(one.line, one.key, f"{(by := fields[one.key]).written_as} on line {by.line} wins") for one in over)
    kept = tuple(one for one in whole.lost if one not in over)
    return replace(whole, lost=kept, ignored=(*whole.ignored, *won)) if over else whole


def _beside(whole: Configuration, text: str) -> list[Setting]:
    """Options in the text of which the reading of one command says nothing, and all that stands below a second one."""
    from sparkmem.configuration.any_text import pairs_of  # here: most texts hold one command

    second = min((item.line for item in whole.ignored if item.reason == SECOND_COMMAND), default=0)
    if not second and not any(text.count(option) > 1 for option in ("--executor-memory", "--driver-memory")):
        return []
    text = exec_form.peel(diffs.peel(text))
    said = {item.line for item in whole.ignored if item.line != second}
    said |= {one.line for one in whole.lost} | {one.line for one in whole.settings}
    lines = text.split("\n")
    return [
        Setting(key, value, line)
        for key, name, value, line in pairs_of(text)
        if key in SIZES
        and (0 < second <= line or (name.startswith("--") and line not in said))
        and not lines[line - 1].lstrip().startswith(">")
    ]
