"""Large logs read by several processes: each reads stretches of the files, and what they say is joined in order.

The answer is that of one process.  Where no others can be started, or one is lost, this one reads the log.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import groupby, pairwise
from multiprocessing import get_context, parent_process
from typing import NamedTuple

from sparkmem.eventlog.cuts import PACKED_BYTES, PLAIN_BYTES, cuts
from sparkmem.eventlog.reading import Reading, Told, read_log
from sparkmem.eventlog.stretch import Stretch, read_stretch

MOST_PROCESSES = 2
"""Where nobody asks for more: each takes 57 MB and this one 70, of which all together are to take no more than 200."""
WORTH_STRETCHES = 4.0
"""A process takes as long to start as it does for two stretches."""


class Span(NamedTuple):
    """A stretch to be read: its file, the file's place in the log, and from where to where."""

    path: str
    file: int
    codec: str
    start: int
    end: int


class Processes:
    """What reads logs, one after another; as many processes as are worth it are started with the first large one."""

    def __init__(self, most: int | None = None, plain_bytes: int = PLAIN_BYTES, packed_bytes: int = PACKED_BYTES) -> None:
        self._most = most or min(_cores(), MOST_PROCESSES)
        self._bytes = plain_bytes, packed_bytes
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *why: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def read_log(self, files: list[tuple[str, str]], told: Told = None) -> Reading:
        """All files of a log (path and note each), read to the end; ``told`` hears of bytes as they were read."""
        spans = self._spans(files) if self._most > 1 else []
        if not spans:
            return read_log(files, told)
        try:
            return self._joined(files, spans, told)
        except (BrokenProcessPool, OSError, NotImplementedError):  # a fault of a file is met again by who reads it here
            self._most = 1
            return read_log(files, told and (lambda _: None))

    def _joined(self, files: list[tuple[str, str]], spans: list[Span], told: Told) -> Reading:
        reading, found = Reading(), self._read(spans)
        for file, in_file in groupby(spans, key=lambda span: span.file):
            reading.begin(files[file - 1][1])
            for span in in_file:
                reading.join(next(found))
                if told:
                    told(span.end - span.start)
            reading.end()
        return reading

    def _read(self, spans: list[Span]) -> Iterator[Stretch]:
        """What each says, in order; not many wait for the one that is next."""
        with _uninterrupted():
            pool = self._pool = self._pool or ProcessPoolExecutor(self._most, get_context("spawn"), _begun)
            ahead = deque[Future[Stretch]](pool.submit(read_stretch, *span) for span in spans[: 2 * self._most])
        try:
            for span in [*spans[2 * self._most :], *[None] * len(ahead)]:
                yield ahead.popleft().result()
                if span:
                    ahead.append(pool.submit(read_stretch, *span))
        finally:
            for future in ahead:
                future.cancel()

    def _spans(self, files: list[tuple[str, str]]) -> list[Span]:
        """The stretches of all files, in order; none where they are small, or something else than files."""
        found, worth, (plain, packed) = list[Span](), 0.0, self._bytes
        for number, (path, _) in enumerate(files, 1):
            if not os.path.isfile(path):
                return []
            codec, places = cuts(path, plain, packed)
            worth += places[-1] / (packed if codec else plain)
            found += [Span(path, number, codec, start, end) for start, end in pairwise(places)]
        return found if worth >= WORTH_STRETCHES else []


def _cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """No Ctrl-C goes to the processes that are started here: who reads their answers hears it, and ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _begun() -> None:
    """A process begins: it hears no Ctrl-C, and ends when the one that has started it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_ended_with_its_parent, daemon=True).start()


def _ended_with_its_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
