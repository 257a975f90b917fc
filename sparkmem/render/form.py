"""A calculator as it stands in the page at build time: its form as it opens, and the answer for that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sparkmem.calculator import Calculator
from sparkmem.calculators import CALCULATORS
from sparkmem.input import NOT_KEPT, Input
from sparkmem.render.escaping import escape
from sparkmem.render.html import answer_html
from sparkmem.render.line_ends import breakable
from sparkmem.render.openings import OPENINGS, address_of_defaults, opening
from sparkmem.render.page_defaults import page_defaults
from sparkmem.render.take import take_html
from sparkmem.render.troubles import texts_html
from sparkmem.requests.addressed import addressed, passing
from sparkmem.requests.query import query as query_of
from sparkmem.requests.sharing import FLAGS, VALUE, shape
from sparkmem.stops import STOPS

_MAIN, _FURTHER = "executor", "machine"
_UNSET = "not set"
_NARROW = 17
"""The letters of a choice that are seen whole where two fields stand side by side on a phone."""
LONG_TEXT = ' data-text-long="read whole, too long to be shown here"'
_PRINTED = "the link has the inputs of this sheet"
_FURTHER_SUMMARY = "JVM, machine, cluster manager and flags"
_DEFAULTS = '<button type="button" data-take="defaults" data-query="{}">{}</button>'
_OPENED = '<p class="sm-opened"><span>Opened with an example.</span>{}</p>'

_TEXTS = {
    "loading": "Starting Python in this page. Until it answers, the numbers are for the defaults.",
    "working": "Calculating.",
    "failed": "Python could not be started in this page.",
    "defaults": "The numbers shown are for the defaults, not for what you entered.",
    "opened": "The numbers shown are for the defaults.",
    "stale": "The numbers shown are for what was entered before the last change.",
    "ask": "Your browser asks to save data, so nothing was fetched. The numbers shown are for the defaults.",
    "start": "Calculate",
}


def calculator_html(calculator_id: str, page: str, runtime: str, fetched_bytes: int) -> str:
    """The element that the browser enhances; complete without it.

    ``runtime`` names the folder of Python for the browser, of which ``fetched_bytes`` are fetched once.
    """
    calculator = CALCULATORS[calculator_id]
    values = opening(page, calculator_id)
    result, given = calculator.run(values)
    defaults = _to_defaults(calculator_id)
    private = any(item.private and item.default for item in calculator.inputs)  # a box that holds an example
    whose = "example" if private or calculator_id in OPENINGS else "defaults"
    texts = {name: text.replace("the defaults", f"the {whose}") for name, text in _TEXTS.items()}
    texts |= {"start": f"Calculate (fetches {fetched_bytes / 1e6:.1f} MB once)"}
    hints = result.meanings
    always = {**passing(calculator), **page_defaults(page, calculator_id)}
    return (
        f'<spark-calc class="sm-calc{" sm-stacked" if private else ""}" id="{calculator_id}-calculator"'
        f' calculator="{calculator_id}" data-search-exclude'
        f' runtime="{escape(runtime)}" data-page="{escape(page)}" data-stage="idle" data-answer-for="defaults"'
        f' data-opened data-opening="{escape(query_of(always | addressed(given)))}" data-always="{escape(query_of(always))}"'
        f' data-defaults="{escape(query_of(address_of_defaults(calculator_id)))}" {texts_html(texts)}>'
        f'<div class="sm-panes"><form class="sm-form" autocomplete="off" novalidate'
        f' data-shape="{escape(VALUE)}" data-not-kept="{NOT_KEPT}"'
        f' aria-label="{escape(calculator.title)}: inputs">'
        f'<div class="sm-fields sm-first">{_fields(calculator, _first(calculator), hints, page)}</div>'
        f'<div class="sm-more">{_rest(calculator, hints, page)}'
        f'<details class="sm-further"><summary>{_FURTHER_SUMMARY}</summary>'
        f'<div class="sm-fields">{_fields(calculator, _group(calculator, _FURTHER), hints, page)}</div></details>'
        f'<p class="sm-unseen" id="{calculator_id}--stepping">Arrow up and down go to the next usual value.</p>'
        f'<p class="sm-actions"><button type="reset">Back to the {whose}</button>{defaults}</p>'
        "</div></form>"
        '<div class="sm-result"><p class="sm-status" role="status" data-status></p>'
        '<progress class="sm-progress" data-progress max="1" value="0" hidden aria-label="Fetching Python"></progress>'
        '<button type="button" class="sm-retry" data-retry hidden>Try again</button>'
        '<noscript><p class="sm-status">Without scripts this calculator cannot answer;'
        f" the numbers are for the {whose}.</p></noscript>"
        f"{doubt_html(whose)}"
        '<p class="sm-unanswered">When this was printed there was no answer yet for these inputs.</p>'
        f"{take_html(whose, _OPENED.format(defaults) if defaults else '')}"
        f'<div class="sm-answer" data-answer>{answer_html(result, given, calculator_id, page)}</div>'
        '<p class="sm-rowless">When this was printed its rows were not there yet.</p>'
        f'<p class="sm-printed" data-printed data-text-long="{_PRINTED}"></p>'
        "</div></div>"
        "</spark-calc>"
    )


def _to_defaults(calculator_id: str) -> str:
    """The button that leads to the defaults; nothing where the form begins with them.

    >>> _to_defaults("release-diff"), _to_defaults("ui-number")
    ('<button type="button" data-take="defaults" data-query="release=3.5">The defaults</button>', '')
    """
    # Which two releases are compared is no default of Spark's.
    whose = "The defaults" if len(CALCULATORS[calculator_id].release_inputs) > 1 else "Spark's defaults"
    query = query_of(address_of_defaults(calculator_id))
    return _DEFAULTS.format(escape(query), whose) if query else ""


def doubt_html(whose: str) -> str:
    """Whose numbers the page came with, to be shown until the element is alive: its script may never come."""
    said = f"The numbers are for the {whose}: the calculator has not started in this page."
    return f'<p class="sm-status sm-doubt">{said}</p>'


def _first(calculator: Calculator) -> list[Input]:
    return [calculator.by_name[name] for name in calculator.first]


def _group(calculator: Calculator, group: str) -> list[Input]:
    return [item for item in calculator.inputs if item.group == group and item.in_form and item.name not in calculator.first]


def _rest(calculator: Calculator, hints: Mapping[str, str], page: str) -> str:
    """The other inputs that are always in sight; where there is little room they follow the answer, with a name."""
    fields = _fields(calculator, _group(calculator, _MAIN), hints, page)
    return f'<p class="sm-more-title">More inputs</p><div class="sm-fields">{fields}</div>' if fields else ""


def _fields(calculator: Calculator, inputs: Iterable[Input], hints: Mapping[str, str], page: str) -> str:
    own, values = page_defaults(page, calculator.id), opening(page, calculator.id)
    chosen = [replace(item, default=own.get(item.name, item.default)) for item in inputs]
    return "".join(
        field_html(calculator.id, item, hints.get(item.name, ""), values.get(item.name, item.default)) for item in chosen
    )


def field_html(calculator_id: str, item: Input, hint: str, value: str | None = None) -> str:
    """An input with its label, its help, and room for what is said of its value.

    ``value`` is what the field holds when the page opens, where that is not its default.
    """
    field = f"{calculator_id}--{item.name}"
    value = item.default if value is None else value
    slider = _slider(calculator_id, item, hint, value)
    stepping = f" {calculator_id}--stepping" if slider else ""
    described = f'aria-describedby="{field}--help {field}--hint {field}--error{stepping}"'
    key = f"<code>{breakable(item.name)}</code>" if item.name.startswith("spark.") else ""
    return (
        f'<div class="sm-field{_kind(item)}" data-field="{item.name}"{_only(item)}>'
        f'<label for="{field}"><span>{escape(item.label)}</span>{key}</label>'
        f"{_control(calculator_id, item, value, f'{described}{_default(item, value)}')}{slider}"
        f'<p class="sm-error" id="{field}--error" data-error hidden></p>'
        f'<p class="sm-hint" id="{field}--hint" data-hint>{escape(hint)}</p>'
        f'<p class="sm-help" id="{field}--help">{escape(item.help)}{escape(_other(item, value))}</p></div>'
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


def _default(item: Input, value: str) -> str:
    """What the field would hold by default, where it opens with something else: an address holds what differs from that."""
    return f' data-default="{escape(item.default)}"' if value != item.default else ""


def _other(item: Input, value: str) -> str:
    """The same in words.

    >>> _other(CALCULATORS["driver-memory"].by_name["spark.driver.memory"], "8g")
    ' By default 1g.'
    """
    default = dict(item.choices).get(item.default, item.default)
    return f" By default {default or _UNSET}." if value != item.default else ""


def _control(calculator_id: str, item: Input, value: str, attributes: str) -> str:
    """The field itself, which holds ``value``."""
    field = f"{calculator_id}--{item.name}"
    if item.choices:
        options = "".join(
            f'<option value="{choice}"{" selected" if choice == value else ""}>{escape(label)}</option>'
            for choice, label in item.choices
        )
        return f'<select id="{field}" name="{item.name}" {attributes}>{options}</select>'
    if item.private:
        names = " ".join(other.name for other in CALCULATORS[calculator_id].inputs if not other.in_form)
        return (
            f'<textarea id="{field}" name="{item.name}" rows="{9 if value else 5}" {attributes} spellcheck="false"'
            f' autocapitalize="off" placeholder="{escape(item.example)}"'
            f' data-private data-carries="{escape(names)}"{LONG_TEXT}>\n{escape(value)}</textarea>'
        )
    mode = {"count": "numeric", "number": "decimal", "bytes": "numeric"}.get(item.unit, "text")
    return (
        f'<input type="text" id="{field}" name="{item.name}" value="{escape(value)}" {attributes}'
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


def _slider(calculator_id: str, item: Input, hint: str, value: str) -> str:
    """The same quantity to be dragged: it writes one of its stops into the field, and has no name of its own."""
    if item.choices or item.name not in STOPS or calculator_id not in CALCULATORS:
        return ""
    stops, known = STOPS[item.name], CALCULATORS[calculator_id].by_name[item.name]
    offered = stops.offered(known.default)
    return (
        f'<input type="range" class="sm-slider" min="0" max="{len(offered) - 1}"'
        f' value="{stops.place(value, known.default):.0f}"'
        f' data-stops="{escape("|".join(offered))}" data-long-step="{stops.long_step}" data-unset="{_UNSET}"'
        f' aria-label="{escape(item.label)}, slider" aria-valuetext="{escape(spoken(value, hint))}">'
    )


def spoken(text: str, hint: str) -> str:
    """A value as a slider says it: as it stands in the field, and what that comes to.

    >>> spoken("1g", "1,024 MiB"), spoken("", "384 MiB, the minimum"), spoken("", "")
    ('1g, 1,024 MiB', 'not set, 384 MiB, the minimum', 'not set')
    """
    return ", ".join(part for part in (text or _UNSET, hint) if part)
