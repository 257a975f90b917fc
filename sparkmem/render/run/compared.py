"""Several runs side by side: one a row, the settings in which they differ, and each of them to be opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sparkmem.jvm.refused_flags import IGNORE
from sparkmem.render.escaping import escape
from sparkmem.render.run.html import NOT_SET, plain_table, run_html, section
from sparkmem.render.run.text import COMPARED_HEAD, compared_rows
from sparkmem.runs.report import Report
from sparkmem.runs.shapes import job_inputs

MOST_OPENED = 12
"""Runs whose whole answers are on the page; of more there is the table."""
Runs = Sequence[tuple[str, Report]]


def compared_html(found: Runs, page: str) -> str:
    """The table, what differs, and the answers."""
    whole = "".join(_opened(name, one, page) for name, one in found[:MOST_OPENED])
    return (
        f'<p class="sm-headline">{len(found)} runs, side by side.</p>{plain_table(COMPARED_HEAD, compared_rows(found))}'
        f"{settings_html([(_short(name), job_inputs(one.run, one.where)) for name, one in found])}{whole}"
    )


def _opened(name: str, one: Report, page: str) -> str:
    first, then = run_html(one, page)
    title = f"{escape(_short(name))}: {escape(one.verdict)}"
    return f'<details class="sm-further" data-run><summary>{title}</summary>{first}{then}</details>'


def settings_html(found: Sequence[tuple[str, Mapping[str, str]]]) -> str:
    """The settings that bear on memory and are not the same in all runs; what Spark adds to its JVMs' flags says nothing."""
    found = [(name, {key: said for key, text in inputs.items() if (said := _own(text))}) for name, inputs in found]
    keys = sorted({key for _, inputs in found for key in inputs})
    rows = [[key, *(inputs.get(key, NOT_SET) for _, inputs in found)] for key in keys]
    rows = [row for row in rows if len(set(row[1:])) > 1]
    if not rows:
        return section("Settings that differ", "<p>None that bears on memory.</p>")
    return section("Settings that differ", plain_table(["Setting", *(name for name, _ in found)], rows))


def _own(text: str) -> str:
    """A value without what Spark adds to it."""
    return " ".join(word for word in text.split() if word != IGNORE) if IGNORE in text else text


def compared_summary(found: Runs) -> str:
    """The same in a sentence."""
    return f"{len(found)} runs were read: " + "; ".join(f"{_short(name)}: {one.verdict}" for name, one in found) + "."


def _short(name: str) -> str:
    return name.rpartition("/")[2]
