"""How processes ended, in the words of whoever started them: what no known text says is not passed over.

A scheduler, a shell, an operator or a person writes an exit code, a signal, ``OOMKilled`` or ``Evicted`` in words of
their own.  They tell what the same number does in a text that is known, and are asked only where nothing else is a cause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sparkmem.diagnosis.codes import OF_SHELLS, SIGNALS, known_code, written_as
from sparkmem.diagnosis.conditions import condition
from sparkmem.diagnosis.context import Context, beyond, context
from sparkmem.diagnosis.finding import NOBODY, NOT_TOLD, POSSIBLE, Finding
from sparkmem.diagnosis.found import LONGEST_QUOTE, Found, found_alone
from sparkmem.diagnosis.lines import Block
from sparkmem.diagnosis.owners import Owner, of_container
from sparkmem.diagnosis.prose import is_guess
from sparkmem.diagnosis.times import time_near, time_of

COMMAND, POD, OOM_KILLED, EVICTED = "command-exited", "k8s-executor-exited", "oom-killed", "pod-evicted"
"""The findings whose conditions on a code say what it means: of any process, and of a pod's; and of words without one."""
_TELLING = re.compile(
    rb"xit(?:ed)?[ _-]?(?:with|[Cc]ode|[Ss]tat)|EXIT|(?:return|rror|with) ?(?:a )?(?:non-zero )?code|[Cc]ode is"
    rb"|illed|SIG[KTAS]|[Ss]ignal|Abort|abort|egmentation|Evicted|OOM|[Oo]om|status="
)
_JOBS = {b"killed": b"KILL", b"terminated": b"TERM", b"aborted": b"ABRT", b"segmentation": b"SEGV"}
_EXIT = re.compile(
    rb"(?i)(?<![a-z])(?:exit(?:ed|ing)?|failed|terminated|ended|finished|died|returned|completed|stopped)?[ _-]?(?:with )?"
    rb"(?:an? )?(?:non-?zero )?(?:exit|return|error)?[ _-]?(?:code|status)(?: code| is| of| was)?"
    rb"[\"' \t]{0,12}[:=(]{0,2}[\"' \t]{0,12}(?:exit )?(-?[0-9]{1,3})(?![0-9%/]|\.[0-9]|[ ]?[kKmMgG]i?[bB])"
)
_OF_EXITS = (b"code", b"status")
_SAYS_END = re.compile(rb"(?i)exit|return|error|failed|terminated|ended|died|stopped|finished")
_SAYS_EXIT = re.compile(rb"(?i)exit")
_SYSTEMD = re.compile(rb"code=(?:killed|dumped), status=(?:[0-9]{1,2})/(ABRT|KILL|SEGV|TERM)\b")
_NAMED = re.compile(
    rb"(?:Negsignal\.|(?:[Ss]ignals?[ .:]{1,2}|[Kk]illed by |[Tt]erminated by |with )(?:[0-9]{1,2}[:, ]{1,3})?)"
    rb"SIG(ABRT|KILL|SEGV|TERM)\b"
)
_NUMBERED = re.compile(rb"(?i)(?:killed by|interrupted by|terminated by|received) (?:the )?signal:? (6|9|11|15)\b")
_JOB = re.compile(
    rb"(?i)(?:: line [0-9]{1,6}:[ \t]{1,8}[0-9]{1,8}[ \t]{1,8}|^\[[0-9]{1,3}\][-+ \t]{0,6}(?:[0-9]{1,8} )?[ \t]{0,8}"
    rb"|signal: |^)(killed|terminated|aborted|segmentation)(?: fault)?(?:: [0-9]{1,2})?[ \t]{0,40}(?:\(core dumped\))?"
    rb"(?=[ \t]{2}|[ \t]{0,8}$)"
)
_OOM_KILLED = re.compile(
    rb"(?i)(?<![\w.-])(?<!=\")OOM[ -]?kill(?:ed)?(?!\w|[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?false)"
    rb"|\bTaskOOM event\b"
)
_EVICTED = re.compile(rb"(?:^|[ \t])[0-9]{1,3}/[0-9]{1,3}[ \t]{1,40}Evicted[ \t]")


def _signal(name: bytes) -> int:
    """A shell's number for the end by a signal, whose name stands without its ``SIG``."""
    return SIGNALS[f"SIG{name.decode()}"]


_WAYS: tuple[tuple[re.Pattern[bytes], tuple[bytes, ...], Callable[[bytes], int]], ...] = (
    (_SYSTEMD, (b"code=",), _signal),
    (_NAMED, (b"sig",), _signal),
    (_JOB, tuple(_JOBS), lambda word: _signal(_JOBS[word.lower()])),
    (_NUMBERED, (b"signal",), lambda number: OF_SHELLS + int(number)),
)
"""Each with what one of stands in its matches, in small letters."""
_OF_A_POD = re.compile(
    r"(?i)\bpods?\b|\bkube|\bstate: {1,20}terminated|restart count:|containerstat|exec-[0-9]{1,6}\b|spark-role|containerID="
    r"|\bk8s\b"
)
_OF_SPARK = re.compile(r"(?i)spark|\bexecutors?\b")
_DENIED = re.compile(
    rb"(?i)(?<!\w)(?:no|not|never|none|neither|if|whether|may|might|would|could|can|should|when|unless|expect(?:ed)?)(?!\w)"
)
_ASKING = b"$?"
_BARE = re.compile(rb"[ \t]{0,4}([0-9]{1,3})[ \t\r]{0,4}")
_LONGEST, _BEFORE, _AROUND, _MOST, _MOST_SHAPES = 2000, 40, 8, 12, 100_000


