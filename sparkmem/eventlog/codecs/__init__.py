"""Compression undone as the bytes come in: each form is told by how its first bytes look, not by the file's name.

Gzip and zstd are the standard library's; LZ4, Snappy and LZF are read as Spark frames them, by the fast decoders of
``lz4`` and ``cramjam`` where they are installed and by the ones here where they are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from sparkmem.eventlog.codecs import blocks, gzip_stream, zip_stream, zstd_stream


class Decoder(Protocol):
    """Takes compressed bytes piece by piece; what comes out comes in pieces of a few MiB at most."""

    def feed(self, piece: bytes) -> Iterator[bytes]: ...
    def end(self) -> str:
        """Why the stream ended too soon, or nothing."""


class Plain:
    """Bytes as they are."""

    def feed(self, piece: bytes) -> Iterator[bytes]:
        yield piece

    def end(self) -> str:
        return ""


MAGICS: dict[str, bytes] = {
    "gz": gzip_stream.MAGIC,
    "zstd": zstd_stream.MAGIC,
    "lz4": blocks.LZ4_MAGIC,
    "snappy": blocks.SNAPPY_MAGIC,
    "lzf": blocks.LZF_MAGIC,
    "zip": zip_stream.MAGIC,
}
"""Codecs that Spark writes event logs with (``spark.eventLog.compression.codec``), gzip and zip, by their first bytes."""

MOST_MAGIC_BYTES = max(map(len, MAGICS.values()))


def codec_of(first: bytes) -> str:
    """The codec of a stream that begins so; empty where it is not compressed.

    >>> codec_of(b"LZ4Block%"), codec_of(b'{"Event"')
    ('lz4', '')
    """
    return next((name for name, magic in MAGICS.items() if first.startswith(magic)), "")


def decoder(codec: str) -> Decoder:
    """What undoes the codec; ``UnreadableLog`` where this Python has no zstd."""
    if codec == "gz":
        return gzip_stream.Gzip()
    if codec == "zstd":
        return zstd_stream.Zstd()
    if codec == "zip":
        return zip_stream.Zip(_inside_of_zip, MOST_MAGIC_BYTES)
    return blocks.Blocks(codec) if codec else Plain()


def _inside_of_zip(first: bytes) -> Decoder:
    """What undoes an entry that begins so; an archive in an archive is no log."""
    codec = codec_of(first)
    return Plain() if codec == "zip" else decoder(codec)
