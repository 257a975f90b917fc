"""Event logs as they are packed: unpacked in any pieces, never more of a bomb at once than a few MiB, faults named."""

import gzip
import random
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparkmem.eventlog.codecs import codec_of, decoder
from sparkmem.eventlog.codecs.lz_blocks import BadBlock, lz4_block, lzf_block, snappy_block
from sparkmem.eventlog.lines import Lines
from sparkmem.eventlog.reading import Reading
from tests.model.test_eventlog import BEGINNING, line, task

TEXT = b"".join(line(task(number, peak=number)) + b"\n" for number in range(40))


def unpacked(packed: bytes, step: int) -> tuple[bytes, str]:
    found = decoder(codec_of(packed))
    out = b"".join(piece for at in range(0, len(packed), step) for piece in found.feed(packed[at : at + step]))
    return out, found.end()


def stored(codec: str, text: bytes = TEXT, step: int = 5000) -> bytes:
    """A text in blocks as the codec frames them, half of them not compressed or of literals alone."""
    out = b"\x82SNAPPY\0" + b"\0\0\0\1" * 2 if codec == "snappy" else b""
    for at in range(0, len(text), step):
        block = text[at : at + step]
        size = len(block)
        if codec == "lz4":
            out += b"LZ4Block\x15" + size.to_bytes(4, "little") * 2 + b"\0\0\0\0" + block
        elif codec == "lzf":
            out += b"ZV\0" + size.to_bytes(2, "big") + block
        else:
            varint = bytes([size & 127 | 128, size >> 7])
            chunk = varint + bytes([61 << 2]) + (size - 1).to_bytes(2, "little") + block
            out += len(chunk).to_bytes(4, "big") + chunk
    return out


@pytest.mark.parametrize("codec", ["gz", "lz4", "snappy", "lzf"])
def test_packed_bytes_are_unpacked_in_any_pieces(codec):
    packed = gzip.compress(TEXT[:3000]) + gzip.compress(TEXT[3000:]) if codec == "gz" else stored(codec)
    assert codec_of(packed) == codec
    for step in (1 << 20, 1000, 7):
        assert unpacked(packed, step) == (TEXT, "")
    assert unpacked(packed[:-3], 1000)[1]


def test_zstd_frames_one_after_another():
    zstd = pytest.importorskip("zstandard") if sys.version_info < (3, 14) else None
    if zstd is None:
        from compression import zstd  # type: ignore[no-redef]
    pack = zstd.compress if hasattr(zstd, "compress") else zstd.ZstdCompressor().compress
    packed = pack(TEXT[:1000]) + pack(TEXT[1000:])
    assert unpacked(packed, 100) == (TEXT, "")


@pytest.mark.parametrize("codec", ["gz", "lz4", "snappy", "lzf"])
def test_what_comes_out_of_a_bomb_comes_in_pieces_and_its_line_is_not_kept(codec):
    """A thousand times what goes in: never more than a few MiB are there at once."""
    size = 1 << 25
    packed = gzip.compress(bytes(size), 9) if codec == "gz" else bombs(codec, size)
    undo, lines, most, whole = decoder(codec_of(packed)), Lines(most_bytes=1 << 20), 0, 0
    for piece in undo.feed(packed):
        most, whole = max(most, len(piece)), whole + len(piece)
        lines.feed(piece)
    assert (undo.end(), whole >= size, most <= 1 << 23) == ("", True, True)
    assert (lines.end(), lines.too_long) == (b"", 1)


def bombs(codec, size):
    """Blocks of one letter repeated, as large as Spark's own."""
    if codec == "lzf":  # a literal, then copies of 264 letters
        block, out = b"\0\0" + b"\xe0\xff\0" * 240, 1 + 264 * 240
        return (b"ZV\1" + len(block).to_bytes(2, "big") + out.to_bytes(2, "big") + block) * (size // out + 1)
    if codec == "snappy":  # copies of 64 letters
        out = 1 + 64 * (1 << 14)
        varint = bytes([out & 127 | 128, out >> 7 & 127 | 128, out >> 14])
        block = varint + b"\0\0" + b"\xfe\1\0" * (1 << 14)
        return b"\x82SNAPPY\0" + b"\0\0\0\1" * 2 + (len(block).to_bytes(4, "big") + block) * (size // out + 1)
    block = b"\x1f\0\1\0" + b"\xff" * (1 << 13) + b"\0\0"  # one copy, whose length takes most of the block
    out = 1 + 4 + 15 + 255 * (1 << 13)
    head = b"LZ4Block\x25" + len(block).to_bytes(4, "little") + out.to_bytes(4, "little") + b"\0\0\0\0"
    return (head + block) * (size // out + 1)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=120), st.integers(0, 500))
def test_blocks_of_any_bytes_are_refused_or_as_long_as_they_say(block, size):
    for undo in (lz4_block, lzf_block, snappy_block):
        try:
            out = undo(block, size)
        except BadBlock:
            continue
        assert undo is snappy_block or len(out) == size


def test_a_fault_in_the_packing_is_named_and_what_came_before_it_read():
    noise = random.Random(1).randbytes(100_000).replace(b"\n", b"")
    packed = bytearray(gzip.compress(line(BEGINNING[0]) + b"\n" + noise))
    packed[-2000] ^= 255
    reading = Reading()
    reading.begin()
    reading.feed(bytes(packed))
    reading.end()
    run = reading.run()
    assert run.release.said == "3.5.3-amzn-0"
    assert any("gzip" in why for _, why in run.read.faults)
