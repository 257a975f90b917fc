"""Settings below the heading "before" and below "after": what was does not hold any more."""

from __future__ import annotations

import re
from itertools import islice

from sparkmem.configuration.piece import blanked
from sparkmem.configuration.setting import Ignored

BEFORE = "what was before: the text says below what is now"
SIZED = re.compile(r"--(?:executor|driver)-memory\b|\bspark\.[\w.]{0,30}(?:memory|Size)\b|\bSPARK_\w{1,20}_MEMORY\b")
_HEAD = re.compile(
    r"(?im)^[ \t#*=_>~-]{0,8}(?:(?P<old>before|old|previous(?:ly)?|original(?:ly)?|initial(?:ly)?|first (?:try|attempt)"
    r"|(?:try|attempt) ?#?1)|(?P<new>after(?:wards)?|new|current(?:ly)?|now|latest|second (?:try|attempt)"
    r"|(?:try|attempt) ?#?[2-9]))\b(?P<rest>[^\n:=]{0,60})(?P<end>:?)[ \t*_~=-]{0,8}$"
)
_NOT_YET = re.compile(r"(?i)\b(?:propos\w*|suggest\w*|plan\w*|would|want|idea|recommend\w*|maybe|should)\b")
_MOST = 40


def without_what_was(text: str) -> tuple[str, list[Ignored]]:
    """The text without what stands below "before", where settings stand below "after" too."""
    heads = [head for head in islice(_HEAD.finditer(text), _MOST) if _is_head(head, text)]
    ends = [*(head.start() for head in heads[1:]), len(text)]
    parts = [(head, head.end(), end) for head, end in zip(heads, ends, strict=False) if SIZED.search(text, head.end(), end)]
    now = [one for one in parts if one[0]["new"]]
    if not now or any(_NOT_YET.search(one[0]["rest"]) for one in now):
        return text, []
    old = [one for one in parts if one[0]["old"] and one[1] < now[-1][1]]
    old += now[:-1] if old else []
    for _, start, end in old:
        text = text[:start] + blanked(text[start:end]) + text[end:]
    return text, [Ignored(text.count("\n", 0, head.start()) + 1, "settings", BEFORE) for head, _, _ in old]


def _is_head(head: re.Match[str], text: str) -> bool:
    """Whether a line is a heading: it ends with a colon, is marked as one, or stands alone."""
    marked = head[0].lstrip()[:1] in "#*=_" and not head[0].lstrip().startswith("--")
    return bool(head["end"]) or marked or (not head["rest"].strip() and text[head.end() : head.end() + 2] == "\n\n")
