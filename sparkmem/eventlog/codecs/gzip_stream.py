"""Gzip, as many members one after another as there are."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

MAGIC = b"\x1f\x8b\x08"
PIECE_BYTES = 1 << 22
SLICE_BYTES = 1 << 16


class Gzip:
    """The members of a file, each decompressed in pieces of bounded size."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)
        self._fault = ""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        for start in range(0, len(piece), SLICE_BYTES):  # of a slice with a fault in it nothing comes out
            yield from self._fed(piece[start : start + SLICE_BYTES])

    def _fed(self, piece: bytes) -> Iterator[bytes]:
        while piece and not self._fault:
            if self._stream.eof:
                piece = piece.lstrip(b"\0")  # what pads the last block of a tape
                self._stream = zlib.decompressobj(wbits=31)
                continue
            try:
                found = self._stream.decompress(piece, PIECE_BYTES)
            except zlib.error as error:
                self._fault = f"gzip: {error}"
                return
            piece = self._stream.unconsumed_tail or self._stream.unused_data
            if found:
                yield found

    def end(self) -> str:
        return self._fault or ("" if self._stream.eof else "the gzip stream ends too soon")
