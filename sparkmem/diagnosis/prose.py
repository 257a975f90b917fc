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
    r"(?i)\bsame (?:error|line|result|place|spot|thing|problem|issue|failure|exception|message|story|outcome)\b"
    r"|\bsame [0-9]{1,4} ?(?:min|h\b|hour|s\b|sec|task|stage|row|file)"
    r"|[,-] ?the same\b|[,;] same[ \t.!]{0,4}$"
    r"|\bis the same\b|\bchanged nothing\b|\bwithout (?:success|effect)\b|: also\.?[ \t]{0,4}$"
    r"|\bno (?:change|effect|difference|luck|help|success|improvement)\b|\bnothing (?:helps|helped|changes|changed)\b"
    r"|\b(?:did|does|do)(?:n't|n\u2019t| not) (?:help|change|work|matter)|\bto no avail\b|\bin vain\b"
    r"|\bstill (?:fail|die|dying|dead|oom|get|killed|crash|happen|(?:exit )?(?:code )?1[0-9]{2}\b)"
    r"|\b(?:happen|fail|die|crashe|end)s (?:still|all the same|as before)\b"
    r"|\bthen (?:\w{2,10} )?the same\b|\bsame (?:size|number)s?\b|\b(?:today|tonight|now|there|it is|it's) again\b"
    r"|\b(?:died|dies|fails?|failed|crashed|killed) again\b"
    r"|\balready (?:raised|tried|increased|doubled|reinstalled|set|gave|went)\b"
)
_PROPOSED = re.compile(
    r"(?i)\b(?:plan|planning) ?(?::|is\b|to\b|was\b)|\b(?:should|shall|can|could|may) (?:i|we)\b|\bthinking (?:of|about)\b"
    r"|\b(?:colleague|lead|boss|manager|admins?|sre|somebody|someone|chatgpt|support|vendor|teammate|coworker|people|forum|blog"
    r"|everybody|everyone|he|she|they)\b[^.\n]{0,40}?\b(?:says?|said|tells?|told|suggest\w{0,3}|recommend\w{0,3}|wants?|thinks?"
    r"|propos\w{1,3}|advis\w{1,3})\b"
    r"|\bwould\b[^.\n]{2,80}\bhelp\b|\bgoing to (?:set|raise|increase|try|double)\b"
    r"|\b(?:want|like) to (?:set|raise|increase|double)\b"
    r"|\b(?:is|are) (?:more|a larger|a bigger)\b[^.\n]{0,60}\b(?:answer|solution|cure|fix)\b"
    r"|\bshould [^.\n?]{2,60}\b(?:go|be (?:raised|increased|set)) to\b|\b(?:will|does|do) [^.\n?]{2,80} help\b"
    r"|\b(?:do|must|should|shall) (?:i|we) (?:have to |need to )?(?:raise|increase|double|set|give)\b"
    r"|\bdo (?:i|we) (?:just )?need\b|\bis it (?:ok|enough|right) to\b|\bnext (?:try|step)\b"
)
"""What a person means to do, or was told to."""
_MOVED = re.compile(
    r"(?i)^(?!.{0,80}\b(?:since|after|when|once|until|ever)\b)"
    r"(?=.{0,240}\b(?:memory|overhead|heap|cores?|partitions|executors?|driver|xmx)\b).{0,120}\b(?:rais|increas|bump|doubl|chang|went|mov|gave|give)\w{0,4}\b"
    r"(?:[^.\n]|\.(?! )){0,60}?\b[0-9]{1,5} ?[gm]?(?:i?b)? ?(?:->|=>|\u2192|to|instead of) ?[0-9]{1,5} ?[gm]?\b"
)
"""A setting that was moved from one size to another, and the failure is there all the same."""
_DONE = re.compile(
    r"(?i)\b(?:tried|gave|set|rais|increas|doubl|chang|switch|add|remov|took|take|lower|upgrad|downgrad|disabl|enabl|even|with|using)"
    r"|[0-9] ?[gm]b?\b|spark\."
)
"""What somebody did, or a size."""
_SETTING = re.compile(r"(?i)[0-9] ?[gm]i?b?\b|spark\.|memory|overhead|heap|cores?\b|partitions|threshold")
"""What a sentence about a trial names."""
_CHANGED = re.compile(r"(?i)\b(?:tried|gave|rais|increas|bump|doubl|chang|went|mov|lower|reduc)\w{0,4}\b[^?]{0,200}$")
"""A sentence that tells what was done, where the one before only says that it failed again."""
_SENTENCE = re.compile(r"(?<=;)[ \t]{1,4}|(?<=[.!?])[ \t]{1,4}(?=[A-Z])|(?<=[a-z0-9)]{2}[.!?])[ \t]{1,4}(?=[a-z]{3})")
_SHORT = 48
"""Characters of a sentence that speaks of the one before it."""


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

    >>> in_vain("gave the driver 16g, no change."), in_vain("no difference"), in_vain("INFO A: set, no change")
    (True, False, False)
    """
    if _WRITTEN_BY_A_PROGRAM.search(line):  # most lines of a log; what people say takes ten times as long to look for
        return False
    return bool((_IN_VAIN.search(line) and _DONE.search(line)) or _MOVED.search(line))


def trial(line: str) -> str:
    """The sentence of a line that tells of what was tried in vain, with the one before it where it is short; else empty.

    >>> trial("EMR 6.9, 4 cores. I tried 10g and it died in the same place. Any idea?")
    'I tried 10g and it died in the same place.'
    """
    if not in_vain(line):
        return ""
    sentences = _SENTENCE.split(line.strip())
    telling = [number for number, one in enumerate(sentences) if _IN_VAIN.search(one) or _MOVED.search(one)]
    said = [number for number in telling if _MOVED.search(sentences[number]) or _SETTING.search(sentences[number])]
    at = next(iter(said or telling), 0)
    first = at - 1 if at and len(sentences[at]) < _SHORT and not _PERSON.search(sentences[at]) else at
    last = at
    if not said and len(sentences[at]) < _SHORT and not any(map(_DONE.search, sentences[first : at + 1])):
        last = next((number for number in range(at + 1, len(sentences)) if _CHANGED.search(sentences[number])), at)
    return " ".join(sentences[first : last + 1])


def proposals(line: str) -> list[str]:
    """The sentences of a line in which a person means to do something, or was told to.

    >>> proposals("pod limit 9011Mi. My plan is executor.memory=12g. Does that help?"), proposals("INFO A: should I?")
    (['My plan is executor.memory=12g.', 'Does that help?'], [])
    """
    if _WRITTEN_BY_A_PROGRAM.search(line) or not _PROPOSED.search(line):
        return []
    return [one for one in _SENTENCE.split(line.strip()) if _PROPOSED.search(one)] or [line.strip()]


def only_guesses(lines: str) -> bool:
    """Whether all of some lines are a person's guesses.

    >>> only_guesses("Was it OOMKilled?"), only_guesses("Was it OOMKilled?\\nReason: OOMKilled")
    (True, False)
    """
    return all(is_guess(line) for line in lines.split("\n") if line.strip())
