"""What came in the place of a text: a packed file, a picture, UTF-16 read as UTF-8.

A browser decodes what is dropped as UTF-8, so that each byte that is none has become U+FFFD.
"""

from __future__ import annotations

import re

_UNPACK = "unpack it, and give the text that is in it"
_PACKED = "a file packed with {}"
_OTHER = "give the text of it: copy it out of the program that shows it"
# How each begins (its magic number as UTF-8 with U+FFFD has it), what it is, and what is to be done.
_BEGINNINGS = (
    ("\x1f", _PACKED.format("gzip"), _UNPACK),
    ("PK\x03\x04", "a zip archive", _UNPACK),
    ("(\ufffd/\ufffd", _PACKED.format("zstd"), _UNPACK),
    ('\x04"M\x18', _PACKED.format("lz4"), _UNPACK),
    ("\ufffd\x06\x00\x00sNaPpY", _PACKED.format("snappy"), _UNPACK),
    ("BZh91AY&SY", _PACKED.format("bzip2"), _UNPACK),
    ("\ufffd7zXZ", _PACKED.format("xz"), _UNPACK),
    ("\ufffdPNG", "a picture (PNG)", "write or copy the words that it shows"),
    ("GIF8", "a picture (GIF)", "write or copy the words that it shows"),
    ("%PDF-", "a PDF", "copy its text"),
    ("\x7fELF", "a program", _OTHER),
    ("JAVA PROFILE 1.0", "a dump of a heap", "open it in a memory analyser, and give the log of the process"),
)
_PICTURE = re.compile("\ufffd{4}.{0,2}(?:JFIF|Exif)", re.DOTALL)
_LOOKED_AT = 2_000
_SHARE_OF_ZEROS = 0.3
_SHARE_OF_BINARY = 0.1
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_SHORTEST = 8


def no_text(text: str) -> tuple[str, str] | None:
    """What it is, and what to do with it; None for a text, also one with a few bytes that are none.

    >>> no_text("\\x1f\\ufffd\\x08")
    ('a file packed with gzip', 'unpack it, and give the text that is in it')
    >>> no_text("\\ufffd\\ufffds\\x00p\\x00a\\x00r\\x00k\\x00")[0], no_text("executor 3 \\ufffd was lost")
    ('text in UTF-16', None)
    """
    begun = text[:_LOOKED_AT].lstrip("\ufeff")
    for beginning, what, step in _BEGINNINGS:
        if begun.startswith(beginning):
            return what, step
    if _PICTURE.match(begun):
        return "a picture (JPEG)", "write or copy the words that it shows"
    if len(begun) < _SHORTEST:
        return None
    if begun.count("\x00") >= _SHARE_OF_ZEROS * len(begun):
        return "text in UTF-16", "save it as UTF-8, as with iconv -f UTF-16 -t UTF-8, or copy it out of an editor"
    if len(_BINARY.findall(begun)) >= _SHARE_OF_BINARY * len(begun):
        return "a compressed or binary file", _UNPACK
    return None
