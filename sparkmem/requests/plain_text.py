"""The text of a file in UTF-8, whatever it was kept in: packed with gzip, zstd, LZ4, Snappy or in a zip, or in UTF-16.

Logs are kept packed (EMR has each container's as ``stderr.gz``), and PowerShell writes what it redirects in UTF-16.
Nothing is unpacked onto the disk; what comes out comes in pieces.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from sparkmem.configuration.no_text import no_text
from sparkmem.errors import BadInputs, InputError
from sparkmem.eventlog.codecs import codec_of, decoder
from sparkmem.eventlog.errors import UnreadableLog
from sparkmem.requests.streams import SEE, input_bytes

PIECE_BYTES = 1 << 16
_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_BEGINNING = 2_000


class NoTextError(ValueError):
    """Why no text came out of a file."""


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of its text in UTF-8, as they come; ``NoTextError`` where what packs them is broken, or ends too soon.

    >>> from io import BytesIO
    >>> b"".join(pieces(BytesIO("\ufeffspark.executor.memory 8g".encode("utf-16-le"))))
    b'spark.executor.memory 8g'
    """
    first = file.read(PIECE_BYTES)
    try:
        packed = decoder(codec_of(first))
        yield from _in_utf8(out for piece in _all(file, first) for out in packed.feed(piece))
    except UnreadableLog as error:
        raise NoTextError(error.message) from None
    if fault := packed.end():
        raise NoTextError(fault)


def _all(file: BinaryIO, first: bytes) -> Iterator[bytes]:
    while first:
        yield first
        first = file.read(PIECE_BYTES)


def _in_utf8(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same, where the first bytes are the mark of UTF-16; else as they are."""
    first = next(pieces, b"")
    encoding = _MARKS.get(first[:2]) if len(first) > 2 else None  # a mark alone is no text
    if not encoding:
        yield first
        yield from pieces
        return
    letters = codecs.getincrementaldecoder(encoding)("replace")
    for piece in chain([first[2:]], pieces):
        yield letters.decode(piece).encode("utf-8", "replace")
    yield letters.decode(b"", final=True).encode()


def whole_text(file: BinaryIO, where: str) -> str:
    """The whole text of a file; ``NoTextError`` with where it is, what came in its place, and what to do."""
    try:
        whole = b"".join(pieces(file))
        return whole.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        said = binary(whole) or f"it is no UTF-8: byte {error.start + 1:,} begins no letter"
    except NoTextError as error:
        said = str(error)
    raise NoTextError(f"{where}: {said}")


def input_text() -> str:
    """All of standard input; ``BadInputs`` where it is no text."""
    try:
        return whole_text(input_bytes(), "standard input")
    except NoTextError as error:
        raise BadInputs([InputError("", str(error), SEE, change="save the file as UTF-8")]) from None


def binary(beginning: bytes) -> str:
    """What to do with a file that begins so, and what it is; empty for a text.

    >>> binary(b"%PDF-1.7 ..."), binary(b"spark.executor.memory 8g")
    ('this is a PDF: copy its text', '')
    """
    found = no_text(beginning[:_BEGINNING].decode("utf-8", "replace"))
    return f"this is {found[0]}: {found[1]}" if found else ""
