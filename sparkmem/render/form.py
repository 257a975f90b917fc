"""A calculator as it stands in the page at build time: its form, and the answer for the defaults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sparkmem.calculator import Calculator
from sparkmem.calculators import CALCULATORS
from sparkmem.input import Input
from sparkmem.render.escaping import escape
from sparkmem.render.examples import EXAMPLES
from sparkmem.render.html import answer_html
from sparkmem.render.line_ends import breakable
from sparkmem.render.origin import query_of
from sparkmem.render.page_defaults import page_defaults
from sparkmem.render.take import take_html
from sparkmem.render.troubles import texts_html
from sparkmem.requests.sharing import FLAGS, VALUE, shape
from sparkmem.stops import STOPS

_MAIN, _FURTHER = "executor", "machine"
_UNSET = "not set"
_NARROW = 17
"""The letters of a choice that are seen whole where two fields stand side by side on a phone."""
LONG_TEXT = ' data-text-long="read whole, too long to be shown here"'
_PRINTED = "the link has the inputs of this sheet"
_FURTHER_SUMMARY = "JVM, machine, cluster manager and flags"

_TEXTS = {
    "loading": "Starting Python in this page. Until it answers, the numbers are for the defaults.",
    "working": "Calculating.",
    "failed": "Python could not be started in this page.",
    "defaults": "The numbers shown are for the defaults, not for what you entered.",
    "stale": "The numbers shown are for what was entered before the last change.",
    "ask": "Your browser asks to save data, so nothing was fetched. The numbers shown are for the defaults.",
    "start": "Calculate",
}


def calculator_html(calculator_id: str, page: str, runtime: str, fetched_bytes: int) -> str:
    """The element that the browser enhances; complete without it.

    ``runtime`` names the folder of Python for the browser, of which ``fetched_bytes`` are fetched once.
    """
    calculator = CALCULATORS[calculator_id]
    own = page_defaults(page, calculator_id)
    result, given = calculator.run(own)
    private = any(item.private and item.default for item in calculator.inputs)  # a box that holds an example
    texts = {name: text.replace("the defaults", "the example") if private else text for name, text in _TEXTS.items()}
    texts |= {"start": f"Calculate (fetches {fetched_bytes / 1e6:.1f} MB once)"}
    hints = result.meanings
    return (
        f'<spark-calc class="sm-calc{" sm-stacked" if private else ""}" id="{calculator_id}-calculator"'
        f' calculator="{calculator_id}"'
        f' runtime="{escape(runtime)}" data-page="{escape(page)}" data-stage="idle" data-answer-for="defaults"'
        f" {texts_html(texts)}>"
        f'<div class="sm-panes"><form class="sm-form" autocomplete="off" novalidate data-shape="{escape(VALUE)}"'
        f' aria-label="{escape(calculator.title)}: inputs">'
        f'<div class="sm-fields sm-first">{_fields(calculator, _first(calculator), hints, own)}</div>'
        f'<div class="sm-more">{_rest(calculator, hints, own)}'
        f'<details class="sm-further"><summary>{_FURTHER_SUMMARY}</summary>'
        f'<div class="sm-fields">{_fields(calculator, _group(calculator, _FURTHER), hints, own)}</div></details>'
        f'<p class="sm-unseen" id="{calculator_id}--stepping">Arrow up and down go to the next usual value.</p>'
        f'<p class="sm-actions"><button type="reset">Back to the {"example" if private else "defaults"}</button></p>'
        "</div></form>"
        '<div class="sm-result"><p class="sm-status" role="status" data-status></p>'
        '<progress class="sm-progress" data-progress max="1" value="0" hidden aria-label="Fetching Python"></progress>'
        '<button type="button" class="sm-retry" data-retry hidden>Try again</button>'
        '<noscript><p class="sm-status">Without scripts this calculator cannot answer;'
        f" the numbers are for the {'example' if private else 'defaults'}.</p></noscript>"
        f"{doubt_html('example' if private else 'defaults')}"
        '<p class="sm-unanswered">When this was printed there was no answer yet for these inputs.</p>'
        f"{take_html(query_of(EXAMPLES.get(calculator_id, {})))}"
        f'<div class="sm-answer" data-answer>{answer_html(result, given, calculator_id, page)}</div>'
        f'<p class="sm-printed" data-printed data-text-long="{_PRINTED}"></p></div></div>'
        "</spark-calc>"
    )


def doubt_html(whose: str) -> str:
    """Whose numbers the page came with, to be shown until the element is alive: its script may never come."""
    said = f"The numbers are for the {whose}: the calculator has not started in this page."
    return f'<p class="sm-status sm-doubt">{said}</p>'


def _first(calculator: Calculator) -> list[Input]:
    return [calculator.by_name[name] for name in calculator.first]


def _group(calculator: Calculator, group: str) -> list[Input]:
    return [item for item in calculator.inputs if item.group == group and item.in_form and item.name not in calculator.first]


def _rest(calculator: Calculator, hints: Mapping[str, str], own: Mapping[str, str]) -> str:
    """The other inputs that are always in sight; where there is little room they follow the answer, with a name."""
    fields = _fields(calculator, _group(calculator, _MAIN), hints, own)
    return f'<p class="sm-more-title">More inputs</p><div class="sm-fields">{fields}</div>' if fields else ""


def _fields(calculator: Calculator, inputs: Iterable[Input], hints: Mapping[str, str], own: Mapping[str, str]) -> str:
    chosen = [replace(item, default=own[item.name]) if item.name in own else item for item in inputs]
    return "".join(field_html(calculator.id, item, hints.get(item.name, "")) for item in chosen)


def field_html(calculator_id: str, item: Input, hint: str) -> str:
    """An input with its label, its help, and room for what is said of its value."""
    field = f"{calculator_id}--{item.name}"
    slider = _slider(calculator_id, item, hint)
    stepping = f" {calculator_id}--stepping" if slider else ""
    described = f'aria-describedby="{field}--help {field}--hint {field}--error{stepping}"'
    key = f"<code>{breakable(item.name)}</code>" if item.name.startswith("spark.") else ""
    return (
        f'<div class="sm-field{_kind(item)}" data-field="{item.name}"{_only(item)}>'
        f'<label for="{field}"><span>{escape(item.label)}</span>{key}</label>'
        f"{_control(calculator_id, item, field, described)}{slider}"
        f'<p class="sm-error" id="{field}--error" data-error hidden></p>'
        f'<p class="sm-hint" id="{field}--hint" data-hint>{escape(hint)}</p>'
        f'<p class="sm-help" id="{field}--help">{escape(item.help)}</p></div>'
    )


def _kind(item: Input) -> str:
    """Whether it needs a whole row: a box of lines anywhere, words of a choice that are long where there is little room."""
    if item.private:
        return " sm-lines"
    return " sm-wide" if any(len(label) > _NARROW for _, label in item.choices) else ""


def _only(item: Input) -> str:
    """Of which choice it is a detail; with another choice the field is out of the way."""
    name, values = item.only
    return f' data-only="{escape(name)}" data-values="{escape(" ".join(values))}"' if name else ""


def _control(calculator_id: str, item: Input, field: str, described: str) -> str:
    if item.choices:
        options = "".join(
            f'<option value="{value}"{" selected" if value == item.default else ""}>{escape(label)}</option>'
            for value, label in item.choices
        )
        return f'<select id="{field}" name="{item.name}" {described}>{options}</select>'
    if item.private:
        names = " ".join(other.name for other in CALCULATORS[calculator_id].inputs if not other.in_form)
        return (
            f'<textarea id="{field}" name="{item.name}" rows="{9 if item.default else 5}" {described} spellcheck="false"'
            f' autocapitalize="off" placeholder="{escape(item.example)}"'
            f' data-private data-carries="{escape(names)}"{LONG_TEXT}>\n{escape(item.default)}</textarea>'
        )
    mode = {"count": "numeric", "number": "decimal", "bytes": "numeric"}.get(item.unit, "text")
    return (
        f'<input type="text" id="{field}" name="{item.name}" value="{escape(item.default)}" {described}'
        f' inputmode="{mode}" placeholder="{escape(_placeholder(item.example))}"{_shape(item.name)} spellcheck="false"'
        ' autocapitalize="off">'
    )


def _shape(name: str) -> str:
    """What a text looks like that may enter an address, where it is another than the form's; of flags, each of them."""
    own = shape(name)
    return "" if own == VALUE else f' data-shape="{escape(own)}"{" data-words" if name in FLAGS else ""}'


