"""Answers as HTML: what stands in the page at build time and what the browser puts there later.

Only this package makes HTML, and it escapes everything that it did not write itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from sparkmem.answer.line import Line
from sparkmem.answer.note import Note
from sparkmem.answer.result import Result
from sparkmem.calculators import CALCULATORS
from sparkmem.errors import InputError
from sparkmem.given import Given
from sparkmem.render.escaping import escape
from sparkmem.render.groups import grouped, groups_html
from sparkmem.render.line_ends import options_whole, values_whole, with_units
from sparkmem.render.origin import spark
from sparkmem.render.picture import kind_of, picture
from sparkmem.render.read import read_html, told_html
from sparkmem.source import Source

if TYPE_CHECKING:
    from sparkmem.answer.table import Table


_SENTENCE_END = re.compile(r"(?<=\.) (?=[A-Z])")
_SHORT = 24
"""The letters of a sentence that is a word of the verdict, as "Fits, but risky.": its reason is read with it."""
_LOUD = 115
"""So many letters are read at a glance: a warning that is longer is said less loudly from its last clause before that."""
_CLAUSE_END = re.compile(r"(?<=[;:,]) (?=[a-z])")
_HAPPENED = "“What happened?”"
_PLAIN = re.compile(r"(?:[^\W_]|[._+:=-])+")
"""What a shell takes as it is."""


def link(see: str, page: str) -> str:
    """The address of ``page/#anchor`` as seen from another page of the site.

    >>> link("checked/#releases", "memory/executor-heap/"), link("a/#b", "a/")
    ('../../checked/#releases', '#b')
    """
    target, _, anchor = see.partition("#")
    if target == page:
        return f"#{anchor}"
    return "../" * page.count("/") + see


def answer_html(result: Result, given: Given, calculator: str, page: str, whole: bool = True) -> str:
    """The finished answer: headline, picture, notes, and every figure with its reason, where it is to be whole."""
    scale = "Drawn to scale. " if any(b.total.size_bytes for b in result.breakdowns) and not result.packed else ""
    caption = scale + for_inputs(given, result.table.sort if result.table else "")
    return (
        f'<p class="sm-headline">{_headline(result)}</p>'
        f"{assumed_html(result, page)}"
        f"{told_html(result.read) if result.read else ''}"
        f"{_drawn(result, caption)}"
        f"{_notes([note for note in result.remarks if note != _by_default(result)], page)}"
        f"{read_html(result.read, calculator) if result.read else ''}"
        f"{_table(result.table, calculator, page) if result.table else ''}"
        f'<ul class="sm-rows">{figures_html(result, given, calculator, page) if whole else ""}</ul>'
        f"{_idle(result.idle, calculator, page)}"
        f"{_command(given, calculator)}"
    )


def _headline(result: Result) -> str:
    """The first words of an answer; of a text's verdict what follows its reason is said less loudly, but for a refusal."""
    if not result.read or result.headline.startswith("Refused"):
        return _placed(result.headline)
    by_default = _by_default(result)
    first, *others = _SENTENCE_END.split(result.headline.removesuffix(by_default.text if by_default else "").strip())
    if others and len(first) <= _SHORT:
        first = f"{first} {others.pop(0)}"
    warned = any(note.level == "warning" and note.text in result.headline for note in result.notes)
    if warned and len(first) > _LOUD and (clauses := list(_CLAUSE_END.finditer(first, _SHORT, _LOUD))):
        others.insert(0, first[clauses[-1].end() :])
        first = first[: clauses[-1].start()]
    then = f' <span class="sm-then">{_placed(" ".join(others))}</span>' if others else ""
    return f"{_placed(first)}{then}"


def _placed(text: str) -> str:
    """A sentence as HTML, in which no line ends before a unit, inside an option's hyphens or in a value to be set."""
    return options_whole(values_whole(escape(with_units(text))))


def _by_default(result: Result) -> Note | None:
    """What is said of heaps that a text leaves to Spark: it stands below the verdict, beside what else nobody said."""
    return next((note for note in result.notes if note.id == "set-by-default"), None)


