"""Single blocks of LZ4, Snappy and LZF: literals, and copies of what came before."""

from __future__ import annotations

MOST_BYTES = 1 << 26


class BadBlock(ValueError):
    """A block that is not what its codec writes."""


def lz4_block(block: bytes, size: int) -> bytes:
    """The content of an LZ4 block.

    >>> lz4_block(bytes([0x52]) + b"abcde" + bytes([5, 0, 0x10]) + b"x", 12)
    b'abcdeabcdeax'
    """
    out = bytearray()
    at, end = 0, len(block)
    try:
        while at < end:
            token = block[at]
            at += 1
            literals, at = _lz4_length(block, at, token >> 4)
            if at + literals > end:
                raise BadBlock("literals run beyond the block")
            out += block[at : at + literals]
            at += literals
            if at == end:
                break
            distance = block[at] | block[at + 1] << 8
            length, at = _lz4_length(block, at + 2, token & 15)
            _copy(out, distance, length + 4, size)
    except IndexError:
        raise BadBlock("the block ends too soon") from None
    return _whole(out, size)


def _lz4_length(block: bytes, at: int, length: int) -> tuple[int, int]:
    if length == 15:
        while True:
            more = block[at]
            at += 1
            length += more
            if more != 255:
                break
    return length, at


def snappy_block(block: bytes, _size: int = -1) -> bytes:
    """The content of a Snappy block, which says itself how long it is.

    >>> snappy_block(bytes([8, 12]) + b"abcd" + bytes([1, 4]))
    b'abcdabcd'
    """
    out = bytearray()
    try:
        size, at = _varint(block)
        if size > MOST_BYTES:
            raise BadBlock(f"a block of {size} bytes is larger than any that is written")
        while at < len(block):
            tag = block[at]
            at += 1
            if tag & 3 == 0:
                length = tag >> 2
                if length >= 60:
                    wide = length - 59
                    length, at = int.from_bytes(block[at : at + wide], "little"), at + wide
                if at + length >= len(block) + 1:
                    at += len(block)  # it ends too soon
                    block[at]
                out += block[at : at + length + 1]
                at += length + 1
            elif tag & 3 == 1:
                _copy(out, (tag >> 5) << 8 | block[at], (tag >> 2 & 7) + 4, size)
                at += 1
            else:
                wide = 2 if tag & 3 == 2 else 4
                block[at + wide - 1]
                _copy(out, int.from_bytes(block[at : at + wide], "little"), (tag >> 2) + 1, size)
                at += wide
    except IndexError:
        raise BadBlock("the block ends too soon") from None
    return _whole(out, size)


def _varint(block: bytes) -> tuple[int, int]:
    size = shift = at = 0
    while True:
        size |= (block[at] & 127) << shift
        shift += 7
        at += 1
        if block[at - 1] < 128 or shift > 35:
            return size, at


def lzf_block(block: bytes, size: int) -> bytes:
    """The content of an LZF chunk.

    >>> lzf_block(bytes([3]) + b"abcd" + bytes([64, 3]), 8)
    b'abcdabcd'
    """
    out = bytearray()
    at, end = 0, len(block)
    try:
        while at < end:
            control = block[at]
            at += 1
            if control < 32:
                if at + control >= end:
                    raise BadBlock("literals run beyond the block")
                out += block[at : at + control + 1]
                at += control + 1
                continue
            length = control >> 5
            if length == 7:
                length += block[at]
                at += 1
            _copy(out, ((control & 31) << 8 | block[at]) + 1, length + 2, size)
            at += 1
    except IndexError:
        raise BadBlock("the block ends too soon") from None
    return _whole(out, size)


def _copy(out: bytearray, distance: int, length: int, size: int) -> None:
    """Append what stands so far back; where the copy reaches into itself, it repeats."""
    start = len(out) - distance
    if distance <= 0 or start < 0:
        raise BadBlock("a copy of what is not there")
    if len(out) + length > size:
        raise BadBlock("more comes out than the block says")
    if length <= distance:
        out += out[start : start + length]
    else:
        pattern = bytes(out[start:])
        out += (pattern * (length // distance + 1))[:length]


def _whole(out: bytearray, size: int) -> bytes:
    if len(out) != size:
        raise BadBlock(f"{len(out)} bytes come out, {size} were to")
    return bytes(out)
