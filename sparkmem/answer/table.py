"""A table of an answer that readers sort: a row is a choice, with its figures and the inputs that make it so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sparkmem.size import MIB

DOWN = "-down"
"""What an order's name ends in where the largest figure comes first."""


@dataclass(frozen=True)
class Column:
    """One figure of every row; ``unit`` is ``count``, ``bytes``, or ``millicores``, which are shown as cores.

    Who asks for its order gets the largest first where ``most_first``.
    """

    id: str
    label: str
    unit: str
    spoken: str
    most_first: bool = False

    def shown(self, value: int) -> str:
        """The figure as it stands in a cell: sizes in MiB, with a decimal where they are not whole.

        >>> Column("heap", "Heap", "bytes", "heap").shown(3 << 29), Column("c", "C", "millicores", "c").shown(890)
        ('1,536', '0.89')
        """
        if self.unit == "count":
            return f"{value:,}"
        unit, decimals = (MIB, 1) if self.unit == "bytes" else (1000, 3)
        if value % unit == 0:
            return f"{value // unit:,}"
        text = f"{value / unit:,.{decimals}f}"
        return text if self.unit == "bytes" else text.rstrip("0")


@dataclass(frozen=True)
class Mark:
    """A remark on some rows; its id is public."""

    id: str
    text: str
    see: str


@dataclass(frozen=True)
class Row:
    """One choice: its figures by column, the inputs that make it so, and the remarks on it."""

    id: str
    label: str
    figures: Mapping[str, int]
    settings: Mapping[str, str]
    marks: tuple[str, ...] = ()
    current: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The row as an answer carries it."""
        return {
            "id": self.id,
            "label": self.label,
            **self.figures,
            "inputs": dict(self.settings),
            "marks": list(self.marks),
            "current": self.current,
        }


@dataclass(frozen=True)
class Table:
    """Rows in the order that was asked for; ``sort`` is the input that asks.

    ``about`` says what is in the table, ``left_out`` what is not, or why nothing is.
    """

    id: str
    label: str
    sort: str
    order: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...] = ()
    about: str = ""
    left_out: str = ""

    @property
    def sorted_by(self) -> str:
        """The order in words."""
        return f"{self.label} by {dict(orders(self.columns))[self.order].lower()}."

    def as_dict(self) -> dict[str, Any]:
        """The table as an answer carries it: sizes in bytes, cores in thousandths, and what each column is."""
        return {
            "id": self.id,
            "label": self.label,
            "text": f"{self.about} {self.left_out}".strip(),
            "order": self.order,
            "columns": [{"id": c.id, "label": c.label, "unit": c.unit, "text": c.spoken} for c in self.columns],
            "rows": [row.as_dict() for row in self.rows],
            "marks": [{"id": mark.id, "text": mark.text, "see": mark.see} for mark in self.marks],
        }


def orders(columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    """Every order with its name: by each column, both ways."""
    for column in columns:
        least, most = ("fewest", "most") if column.unit == "count" else ("least", "most")
        name = column.spoken[:1].upper() + column.spoken[1:]
        yield column.id, f"{name}, {least} first"
        yield column.id + DOWN, f"{name}, {most} first"


def ordered(rows: Sequence[Row], order: str) -> tuple[Row, ...]:
    """The rows in this order; those that have the same figure stay as they were."""
    column = order.removesuffix(DOWN)
    return tuple(sorted(rows, key=lambda row: row.figures[column], reverse=order.endswith(DOWN)))
