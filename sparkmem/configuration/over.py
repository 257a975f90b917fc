"""Whether a text says of a failure that it reports that it has ended since."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

_IS_OVER = re.compile(
    r"(?i)\b(?:(?:that|this|it|which|what) (?:fixed|solved|helped|works?\b)|fixed (?:it|this|that|by|with)|works now"
    r"|now works|(?:was|is|been|got) (?:fixed|solved|resolved)|no longer (?:fails|dies|happens|crash)|solved (?:it|by)"
    r"|did the trick)|(?:[-=]>|→)[ \t]{0,3}(?:it )?(?:runs|works|ok|fine)\b"
)
_NOT_OVER = re.compile(
    r"(?i)\b(?:nothing|none of|never|not|whether|if|unless|until|before|hop(?:e|ed|ing)"
    r"|how|can|could|should|would|may|might)\b"
    r"[^.!?\n]{0,40}$|n['’]t[^.!?\n]{0,20}$"
)
_ELSEWHERE = re.compile(
    r"(?i)[ ](?:only |fine |well |ok )?(?:locally|without|(?:with|on|for|in|when|if)(?: [\w'-]{1,20}){0,2}"
    r" (?:small\w*|less|fewer|sample|samples|subset|laptop|machine|local|locally|dev|test|staging|other|another))\b"
)
"""Behind "it works": with what it does, which is not what the text is about."""
_GOES_ON = re.compile(
    r"(?i)\b(?:but|however|yet|still|except|although|though|again)\b|\n[ \t]*\n"
    r"|[.,;][ ](?:and |then )?(?:now|then|next|today)\b"
)
_OTHER_PART = re.compile(
    r"(?im)^[ \t]{0,3}(?:#{1,6} |-{3,}[ \t]*$)(?![^\n]{0,60}\b(?:fix\w*|solution|solved|resol\w*|update|edit|answer|after"
    r"|now|mitigation|outcome|result)\b)"
)
"""A heading, or a line across, below which the text is of something else."""
_SENTENCE_END = re.compile(r"[.!](?:\s|$)")
_MOST, _BEFORE, _FARTHEST = 20, 80, 20_000


def ended(text: str) -> list[tuple[int, int]]:
    """Where the text says that something works or was mended, which nobody asks, hopes or says of something else."""
    found: list[tuple[int, int]] = []
    for said in islice(_IS_OVER.finditer(text), _MOST):
        begun = text.rfind("\n", 0, said.start()) + 1
        end = text.find("\n", said.end())
        sentence = _SENTENCE_END.split(text[said.end() : end if end > 0 else len(text)][:_FARTHEST], maxsplit=1)[0]
        untrue = _NOT_OVER.search(text[max(begun, said.start() - _BEFORE) : said.start()]) or sentence.rstrip().endswith("?")
        if not untrue and not _ELSEWHERE.match(text, said.end()):
            found.append(said.span())
    return found


def is_over(text: str, report: re.Match[str], sayings: Sequence[tuple[int, int]]) -> bool:
    """Whether one of these is of what is reported there: below it in the same part of the text, or in its own paragraph."""
    for begun, end in sayings:
        below = begun >= report.start()
        between = (report.end(), begun) if below else (end, report.start())
        near = between[1] - between[0] < _FARTHEST
        if near and not (_OTHER_PART if below else _GOES_ON).search(text, *between):
            return True
    return False
