"""What comes in and goes out on a command line, whatever the terminal, the pipe or the disk is like."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, TextIO

from sparkmem.errors import BadInputs, InputError

SEE = "checked/#how-to-read"
INTERRUPTED = 130
"""What a shell makes of Ctrl-C: 128 and the signal's number."""


def guarded(run: Callable[[], int]) -> int:
    """What ``run`` returns, with all that it wrote where it belongs; 2 with the reason where it cannot go there."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that has no such letter, a name that is no text
    try:
        done = run()
        if sys.stdout is None:
            raise OSError("standard output is closed")
        sys.stdout.flush()
        return done
    except BrokenPipeError:  # the reader of our answers has gone
        _forget_output()
        return 0
    except KeyboardInterrupt:
        _forget_output()
        return INTERRUPTED
    except BadInputs as bad:
        said = "; ".join(error.message for error in bad.errors)
    except OSError as error:
        _forget_output()
        said = f"the answer could not be written: {error.strerror or error}"
    if sys.stderr is not None:
        print(f"sparkmem: {said}", file=sys.stderr)
    return 2


def _forget_output() -> None:
    """What is still to be written goes nowhere: Python would try again at its end."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _input() -> TextIO:
    """Standard input; ``BadInputs`` where it is closed."""
    if sys.stdin is None:
        raise BadInputs([InputError("", "standard input is closed: nothing can be read from it", SEE)])
    return sys.stdin


def input_bytes() -> BinaryIO:
    """Standard input; ``BadInputs`` where it is closed."""
    return _input().buffer


def input_lines() -> Iterator[str]:
    """Standard input line by line; bytes that are no text, and carriage returns, stay within their line."""
    source = _input()
    if isinstance(source, io.TextIOWrapper):
        source.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    yield from source


def output() -> TextIO:
    """Standard output; OSError where it is closed."""
    if sys.stdout is None:
        raise OSError("standard output is closed")
    return sys.stdout


def json_of(text: str) -> Any:
    """What a text of JSON holds; ``BadInputs`` where a name stands twice in an object, of which one would be lost unseen."""
    data, twice = json_and_repeated(text)
    if twice:
        raise BadInputs([twice])
    return data


def json_and_repeated(text: str) -> tuple[Any, InputError | None]:
    """What a text of JSON holds, and the fault of the first name that stands twice in one object."""
    faults: list[InputError] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs) and not faults:
            name = _repeated(pairs)[:80]
            faults.append(InputError(name, f"{name!r} stands twice in one object", SEE, change="leave one of the two out"))
        return found

    return json.loads(text, object_pairs_hook=once), faults[0] if faults else None


def _repeated(pairs: list[tuple[str, Any]]) -> str:
    names = [name for name, _ in pairs]
    return next((name for at, name in enumerate(names) if name in names[:at]), "")
