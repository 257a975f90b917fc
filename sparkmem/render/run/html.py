"""A run in the page: the verdict and what was found, high-water marks, the right size, executors over time, tables.

Every text of a log is escaped; none is an address or a name of a class.
"""

from __future__ import annotations

from collections.abc import Sequence

from sparkmem.render.escaping import escape
from sparkmem.render.line_ends import breakable
from sparkmem.render.run import rows
from sparkmem.render.run.clock import moment
from sparkmem.render.run.executor_rows import executor_head, executor_rows
from sparkmem.render.run.marks import marks_html
from sparkmem.render.run.peaks import peaks_of
from sparkmem.render.run.timeline import timeline_html, timeline_table
from sparkmem.runs.finding import CAUSE, CONSEQUENCE, Change, Finding, Told
from sparkmem.runs.report import Report
from sparkmem.runs.summary import summary

_KINDS = {CAUSE: "sm-note sm-warning", CONSEQUENCE: "sm-note sm-warning"}


def run_html(found: Report, page: str) -> tuple[str, str]:
    """The answer about one run, up to the right size, and what is below the ways out of it.

    ``page`` is the page's address from the site's root.
    """
    advice = summary(found.right_size)
    first = [
        f'<p class="sm-headline">{escape(found.verdict)}.</p>', about_html(rows.application(found)),
        f'<p class="sm-advice"><strong>Right size:</strong> {escape(advice)}</p>',
        findings_html(found.findings, page),
        section("What each region held", marks_html(peaks_of(found))), section("Right size", _sizes(found)),
    ]  # fmt: skip
    then = [
        section("Executors over time", timeline_html(found)),
        _table("The same as a table", *timeline_table(found)),
        _table("Executors", executor_head(found), executor_rows(found)),
        _table("Stages with the largest needs", rows.STAGE_HEAD, rows.stage_rows(found)),
        _table("Block managers: by the log and by the configuration",
               ["Executors", "By the log", "By the configuration", "Because"], rows.reconciled(found)),
        _unread(found),
    ]  # fmt: skip
    return "".join(first), "".join(then)


def about_html(facts: Sequence[tuple[str, str]]) -> str:
    """What ran where, in one paragraph."""
    items = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in facts)
    return f'<dl class="sm-about">{items}</dl>'


def findings_html(found: Sequence[Finding], page: str) -> str:
    """The findings, the cause first."""
    root = "../" * page.count("/")
    return f'<ul class="sm-notes sm-findings">{"".join(_finding(one, root) for one in found)}</ul>' if found else ""


def _finding(one: Finding, root: str) -> str:
    quote = f"<blockquote><code>{escape(one.quote)}</code></blockquote>" if one.quote else ""
    changes = "".join(f"<li>{_change(change)}</li>" for change in one.changes)
    changes = f"<p>What to change:</p><ul>{changes}</ul>" if changes else ""
    not_to_do = f"<p><strong>Not:</strong> {escape(one.not_to_do)}</p>" if one.not_to_do else ""
    at = f" {escape(moment(one.at))} UTC." if moment(one.at) else ""
    told = "".join(f"<li>{_told(text, root)}</li>" for text in one.told)
    told = f"<p>What its words say:</p><ul>{told}</ul>" if told else ""
    return (
        f'<li class="{_KINDS.get(one.kind, "sm-note")}" data-finding="{escape(one.id)}" data-kind="{escape(one.kind)}">'
        f"<strong>{escape(rows.finding_head(one))}</strong> ({escape(rows.KINDS[one.kind])}, {escape(one.certainty)}).{at}"
        f' {escape(one.says)} <a href="{root}{escape(one.see)}">What it means</a>{quote}{told}{changes}{not_to_do}</li>'
    )


def _told(text: Told, root: str) -> str:
    return f'<a href="{root}{escape(text.page)}">{escape(text.title)}</a>{escape(rows.numbers_told(text))}'


def _change(change: Change) -> str:
    value = f" {escape(change.value)}" if change.value else ""
    key = f"<code>{breakable(change.key)}{value}</code>: " if change.key else ""
    return f"{key}{escape(change.why)}"


def _sizes(found: Report) -> str:
    made = plain_table(rows.NEED_HEAD, rows.need_rows(found))
    if found.right_size.now:
        made += plain_table(rows.SHAPE_HEAD, rows.shape_rows(found))
    bounds = "".join(f"<li>{escape(one)}</li>" for one in found.right_size.bounds)
    return made + (f"<ul>{bounds}</ul>" if bounds else "")


def _unread(found: Report) -> str:
    read = found.run.read
    lines = [f"file {place[0]}, line {place[1]}: {why}" for place, why in read.faults]
    lines += [f"more {name} than are kept: the first are here" for name in read.left_out]
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return section(f"Not read: {read.bad:,} lines", f"<ul>{items}</ul>")


def section(title: str, content: str) -> str:
    """A part of the answer with its title."""
    return f'<section class="sm-run-section"><p class="sm-run-title"><strong>{escape(title)}</strong></p>{content}</section>'


def _table(title: str, head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    if not lines:
        return ""
    content = plain_table(head, lines)
    return f'<details class="sm-further"><summary>{escape(title)}</summary>{content}</details>'


def plain_table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A table that scrolls in a region of its own."""
    heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    heads = f"<thead><tr>{heads}</tr></thead>" if any(head) else ""
    body = "".join(map(_row, lines))
    whole = f'<table class="sm-run-table">{heads}<tbody>{body}</tbody></table>'
    label = f"Table: {', '.join(filter(None, head)) or 'figures'}"
    return f'<div class="sm-run-scroll sm-scroll" role="group" aria-label="{escape(label)}" tabindex="0">{whole}</div>'


NOT_SET = "not set"
_NOTHING = (NOT_SET, "not measured")


def _row(line: Sequence[str]) -> str:
    first, *others = line
    cells = "".join(f"<td{' class=sm-none' * (cell in _NOTHING)}>{escape(cell)}</td>" for cell in others)
    name = escape(first).replace(".", ".<wbr>")  # a key breaks at its dots
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'
