"""The figures of an answer by the process that they are of, each group folded that the verdict says nothing of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import Line
from sparkmem.render.escaping import escape
from sparkmem.render.text import with_depth

EXECUTOR, DRIVER, MASTER = "Executor", "Driver", "Application master"
NODE, EACH, SHAPES = "Node", "Each executor", "Shapes to choose from"
LIKELY, UNLIKELY = "Most likely", "Less likely"
WORKERS, UNSET, BUDGET, CONTAINER, LIMITS = "Python workers", "Without it", "Budget", "Container", "Limits of the JVM"

SEVERAL = ("container-request", "explain", "fit-node", "overhead-budget", "pyspark-memory")
"""The calculators whose figures are of several: a group that comes or goes leaves the others where they are."""

_LISTS = {"explanation-": 8}
"""The most of a list that stands outright, by what its ids begin with: they have the place at their end."""
_FIRST = {"driver-memory": DRIVER, "fit-node": NODE, "overhead-budget": BUDGET, "ui-number": LIKELY}
"""Whose figures a calculator gives, where it is not the executor."""
_PREFIXES = {
    "driver-": DRIVER, "am-": MASTER, "packing-": SHAPES, "unset-": UNSET,
    "worker-": WORKERS, "workers-": WORKERS, "limit-enforced": WORKERS,
}  # fmt: skip
_OWN = {
    "fit-node": {"container-limit": EACH, "largest-heap": EACH},
    "overhead-budget": {
        **dict.fromkeys(("memory-overhead", "overhead-missing", "overhead-to-set", "container-with-it"), CONTAINER),
        **dict.fromkeys(("thread-stacks-reserved", "metaspace-limit", "class-space-limit"), LIMITS),
        **dict.fromkeys(("code-cache-limit", "direct-memory-limit"), LIMITS),
    },
}  # fmt: skip
_SAID = {DRIVER: "driver", MASTER: "application master", WORKERS: "worker", EACH: "", CONTAINER: ""}
"""The word by which a verdict speaks of a group; empty where it always does, and of the others never."""


@dataclass
class Group:
    """Rows of one process as (depth, line); ``total`` is said of it while it is folded."""

    name: str
    rows: list[tuple[int, Line]] = field(default_factory=list)
    total: Line | None = None

    @property
    def figure(self) -> str:
        """What a reader sees of it while it is folded: its total, or how many figures it has."""
        counted = "explanation" if self.name in (LIKELY, UNLIKELY) else "figure"
        return self.total.shown if self.total else f"{len(self.rows)} {counted}{'s' * (len(self.rows) > 1)}"


def grouped(breakdowns: Iterable[Breakdown], lines: Iterable[Line], calculator: str) -> list[Group]:
    """The figures by whose they are, in the order in which each is first spoken of."""
    found: dict[str, Group] = {}

    def of(line_id: str) -> Group:
        name = _whose(line_id, calculator)
        return found.setdefault(name, Group(name))

    for breakdown in breakdowns:
        group = of(breakdown.total.id)
        group.total = group.total or breakdown.total
        group.rows += with_depth(breakdown)
    for line in lines:
        of(line.id).rows.append((0, line))
    return list(found.values())


@lru_cache(maxsize=1024)  # ids are ours, and few
def _whose(line_id: str, calculator: str) -> str:
    for start, most in _LISTS.items():
        if line_id.startswith(start):
            return LIKELY if int(line_id.removeprefix(start)) <= most else UNLIKELY
    first = _OWN.get(calculator, {}).get(line_id) or _FIRST.get(calculator, EXECUTOR)
    return next((name for start, name in _PREFIXES.items() if line_id.startswith(start)), first)


def groups_html(groups: Sequence[Group], rows: Mapping[str, str], headline: str, calculator: str) -> str:
    """What the list of figures holds, ``rows`` being the HTML of each group by its name; one alone has no name."""
    shown = [group for group in groups if rows.get(group.name)]
    if calculator not in SEVERAL and not any(group.name == UNLIKELY for group in shown):
        return "".join(rows[group.name] for group in shown)
    items = (_folding(group, rows[group.name], group is shown[0] or _is_of(headline, group), calculator) for group in shown)
    return "".join(items)


def _is_of(headline: str, group: Group) -> bool:
    return group.name in _SAID and _SAID[group.name] in headline.lower()


def _folding(group: Group, rows: str, is_open: bool, calculator: str) -> str:
    place = f"{calculator}-answer--of-{group.name.lower().replace(' ', '-')}"
    return (
        f'<li class="sm-group"><details class="sm-of" id="{place}"{" open" if is_open else ""}>'
        f"<summary><span>{group.name}</span> <b>{escape(group.figure)}</b></summary><ul>{rows}</ul></details></li>"
    )
