"""Files to a run: bytes to lines to the fold, with what can be said while it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sparkmem.eventlog.codecs import MOST_MAGIC_BYTES, Decoder, codec_of, decoder
from sparkmem.eventlog.errors import UnreadableLog
from sparkmem.eventlog.fold import empty, feed_all, settle, verdict
from sparkmem.eventlog.lines import Lines
from sparkmem.eventlog.run import Run
from sparkmem.eventlog.state import MOST_NAMED, State, keep_first
from sparkmem.eventlog.successes import Successes

PIECE_BYTES = 1 << 20
MOST_WAITING = 1 << 13
"""Tasks that succeeded and are not added up yet: the more of a stage and an executor are together, the quicker it goes."""


@dataclass
class Reading:
    """A log that is read piece by piece, file after file; ``state`` is what is known so far, less the tasks that wait."""

    state: State
    file: int = 0
    line: int = 0

    def __init__(self) -> None:
        self.state, self.notes = empty(), list[str]()
        self._decoder: Decoder | None = None
        self._lines = Lines()
        self._first = b""
        self._waiting = Successes()

    def begin(self, note: str = "") -> None:
        """The next file of the log."""
        self.file, self.line = self.file + 1, 0
        self._decoder, self._lines, self._first = None, Lines(), b""
        if note:
            self.notes.append(f"file {self.file}: {note}")

    def feed(self, piece: bytes) -> None:
        """Bytes of the file as they come; ``UnreadableLog`` where they cannot be an event log."""
        if self._decoder is None:
            self._first += piece
            if len(self._first) < MOST_MAGIC_BYTES:
                return
            self._start()
            return
        for plain in self._decoder.feed(piece):
            self._take(self._lines.feed(plain))

    def _start(self) -> None:
        self._decoder = decoder(codec_of(self._first))
        first, self._first = self._first, b""
        for plain in self._decoder.feed(first):
            self._take(self._lines.feed(plain))

    def end(self) -> None:
        """The end of a file."""
        if self._decoder is None:
            self._start()
        fault = self._decoder.end() if self._decoder else ""
        self._take(self._lines.end())
        settle(self.state, self._waiting)
        if self._lines.too_long:
            fault = f"{self._lines.too_long} lines too long to be kept"
        if fault:
            self.state.bad += 1
            keep_first(self.state.faults, {(self.file, self.line + 1): fault}, MOST_NAMED)

    def _take(self, lines: bytes) -> None:
        self.line += feed_all(self.state, lines, (self.file, self.line + 1), self._waiting)
        if self._waiting.many > MOST_WAITING:
            settle(self.state, self._waiting)

    def run(self) -> Run:
        """The verdict so far; ``UnreadableLog`` where nothing was an event."""
        settle(self.state, self._waiting)
        if not self.state.events:
            raise UnreadableLog(
                "no event of Spark was found: an event log has one JSON object a line, the first with SparkListenerLogStart"
            )
        return verdict(self.state)


def pieces(path: str, size: int = PIECE_BYTES) -> Iterator[bytes]:
    """The bytes of a file."""
    with open(path, "rb") as file:
        while piece := file.read(size):
            yield piece


def read_log(files: list[tuple[str, str]], told: Callable[[int], None] | None = None) -> Reading:
    """All files of a log (path and note each), read to the end; ``told`` hears of bytes as they were read."""
    reading = Reading()
    for path, note in files:
        reading.begin(note)
        for piece in pieces(path):
            reading.feed(piece)
            if told:
                told(len(piece))
        reading.end()
    return reading