@dataclass
class Heard:
    """Where something was said first, and how often."""

    line: int
    quote: str
    at: Context
    of_a_pod: bool
    of_spark: bool
    owner: Owner
    guess: bool
    times: int = 1

    def found(self, finding: Finding, told: int | str) -> Found:
        """That a finding was said there; of a code never more than perhaps."""
        at = self.at
        process = NOBODY if self.owner.service else self.owner.process or at.process or NOT_TOLD
        code = {"code": told} if isinstance(told, int) else {}
        return replace(
            found_alone(finding, code, self.quote, self.line), at=at, process=process, times=self.times,
            certainty=finding.certainty if told == EVICTED else POSSIBLE, executors=(at.executor,) if at.executor else (),
            service=self.owner.service, guessed=self.guess,
            heard=written_as(told, self.quote) if isinstance(told, int) else "",
        )  # fmt: skip


@dataclass
class Ended:
    """For each code, or word, the first place that says it."""

    heard: dict[int | str, Heard] = field(default_factory=dict)
    _dull: set[bytes] = field(default_factory=set)
    """Shapes of lines that say no end: a log has few, said again and again."""

    def see(self, block: Block) -> None:
        """Takes the new lines of a block.

        >>> from sparkmem.diagnosis.lines import blocks, of_text
        >>> seen = Ended()
        >>> for block in blocks(of_text("  Exit Code:    137\\nexited, code=killed, status=15/TERM\\nexit code 0")):
        ...     seen.see(block)
        >>> list(seen.heard)
        [137, 143, 0]
        """
        shapes, dull = block.shapes, self._dull
        asking = _ASKING in block.joined
        for place in range(block.first, block.last):
            code = _asked(block, place) if asking else 0
            if code and code not in self.heard and len(self.heard) < _MOST:
                self.heard[code] = _heard(block, place)
            if shapes[place] in dull:
                continue
            line = block.lines[place][:_LONGEST]
            telling = _TELLING.search(line)
            if not telling and len(dull) < _MOST_SHAPES:
                dull.add(shapes[place])
            for told in said(line) if telling else ():
                if told in self.heard and not (self.heard[told].guess and not _guessed(line)):
                    self.heard[told].times += 1
                elif len(self.heard) < _MOST:
                    self.heard[told] = _heard(block, place)

    def findings(self, known: Mapping[str, Finding]) -> Iterator[Found]:
        """What they come to, each finding once."""
        seen = set[str]()
        for told, one in self.heard.items():
            finding = _meant(told, one, known)
            if finding and finding.id not in seen:
                seen.add(finding.id)
                yield one.found(finding, told)


def _heard(block: Block, place: int) -> Heard:
    before, line, after = block.about(place, place + 1)
    around = "\n".join((*before[-_AROUND:], *after[:_AROUND]))
    at = context(line, around, beyond(before, line, after))
    if not time_of(line):
        at = replace(at, time=time_near(before[-_AROUND:], after[:_AROUND]))
    of_a_pod = bool(at.pod or _OF_A_POD.search(line) or _OF_A_POD.search(around))
    of_spark = of_a_pod or bool(_OF_SPARK.search(line) or _OF_SPARK.search(around))
    owner = of_container(before, line, after)
    at = replace(at, executor=at.executor or owner.executor)
    return Heard(block.numbers[place], line.strip()[:LONGEST_QUOTE], at, of_a_pod, of_spark, owner, is_guess(line))


def _asked(block: Block, place: int) -> int:
    """The number that a shell was asked for (``echo $?``) in the line before; 0 where it was not, or all went well."""
    bare = _BARE.fullmatch(block.lines[place][:16])
    return int(bare[1]) if bare and place and _ASKING in block.lines[place - 1][-80:] else 0


def _guessed(line: bytes) -> bool:
    return is_guess(line.decode("utf-8", "replace"))


def said(line: bytes) -> list[int | str]:
    """The codes above 0 with which a line says that something ended, a signal as 128 and its number; and the words.

    >>> [said(line) for line in (b"Exit Code: 52", b"return code -9", b"Killed", b"went OOMKilled", b"if exit code 137")]
    [[52], [137], [137], ['oom-killed'], []]
    """
    found: list[int | str] = []
    small = line.lower()
    for one in _EXIT.finditer(line) if any(map(small.__contains__, _OF_EXITS)) else ():
        code = int(one[1])
        said_end = _SAYS_END if code < 0 or code > OF_SHELLS else _SAYS_EXIT
        if said_end.search(one[0]) and _stands(line, one):
            found.append(known_code(code) or code)
    for pattern, letters, number in _WAYS:
        match = pattern.search(line) if any(map(small.__contains__, letters)) else None
        if match and _stands(line, match):
            found.append(number(match[1]))
    for pattern, letter, word in ((_OOM_KILLED, b"oom", OOM_KILLED), (_EVICTED, b"evicted", EVICTED)):
        match = pattern.search(line) if letter in small else None
        if match and _stands(line, match):
            found.append(word)
    return list(dict.fromkeys(found))


def _stands(line: bytes, match: re.Match[bytes]) -> bool:
    return not _DENIED.search(line, max(0, match.start() - _BEFORE), match.start())


def _meant(told: int | str, one: Heard, known: Mapping[str, Finding]) -> Finding | None:
    """The finding of a word, or of a code by the conditions of the texts that are known.

    What is no signal means as much only of Spark's processes: 52 and 56 are curl's too.
    """
    if isinstance(told, str):
        return known.get(told)
    if told < OF_SHELLS and not one.of_spark:
        return None
    asked = (POD, COMMAND) if one.of_a_pod else (COMMAND,)
    rules = (rule for id in asked if id in known for rule in known[id].sharper)
    return next((known.get(rule.id) for rule in rules if condition(rule.when, {"code": told})), None)
