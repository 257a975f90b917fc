"""A zip archive, as the History Server gives a log away: its entries one after another, each undone by its own first bytes.

It is read from its beginning, so that nothing has to be there at once; its directory at the end is not asked.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from struct import unpack_from
from typing import Protocol

from sparkmem.eventlog.codecs.gzip_stream import PIECE_BYTES, SLICE_BYTES

MAGIC = b"PK\x03\x04"
_DIRECTORY = (b"PK\x01\x02", b"PK\x05\x06")
_HEAD_BYTES, _NAME_AT = 30, 30
_ENCRYPTED, _SIZES_BEHIND = 1, 8
_STORED, _DEFLATED = 0, 8
MOST_ENTRIES = 10_000
_BEHIND = (0, 16, 24, 12, 20)
"""Sizes that stand behind an entry, with and without a signature, of four and of eight bytes each."""
_ROLLING = re.compile(r"(?:^|/)eventlog_v2_[^/]*/(?:events_|appstatus_|$)")


class _Inner(Protocol):
    def feed(self, piece: bytes) -> Iterator[bytes]: ...
    def end(self) -> str: ...


class Zip:
    """The entries of an archive with one log; of several logs the first."""

    def __init__(self, inside: Callable[[bytes], _Inner], magic_bytes: int) -> None:
        self._inside, self._magic_bytes = inside, magic_bytes
        self._held, self._fault, self._ended = b"", "", False
        self._inflate: zlib._Decompress | None = None
        self._stored, self._within = 0, False
        self._inner: _Inner | None = None
        self._first, self._log, self._entries = b"", "", 0

    def feed(self, piece: bytes) -> Iterator[bytes]:
        for start in range(0, len(piece), SLICE_BYTES):
            self._held += piece[start : start + SLICE_BYTES]
            while not (self._fault or self._ended):
                if not (self._within or self._begins()):
                    break
                before = len(self._held)
                try:
                    for found in self._entry():
                        yield from self._undone(found)
                except zlib.error as error:
                    self._fault = f"zip: {error}"
                if self._within and (not self._held or len(self._held) == before):
                    break
                if not self._within:
                    yield from self._closed()

    def _begins(self) -> bool:
        """Whether the next entry begins in what is there; what stands before it is left behind."""
        if len(self._held) < _HEAD_BYTES:
            self._ended = self._held.startswith(_DIRECTORY)
            return False
        at = next((at for at in _BEHIND if self._held[at : at + 4] in (MAGIC, *_DIRECTORY)), None)
        if at is None:
            self._fault = "zip: no entry where one should begin"
            return False
        self._held = self._held[at:]
        if self._held.startswith(_DIRECTORY):
            self._ended = True
            return False
        if len(self._held) < _HEAD_BYTES:
            return False
        flags, method = unpack_from("<HH", self._held, 6)
        size, _, name_bytes, more_bytes = unpack_from("<IIHH", self._held, 18)
        if len(self._held) < _HEAD_BYTES + name_bytes + more_bytes:
            return False
        name = self._held[_NAME_AT : _NAME_AT + name_bytes].decode(errors="replace")
        self._held = self._held[_HEAD_BYTES + name_bytes + more_bytes :]
        self._entries += 1
        if self._entries > MOST_ENTRIES:
            self._fault = f"zip: more than {MOST_ENTRIES:,} entries are in it, and no more are read"
            return False
        if flags & _ENCRYPTED or method not in (_STORED, _DEFLATED) or (method == _STORED and flags & _SIZES_BEHIND):
            self._fault = "zip: an entry is encrypted, or packed in another way than zip's usual one; unpack it first"
            return False
        rolling = _ROLLING.search(name)
        log = name[: rolling.start()] + "/" if rolling else name
        if self._log and log != self._log and not name.endswith("/"):
            self._fault = "zip: more than one log is in it, and the first was read; unpack it to have all"
            return False
        self._log = self._log or ("" if name.endswith("/") and not rolling else log)
        self._inflate = zlib.decompressobj(-15) if method == _DEFLATED else None
        self._stored, self._within, self._inner, self._first = size, True, None, b""
        return True

    def _entry(self) -> Iterator[bytes]:
        """What is there of the entry."""
        if self._inflate is None:
            found, self._held = self._held[: self._stored], self._held[self._stored :]
            self._stored -= len(found)
            self._within = self._stored > 0
            yield found
            return
        while self._held and not self._inflate.eof:
            found = self._inflate.decompress(self._held, PIECE_BYTES)
            self._held = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
            yield found
        self._within = not self._inflate.eof

    def _undone(self, found: bytes) -> Iterator[bytes]:
        if self._inner is None:
            self._first += found
            if len(self._first) < self._magic_bytes:
                return
            self._inner, found = self._inside(self._first), self._first
        yield from self._inner.feed(found)

    def _closed(self) -> Iterator[bytes]:
        """The end of an entry: its last line is no part of the next one's first."""
        if self._inner is None and self._first:
            yield self._first
        elif self._inner:
            self._fault = self._fault or self._inner.end()
        self._inner, self._first = None, b""
        yield b"\n"

    def end(self) -> str:
        return self._fault or ("" if self._ended else "the zip archive ends too soon")
