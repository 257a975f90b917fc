"""Where a key and its value stand in a program: in a statement, below a field that wins, among what is not the job's."""

from __future__ import annotations

import re

from sparkmem.configuration.carried import carried
from sparkmem.configuration.fields import holds_settings
from sparkmem.configuration.literals import STRING
from sparkmem.configuration.program import Program

THRIFT_SERVER = re.compile(r"spark\d?-thrift-")
"""How the files of a Thrift server are called, as Ambari keeps them: it is an application by itself."""
_MOST_FIELDS = 40
READS = re.compile(r"(?:get|unset|contains|is|remove|pop|has)")
"""How methods begin that ask for a setting and set none."""


def is_statement(program: Program, at: int) -> bool:
    """Whether a name is assigned to by itself, and is no argument of a call."""
    return program.text(at + 1) == "=" and program.text(program.opener[at]) != "("


def reads(program: Program, start: int, end: int) -> bool:
    """Whether an expression asks for a setting, as ``conf.get("spark.executor.cores", "1")``, and sets none."""
    return any(
        token.kind == STRING and carried(token.text or "") and program.text(at - 1) == "("
        and READS.match(str(program.text(at - 2) or ""))
        for at, token in enumerate(program.tokens[start : min(end, start + 40)], start)
    )  # fmt: skip


def is_below(program: Program, at: int, field: int) -> bool:
    """Whether a key stands in an object, such as ``conf``, beside which the field stands that submitters let win.

    Livy puts its fields over ``conf`` (``InteractiveSession.create``, ``BatchSession.createSparkApp``); Airflow and
    others make options of them, which win in ``SparkSubmit``.
    """
    around = program.opener[at]
    if around < 2 or not holds_settings(program.tokens[around - 2].text or ""):
        return False
    return program.opener[around] == program.opener[field] >= 0


def in_classification(program: Program, at: int) -> bool:
    """Whether the object around a pair is the properties of a classification such as ``spark-defaults``."""
    opener = program.opener[at]
    before = program.tokens[max(0, opener - 12) : max(0, opener)]
    return any((token.text or "").lower() == "classification" for token in before)


def of_a_server(program: Program, at: int) -> bool:
    """Whether an object around a pair is the file of defaults of the Thrift server, as Ambari keeps it."""
    around = program.opener[at]
    for _ in range(4):
        owner = program.tokens[around - 2].text if around >= 2 else None
        if any(THRIFT_SERVER.match(name or "") for name in (owner, _type_of(program, around))):
            return True
        around = program.opener[around] if around >= 0 else -1
    return False


def _type_of(program: Program, opener: int) -> str | None:
    """What an object says of its own type; None where it says nothing."""
    place, end = opener + 1, program.closing.get(opener, 0)
    for _ in range(_MOST_FIELDS if opener >= 0 else 0):
        if place >= end:
            break
        if program.tokens[place].text == "type" and program.text(place + 1) == ":":
            return program.tokens[place + 2].text
        place = program.closing.get(place, place) + 1
    return None


def inner_value(program: Program, start: int) -> int:
    """Where the value begins, of an object such as ``{"type": "fixed", "value": …}`` or ``{…, "defaultValue": …}``."""
    if program.text(start) != "{":
        return start
    for at in range(start + 1, min(program.closing[start], start + 20)):
        if program.tokens[at].text in ("value", "defaultValue") and program.text(at + 1) in (":", "="):
            return at + 2
    return start
