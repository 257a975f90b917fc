"""A block of a text as it was before it went through terminals, JSON and HTML; no line is lost or added.

A line's end that was written as ``\\n`` inside JSON becomes ``SOFT``, so that lines keep their numbers.
Exceptions that a log keeps in two fields are put together (``thrown``).
"""

from __future__ import annotations

import re

from sparkmem.configuration.peel.entities import peel as without_entities
from sparkmem.diagnosis.thrown import together

SOFT = b"\x0b"
_ANSI = re.compile(rb"\x1b(?:\[[0-9;?]{0,20}[ -/]?[@-~]|\][^\x07\n]{0,200}\x07|[@-Z\\-_])")
_ENTITY = re.compile(rb"&(?:quot|lt|gt|amp|nbsp|apos|#[0-9x]{1,5});")
_TAGS = (
    rb"a|b|br|code|dd|div|dl|dt|em|font|h[1-6]|i|li|ol|p|pre|samp|small|span|strong|table|tbody|td|th|thead|tr|tt|u|ul"
)
_TAG = re.compile(rb"</?(?:" + _TAGS + rb")(?:[ \t][^<>\n]{0,300})?/?>")
_HTML = re.compile(rb"</(?:span|div|pre|td|p|code|li|tr)>|<br ?/?>")
_BREAK = re.compile(rb"<br ?/?>|</(?:p|div|li|tr)>")
_ESCAPES = ((b"\\r\\n", SOFT), (b"\\n", SOFT), (b"\\t", b" "))
_UNICODE = re.compile(rb"\\u00(1b|22|26|27|3c|3d|3e|2b)", re.IGNORECASE)
_TYPOGRAPHY = ((b"\xc2\xa0", b" "), (b"\xe2\x80\x98", b"'"), (b"\xe2\x80\x99", b"'"), (b"\xe2\x80\x9c", b'"'),
               (b"\xe2\x80\x9d", b'"'), (b"\xe2\x80\x8b", b""))  # fmt: skip


def cleaned(block: bytes) -> bytes:
    """The block without colours, escapes, entities and tags.

    >>> cleaned(b'{"log": "\\\\u001b[31mMetaspace\\\\nat x"}')
    b'{"log": "Metaspace\\x0bat x"}'
    """
    if b"\\u00" in block:
        block = _UNICODE.sub(lambda match: bytes((int(match[1], 16),)), block)
    if b"\x1b" in block:
        block = _ANSI.sub(b"", block)
    if b"\\n" in block or b"\\t" in block:
        for escape, meant in _ESCAPES:
            block = block.replace(escape, meant)
    block = together(block)
    if b"&" in block and _ENTITY.search(block):
        block = without_entities(block.decode("utf-8", "replace")).encode()
    if b"<" in block and _HTML.search(block):
        block = _TAG.sub(b"", _BREAK.sub(SOFT, block))
    if b"\xe2\x80" in block or b"\xc2\xa0" in block:
        for typographic, plain in _TYPOGRAPHY:
            block = block.replace(typographic, plain)
    return block
