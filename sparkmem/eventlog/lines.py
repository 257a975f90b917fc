"""Lines out of pieces of bytes."""

from __future__ import annotations

MOST_LINE_BYTES = 1 << 25
"""What a line may take; Spark's longest known, plans of SQL, are a tenth of it."""


class Lines:
    """The whole lines of a stream, and how many were too long to be kept."""

    def __init__(self, most_bytes: int = MOST_LINE_BYTES) -> None:
        self._most, self._parts, self._held = most_bytes, list[bytes](), 0
        self.too_long = 0

    def feed(self, piece: bytes) -> list[bytes]:
        """The lines that end in this piece, without their ends; what is over waits."""
        first, *others = piece.split(b"\n")
        self._hold(first)
        if not others:
            return []
        last = others.pop()
        found = [*self._taken(), *others]
        self._hold(last)
        return found

    def end(self) -> list[bytes]:
        """The last line, where nothing ended it."""
        return [line for line in self._taken() if line]

    def _hold(self, part: bytes) -> None:
        self._held += len(part)
        if self._held <= self._most:
            self._parts.append(part)
        else:
            self._parts.clear()  # never more than the most is kept, however long the line is

    def _taken(self) -> list[bytes]:
        whole, too_long = b"".join(self._parts), self._held > self._most
        self._parts, self._held = [], 0
        self.too_long += too_long
        return [b""] if too_long else [whole]
