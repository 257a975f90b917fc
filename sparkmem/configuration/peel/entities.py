"""Text out of a web page: entities of HTML, and the tags that only lay text out."""

from __future__ import annotations

import re

_NAMED = {
    "lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'", "nbsp": " ", "ndash": "-", "mdash": "--", "ldquo": '"',
    "rdquo": '"', "lsquo": "'", "rsquo": "'", "hyphen": "-", "equals": "=", "colon": ":", "period": ".", "lbrace": "{",
    "rbrace": "}", "dollar": "$", "bsol": "\\",
}  # fmt: skip
_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,8}));")
_TAG = re.compile(
    r"</?(?:pre|code|p|br|div|span|b|i|em|strong|kbd|tt|samp|li|ul|ol|td|th|tr|table|tbody|font|a|u)(?:\s[^<>\n]{0,300})?/?>",
    re.IGNORECASE,
)

_OF_FORUMS = re.compile(r"\[/?(?:code|quote|pre|b|i|tt)(?:=[\w\"'-]{1,40})?\]", re.IGNORECASE)


def peel(text: str) -> str:
    """The text as a browser shows it, line for line.

    >>> peel("<code>--conf &quot;spark.x=1&quot;</code><br/>")
    '--conf "spark.x=1" '
    """
    if "[/" in text:
        text = _OF_FORUMS.sub("", text)
    if "</" in text or "<br" in text:
        text = _TAG.sub(lambda match: " " if match[0][1:3].lower() in ("br", "td", "th") else "", text)
    return _ENTITY.sub(_meant, text) if "&" in text and ";" in text else text


def _meant(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED.get(match[3], match[0])
    code = int(match[1]) if match[1] else int(match[2], 16)
    letter = chr(code) if 32 <= code < 0xD800 else " "
    return " " if letter == "\u00a0" else letter
