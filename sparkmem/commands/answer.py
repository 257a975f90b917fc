"""``sparkmem CALCULATOR``: one answer, as text or JSON, to be taken away, or beside another."""

from __future__ import annotations

import json
import sys
from argparse import REMAINDER, ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sparkmem.calculators import CALCULATORS
from sparkmem.commands.command import Command, Parser, joined, parsed, value
from sparkmem.input import Input
from sparkmem.render.comparison_words import comparison_dict, comparison_text
from sparkmem.render.copied import copied
from sparkmem.render.origin import Origin
from sparkmem.render.text import answer_text
from sparkmem.requests.comparison import compare
from sparkmem.requests.copy_formats import COPY_FORMATS
from sparkmem.requests.copying import CannotHold
from sparkmem.requests.evaluate import evaluate, run
from sparkmem.requests.pairs import Side

_GROUPS = {"executor": "inputs", "machine": "the machine and the JVM", "rare": "seldom needed"}
_USAGE = "[--INPUT VALUE ...] [OPTIONS]"
_BELOW = """\
examples:
  sparkmem {id}{example}
  sparkmem {id} --release 3.5 --json
  sparkmem {id} --against --release 3.5

Exit status 0, or 2 with what is wrong on standard error."""


def calculator_command(id: str) -> Command:
    """The command that asks this calculator."""
    calculator = CALCULATORS[id]

    def options(parser: ArgumentParser) -> None:
        answer_options(parser)
        input_options(parser, calculator.inputs)

    example = next((f" --{item.name} {item.example}" for item in calculator.inputs if item.example), "")
    about = f"{calculator.title}: {calculator.question}"
    return Command(id, "", about, options, lambda given: _answered(id, given), _BELOW.format(id=id, example=example), _USAGE)


def answer_options(parser: ArgumentParser) -> None:
    """How an answer is written; what stands after ``--against`` is parsed as inputs of its own."""
    group = parser.add_argument_group("the answer")
    group.add_argument("--json", action="store_true", help="the whole answer, for programs")
    value(group, "as", "FORMAT", f"the same to be taken away: {', '.join(COPY_FORMATS)}")
    about = "the inputs of the other side, before, of a comparison; they stand last"
    group.add_argument("--against", nargs=REMAINDER, metavar="--INPUT VALUE", help=about)


def input_options(parser: ArgumentParser, inputs: Sequence[Input]) -> None:
    """An option for each input, in the groups of the form."""
    for name, title in _GROUPS.items():
        group = parser.add_argument_group(title)
        for item in (one for one in inputs if one.group == name):
            value(group, item.name, _values(item), _about(item))


def _values(item: Input) -> str:
    return "|".join(one for one, _ in item.choices if one) or "TEXT"


def _about(item: Input) -> str:
    if item.private:
        return f"{item.label}: the text itself"  # its help speaks of the page
    return f"{item.help} (default {item.default})" if item.default else item.help


def request_of(id: str, given: Namespace) -> dict[str, Any]:
    """The request that the options come to."""
    inputs = CALCULATORS[id].by_name
    request: dict[str, Any] = {"calculator": id, "inputs": _inputs(inputs, vars(given))}
    if hasattr(given, "against"):
        words = [word for word in given.against if word != "--json"]
        if len(words) < len(given.against):
            given.json = True
        parser = Parser(id, "", "")
        input_options(parser, CALCULATORS[id].inputs)
        request["against"] = _inputs(inputs, vars(parsed(parser, joined(words, parser))))
    return request


def _inputs(inputs: Mapping[str, Input], given: Mapping[str, Any]) -> dict[str, str]:
    return {name: text for name, text in given.items() if name in inputs}


def _answered(id: str, given: Namespace) -> int:
    request = request_of(id, given)
    result, found, _ = run(request)
    if hasattr(given, "as"):
        return taken(request, getattr(given, "as"))
    if "against" in request:
        print(compared(request, Side(result, found), hasattr(given, "json")))
    else:
        print(json.dumps(evaluate(request), indent=2) if hasattr(given, "json") else answer_text(result, found))
    return 0


def taken(request: dict[str, Any], format: str) -> int:
    """Write an answer in a format; what has no place in it goes to standard error."""
    try:
        found = copied(request, format, Origin(date=date.today().isoformat()))
    except CannotHold as error:
        instead = f"\n  take instead: {', '.join(error.instead)}" if error.instead else ""
        print(f"as {format}: {error.message}{instead}", file=sys.stderr)
        return 2
    sys.stdout.write(found.text)
    sys.stdout.flush()
    if found.beside and not COPY_FORMATS[format].has_comments:
        print("The answer also rests on this, which has no place there:", *found.beside, sep="\n  ", file=sys.stderr)
    return 0


def compared(request: dict[str, Any], now: Side, as_json: bool) -> str:
    """The comparison as text or JSON; ``BadInputs`` where the other side has no answer."""
    result, given, _ = run({**request, "inputs": request["against"]})
    found = compare(CALCULATORS[request["calculator"]], Side(result, given), now)
    return json.dumps(comparison_dict(found), indent=2) if as_json else comparison_text(found)
