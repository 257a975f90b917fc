"""Exceptions whose class and message a log keeps apart, put together as Java prints them.

Spark's structured log writes ``"class"`` and ``"msg"`` (``SparkLayout.json``), log4j's JSON ``"message"`` and ``"name"``,
an event log ``"Class Name"`` and ``"Description"``, and others ``"error.type"`` and ``"error.message"``.
"""

from __future__ import annotations

import re

_QUOTE = rb"\\{0,3}\""
_ERROR = rb"((?:[\w$]{1,80}\.){0,12}[\w$]{1,80}(?:Error|Exception))"
_NEXT = rb"[ \t\r]{0,40},[ \t\r]{0,40}([\n\x0b]?)[ \t]{0,40}"
_KIND = _QUOTE + rb"(?:class|Class Name|className|name|type|(?:error|exception)[._]?(?:class|name|type|Class|Name|Type))"
_WORDS = _QUOTE + rb"(?:msg|message|Description|localizedMessage|(?:error|exception)[._]?[Mm]essage)"
_IS = _QUOTE + rb"[ \t]{0,4}:[ \t]{0,4}" + _QUOTE
_APART = re.compile(_KIND + _IS + _ERROR + _QUOTE + _NEXT + _WORDS + _IS)
_TURNED = re.compile(_WORDS + _IS + rb"([^\"\\\n\x0b]{1,400})" + _QUOTE + _NEXT + _KIND + _IS + _ERROR)

_ENDINGS = (b'Error"', b'Exception"', b"Error\\", b"Exception\\")


def together(block: bytes) -> bytes:
    """The block with each such exception in one; no line is lost or added.

    >>> together(b'{"class":"java.lang.OutOfMemoryError","msg":"Java heap space","stacktrace":[]}')
    b'{java.lang.OutOfMemoryError: Java heap space","stacktrace":[]}'
    >>> together(b'"message": "Metaspace",\\n "name": "java.lang.OutOfMemoryError"')
    b'java.lang.OutOfMemoryError: Metaspace\\n"'
    """
    if not any(ending in block for ending in _ENDINGS):
        return block
    return _TURNED.sub(rb"\3: \1\2", _APART.sub(rb"\1: \2", block))