def figures_html(result: Result, given: Given, calculator: str, page: str) -> str:
    """Every figure with its reason, by the process that it is of: what their list holds."""
    nothing = {line.id for b in result.breakdowns if not b.total.size_bytes for line in b.lines() if line is not b.total}
    parts = (line for b in result.breakdowns for line in b.lines())
    idle = {line.id for line in parts if line.id.startswith("off-heap-") and not line.size_bytes}
    drawn = {leaf.id for b in result.breakdowns for leaf in b.leaves}
    groups, rows = grouped(result.breakdowns, result.lines, calculator), dict[str, str]()
    for group in groups:
        group.rows = [(depth, line) for depth, line in group.rows if line.id not in idle]
        rows[group.name] = "".join(
            _row(
                line, depth, line.id in drawn, calculator, page,
                " sm-nothing" if line.id in nothing or _is_not_asked_for(line, given) else "",
            )
            for depth, line in group.rows
        )  # fmt: skip
    return groups_html(groups, rows, result.headline, calculator)


def assumed_html(result: Result, page: str, by_default: bool = True) -> str:
    """What the verdict rests on though no one said it, as a line below it; with defaults where it does not say them."""
    said = [note for note in (result.assumed, _by_default(result) if by_default else None) if note]
    if not said:
        return ""
    see = f'<a href="{escape(link(said[0].see, page))}">How to say otherwise</a>'
    return f'<p class="sm-assumed">{escape(" ".join(note.text for note in said))} {see}</p>'


def _is_not_asked_for(line: Line, given: Given) -> bool:
    """Whether a row is zero because nobody asked for that kind of memory: it says nothing to this reader.

    Where there is no container at all, the row of what is asked says so, and that of the container would repeat it.
    """
    if line.size_bytes != 0:
        return False
    if line.id.endswith("container-limit"):
        return True
    asked = {"off-heap": "spark.memory.offHeap.", "pyspark": "spark.executor.pyspark."}
    kind = next((kind for kind in asked if f"{kind}-" in line.id), "")
    return bool(kind) and not any(name.startswith(asked[kind]) for name in given.changed)


def _idle(lines: Sequence[Line], calculator: str, page: str) -> str:
    if not lines:
        return ""
    rows = "".join(_row(line, 0, False, calculator, page) for line in lines)
    count = f"{len(lines)} change{'s' if len(lines) > 1 else ''} with no effect here"
    return (
        f'<details class="sm-unchanged sm-without-effect" id="{calculator}-answer--idle"><summary>{count}</summary>'
        f'<ul class="sm-rows">{rows}</ul></details>'
    )


def _drawn(result: Result, caption: str) -> str:
    if result.packed:
        from sparkmem.render.node import node_html  # here: one calculator draws it

        return node_html(result.packed, caption)
    return picture(result.breakdowns, caption)


def _table(table: Table, calculator: str, page: str) -> str:
    from sparkmem.render.sortable import sortable_html  # here: one calculator has one

    return sortable_html(table, calculator, {mark.id: link(mark.see, page) for mark in table.marks})


def for_inputs(given: Given, order: str = "") -> str:
    """What the answer is for; ``order`` names the input that changes no figure."""
    apart = {"release", order, *given.releases}
    named = [given.said(name) for name in given.changed if name not in apart]
    return f"For {spark(given)}, {', '.join(named) or 'all defaults'}."


@lru_cache(maxsize=256)  # an edit leaves most rows as they were
def _row(line: Line, depth: int, drawn: bool, calculator: str, page: str, more: str = "") -> str:
    size = f"{line.size_bytes:,} bytes" if line.size_bytes is not None else ""
    source = f"<dt>Source</dt><dd>{source_html(line.source)}</dd>" if line.source else ""
    swatch = f"sm-swatch sm-{kind_of(line.id)}" if drawn else "sm-swatch"
    see = f'<dt>Explained</dt><dd><a href="{escape(link(line.see, page))}">{escape(line.label)}</a></dd>'
    return (
        f'<li class="sm-row sm-depth-{depth}{more}"><details id="{calculator}-answer--{escape(line.id)}"><summary>'
        f'<span class="{swatch}" aria-hidden="true"></span>'
        f'<span class="sm-label">{escape(line.label)}</span>'
        f'<span class="sm-value">{escape(line.shown)}</span>'
        f'<span class="sm-bytes">{size}</span></summary>'
        f"<dl><dt>Because</dt><dd>{escape(line.because)}</dd>{source}{see}</dl></details></li>"
    )


