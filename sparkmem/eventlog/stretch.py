"""A stretch of a file, read by itself: the state of its lines, and the ends of two lines that stand partly outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sparkmem.eventlog.bounded import Place
from sparkmem.eventlog.codecs import decoder
from sparkmem.eventlog.lines import Held, Lines
from sparkmem.eventlog.numbered import Numbered
from sparkmem.eventlog.state import State, merge

PIECE_BYTES = 1 << 20


@dataclass(frozen=True)
class Stretch:
    """What was read: ``head`` up to the first end of a line, which may not be there; the lines after it; what is over."""

    head: Held
    ended: bool
    state: State
    lines: int
    tail: Held
    fault: str


def read_stretch(path: str, file: int, codec: str, start: int, end: int) -> Stretch:
    """The bytes of a file from one place to another; ``file`` is its number in the log, and lines count from 1 on."""
    head, ended, rest, undo = Lines(), False, Numbered(file), decoder(codec)
    for piece in pieces(path, start, end):
        for plain in undo.feed(piece):
            if not ended:
                first = plain.find(b"\n")
                ended = first >= 0
                begun, plain = (plain[:first], plain[first + 1 :]) if ended else (plain, b"")
                head.hold((begun, len(begun)))
            rest.feed(plain)
    rest.settle()
    return Stretch(head.held(), ended, rest.state, rest.line, rest.lines.held(), undo.end())


def join(all_before: Numbered, stretch: Stretch) -> None:
    """Go on with a stretch that follows on what was taken in of its file."""
    all_before.lines.hold(stretch.head)
    if stretch.ended:
        all_before.feed(b"\n")
        all_before.state = merge(all_before.state, _moved(stretch.state, all_before.line))
        all_before.line += stretch.lines
        all_before.lines.hold(stretch.tail)


def pieces(path: str, start: int = 0, end: int | None = None, size: int = PIECE_BYTES) -> Iterator[bytes]:
    """The bytes of a file, from one place to another."""
    with open(path, "rb") as file:
        at = file.seek(start) if start else 0  # in what comes through a pipe nobody can seek
        while piece := file.read(size if end is None else min(size, end - at)):
            at += len(piece)
            yield piece


def _moved(state: State, lines: int) -> State:
    """The state, with so many lines of its file before its own; it becomes that itself."""

    def at(place: Place) -> Place:
        return place[0], place[1] + lines

    state.faults = {at(place): why for place, why in state.faults.items()}
    for found in (state.application, *state.settings.values()):
        for name, (place, value) in found.items():
            found[name] = at(place), value
    for text in state.texts.values():
        text.sample = at(text.sample[0]), text.sample[1]
    return state
