"""Lines out of pieces of bytes."""

from __future__ import annotations

MOST_LINE_BYTES = 1 << 25
"""What a line may take; Spark's longest known, plans of SQL, are a tenth of it."""

Held = tuple[bytes, int]
"""What is held of a line, and how long it is; nothing is held of one that is too long."""


class Lines:
    """The whole lines of a stream, and how many were too long to be kept."""

    def __init__(self, most_bytes: int = MOST_LINE_BYTES) -> None:
        self._most, self._parts, self._held = most_bytes, list[bytes](), 0
        self.too_long = 0

    def feed(self, piece: bytes) -> bytes:
        """The lines that end in this piece, each with its end; what is over waits. One too long is an empty line."""
        end = piece.rfind(b"\n") + 1
        if not end:
            self.hold((piece, len(piece)))
            return b""
        if not self._held:
            found = piece[:end]
        elif self._held + piece.find(b"\n") <= self._most:
            found = b"".join([*self._parts, memoryview(piece)[:end]])
        else:
            self.too_long += 1
            found = piece[piece.find(b"\n") : end]
        self._parts, self._held = [], 0
        self.hold((piece[end:], len(piece) - end))
        return found

    def end(self) -> bytes:
        """The last line, where nothing ended it."""
        last, size = self.held()
        self._parts, self._held = [], 0
        self.too_long += size > self._most
        return last

    def hold(self, part: Held) -> None:
        """More of the line that waits."""
        self._held += part[1]
        if self._held <= self._most:
            self._parts.append(part[0])
        else:
            self._parts.clear()  # never more than the most is kept, however long the line is

    def held(self) -> Held:
        """The line that waits."""
        return b"".join(self._parts), self._held
