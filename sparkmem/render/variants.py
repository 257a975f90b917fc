"""What would change under another choice, as tables: HTML for the page, text for a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from sparkmem.answer.note import Note
from sparkmem.calculators.explain.variant import Job, Table, Variant
from sparkmem.calculators.explain.variants import table
from sparkmem.render.escaping import escape
from sparkmem.render.html import link
from sparkmem.requests.query import query

_LONGEST_REASON = 110
_NOTHING = "–"
_EMPTY = ' class="sm-variants-none"'


def variants_html(id: str, inputs: Mapping[str, str], page: str) -> str:
    """The table of that id for the job that these inputs describe; empty where it has no answer to hold others against."""
    found = table(id, inputs)
    return table_html(found, page) if found else ""


def table_html(shown: Table, page: str) -> str:
    """The table: each name leads to the page with that choice made, differences have their sign."""
    heads = [shown.first, "Verdict", *shown.figures.values()]
    heads += ["What changes"] if any(_changes(row) for row in shown.rows) else []
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    rows = "".join(_row(row, shown, heads, page) for row in shown.rows)
    return (
        f'<table class="sm-variants-table" aria-label="{escape(shown.title)}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(row: Variant, shown: Table, heads: list[str], page: str) -> str:
    names = _names(row, partial(_choice, row))
    cells = [_verdict(row), *(_figure(row, id) for id in shown.figures)]
    if len(heads) > len(cells) + 1:
        cells.append(_list(_changes_html(row, page)))
    filled = "".join(
        f'<td data-label="{escape(label)}"{"" if cell else _EMPTY}>{cell}</td>'
        for label, cell in zip(heads[1:], cells, strict=True)
    )
    present = ' class="sm-variants-now"' if row.present else ""
    return f'<tr{present} data-variant="{row.id}"><th scope="row">{names}</th>{filled}</tr>'


def _names(row: Variant, named: Callable[[str, Job], str]) -> str:
    """What the row is called; of a run of releases, its ends and the present one."""
    shown = [named(*choice) for choice in row.choices]
    if len(shown) < 3:
        return ", ".join(shown)
    between = [text for text, (_, job) in zip(shown[1:-1], row.choices[1:-1], strict=True) if job is row.now]
    return " to ".join([shown[0], *between, shown[-1]])


def _choice(row: Variant, name: str, job: Job) -> str:
    if job is row.now:
        return f'<b aria-current="true">{escape(name)}</b> (now)'
    return f'<a href="?{escape(query(job.inputs))}">{escape(name)}</a>'


def _verdict(row: Variant) -> str:
    verdict = f"<b>{escape(row.job.verdict)}</b>" if row.job.verdict != row.now.verdict else escape(row.job.verdict)
    said = row.job.reason.removeprefix(row.job.verdict).strip()
    by_the_same = row.job.verdict == row.now.verdict and row.job.refused == row.now.refused != frozenset()
    return f"{verdict} <q>{escape(shortened(said))}</q>" if said and not row.present and not by_the_same else verdict


def _figure(row: Variant, id: str) -> str:
    difference = row.difference(id)
    beside = f' <span class="sm-delta">{escape(difference)}</span>' if difference else ""
    return f"<span>{escape(row.text(id) or _NOTHING)}</span>{beside}"


def _changes_html(row: Variant, page: str) -> Iterable[str]:
    for change in row.changes:
        see = escape(link(f"reference/changes/#{change.id}", page))
        yield f'Since {change.since}: <a href="{see}">{escape(change.label)}</a>'
    for note in row.new:
        warning = "<b>Warning:</b> " if note.level == "warning" else ""
        yield f'{warning}<a href="{escape(link(note.see, page))}">{escape(_first_sentence(note))}</a>'
    for note in row.gone:
        yield f"No longer: {escape(_first_sentence(note))}"


def _changes(row: Variant) -> bool:
    return bool(row.changes or row.new or row.gone)


def _list(items: Iterable[str]) -> str:
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{listed}</ul>" if listed else ""


def _first_sentence(note: Note) -> str:
    return re.split(r"[.:;] ", note.text, maxsplit=1)[0].rstrip(".") + "."


def shortened(text: str) -> str:
    """The text, cut between words where it is long.

    >>> shortened("x" * 60 + " " + "y" * 60)[-3:]
    'xx…'
    """
    if len(text) <= _LONGEST_REASON:
        return text
    return text[:_LONGEST_REASON].rsplit(" ", 1)[0] + "…"


def table_text(shown: Table) -> str:
    """The table for a terminal, and under it what changes."""
    rows = [[shown.first, "Verdict", *shown.figures.values()]]
    below: list[str] = []
    for row in shown.rows:
        names = _names(row, partial(_choice_text, row))
        figures = [f"{row.text(id) or _NOTHING} {row.difference(id)}".strip() for id in shown.figures]
        rows.append([names, row.job.verdict, *figures])
        below += [f"{names}: {text}" for text in _changes_text(row)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(f"{text:<{width}}" for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([shown.title, "", *lines, *([""] if below else []), *below])


def _choice_text(row: Variant, name: str, job: Job) -> str:
    return f"{name} (now)" if job is row.now else name


def _changes_text(row: Variant) -> Iterable[str]:
    if row.job.reason and not row.present:
        yield row.job.reason
    yield from (f"since {change.since}: {change.label}" for change in row.changes)
    yield from (f"{note.level}: {_first_sentence(note)}" for note in row.new)
    yield from (f"no longer: {_first_sentence(note)}" for note in row.gone)
