"""LZ4, Snappy and LZF as Spark frames them: blocks of bounded size one after another.

LZ4 is the block stream of lz4-java, Snappy that of snappy-java, LZF that of compress-lzf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import Any, BinaryIO

from sparkmem.eventlog.codecs.lz_blocks import BadBlock, lz4_block, lzf_block, snappy_block

LZ4_MAGIC = b"LZ4Block"
SNAPPY_MAGIC = b"\x82SNAPPY\0"
LZF_MAGIC = b"ZV"
MOST_BLOCK_BYTES = 1 << 26  # lz4-java's largest is 32 MiB; Spark's default is 32 KiB
_GATHERED_BYTES = 1 << 20
_MOST_HEAD_BYTES = 21

Block = Callable[[bytes, int], bytes]
Head = tuple[int, int, int, bool]
"""Bytes of the header, bytes that follow it, bytes that they come to (-1 where only they say), whether compressed."""


class Blocks:
    """The blocks of a stream; what is not whole yet waits for the next piece."""

    def __init__(self, codec: str) -> None:
        self._codec = codec
        self._head, self._undo = HEADS[codec], undoes(codec)
        self._rest = bytearray()
        self._fault = ""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        if self._fault:
            return
        self._rest += piece
        whole, at = bytes(self._rest), 0
        gathered: list[bytes] = []
        size = 0
        try:
            while (head := self._head(whole, at)) and at + head[0] + head[1] <= len(whole):
                start = at + head[0]
                at = start + head[1]
                content = whole[start:at]
                gathered.append(self._undo(content, head[2]) if head[3] else content)
                size += len(gathered[-1])
                if size >= _GATHERED_BYTES:
                    yield b"".join(gathered)
                    gathered, size = [], 0
        except BadBlock as error:
            self._fault = f"{self._codec}: {error}"
        if gathered:
            yield b"".join(gathered)
        self._rest = bytearray(whole[at:])

    def end(self) -> str:
        return self._fault or (f"the last {self._codec} block is not finished" if self._rest else "")


def _lz4_head(data: bytes, at: int) -> Head | None:
    """``LZ4BlockOutputStream``: magic, method and level, both sizes, a checksum (not held against anything here)."""
    if len(data) - at < 21:
        return None
    if data[at : at + 8] != LZ4_MAGIC:
        raise BadBlock("a block does not begin with LZ4Block")
    method = data[at + 8] & 0xF0
    packed, unpacked = (int.from_bytes(data[at + place : at + place + 4], "little") for place in (9, 13))
    if method not in (0x10, 0x20):
        raise BadBlock(f"unknown method {method}")
    return _checked(21, packed, unpacked, method == 0x20)


def _snappy_head(data: bytes, at: int) -> Head | None:
    """``SnappyOutputStream``: 16 bytes once (or again, where streams were joined), then sizes and blocks."""
    if data[at : at + 8] == SNAPPY_MAGIC[: len(data) - at] and len(data) > at:
        return (16, 0, 0, False) if len(data) - at >= 16 else None
    if len(data) - at < 4:
        return None
    return _checked(4, int.from_bytes(data[at : at + 4], "big"), -1, True)


def _lzf_head(data: bytes, at: int) -> Head | None:
    """``LZFOutputStream``: ZV, whether compressed, one size or two."""
    if len(data) - at < 5:
        return None
    if data[at : at + 2] != LZF_MAGIC or data[at + 2] > 1:
        raise BadBlock("a chunk does not begin with ZV")
    packed = int.from_bytes(data[at + 3 : at + 5], "big")
    if not data[at + 2]:
        return _checked(5, packed, packed, False)
    return _checked(7, packed, int.from_bytes(data[at + 5 : at + 7], "big"), True) if len(data) - at >= 7 else None


def _checked(head: int, packed: int, unpacked: int, compressed: bool) -> Head:
    if max(packed, unpacked) > MOST_BLOCK_BYTES:
        raise BadBlock(f"a block of {max(packed, unpacked)} bytes is larger than any that is written")
    return head, packed, unpacked, compressed


HEADS: dict[str, Callable[[bytes, int], Head | None]] = {"lz4": _lz4_head, "snappy": _snappy_head, "lzf": _lzf_head}


def block_ends(file: BinaryIO, codec: str) -> Iterator[int]:
    """Where the blocks of a file end, one after another, as far as they are as they should be."""
    at = 0
    while True:
        file.seek(at)
        try:
            head = HEADS[codec](file.read(_MOST_HEAD_BYTES), 0)
        except BadBlock:
            return
        if head is None:
            return
        yield (at := at + head[0] + head[1])


@cache
def undoes(codec: str) -> Block:
    """The fastest decoder of a block that is installed."""
    own: dict[str, Block] = {"lz4": lz4_block, "snappy": snappy_block, "lzf": lzf_block}
    if codec == "lz4" and (lz4 := _module("lz4.block")):
        return _guarded(lambda block, size: bytes(lz4.decompress(block, uncompressed_size=size)))
    if codec == "snappy" and (cramjam := _module("cramjam")):
        return _guarded(lambda block, size: bytes(cramjam.snappy.decompress_raw(block)))
    return own[codec]


def _guarded(undo: Block) -> Block:
    def block_of(block: bytes, size: int) -> bytes:
        try:
            return undo(block, size)
        except Exception as error:  # each module raises one of its own
            raise BadBlock(str(error)) from None

    return block_of


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None
