"""Where a file can be cut so that each stretch of it can be read without what stands before.

Plain text can be cut anywhere, a packed file between its frames or blocks: their headers say how long they are, so that
nothing is unpacked to find them.  The members of gzip say nothing of the kind, and stay together.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO

from sparkmem.eventlog.codecs import MOST_MAGIC_BYTES, blocks, codec_of, zstd_stream

PLAIN_BYTES = 1 << 24
PACKED_BYTES = 1 << 20
"""A stretch at least; packed, a log is a tenth to a thirtieth of what it was."""


def cuts(path: str, plain_bytes: int = PLAIN_BYTES, packed_bytes: int = PACKED_BYTES) -> tuple[str, list[int]]:
    """The codec of a file, and the places at which its stretches begin, with the file's end last."""
    size = os.path.getsize(path)
    with open(path, "rb") as file:
        codec = codec_of(file.read(MOST_MAGIC_BYTES))
        if not codec:
            return codec, [*range(0, max(size, 1), plain_bytes), size]
        starts, last = [0], 0
        for end in _ends(file, codec):
            if end - last >= packed_bytes and end < size:
                starts.append(last := end)
    return codec, [*starts, size]


def _ends(file: BinaryIO, codec: str) -> Iterator[int]:
    """Where frames or blocks end, one after another, as far as they are as they should be."""
    if codec == "zstd":
        return zstd_stream.frame_ends(file)
    return blocks.block_ends(file, codec) if codec in blocks.HEADS else iter(())
