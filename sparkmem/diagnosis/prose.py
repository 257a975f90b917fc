"""Which lines people wrote themselves, beside what a log says: a guess of theirs tells of nothing, what they tried does."""

from __future__ import annotations

import re

_GUESS = re.compile(
    r"(?i)\b(?:I|we|my|our)\b[^.\n]{0,40}\b(?:assum|think|thought|guess|suspect|believ|suppos|expect|fear|wonder)"
    r"|\b(?:maybe|perhaps|probably|presumably|possibly|likely|apparently)\b[^.\n]{0,120}\?"
    r"|\b(?:is|are|was|were|did|does|do|has|have|can|could|who|why|what|which|how)\b[^.:\n]{2,160}\?[ \t]{0,8}(?:$|[A-Z(])"
    r"|\b(?:OOM|oom)[ -]?kill\w{0,5}\?"
)
"""Words of a person who asks, or does not know."""
_WRITTEN_BY_A_PROGRAM = re.compile(
    r"\b(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\b|[0-9]:[0-5][0-9]:[0-5][0-9]|(?:Exception|Error)\b:"
    r"|^[ \t]{0,40}(?:at [\w$.]|Caused by|(?:[Rr]eason|State|[Mm]essage|Diagnostics)\b[^\n]{0,4}:)|^\s{0,8}[|{\[#]"
)
_PERSON = re.compile(
    r"(?i)(?:\b(?:i|i'm|i've|we|we've|my|our|me|us)\b|\bany (?:idea|help|hint)\b|\b(?:tried|please|thanks)\b)"
)
_IN_VAIN = re.compile(
    r"(?i)\bsame (?:error|line|result|thing|problem|issue|failure|exception|message|story|outcome)\b|[,-] ?the same\b"
    r"|\bno (?:change|effect|difference|luck|help|success|improvement)\b|\bchanged nothing\b|\bwithout (?:success|effect)\b"
    r"|\b(?:did|does|do)(?:n't|n\u2019t| not) (?:help|change|work|matter)|: also\.?[ \t]{0,4}$|\bto no avail\b|\bin vain\b"
    r"|\bstill (?:fail|die|the|oom|get|kill|crash|run)|\bnothing (?:helps|helped|changes|changed)\b"
)


def is_guess(line: str) -> bool:
    """Whether a line is a person's guess or question, and no line of a log.

    >>> is_guess("I assume the driver got OOM killed?"), is_guess("24/01/01 10:00:00 ERROR A: is it OOMKilled?")
    (True, False)
    """
    return bool(_GUESS.search(line)) and not _WRITTEN_BY_A_PROGRAM.search(line)


def is_prose(line: str) -> bool:
    """Whether a person speaks in a line.

    >>> is_prose("tried --executor-memory 32g and 48g, same line."), is_prose("spark.executor.memory=32g")
    (True, False)
    """
    return bool(_PERSON.search(line) or _IN_VAIN.search(line)) and not _WRITTEN_BY_A_PROGRAM.search(line)


def in_vain(line: str) -> bool:
    """Whether a person tells in it of something that was tried and changed nothing.

    >>> in_vain("gave the driver 16g, no change."), in_vain("no change")
    (True, True)
    """
    return bool(_IN_VAIN.search(line)) and not _WRITTEN_BY_A_PROGRAM.search(line)


def only_guesses(lines: str) -> bool:
    """Whether all of some lines are a person's guesses.

    >>> only_guesses("Was it OOMKilled?"), only_guesses("Was it OOMKilled?\\nReason: OOMKilled")
    (True, False)
    """
    return all(is_guess(line) for line in lines.split("\n") if line.strip())
