"""What Spark itself advises in an error: options and keys in the words of a message, none of which anybody set."""

from __future__ import annotations

import re

_TELLING = ("increase heap size", "onsider boosting")
# UnifiedMemoryManager.getMaxMemory; YarnAllocator.processCompletedContainers
_ADVICE = re.compile(
    r"\bincrease heap size using the --(?:driver|executor)-memory option"
    r" or \\?[\"']?spark\.(?:driver|executor)\.memory\\?[\"']?"
    r"(?: in Spark configuration)?"
    r"|\b[cC]onsider boosting spark\.(?:yarn\.)?executor\.memoryOverhead"
    r"(?: or (?:disabling|boosting) yarn\.nodemanager\.[\w.-]{3,40}(?: because of YARN-\d{1,6})?)?"
)


def peel(text: str) -> str:
    """The text with blanks in the place of such advice.

    >>> peel("Consider boosting spark.executor.memoryOverhead.").strip()
    '.'
    """
    if not any(word in text for word in _TELLING):
        return text
    return _ADVICE.sub(lambda advice: " " * len(advice[0]), text)
