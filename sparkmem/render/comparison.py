"""Two answers side by side as HTML: what differs first, both pictures to one scale, and every figure before and now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator
from sparkmem.calculators import CALCULATORS
from sparkmem.errors import BadInputs
from sparkmem.given import Given
from sparkmem.render.comparison_rows import SIDES, Figures, inputs_table
from sparkmem.render.comparison_words import other_side
from sparkmem.render.escaping import escape
from sparkmem.render.html import answer_html, assumed_html, command, errors_html, for_inputs, link
from sparkmem.render.page_defaults import on_page
from sparkmem.render.picture import largest_of, picture
from sparkmem.render.read import TO_CHECK, read_html, told_html
from sparkmem.render.turned import turned
from sparkmem.requests.comparison import Comparison, compare
from sparkmem.requests.pairs import CHANGED, GONE, NEW, SAME, NotePair, Side

_MARKS = {NEW: ("+", "New"), GONE: ("−", "Gone"), CHANGED: ("≠", "Says something else now"), SAME: ("=", "As before")}


def compared_html(request: Mapping[str, Any], answer: tuple[Result, Given] | BadInputs, page: str) -> tuple[str, str]:
    """The comparison of an answer with the one to ``against``, and a summary; where a side has faults, its faults."""
    calculator = CALCULATORS[request["calculator"]]
    now = answer if isinstance(answer, BadInputs) else Side(*answer)
    before = other_side(calculator, on_page(request)["against"])
    if isinstance(before, Side) and isinstance(now, Side):
        found = compare(calculator, before, now)
        first = turned(found)
        said = f"{first}. {found.summary}" if first else found.summary
        return _both(calculator, found, first, page), f"{said} Now: {now.result.headline}"
    parts = "".join(_one(calculator, name, one, page) for name, one in (("now", now), ("before", before)))
    faulty = " and ".join(
        SIDES[name].lower() for name, one in (("before", before), ("now", now)) if isinstance(one, BadInputs)
    )
    return parts, f"No comparison: there is no answer for {faulty}."


def _one(calculator: Calculator, name: str, one: Side | BadInputs, page: str) -> str:
    if isinstance(one, Side):
        inner = answer_html(one.result, one.given, calculator.id, page)
    else:
        inner = errors_html(one.errors, calculator.id, page)
    return f'<section class="sm-alone" aria-label="{SIDES[name]}">{_tag(name)}{inner}</section>'


def _both(calculator: Calculator, found: Comparison, first: str, page: str) -> str:
    read = found.now.result.read
    begun = f'<p class="sm-turned">{escape(first)}</p>' if first else ""
    return (
        f'{begun}<p class="sm-summary">{escape(found.summary)}</p>{_verdicts(found, page)}{inputs_table(found.inputs)}'
        f"{_pictures(found)}{_notes(found.remarks, calculator.id, page)}"
        f"{read_html(read, calculator.id) if read else ''}{Figures(found, calculator.id, page).html()}"
        f'<p class="sm-command">The same in a terminal: <code>{escape(_command(calculator, found))}</code></p>'
    )


def _tag(name: str) -> str:
    return f'<span class="sm-when sm-when-{name}">{SIDES[name]}</span> '


def _verdicts(found: Comparison, page: str) -> str:
    """Each side's, with what it assumes; and of the text that stands in the form what was lost."""
    read = found.now.result.read
    return "".join(
        f'<p class="sm-headline sm-headline-{name}">{_tag(name)}{escape(side.result.headline)}</p>'
        f"{assumed_html(side.result, page, by_default=False)}"
        for name, side in (("before", found.before), ("now", found.now))
    ) + (told_html(read, only=("Lost", TO_CHECK)) if read else "")


def _pictures(found: Comparison) -> str:
    """Both to the scale of the larger."""
    largest = max(largest_of(one.result.breakdowns) for one in (found.before, found.now))
    if not largest:
        return ""
    drawn = "".join(
        picture(one.result.breakdowns, f"{SIDES[name]}. {for_inputs(one.given)}", largest)
        for name, one in (("before", found.before), ("now", found.now))
    )
    return f'<div class="sm-pictures">{drawn}<p class="sm-scale">Both are drawn to one scale.</p></div>'


def _notes(pairs: Sequence[NotePair], calculator: str, page: str) -> str:
    order = {NEW: 0, GONE: 1, CHANGED: 2}
    moved = sorted((pair for pair in pairs if pair.status != SAME), key=lambda pair: order[pair.status])
    same = [pair for pair in pairs if pair.status == SAME]
    items = "".join(_note(pair, page) for pair in moved)
    told = f'<ul class="sm-notes">{items}</ul>' if items else ""
    if same:
        count = f"{len(same)} note{'s are' if len(same) > 1 else ' is'} as before"
        kept = "".join(_note(pair, page) for pair in same)
        listed = f'<ul class="sm-notes">{kept}</ul>'
        told += f'<details class="sm-unchanged" id="{calculator}-same-notes"><summary>{count}</summary>{listed}</details>'
    return told


def _note(pair: NotePair, page: str) -> str:
    note = pair.now or pair.before
    if note is None:
        return ""
    mark, said = _MARKS[pair.status]
    warning = "<b>Warning:</b> " if note.level == "warning" else ""
    earlier = pair.before.text if pair.before and pair.status == CHANGED else ""
    was = f' <span class="sm-was">Before: {escape(earlier)}</span>' if earlier else ""
    text = f"<s>{escape(note.text)}</s>" if pair.status == GONE else escape(note.text)
    return (
        f'<li class="sm-note sm-{note.level} sm-note-{pair.status}"><span class="sm-mark" aria-hidden="true">{mark}</span>'
        f' <b>{said}.</b> {warning}{text} <a href="{escape(link(note.see, page))}">More on this</a>{was}</li>'
    )


def _command(calculator: Calculator, found: Comparison) -> str:
    other = command(found.before.given, calculator.id).removeprefix(f"sparkmem {calculator.id}").strip()
    return f"{command(found.now.given, calculator.id)} --against {other}".strip()
