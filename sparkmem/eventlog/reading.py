"""Files to a run: bytes to lines to the fold, with what can be said while it goes on."""

from __future__ import annotations

from collections.abc import Callable

from sparkmem.eventlog.codecs import MOST_MAGIC_BYTES, Decoder, codec_of, decoder
from sparkmem.eventlog.errors import UnreadableLog
from sparkmem.eventlog.fold import verdict
from sparkmem.eventlog.numbered import Numbered
from sparkmem.eventlog.run import Run
from sparkmem.eventlog.state import State
from sparkmem.eventlog.stretch import Stretch, join, pieces

Told = Callable[[int], None] | None


class Reading:
    """A log that is read piece by piece, file after file."""

    def __init__(self) -> None:
        self.notes = list[str]()
        self._taken = Numbered()
        self._decoder: Decoder | None = None
        self._first = b""
        self._fault: str | None = None

    @property
    def state(self) -> State:
        """What is known so far, less the tasks that wait to be added up."""
        return self._taken.state

    def begin(self, note: str = "") -> None:
        """The next file of the log."""
        self._taken.begin()
        self._decoder, self._first, self._fault = None, b"", None
        if note:
            self.notes.append(f"file {self._taken.file}: {note}")

    def feed(self, piece: bytes) -> None:
        """Bytes of the file as they come; ``UnreadableLog`` where they cannot be an event log."""
        if self._decoder is None:
            self._first += piece
            if len(self._first) < MOST_MAGIC_BYTES:
                return
            self._start()
            return
        for plain in self._decoder.feed(piece):
            self._taken.feed(plain)

    def join(self, stretch: Stretch) -> None:
        """What was read elsewhere of the bytes that follow; where a packed file is at fault, nothing does."""
        if not self._fault:
            join(self._taken, stretch)
            self._fault = stretch.fault

    def _start(self) -> Decoder:
        self._decoder = decoder(codec_of(self._first))
        first, self._first = self._first, b""
        for plain in self._decoder.feed(first):
            self._taken.feed(plain)
        return self._decoder

    def end(self) -> None:
        """The end of a file."""
        if self._fault is None:  # it was fed
            self._fault = (self._decoder or self._start()).end()
        self._taken.end(self._fault)

    def run(self) -> Run:
        """The verdict so far; ``UnreadableLog`` where nothing was an event."""
        self._taken.settle()
        if not self.state.events:
            raise UnreadableLog(
                "no event of Spark was found: an event log has one JSON object a line, the first with SparkListenerLogStart"
            )
        return verdict(self.state)


def read_log(files: list[tuple[str, str]], told: Told = None) -> Reading:
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
