"""The language of scripts: one operation a line, read with errors that name line and word.

A form is written as its words; BLOCK, SIZE and TASK stand for values, and ``off-heap`` may end it
where the form says so.  Reading and completing walk the same forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sparkmem.input import NOT_KEPT, WAS_NOT_KEPT
from sparkmem.javalang import LONG_MAX
from sparkmem.size import SizeError, byte_string_as_bytes
from sparkmem.spark.managers.trace_ops import is_block

MOST_LINES = 200  # each is a scene with all that is held then: with 500 a page had 387,000 elements
_MOST_FAULTS, _LONGEST_LINE = 20, 200
OFF_HEAP = "off-heap"

_FORMS = {
    "cache BLOCK SIZE *": ("put", "store a block in memory"),
    "use BLOCK": ("get", "read a block: it is the last to be evicted now"),
    "lock BLOCK": ("pin", "a task starts reading a block: it is not evicted"),
    "unlock BLOCK": ("unpin", "the task has read it"),
    "drop BLOCK": ("remove", "unpersist a block"),
    "unroll BLOCK SIZE *": ("acqUnroll", "take memory for a block that is still being made"),
    "unroll ends SIZE *": ("relUnroll", "give such memory back"),
    "task TASK asks SIZE *": ("acqExec", "a task asks for execution memory"),
    "task TASK releases SIZE *": ("relExec", "a task gives some back"),
    "task TASK spills SIZE *": ("relExec", "a task writes to disk what that memory held"),
    "task TASK ends": ("relTask", "a task ends and gives everything back"),
    "unmanaged SIZE *": ("unmanaged", "what RocksDB and the like hold from now on"),
}
FORMS: dict[tuple[str, ...], tuple[str, str]] = {tuple(form.split()): meaning for form, meaning in _FORMS.items()}

EXAMPLES = {"BLOCK": "rdd_0_1", "SIZE": "300m", "TASK": "1"}
SLOTS = {"BLOCK": "a block such as rdd_0_1 or broadcast_2", "SIZE": "a size such as 300m", "TASK": "a task's number"}


@dataclass(frozen=True)
class Statement:
    """One operation of a script: its line, counted from 1, as it was written, and as a trace has it."""

    line: int
    text: str
    operation: list[Any]

    @property
    def spills(self) -> bool:
        """Whether memory is given back because what it held went to disk."""
        return self.text.lower().split()[2:3] == ["spills"]


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line, at which word (from 1), and what to write."""

    line: int
    word: int
    message: str
    change: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The fault as a reply carries it."""
        return {"input": "script", "line": self.line, "message": f"Line {self.line}: {self.message}", "change": self.change}


def read_script(text: str) -> tuple[list[Statement], list[Fault]]:
    """The operations of a script, and every fault in it; ``#`` starts a comment.

    >>> statements, faults = read_script("task 1 asks 1k\\ntask 1 aks 1k")
    >>> statements[0].operation, faults[0].message
    (['acqExec', 1024, 1, 'on'], "'aks' is not what a line goes on with after 'task 1'")
    """
    statements: list[Statement] = []
    faults: list[Fault] = []
    for number, written in enumerate(text.splitlines(), 1):
        line = written.partition("#")[0].strip()
        if not line:
            continue
        if len(statements) == MOST_LINES:
            faults.append(Fault(number, 1, f"a script has at most {MOST_LINES} operations", "leave out the rest"))
            break
        if len(faults) == _MOST_FAULTS:
            faults.append(Fault(number, 1, "from here on nothing was read: too many lines cannot be", "is it a script?"))
            break
        long = len(line) > _LONGEST_LINE
        found = Fault(number, 1, f"a line has at most {_LONGEST_LINE} characters") if long else _read_line(line, number)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            statements.append(found)
    return statements, faults


def as_read(text: str) -> str:
    """The lines that were read, each where it stood, without comments: what else was written may be nobody's business.

    A line that was not read is said to have been there.

    >>> as_read("task 1 asks 1k  # ours\\npassword: hunter2\\ntask 1 ends")
    'task 1 asks 1k\\nnot-kept\\ntask 1 ends'
    """
    statements, faults = read_script(text)
    lines = {fault.line: NOT_KEPT for fault in faults} | {statement.line: statement.text for statement in statements}
    return "\n".join(lines.get(number, "") for number in range(1, max(lines, default=0) + 1))


def _read_line(line: str, number: int) -> Statement | Fault:
    words = line.split()
    if words == [NOT_KEPT]:
        return Fault(number, 1, WAS_NOT_KEPT)
    forms = list(FORMS)
    for place, word in enumerate(words):
        after = going_on(forms, place, word)
        if not after:
            return _notexpected_at(forms, words, place, number)
        forms = after
    place = len(words)
    whole = [form for form in forms if len(form) == place or form[place:] == ("*",)]
    if not whole:
        change = f"write {_example(words, forms[0])}"
        return Fault(number, place, f"{line!r} is not finished: {_listed(expected_at(forms, place))} comes next", change)
    form = whole[0]
    values: dict[str, Any] = {}
    for kind, (place, word) in zip(form, enumerate(words), strict=False):
        if kind == "SIZE":
            values[kind] = size = _size(word)
            if isinstance(size, str):
                return Fault(number, place + 1, f"{word!r} is not a size: {size}", "write it as 300m, 2g or 1048576")
        elif kind == "BLOCK":
            values[kind] = word
        elif kind == "TASK":
            values[kind] = int(word)
    mode = "off" if words[-1].lower() == OFF_HEAP and form[-1] == "*" else "on"
    return Statement(number, line, _operation(FORMS[form][0], values, mode))


def _operation(name: str, values: dict[str, Any], mode: str) -> list[Any]:
    block, size, task = values.get("BLOCK"), values.get("SIZE"), values.get("TASK")
    parts: dict[str, list[Any]] = {
        "put": [block, size, mode], "acqUnroll": [block, size, mode], "relUnroll": [size, mode],
        "acqExec": [size, task, mode], "relExec": [size, task, mode], "relTask": [task], "unmanaged": [mode, size],
    }  # fmt: skip
    return [name, *parts.get(name, [block])]


def going_on(forms: Iterable[tuple[str, ...]], place: int, word: str) -> list[tuple[str, ...]]:
    """The forms that go on with this word; a word of the language wins over a value."""
    named = [form for form in forms if len(form) > place and _is_word(form[place], word)]
    return named or [form for form in forms if len(form) > place and _fits(form[place], word)]


def _is_word(expected: str, word: str) -> bool:
    return expected == word.lower() or (expected == "*" and word.lower() == OFF_HEAP)


def _fits(kind: str, word: str) -> bool:
    if kind == "BLOCK":
        return is_block(word)
    if kind == "TASK":
        return re.fullmatch("0|[1-9][0-9]{0,8}", word) is not None
    return kind == "SIZE"  # what is wrong with a size is said better by the one who reads it


def _size(word: str) -> int | str:
    """The bytes, or Spark's reason why there are none."""
    try:
        size_bytes = byte_string_as_bytes(word)
    except SizeError as error:
        return str(error).rpartition("\n")[2]
    return size_bytes if size_bytes <= LONG_MAX else "it is more than a Java long holds"


