"""A diagnosis as programs get it, and what of it an address may hold: ids and numbers, never a word of the text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from sparkmem.diagnosis.diagnose import Diagnosis
from sparkmem.diagnosis.families import findings
from sparkmem.diagnosis.finding import CONSEQUENCE, HARMLESS, NOBODY, POSSIBLE
from sparkmem.diagnosis.found import Found, found_alone
from sparkmem.diagnosis.numbers import BYTES
from sparkmem.diagnosis.order import ordered
from sparkmem.diagnosis.redacted import Redaction

FOUND = "found"
"""The name that the address has for what was found."""
_MOST_IN_ADDRESS = 12
_OTHER = "~other=1"
"""Stands behind what was another program's: nothing of Spark's is advised for it from an address either."""
_PERHAPS = "perhaps"
"""Stands before ids that follow from a few words alone."""
_ONE = re.compile(r"([a-z0-9-]{2,80})((?:~[a-z_]{1,30}=-?[0-9]{1,19}(?:\.[0-9]{1,9})?){0,12})")


def diagnosis_dict(found: Diagnosis, redaction: Redaction | None = None) -> dict[str, Any]:
    """``{"findings", "harmless", "read", "moments"}``, the first cause first; with a redaction, without names."""
    return {
        "findings": [found_dict(one, found.manager, redaction) for one in found.findings],
        "harmless": [found_dict(one, found.manager, redaction) for one in found.harmless],
        "read": {"lines": found.lines, "bytes": found.size_bytes, "manager": found.manager, "known": len(findings())},
        "by-words": found.by_words,
        "moments": [_hidden(one.as_dict(), redaction) for one in found.moments],
    }


def _hidden(moment: dict[str, Any], redaction: Redaction | None) -> dict[str, Any]:
    """A moment without names: command lines and classes of the reader's own are among its words."""
    if not redaction:
        return moment
    held = [{**one, "name": redaction(one["name"])} for one in moment["held"]]
    return {**moment, "held": held, "says": [redaction(words) for words in moment["says"]]}


def found_dict(one: Found, manager: str = "", redaction: Redaction | None = None) -> dict[str, Any]:
    """One finding with all that is known of it."""
    hide = redaction or (lambda text: text)
    at = {name: text for name, text in vars(one.at).items() if text and name != "process"}
    if redaction and "host" in at:
        at["host"] = redaction.word("HOST", at["host"])
    finding = one.finding
    return {
        "id": finding.id,
        "title": finding.title,
        "says": one.says,
        "kind": finding.kind,
        "process": one.process,
        "processes": list(dict.fromkeys((one.process, *one.others))),
        "program": one.service.name if one.service else one.elsewhere,
        "region": one.region,
        "certainty": one.certainty,
        "numbers": dict(one.numbers),
        "written": {name: one.written[name] for name in one.numbers},
        "sizes": sorted(one.sizes),
        "figures": one.figures,
        "shown": [{**vars(row), "quote": hide(row.quote)} for row in one.shown],
        "written-by": finding.written_by,
        "alike": [] if one.service or one.elsewhere or _is_explained(one) else list(finding.alike),
        "quote": hide(one.quote),
        "at": {"line": one.line, **at},
        "times": one.times,
        "executors": list(one.executors),
        "releases": list(one.releases),
        "explains": list(finding.explains),
        "follows": one.follows,
        "not-found": [{"id": id, "title": findings()[id].title, "page": findings()[id].page} for id in one.not_found],
        "changes": one.changes,
        "calculator": {"calculator": finding.calculator["id"], "inputs": one.inputs}
        if finding.calculator and not one.elsewhere and not one.service else None,
        "not-to-do": finding.not_to_do,
        "disproved-by": finding.disproved_by,
        "look": [{**look, "command": hide(look["command"])} for look in one.commands(manager)],
        "see": finding.see,
        "page": finding.page,
    }


def _is_explained(one: Found) -> bool:
    """Whether its cause was found in the same text: what else writes such a line is not what did here."""
    return bool(one.follows) and one.finding.kind == CONSEQUENCE


def redaction_for(found: Diagnosis) -> Redaction:
    """What hides the hosts that a diagnosis names, and all that has the form of a name."""
    return Redaction(one.at.host for one in (*found.findings, *found.harmless) if one.at.host)


def address_of(found: Diagnosis) -> dict[str, str]:
    """What an address may hold: ids of findings, with their numbers.

    >>> from sparkmem.diagnosis.diagnose import diagnosed
    >>> address_of(diagnosed("WARN Command exited with code 134"))
    {'found': 'exit-134~code=134'}
    >>> address_of(diagnosed("Java heap space"))
    {'found': 'perhaps,heap-space'}
    """
    kept = [one.finding.id + "".join(f"~{name}={value}" for name, value in one.numbers.items()) + _OTHER * _of_another(one)
            for one in (*found.findings, *found.harmless)[:_MOST_IN_ADDRESS]]  # fmt: skip
    return {FOUND: ",".join([_PERHAPS, *kept] if found.by_words else kept)} if kept else {}


def _of_another(one: Found) -> bool:
    return bool(one.service or one.elsewhere)


def of_address(text: str) -> Diagnosis:
    """The findings that an address holds; what it does not know is left out."""
    known, made = findings(), list[Found]()
    perhaps = text.startswith(f"{_PERHAPS},")
    kinds = {name: kind for one in known.values() for text in one.text for name, kind in text.template.places}
    for part in text.split(",")[: _MOST_IN_ADDRESS + perhaps]:
        match = _ONE.fullmatch(part)
        if not match or match[1] not in known:
            continue
        finding = known[match[1]]
        pairs = (pair.partition("=")[::2] for pair in match[2].split("~")[1:])
        numbers = {name: float(value) if "." in value else int(value) for name, value in pairs if name in kinds}
        sizes = (name for name in numbers if kinds[name] in BYTES)
        one = found_alone(finding, numbers, line=0, sizes=sizes)
        if _OTHER in match[2]:
            one = replace(one, elsewhere="another program", process=NOBODY)
        made.append(replace(one, certainty=POSSIBLE) if perhaps else one)
    telling = ordered((one for one in made if one.finding.kind != HARMLESS), known)
    return Diagnosis(tuple(telling), tuple(one for one in made if one.finding.kind == HARMLESS), 0, 0, by_words=perhaps)
