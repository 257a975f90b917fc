"""An answer in a few lines, for a chat or a ticket: the verdict, the address that gives it again, and the first figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sparkmem.answer.line import Line
from sparkmem.answer.result import Result
from sparkmem.calculators import CALCULATORS
from sparkmem.errors import BadInputs
from sparkmem.render.html import for_inputs
from sparkmem.render.origin import Origin
from sparkmem.render.text import with_depth
from sparkmem.requests.copying import set_texts
from sparkmem.requests.evaluate import run
from sparkmem.version import __version__

_FIGURES = 5


def in_short(request: Mapping[str, Any], origin: Origin) -> str:
    """At most nine lines of plain text; a refusal in the words of who refuses.

    >>> print(in_short({"calculator": "ui-number", "inputs": {"number": "434.4 MiB"}}, Origin()).splitlines()[0])
    A number in the web UI: 434.4 MiB is most likely a heap of 1g under G1, ZGC or Shenandoah.\
 2 less likely explanations below.
    """
    try:
        result, given, id = run(request)
    except BadInputs as bad:
        title = CALCULATORS[str(request["calculator"])].title if request.get("calculator") in CALCULATORS else "sparkmem"
        return f"{title}: no answer. {bad.errors[0].message}\n"
    calculator = CALCULATORS[id]
    head = f"{calculator.title}: {result.headline}"
    address = origin.address(calculator, set_texts(given))
    figures = [f"- {line.label}: {line.shown}" for line in _first(result)]
    version = f"sparkmem {__version__}" + (f", {origin.day}" if origin.day else "")
    return "\n".join([head, for_inputs(given), *filter(None, [address]), *figures, version]) + "\n"


def _first(result: Result) -> Iterator[Line]:
    """The figures that stand highest and are not nothing."""
    rows = [(depth, line) for b in result.breakdowns for depth, line in with_depth(b)] + [(0, line) for line in result.lines]
    found = [line for _, line in sorted(rows, key=lambda row: row[0]) if line.size_bytes or line.text]
    yield from found[:_FIGURES]