@lru_cache(maxsize=512)
def source_html(source: Source) -> str:
    """A link to the file at its tag, and what to search for in it."""
    path = source.path.rsplit("/", 1)[-1]
    return (
        f'<a href="{escape(source.url)}" rel="external">{escape(source.project)} {escape(source.tag)},'
        f" {escape(path)}</a>, <code>{escape(source.symbol)}</code>"
    )


def _notes(notes: Sequence[Note], page: str) -> str:
    if not notes:
        return ""
    items = "".join(
        f'<li class="sm-note sm-{note.level}">{"<b>Warning:</b> " if note.level == "warning" else ""}'
        f'{_placed(note.text)} <a href="{escape(link(note.see, page))}">More on this</a></li>'
        for note in notes
    )
    return f'<ul class="sm-notes">{items}</ul>'


def command(given: Given, calculator: str) -> str:
    """What gives the same answer in a terminal."""
    options = " ".join(f"--{name} {_quoted(text)}" for name, text in given.changed.items())
    return f"sparkmem {calculator} {options}".strip()


def _command(given: Given, calculator: str) -> str:
    line = options_whole(escape(command(given, calculator)))
    return f'<p class="sm-command">The same in a terminal: <code>{line}</code></p>'


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "'\\''") + "'"


def errors_html(errors: Sequence[InputError], calculator: str, page: str) -> str:
    """The panel that takes the answer's place while an input cannot be used."""
    items = "".join(_error(error, calculator, page) for error in errors)
    return f'<div class="sm-faults"><p>There is no answer for what you entered.</p><ul class="sm-list">{items}</ul></div>'


def label_of(name: str, calculator: str) -> str:
    """What a reader calls an input: its label in the form; ``name`` itself where there is no such input."""
    known = CALCULATORS[calculator].by_name if calculator in CALCULATORS else {}
    return known[name].label if name in known else name or "request"


def plainly(error: InputError, calculator: str) -> str:
    """One sentence for the reader: what to write, or what is wrong where nobody can say that."""
    label = label_of(error.name, calculator)
    message = error.message.replace(error.name, label) if error.name and error.by == "sparkmem" else error.message
    said = _on_a_page(error.change or message)
    return f"{said[:1].upper()}{said[1:]}" + "." * (said[-1:].isalnum())


def _on_a_page(text: str) -> str:
    """Where a page does what a command is named for, the page.

    >>> _on_a_page("look it up with sparkmem diagnose, or ask")
    'look it up on the page “What happened?”, or ask'
    """
    return text.replace("with sparkmem diagnose", f"on the page {_HAPPENED}")


def _linked(text: str, page: str) -> str:
    """The sentence as HTML, with a link to the page that it names."""
    return escape(text).replace(_HAPPENED, f'<a href="{escape(link("what-happened/", page))}">{_HAPPENED}</a>')


def _error(error: InputError, calculator: str, page: str) -> str:
    name, label = error.name or "request", label_of(error.name, calculator)
    own = error.by == "sparkmem"
    message = error.fault.replace(error.name, label) if own and error.name else error.fault
    whose = "" if own else f"{escape(error.by)} says: "
    said = f"<p>{whose}<q>{escape(_on_a_page(message))}</q></p>" if error.change else ""
    key = f" <code>{escape(name)}</code>" if name.startswith("spark.") else ""
    return (
        f'<li><a href="#{calculator}--{escape(name)}">{escape(label)}</a>{key}'
        f'<p class="sm-change">{_linked(plainly(error, calculator), page)}</p>{said}'
        f'<p><a href="{escape(link(error.see, page))}">{"More on this input" if own else "Why this is refused"}</a></p></li>'
    )
