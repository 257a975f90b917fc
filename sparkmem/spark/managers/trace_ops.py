"""The operations of a trace: what each takes, and what is wrong with one that cannot be replayed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sparkmem.errors import InputError
from sparkmem.javalang import LONG_MAX
from sparkmem.release import since

SEE = "memory-manager/#traces"

# BlockId.scala; a number is written without leading zeros, or Spark would read back another name.
_BLOCK = re.compile(
    r"rdd_N_N|shuffle_N_N_N|broadcast_N[_A-Za-z0-9]*|taskresult_N|input-N-N|test_.*".replace("N", "(?:0|[1-9][0-9]{0,8})")
)


def is_block(value: object) -> bool:
    """Whether a value is the name of a block, as ``BlockId`` reads and writes it."""
    return isinstance(value, str) and _BLOCK.fullmatch(value) is not None


def _is_whole(value: Any) -> bool:
    return type(value) is int and 0 <= value <= LONG_MAX


def _is_mode(value: object) -> bool:
    return value in ("on", "off") and isinstance(value, str)


_CHECKS = {
    "block": (is_block, "a block named as Spark names it, such as rdd_0_1 or broadcast_2"),
    "bytes": (_is_whole, f"a whole number of bytes from 0 to {LONG_MAX}"),
    "task": (_is_whole, "a task attempt's number, 0 or more"),
    "mode": (_is_mode, "on or off (the heap)"),
}

OPERATIONS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "put": (("block", "bytes", "mode"), "store a block; true, or false where there is no room"),
    "get": (("block",), "use a block, which makes it the last to be evicted; whether it is there"),
    "remove": (("block",), "drop a block that nobody reads; whether it was dropped"),
    "pin": (("block",), "lock a block for reading, so that it is not evicted; whether it is there"),
    "unpin": (("block",), "take one such lock off; whether there was one"),
    "acqStorage": (("block", "bytes", "mode"), "acquire storage memory for a block without storing it"),
    "relStorage": (("bytes", "mode"), "release storage memory"),
    "acqUnroll": (("block", "bytes", "mode"), "acquire memory for unrolling a block"),
    "relUnroll": (("bytes", "mode"), "release memory of unrolling, at most what it holds"),
    "acqExec": (("bytes", "task", "mode"), "acquire execution memory for a task; how much it got, or blocks: true"),
    "relExec": (("bytes", "task", "mode"), "release execution memory of a task"),
    "relTask": (("task",), "release all of a task, as when it ends; how much that was"),
    "unmanaged": (("mode", "bytes"), "what consumers outside Spark's pools hold from now on (Spark 4.1 and later)"),
}

_TESTS = {name: tuple(_CHECKS[kind][0] for kind in kinds) for name, (kinds, _) in OPERATIONS.items()}


def faults(operations: object, release: str) -> list[InputError]:
    """What is wrong with a list of operations, each named with its rule; all at once."""
    if not isinstance(operations, list):
        return [InputError("ops", f"ops is a list of operations, not {_kind(operations)}", SEE)]
    found = []
    for number, operation in enumerate(operations):
        if not _is_fine(operation) or (operation[0] == "unmanaged" and not since(release, "4.1")):
            name = f"ops[{number}]"
            found.append(InputError(name, f"operation {number + 1} ({name}): {_fault(operation, release)}", SEE))
            if len(found) == _MOST_FAULTS:
                return [*found, InputError("ops", "more operations may be wrong: the rest was not looked at", SEE)]
    return found or _too_many(operations)


_MOST_FAULTS, _MOST_TOLD = 100, 5_000_000


def _too_many(operations: list[list[Any]]) -> list[InputError]:
    """What is wrong with so many tasks at once: each step's answer tells of all of them."""
    alive: set[object] = set()
    told = 0
    for name, *values in operations:
        if name == "acqExec":
            alive.add(values[1])
        elif name == "relTask":
            alive.discard(values[0])
        told += len(alive)
    if told <= _MOST_TOLD:
        return []
    message = f"the answer would tell {told:,} times of a task, of each in each step, and {_MOST_TOLD:,} are the most"
    return [InputError("ops", message, SEE, change="end tasks with relTask, or replay the trace in parts")]


def _is_fine(operation: Any) -> bool:
    """The common case, quickly."""
    try:
        for test, value in zip(_TESTS[operation[0]], operation[1:], strict=True):
            if not test(value):
                return False
    except (TypeError, KeyError, IndexError, ValueError):
        return False
    return type(operation) is list


def _fault(operation: Any, release: str) -> str:
    if not isinstance(operation, list) or not operation:
        return f'an operation is a list such as ["get", "rdd_0_1"], not {_kind(operation)}'
    name, *values = operation
    if not isinstance(name, str) or name not in OPERATIONS:
        return f"{name!r} is none of {', '.join(OPERATIONS)}"
    kinds, _ = OPERATIONS[name]
    if len(values) != len(kinds):
        return f"{name} takes {', '.join(kinds)}, so {len(kinds)} values, not {len(values)}"
    for kind, value in zip(kinds, values, strict=True):
        test, rule = _CHECKS[kind]
        if not test(value):
            return f"the {kind} of {name} is {value!r}; it has to be {rule}"
    return f"unmanaged memory is counted from Spark 4.1 on, not in {release}"


def _kind(value: object) -> str:
    names = {dict: "an object", list: "an empty list", str: "a text", bool: "a truth value", type(None): "null"}
    return names.get(type(value), "a number")
