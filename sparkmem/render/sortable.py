"""A table whose heads are buttons: each asks for its order, and Python sorts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sparkmem.answer.table import DOWN, Column, Mark, Row, Table
from sparkmem.render.escaping import escape

_LETTERS = "abcdefghij"


def sortable_html(table: Table, calculator: str, links: Mapping[str, str]) -> str:
    """The table in a region that scrolls by itself, with the remarks on its rows below; ``links`` lead to each."""
    ids = f"{calculator}-answer--"
    if not table.rows:
        said = f"<b>{escape(table.label)}.</b> {escape(table.left_out)}"
        return f'<div class="sm-sortable" id="{ids}{table.id}"><p>{said}</p></div>'
    used = [mark.id for mark in table.marks]
    head = "".join(_head(column, table) for column in table.columns)
    rows = "".join(_row(row, table.columns, used, ids) for row in table.rows)
    said = f"<b>{escape(table.label)}</b>, sizes in MiB. {escape(f'{table.about} {table.left_out}'.strip())}"
    return (
        f'<div class="sm-sortable"><p>{said}</p><div class="sm-scroll" id="{ids}{table.id}" role="region" tabindex="0"'
        f' aria-label="{escape(table.label)}"><table class="sm-shapes"><caption>{escape(table.sorted_by)}</caption>'
        f"<thead><tr>{head}<td></td></tr></thead><tbody>{rows}</tbody></table></div>"
        f"{_marks(table.marks, links, ids)}</div>"
    )


def _head(column: Column, table: Table) -> str:
    """A button that asks for this column's order, the other way round where it is in order already."""
    up, down = table.order == column.id, table.order == column.id + DOWN
    state = ' aria-sort="ascending"' if up else ' aria-sort="descending"' if down else ""
    order = column.id + DOWN if up or (column.most_first and not down) else column.id
    arrow = "▲" if up else "▼" if down else ""
    return (
        f'<th scope="col"{state}><button type="button" data-key="by-{column.id}" data-set="{_query({table.sort: order})}">'
        f"{escape(column.label)}"
        f'<span class="sm-arrow" aria-hidden="true">{arrow}</span></button></th>'
    )


def _row(row: Row, columns: Sequence[Column], marks: Sequence[str], ids: str) -> str:
    first, *rest = columns
    cells = "".join(f"<td>{column.shown(row.figures[column.id])}</td>" for column in rest)
    named = ((_LETTERS[marks.index(mark)], mark) for mark in row.marks)
    letters = "".join(f'<a href="#{ids}{mark}" aria-label="remark {letter}">{letter}</a>' for letter, mark in named)
    name = first.shown(row.figures[first.id])
    if letters:
        name = f'<span class="sm-marked">{name}<sup>{letters}</sup></span>'
    kind, use = (' class="sm-current"', "Chosen") if row.current else ("", "Use")
    state = ' aria-disabled="true"' if row.current else ""
    return (
        f'<tr id="{ids}{row.id}"{kind}><th scope="row">{name}</th>{cells}'
        f'<td><button type="button" data-key="use-{row.id}" data-set="{_query(row.settings)}"'
        f' aria-label="{use}: {escape(row.label)}"{state}>{use}</button></td></tr>'
    )


def _query(settings: Mapping[str, str]) -> str:
    """The inputs as an address has them; names and values are such that nothing needs to be quoted."""
    return escape("&".join(f"{name}={value}" for name, value in settings.items()))


def _marks(marks: Sequence[Mark], links: Mapping[str, str], ids: str) -> str:
    items = "".join(
        f'<li id="{ids}{mark.id}"><b>{_LETTERS[number]}</b> {escape(mark.text)}'
        f' <a href="{escape(links[mark.id])}">More on this</a></li>'
        for number, mark in enumerate(marks)
    )
    return f'<ul class="sm-remarks">{items}</ul>' if items else ""
