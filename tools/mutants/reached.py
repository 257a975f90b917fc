"""Which tests come to which lines of the arithmetic, and how long each takes: asked once, and kept."""

import functools
import gc
import json
import os
import sys
import time
from hashlib import sha256
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from _pytest.doctest import DoctestItem
from _pytest.runner import runtestprotocol

from .forked import PASSED, status_of
from .made import modules

MOST_SECONDS = 0.6
"""A test that takes longer is not fast."""


class Reached:
    """The tests of each line, by their places in pytest's list, with what each takes and how much else it comes to."""

    def __init__(self, items: list[pytest.Item]) -> None:
        self.seconds: dict[int, float] = {}
        self.breadth: dict[int, int] = {}
        self._tests: dict[tuple[str, int], set[int]] = {}
        kept = _kept(items)
        for place, item in enumerate(items):
            _, seconds, lines = kept[item.nodeid]
            if seconds <= MOST_SECONDS:
                self.seconds[place] = seconds
                self.breadth[place] = sum(map(len, lines.values()))
                for file, numbers in lines.items():
                    for number in numbers:
                        self._tests.setdefault((file, number), set()).add(place)

    def tests_of(self, file: str) -> set[int]:
        """Those that come to any line of the file."""
        return set().union(*(tests for (name, _), tests in self._tests.items() if name == file))

    def tests(self, file: str, lines: range) -> set[int]:
        """Those that come to any of the lines."""
        return set().union(*(self._tests.get((file, number), ()) for number in lines))


def passes(item: pytest.Item) -> bool:
    """Whether a test passes; an example of a docstring forgets the names that it needs, and is given them back."""
    names = dict(item.dtest.globs) if (example := isinstance(item, DoctestItem)) else {}
    failed = any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))
    if example:
        item.dtest.globs.update(names)
    return not failed


def _kept(items: list[pytest.Item]) -> dict[str, Any]:
    """When each test was written, its seconds and its lines, kept while the arithmetic and the test are so.

    Asked in a process of its own, which leaves nothing remembered for the changes.
    """
    path, failed = Path(f"lines-{_state()}.json"), Path("failed.txt")
    kept: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    new = [item for item in items if kept.get(item.nodeid, [0])[0] != item.path.stat().st_mtime_ns]

    seen = _Lines()  # before a process is forked: what is frozen then is not among the objects that it could look at

    def run() -> int:
        for item in new:
            seconds, lines = seen.of(item)
            if not lines and not seconds:
                failed.write_text(item.nodeid)
                return not PASSED
            kept[item.nodeid] = item.path.stat().st_mtime_ns, seconds, lines
        path.write_text(json.dumps(kept))
        return PASSED

    if new:
        failed.write_text("nothing, but the process died")
        if status_of(run) != PASSED:
            raise SystemExit(f"mutants: without a change, this fails: {failed.read_text()}")
        kept = json.loads(path.read_text())
    return kept


class _Lines:
    """Runs a test and sees to which lines of the changed modules it comes."""

    def __init__(self) -> None:
        self._files = {os.path.abspath(path): str(path) for path in modules()}
        self._remembered = [each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper)]
        self._lines: dict[str, set[int]] = {}

    def of(self, item: pytest.Item) -> tuple[float, dict[str, list[int]]]:
        """Seconds without being looked at, and lines by file; nothing of both where it fails."""
        self._forget()
        start = time.process_time()
        if not passes(item):
            return 0, {}
        seconds = time.process_time() - start
        self._forget()
        self._lines = {}
        sys.settrace(self._called)
        passed = passes(item)
        sys.settrace(None)
        return (seconds, {file: sorted(lines) for file, lines in self._lines.items()}) if passed else (0, {})

    def _forget(self) -> None:
        for each in self._remembered:
            if each.__module__.startswith("sparkmem."):
                each.cache_clear()

    def _called(self, frame: FrameType, event: str, arg: object) -> Any:
        if (file := self._files.get(frame.f_code.co_filename)) is None:
            return None
        add = self._lines.setdefault(file, set()).add

        def at(frame: FrameType, event: str, arg: object) -> Any:
            add(frame.f_lineno)
            return at

        return at(frame, event, arg)


def _state() -> str:
    """A hash of the modules that are changed; what else the tests run decides little about which lines they come to."""
    return sha256(b"".join(path.read_bytes() for path in modules())).hexdigest()[:16]
