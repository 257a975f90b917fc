"""How far a reading is, on a terminal: one line that is written over, and gone at its end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO

from sparkmem.eventlog.reading import Told

AFTER_SECONDS = 1.0
EVERY_SECONDS = 0.2


class Progress:
    """Bytes that were read, of so many; told once the reading has taken a second."""

    def __init__(self, stream: TextIO, total_bytes: int) -> None:
        self._stream, self._total = stream, total_bytes
        self._began, self._done, self._said = monotonic(), 0, ""
        self._next = self._began + AFTER_SECONDS

    def read(self, size: int) -> None:
        """So many bytes more."""
        self._done += size
        now = monotonic()
        if now >= self._next:
            self._next = now + EVERY_SECONDS
            rate = self._done / (now - self._began) / 1e6
            self._write(f"{self._done / 1e6:,.0f} of {self._total / 1e6:,.0f} MB read, {rate:,.0f} MB a second")

    def end(self) -> None:
        """Leaves the line empty."""
        if self._said:
            self._write("")
            self._stream.write("\r")
            self._stream.flush()

    def _write(self, words: str) -> None:
        self._stream.write(f"\r{words:{len(self._said)}}")
        self._stream.flush()
        self._said = words


@contextmanager
def progress(total_bytes: int) -> Iterator[Told]:
    """What hears of bytes as they were read; nothing where nobody looks at standard error."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    told = Progress(sys.stderr, total_bytes)
    try:
        yield told.read
    finally:
        told.end()