def _notexpected_at(forms: Sequence[tuple[str, ...]], words: list[str], place: int, number: int) -> Fault:
    from difflib import get_close_matches  # here: a script without a mistake need not load it

    expected = expected_at(forms, place)
    word, before = words[place], " ".join(words[:place])
    if not expected:
        return Fault(number, place + 1, f"{word!r} is too much: {before!r} is whole", "leave it out")
    if [slot for slot in expected if slot in SLOTS] == ["BLOCK"]:
        message = f"{word!r} is not the name of a block; names are Spark's"
    else:
        start = f" after {before!r}" if before else ""
        message = f"{word!r} is not what a line {'goes on' if before else 'starts'} with{start}"
    near = get_close_matches(word.lower(), [name for name in expected if name not in SLOTS], 1, 0.5)
    change = f"did you mean {near[0]}?" if near else f"write {_listed(expected)}"
    return Fault(number, place + 1, message, change)


def expected_at(forms: Iterable[tuple[str, ...]], place: int) -> list[str]:
    """What may come at a place: words of the language, OFF_HEAP, and kinds of values."""
    found = [form[place] for form in forms if len(form) > place]
    return list(dict.fromkeys(OFF_HEAP if kind == "*" else kind for kind in found))


def _listed(expected: Sequence[str]) -> str:
    named = [SLOTS.get(kind, kind) for kind in expected]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"


def _example(words: Sequence[str], form: tuple[str, ...]) -> str:
    rest = [EXAMPLES.get(kind, kind) for kind in form[len(words) :] if kind != "*"]
    return " ".join([*words, *rest])
