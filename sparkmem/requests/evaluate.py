"""One evaluation for all faces: a request goes in, an answer or all its errors come out, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sparkmem.answer.result import Result
from sparkmem.calculators import CALCULATORS
from sparkmem.errors import BadInputs, InputError
from sparkmem.given import Given

SEE = "checked/#how-to-read"


def evaluate(request: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to ``{"calculator": id, "inputs": {name: text}}``, or ``{"errors": [...]}``.

    >>> answer = evaluate({"calculator": "executor-memory", "inputs": {"spark.executor.memory": "4g"}})
    >>> [row["bytes"] for row in answer["rows"] if row["id"] == "spark-memory"]
    [2388236697]
    """
    try:
        result, given, calculator = run(request)
    except BadInputs as bad:
        return {"errors": [error.as_dict() for error in bad.errors]}
    return {
        "calculator": calculator,
        "release": given.release,
        "inputs": given.described(result.meanings),
        "rows": [line.as_dict() for line in result.rows()],
        "notes": [note.as_dict() for note in result.notes],
        **({"verdict": result.verdict or result.headline, "read": result.read.as_dict()} if result.read else {}),
        **({"table": result.table.as_dict()} if result.table else {}),
    }


def run(request: Mapping[str, Any]) -> tuple[Result, Given, str]:
    """The result itself, for those who render it; ``BadInputs`` with every fault."""
    calculator, texts = _checked(request)
    result, given = CALCULATORS[calculator].run(texts)
    return result, given, calculator


def _checked(request: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    if not isinstance(request, Mapping):
        raise _bad("", f"a request is an object with calculator and inputs, not {type(request).__name__}")
    checked_keys(request, _KEYS)
    calculator = request.get("calculator")
    if not isinstance(calculator, str) or calculator not in CALCULATORS:
        raise _bad("calculator", f"calculator {str(calculator)[:80]!r} is not one of {', '.join(CALCULATORS)}")
    inputs = request.get("inputs", {})
    if not isinstance(inputs, Mapping):
        raise _bad("inputs", f"inputs is an object of names and texts, not {type(inputs).__name__}")
    wrong = [
        (str(name)[:80], type(text).__name__)
        for name, text in inputs.items()
        if not isinstance(text, str) or not isinstance(name, str)
    ]
    if wrong:
        said, change = "{} must be a text, not {}", "write it in quotes"
        raise BadInputs([InputError(name, said.format(name, kind), SEE, change=change) for name, kind in wrong[:20]])
    return calculator, dict(inputs)


_KEYS = ("calculator", "inputs", "against", "page", "format", "address", "date", "table")


def checked_keys(request: Mapping[str, Any], keys: Sequence[str]) -> Mapping[str, Any]:
    """The request, where it has no other keys: what is misspelt would be answered for the defaults.

    >>> checked_keys({"calculator": "jvm-heap", "input": {}}, ("calculator", "inputs"))
    Traceback (most recent call last):
    sparkmem.errors.BadInputs: input: a request has no 'input'
    """
    wrong = [str(key) for key in request if key not in keys]
    if wrong:
        change = f"a request has {' and '.join(keys[:2])}; the release is one of the inputs"
        errors = [InputError(key[:80], f"a request has no {key[:80]!r}", SEE, change=change) for key in wrong[:20]]
        raise BadInputs(errors)
    return request


def _bad(name: str, message: str) -> BadInputs:
    return BadInputs([InputError(name, message, SEE)])
