"""Plain bytes of files, line after line with the place of each, into a state."""

from __future__ import annotations

from sparkmem.eventlog.bounded import keep_first
from sparkmem.eventlog.fold import empty, feed_all, settle
from sparkmem.eventlog.lines import MOST_LINE_BYTES, Lines
from sparkmem.eventlog.state import MOST_NAMED, State
from sparkmem.eventlog.successes import Successes

MOST_WAITING = 1 << 13
"""Tasks that succeeded and are not added up yet: the more of a stage and an executor are together, the quicker it goes."""
TOO_LONG = f"longer than {MOST_LINE_BYTES:,} bytes, and not kept"


class Numbered:
    """The lines that were taken in; ``state`` is what they say, less the tasks that wait."""

    def __init__(self, file: int = 0) -> None:
        self.state: State = empty()
        self.file, self.line = file, 0
        self.lines = Lines()
        self._waiting = Successes()

    def begin(self) -> None:
        """The next file."""
        self.file, self.line, self.lines = self.file + 1, 0, Lines()

    def feed(self, plain: bytes) -> None:
        """Bytes of the file as they come."""
        self._take(self.lines.feed(plain))

    def end(self, fault: str = "") -> None:
        """The end of the file, and what was wrong there."""
        self._take(self.lines.end())
        self.settle()
        if fault:
            self._wrong(fault)

    def settle(self) -> None:
        """Add up the tasks that wait."""
        settle(self.state, self._waiting)

    def _take(self, lines: bytes) -> None:
        if self.lines.too_long:  # one at most, which is the first
            self.lines.too_long = 0
            self._wrong(TOO_LONG)
        self.line += feed_all(self.state, lines, (self.file, self.line + 1), self._waiting)
        if self._waiting.many > MOST_WAITING:
            self.settle()

    def _wrong(self, why: str) -> None:
        self.state.bad += 1
        keep_first(self.state.faults, {(self.file, self.line + 1): why}, MOST_NAMED)
