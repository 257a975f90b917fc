"""An answer in a few lines, for a chat or a ticket: the verdict, the address that gives it again, and the first figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sparkmem.answer.line import Line
from sparkmem.answer.result import Result
from sparkmem.calculators import CALCULATORS
from sparkmem.errors import BadInputs
from sparkmem.render.html import for_inputs, plainly
from sparkmem.render.origin import Origin
from sparkmem.render.text import with_depth
from sparkmem.requests.addressed import addressed, refused_texts
from sparkmem.requests.evaluate import run
from sparkmem.requests.pairs import Side
from sparkmem.version import __version__

_FIGURES = 5


def in_short(request: Mapping[str, Any], origin: Origin) -> tuple[str, str]:
    """At most ten lines of plain text, and what they are; of a refusal what to write, and the words of who refuses.

    >>> text, said = in_short({"calculator": "ui-number", "inputs": {"number": "434.4 MiB"}}, Origin())
    >>> text.splitlines()[0]
    'A number in the web UI: 434.4 MiB is most likely a heap of 1g under G1, ZGC or Shenandoah.\
 2 less likely explanations below.'
    >>> refused = {"calculator": "container-request", "inputs": {"spark.executor.memory": "1.5g"}}
    >>> in_short(refused, Origin())[0].splitlines()[0]
    'Container request: no answer. Write 1536m: a size is a whole number.'
    """
    try:
        result, given, id = run(request)
    except BadInputs as bad:
        return _refused(request, bad, origin), "Copied as short text: what is refused, what to write, and the address."
    calculator = CALCULATORS[id]
    head = f"{calculator.title}: {result.headline}"
    address = origin.address(calculator, addressed(given), request)
    before = _before(request, Side(result, given))
    figures = [f"- {line.label}: {line.shown}" for line in _first(result)][: _FIGURES - len(before)]
    said = "Copied as short text: the verdict, the address and the first figures."
    assumed = result.assumed.text if result.assumed else ""
    return _lines(head, assumed, for_inputs(given), *before, address, *figures, _version(origin)), said


def _before(request: Mapping[str, Any], now: Side) -> list[str]:
    """What the answer is compared with, where it is, in a line."""
    if "against" not in request:
        return []
    from sparkmem.render.comparison_words import compared_line  # here: most answers stand alone

    return [compared_line(CALCULATORS[str(request["calculator"])], request["against"], now)]


def _refused(request: Mapping[str, Any], bad: BadInputs, origin: Origin) -> str:
    calculator = CALCULATORS.get(str(request.get("calculator", "")))
    if calculator is None:
        return _lines(f"sparkmem: no answer. {bad.errors[0].message}")
    error = bad.errors[0]
    change = plainly(error, calculator.id)
    theirs = f"{error.by} says: {error.message}" if error.change and error.by != "sparkmem" else ""
    address = origin.address(calculator, refused_texts(calculator, request), request)
    return _lines(f"{calculator.title}: no answer. {change}", theirs, address, _version(origin))


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines if line)


def _version(origin: Origin) -> str:
    return f"sparkmem {__version__}" + (f", {origin.day}" if origin.day else "")


def _first(result: Result) -> Iterator[Line]:
    """The figures that stand highest and are not nothing."""
    rows = [(depth, line) for b in result.breakdowns for depth, line in with_depth(b)] + [(0, line) for line in result.lines]
    found = [line for _, line in sorted(rows, key=lambda row: row[0]) if line.size_bytes or line.text]
    yield from found[:_FIGURES]
