"""``sparkmem batch``: many requests, one answer a line."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from typing import TextIO

from sparkmem.commands.command import SEE, Command
from sparkmem.errors import BadInputs, InputError
from sparkmem.requests.evaluate import checked_keys, evaluate
from sparkmem.requests.streams import input_lines, json_of, output

BELOW = """\
A request is {"calculator": ID, "inputs": {NAME: TEXT, ...}}; an answer to one
that is refused has the key "errors".

examples:
  echo '{"calculator": "jvm-heap", "inputs": {"gc": "parallel"}}' | sparkmem batch
  sparkmem batch < requests.jsonl > answers.jsonl"""


def batch(requests: Iterable[str], answers: TextIO) -> int:
    """Answer each line in order, one line each and at once; a bad line gets its errors and stops nothing."""
    for line in requests:
        answers.write(json.dumps(_answer(line)) + "\n")
        answers.flush()
    return 0


def _answer(line: str) -> object:
    try:
        request = json_of(line)
    except (ValueError, RecursionError) as error:
        return _no_answer(f"not a JSON object on one line: {error}")
    except BadInputs as bad:
        return {"errors": [error.as_dict() for error in bad.errors]}
    try:
        return evaluate(checked_keys(request, ("calculator", "inputs")) if isinstance(request, dict) else request)
    except BadInputs as bad:
        return {"errors": [error.as_dict() for error in bad.errors]}
    except Exception as defect:
        return _no_answer(f"a defect of sparkmem, not of the request: {type(defect).__name__}: {defect}")


def _no_answer(message: str) -> dict[str, object]:
    return {"errors": [InputError("", message, SEE).as_dict()]}


def _options(parser: ArgumentParser) -> None:
    """It has none: a request says everything."""


def _run(_: Namespace) -> int:
    return batch(input_lines(), output())


ABOUT = "Answer requests in JSON Lines, one line each, in order."
BATCH = Command("batch", "many at once", ABOUT, _options, _run, BELOW, "< FILE")