def _placeholder(example: str) -> str:
    """An example as an empty field shows it, so that nobody takes it for the default.

    >>> _placeholder("8g"), _placeholder("")
    ('e.g. 8g', '')
    """
    return f"e.g. {example}" if example else ""


def _slider(calculator_id: str, item: Input, hint: str) -> str:
    """The same quantity to be dragged: it writes one of its stops into the field, and has no name of its own."""
    if item.choices or item.name not in STOPS or calculator_id not in CALCULATORS:
        return ""
    stops, known = STOPS[item.name], CALCULATORS[calculator_id].by_name[item.name]
    offered = stops.offered(known.default)
    return (
        f'<input type="range" class="sm-slider" min="0" max="{len(offered) - 1}"'
        f' value="{stops.place(item.default, known.default):.0f}"'
        f' data-stops="{escape("|".join(offered))}" data-long-step="{stops.long_step}" data-unset="{_UNSET}"'
        f' aria-label="{escape(item.label)}, slider" aria-valuetext="{escape(spoken(item.default, hint))}">'
    )


def spoken(text: str, hint: str) -> str:
    """A value as a slider says it: as it stands in the field, and what that comes to.

    >>> spoken("1g", "1,024 MiB"), spoken("", "384 MiB, the minimum"), spoken("", "")
    ('1g, 1,024 MiB', 'not set, 384 MiB, the minimum', 'not set')
    """
    return ", ".join(part for part in (text or _UNSET, hint) if part)
