"""All that is known of failures, from the files of ``findings/``, checked: a mistake is named with its file and entry.

The page has no reader of TOML; for it the build writes ``findings.json``, which holds the same without what only pages
and tests need.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, cast

from sparkmem.diagnosis import finding as kinds
from sparkmem.diagnosis.conditions import ConditionError, condition, value_of
from sparkmem.diagnosis.finding import Change, Evidence, Figure, Finding, Look, Sharper, Text
from sparkmem.diagnosis.template import TemplateError
from sparkmem.diagnosis.worked_out import worked_out

PACKED = "findings.json"
FOLDER = "findings"
ONLY_FOR_PAGES = ("example", "numbers", "near", "also", "source")
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_TABLES = {"text": Text, "look": Look, "change": Change, "sharper": Sharper, "figure": Figure, "evidence": Evidence}
_CHOICES = {
    "kind": kinds.KINDS, "process": kinds.PROCESSES, "region": kinds.REGIONS, "about": kinds.REGIONS,
    "certainty": kinds.CERTAINTIES,
}  # fmt: skip


class FindingError(ValueError):
    """An entry of ``findings/`` that cannot be used: the family, the entry, and the rule it broke."""


@cache
def findings() -> dict[str, Finding]:
    """Every finding by its id."""
    return {one.id: one for name in tables() for one in family(name)}


@cache
def family(name: str) -> tuple[Finding, ...]:
    """The findings of one of them."""
    return tuple(read({name: tables()[name]}))


@cache
def tables() -> dict[str, list[dict[str, Any]]]:
    """The tables of each family, as they were written."""
    loader = __spec__.loader
    folder = __file__.replace("\\", "/").rpartition("/")[0]
    try:
        return dict(json.loads(loader.get_data(f"{folder}/{PACKED}")))  # type: ignore[union-attr]
    except OSError:
        return written()


def written() -> dict[str, list[dict[str, Any]]]:
    """The same from the files that people write."""
    import tomllib
    from pathlib import Path

    found = {}
    for path in sorted((Path(__file__).parent / FOLDER).glob("*.toml")):
        try:
            found[path.stem] = list(tomllib.loads(path.read_text("utf-8")).get("finding", []))
        except tomllib.TOMLDecodeError as error:
            raise FindingError(f"{path.name}: {error}") from None
    return found


def packed(families: Mapping[str, list[dict[str, Any]]]) -> bytes:
    """What the page is given of the families: JSON, the same bytes each time."""

    def without(entry: dict[str, Any]) -> dict[str, Any]:
        texts = [
            {name: value for name, value in text.items() if name not in ONLY_FOR_PAGES} for text in entry.get("text", [])
        ]
        return {**entry, "text": texts}

    kept = {family: [without(entry) for entry in entries] for family, entries in families.items()}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def read(families: Mapping[str, list[dict[str, Any]]]) -> list[Finding]:
    """The findings of these tables; ``FindingError`` says what is wrong with which."""
    return [_finding(family, entry) for family, entries in families.items() for entry in entries]


def _finding(family: str, entry: Mapping[str, Any]) -> Finding:
    where = f"{family}.toml, {entry.get('id', 'an entry without id')}"
    values: dict[str, Any] = {name.replace("-", "_"): _frozen(value) for name, value in entry.items()}
    for table, kind in _TABLES.items():
        values[table] = tuple(_made(kind, one, f"{where}, {table}") for one in entry.get(table, ()))
    found: Finding = _made(Finding, {**values, "family": family}, where)
    return found


def _made(kind: Any, entry: Mapping[str, Any], where: str) -> Any:
    try:
        return kind(**{name.replace("-", "_"): _frozen(value) for name, value in entry.items()})
    except TypeError:
        known = {one.name.replace("_", "-") for one in fields(kind)}
        unknown = sorted({name.replace("_", "-") for name in entry} - known)
        needed = "id, title, says and kind" if kind is Finding else "its first field"
        said = f"{', '.join(unknown)} is not one of {', '.join(sorted(known))}" if unknown else f"it needs {needed}"
        raise FindingError(f"{where}: {said}") from None


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def check(found: Iterable[Finding]) -> None:
    """Nothing where all is in order; ``FindingError`` for the first thing that is not."""
    known: dict[str, Finding] = {}
    for one in found:
        where = f"{one.family}.toml, {one.id}"
        if one.id in known:
            raise FindingError(f"{where}: the id stands twice")
        known[one.id] = one
        if not _ID.fullmatch(one.id):
            raise FindingError(f"{where}: an id is lower-case words with hyphens")
        for table in cast("tuple[Finding | Text, ...]", (one, *one.text)):
            for name, choices in _CHOICES.items():
                value = getattr(table, name, "")
                if value and value not in choices:
                    raise FindingError(f"{where}: {name} {value!r} is not one of {', '.join(choices)}")
            if unknown := set(table.managers) - set(kinds.MANAGERS):
                raise FindingError(f"{where}: {', '.join(sorted(unknown))} is not one of {', '.join(kinds.MANAGERS)}")
        if unknown := set(one.drawn) - {*kinds.REGIONS, kinds.SERVICE}:
            raise FindingError(f"{where}: nothing to draw is {', '.join(sorted(unknown))}")
        for text in one.text:
            _check_text(text, where)
        for told in one.evidence:
            if told.shows not in kinds.SHOWS:
                raise FindingError(f"{where}: shows {told.shows!r} is not one of {', '.join(kinds.SHOWS)}")
        _check_numbers(one, where)
    for one in known.values():
        also = (other for text in one.text for other in text.also)
        turned = (told.id for told in one.evidence if told.id)
        sharper = (other.id for other in one.sharper)
        for other in (*one.explains, *one.gives_way, *one.over_with, *sharper, *turned, *also):
            if other not in known:
                raise FindingError(f"{one.family}.toml, {one.id}: there is no finding {other}")


def _check_text(text: Text, where: str) -> None:
    try:
        names = {name for name, _ in text.template.places}
    except TemplateError as error:
        raise FindingError(f"{where}: {error}") from None
    if not text.example or not text.source:
        raise FindingError(f"{where}: {text.text[:60]!r} has no example, or no source")
    if missing := set(text.numbers) - names:
        raise FindingError(f"{where}: {', '.join(sorted(missing))} has no place in {text.text[:60]!r}")


def _check_numbers(one: Finding, where: str) -> None:
    """Conditions and sums can be read."""
    try:
        for when in (*(sharper.when for sharper in one.sharper), *(text.when for text in one.text if text.when)):
            condition(when, {})
        for change in one.change:
            value_of(change.value, {})
            value_of(change.by, {})
        sums: tuple[Figure | Evidence, ...] = (*one.figure, *one.evidence)
        for when in (*(change.when for change in one.change), *(told.when for told in sums)):
            if when:
                condition(when, {})
        worked_out(sums, {}, {})
    except ConditionError as error:
        raise FindingError(f"{where}: {error}") from None
