"""Zstandard: Spark closes a frame at each flush, so a log is many of them one after another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, BinaryIO

from sparkmem.eventlog.errors import UnreadableLog

MAGIC = b"\x28\xb5\x2f\xfd"
PIECE_BYTES = 1 << 22
MOST_WINDOW_LOG = 27  # 128 MiB: what the reference decoder allows unasked
_UNBOUNDED_SLICE = 1 << 10  # what comes out cannot be bounded in `zstandard`: 4 bytes in may be 128 KiB out


class Zstd:
    """The frames of a file, each decompressed in pieces of bounded size."""

    def __init__(self) -> None:
        self._module, self._bounded = zstd_module()
        self._stream: Any = None
        self._rest = b""
        self._fault = ""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        if self._bounded:
            yield from self._fed(piece)
            return
        for start in range(0, len(piece), _UNBOUNDED_SLICE):
            yield from self._fed(piece[start : start + _UNBOUNDED_SLICE])

    def _fed(self, piece: bytes) -> Iterator[bytes]:
        while not self._fault:
            if self._stream is None:
                piece, self._rest = self._rest + piece, b""
                if len(piece) < len(MAGIC):
                    self._rest = piece
                    return
                if not piece.startswith(MAGIC) and not _is_skippable(piece):
                    self._fault = "zstd: what follows a frame is no frame"
                    return
                self._stream = self._started()
            try:
                found = self._stream.decompress(piece, PIECE_BYTES) if self._bounded else self._stream.decompress(piece)
            except Exception as error:  # each module raises one of its own
                self._fault = f"zstd: {error}"
                return
            if found:
                yield found
            piece = b""
            if self._stream.eof:
                piece, self._stream = self._stream.unused_data, None
            elif not self._bounded or self._stream.needs_input:
                return

    def _started(self) -> Any:
        if not self._bounded:
            return self._module.ZstdDecompressor(max_window_size=1 << MOST_WINDOW_LOG).decompressobj()
        option = self._module.DecompressionParameter.window_log_max
        return self._module.ZstdDecompressor(options={option: MOST_WINDOW_LOG})

    def end(self) -> str:
        unfinished = self._stream is not None or self._rest
        return self._fault or ("the last zstd frame is not finished" if unfinished else "")


def _is_skippable(piece: bytes) -> bool:
    return piece[1:4] == b"\x2a\x4d\x18" and piece[0] >> 4 == 5


@cache
def zstd_module() -> tuple[Any, bool]:
    """A module with a decompressor, and whether that bounds what comes out of a call; ``UnreadableLog`` without one."""
    for name in ("compression.zstd", "backports.zstd", "zstandard"):
        try:
            return import_module(name), name != "zstandard"
        except ImportError:
            continue
    raise UnreadableLog(
        "the log is compressed with zstd, which this Python cannot undo:"
        " take Python 3.14, or pip install 'sparkmem[eventlog]' (or backports.zstd, or zstandard), or unpack it with zstd -d"
    )


def frame_ends(file: BinaryIO) -> Iterator[int]:
    """Where the frames of a file end, one after another (RFC 8878), as far as they are as they should be."""
    at = 0
    while end := _frame_end(file, at):
        yield end
        at = end


def _frame_end(file: BinaryIO, at: int) -> int:
    """Where the frame ends that begins there; 0 where it is none, or not whole."""
    head = _read(file, at, 8)
    if len(head) == 8 and _is_skippable(head):
        return at + 8 + int.from_bytes(head[4:], "little")
    if len(head) < 5 or not head.startswith(MAGIC):
        return 0
    kind = head[4]
    single = kind >> 5 & 1
    at += 5 + (not single) + (0, 1, 2, 4)[kind & 3] + (single, 2, 4, 8)[kind >> 6]  # window, dictionary, content size
    last = 0
    while not last:
        block = int.from_bytes(head := _read(file, at, 3), "little")
        last = block & 1
        if len(head) < 3 or block >> 1 & 3 == 3:
            return 0
        at += 3 + (1 if block >> 1 & 3 == 1 else block >> 3)  # one letter, repeated
    return at + 4 * (kind >> 2 & 1)  # a checksum


def _read(file: BinaryIO, at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)
