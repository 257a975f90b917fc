"""The command line within this process: most that a test asks of it needs no Python of its own, which takes 0.3 s to start.

What the process itself is asked (closed streams, full disks, its letters, its end) is in test_command_line.py.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from unittest import mock

from sparkmem.__main__ import main


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    returncode: int
    stdout: bytes
    stderr: bytes


@dataclass(frozen=True)
class Said:
    """The same as text."""

    returncode: int
    stdout: str
    stderr: str


def command(*words: str, text: bytes = b"") -> Done:
    """What the command says to these bytes in standard input."""
    given, out, err = (io.TextIOWrapper(io.BytesIO(data), encoding="utf-8") for data in (text, b"", b""))
    with mock.patch.multiple(sys, stdin=given, stdout=out, stderr=err):
        returned = main(words)
    written = []
    for stream in (out, err):
        stream.flush()
        written.append(stream.buffer.getvalue())
    return Done(returned, *written)


def said(*words: str, text: str = "") -> Said:
    """What it says to a text."""
    done = command(*words, text=text.encode())
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())
