"""``sparkmem replay``: traces of a memory manager, one answer a line."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from sparkmem.commands.command import SEE, Command, value
from sparkmem.errors import BadInputs, InputError
from sparkmem.requests.streams import input_lines, json_of, output
from sparkmem.spark.managers.trace import FORMAT, replay
from sparkmem.spark.managers.trace_ops import OPERATIONS


def _operations() -> str:
    shown = {name: json.dumps([name, *kinds]) for name, (kinds, _) in OPERATIONS.items()}
    width = max(map(len, shown.values()))
    lines = [f"  {shown[name]:<{width}}  {meaning}" for name, (_, meaning) in OPERATIONS.items()]
    return "\n".join([FORMAT, "", "operations:", *lines])


def _options(parser: ArgumentParser) -> None:
    value(parser, "release", "RELEASE", "of Spark, where a trace names none")


def _run(given: Namespace) -> int:
    """A bad trace gets its errors and stops nothing."""
    answers = output()
    for line in input_lines():
        if line.strip():
            answers.write(json.dumps(_replayed(line, vars(given))) + "\n")
    return 0


def _replayed(line: str, options: dict[str, str]) -> object:
    try:
        trace = json_of(line)
    except (ValueError, RecursionError) as error:
        return {"errors": [InputError("", f"not a JSON object on one line: {error}", SEE).as_dict()]}
    except BadInputs as bad:
        return {"errors": [error.as_dict() for error in bad.errors]}
    return replay({**options, **trace} if isinstance(trace, dict) else trace)


REPLAY = Command(
    "replay", "many at once", "What does a memory manager do, one operation after another? Traces in JSON Lines.",
    _options, _run, _operations(), "[OPTIONS] < FILE",
)  # fmt: skip
