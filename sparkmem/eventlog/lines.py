"""Lines out of pieces of bytes."""

from __future__ import annotations

MOST_LINE_BYTES = 1 << 25
"""What a line may take; Spark's longest known, plans of SQL, are a tenth of it."""


class Lines:
    """The whole lines of a stream, and how many were too long to be kept."""

    def __init__(self, most_bytes: int = MOST_LINE_BYTES) -> None:
        self._most, self._parts, self._held = most_bytes, list[bytes](), 0
        self.too_long = 0

    def feed(self, piece: bytes) -> bytes:
        """The lines that end in this piece, each with its end; what is over waits. One too long is an empty line."""
        end = piece.rfind(b"\n") + 1
        if not end:
            self._hold(piece)
            return b""
        if not self._held:
            found = piece[:end]
        elif self._held + piece.find(b"\n") <= self._most:
            found = b"".join([*self._parts, memoryview(piece)[:end]])
        else:
            self.too_long += 1
            found = piece[piece.find(b"\n") : end]
        self._parts, self._held = [], 0
        self._hold(piece[end:])
        return found

    def end(self) -> bytes:
        """The last line, where nothing ended it."""
        last, too_long = b"".join(self._parts), self._held > self._most
        self._parts, self._held = [], 0
        self.too_long += too_long
        return b"" if too_long else last

    def _hold(self, part: bytes) -> None:
        self._held += len(part)
        if self._held <= self._most:
            self._parts.append(part)
        else:
            self._parts.clear()  # never more than the most is kept, however long the line is
