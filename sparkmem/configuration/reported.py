"""What a text itself reports of a process that ended or was refused memory: what is asked for may fit, and is no answer.

The ids are those of findings of ``sparkmem.diagnosis``, which reads such a text as a whole; here it is told that there is
something to be read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from sparkmem.configuration.clue import Clue, Near, clue
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import LOST, REPORTED
from sparkmem.configuration.over import ended, is_over
from sparkmem.configuration.setting import Lost

_CODE = (
    r"(?i:\bexit(?:ed)?(?:[ _-]?(?:code|status))?(?: (?:is|was|of|with(?: (?:exit )?(?:code|status))?))?[ \t]*[:=(]?[ \t]*)"
)
_BY_A_SHELL = r"(?m:^[ \t]{0,8}(?:[\w./-]{1,80}: line \d{1,6}:[ ]{1,9}\d{1,9}[ ])?Killed(?=[ \t]*$|[ ]{2}))"

REPORTS: dict[str, tuple[str, Clue]] = {
    "oom-killed": (
        "a container was killed at its memory limit",
        clue(("OOM",), r"\bOOM[ -]?[kK]illed\b"),
    ),
    "yarn-physical-limit": (
        "YARN killed a container for its physical memory",
        clue(
            ("emory limit",),
            r"\b(?:exceeding|[bB]eyond)(?: the)?(?: ['\"]?(?i:physical)['\"]?)? memory limits?\b",
        ),
    ),
    "heap-space": ("the heap of a JVM was full", clue(("eap space",), r"\bJava heap space\b")),
    "gc-overhead": ("a JVM did little but collect garbage", clue(("GC overhead",), r"\bGC overhead limit exceeded\b")),
    "direct-buffer-memory": (
        "direct buffers reached their limit",
        clue(("irect buffer memory", "OutOfDirect"), r"\bDirect buffer memory\b|\bOutOfDirectMemoryError\b"),
    ),
    "metaspace": ("Metaspace was full", clue(("OutOfMemoryError",), r"OutOfMemoryError: (?:Metaspace|PermGen space)")),
    "native-thread": (
        "no native thread could be made",
        clue(("native thread",), r"\bunable to create (?:new )?native thread"),
    ),
    "unable-to-acquire-memory": (
        "a task could not get execution memory",
        clue(("nable to acquire",), r"\bUnable to acquire \d{1,15} bytes of memory"),
    ),
    "broadcast-build-memory": (
        "the driver could not build a table to broadcast",
        clue(("build and broadcast",), r"\bNot enough memory to build and broadcast\b"),
    ),
    "max-result-size": (
        "results were larger than spark.driver.maxResultSize",
        clue(("bigger than",), r"\bis bigger than (?:local )?(?:spark\.driver\.)?maxResultSize\b"),
    ),
    "evicted-memory": (
        "a pod was evicted, as its node ran short of memory",
        clue(("low on resource",), r"\blow on resource: memory\b"),
    ),
    "cgroup-oom": (
        "the kernel killed a process, as its memory was full",
        clue(("ut of memory: Kill", "oom-kill:"), r"\b[oO]ut of memory: Kill|\boom-kill:"),
    ),
    "bad-alloc": ("a native library got no memory", clue(("bad_alloc",), r"\bstd::bad_alloc\b")),
    "errno-12": (
        "the system gave a process no memory",
        clue(("annot allocate memory",), r"\bCannot allocate memory\b"),
    ),
    "exit-137": (
        "a process was killed with SIGKILL",
        clue(("137", "Killed"), rf"{_CODE}137\b|{_BY_A_SHELL}"),
    ),
    "exit-143": ("a process was ended with SIGTERM", clue(("143",), rf"{_CODE}143\b")),
    "exit-52": ("an executor ended itself after an OutOfMemoryError", clue(("52",), rf"{_CODE}52\b")),
    "python-worker-crashed": (
        "a worker of Python died",
        clue(("Python worker",), r"\bPython worker exited unexpectedly\b"),
    ),
    "memory-error-unknown": (
        "memory ran out",
        clue(
            ("OutOfMemoryError", "f memory", "f-memory", "OOM"),
            r"(?<!On)OutOfMemoryError\b(?!=)"
            r"|\b(?:ran|runs?|running|went|goes|dies|died|failed|fails) (?:with )?(?:an )?(?:out of memory|OOM)\b"
            r"|\b(?:gets?|getting|got|hits?|hitting|throws?|with) (?:an? )?(?:OOM(?:ed|s| errors?)?\b|out[ -]of[ -]memory\b)"
            r"|\b(?:still|always|keeps?|then|again|and) OOM(?:s|ed|ing)?\b|\bOOM(?:s|ed) (?:again|on|at|in)\b",
        ),
    ),
    "executor-lost": (
        "an executor was lost",
        clue(("ExecutorLostFailure", "Lost executor"), r"\bExecutorLostFailure\b|\bLost executor \d"),
    ),
    "heartbeat-timeout": (
        "an executor's heartbeats stopped",
        clue(("eartbeat timed out",), r"\b[hH]eartbeat timed out after\b"),
    ),
}  # fmt: skip
"""By finding: what it says, and the words by which a text says so, the plainest first."""
_NEAR = Near(tuple(REPORTS), lambda id: REPORTS[id][1])
_SPOKEN_OF = re.compile(
    r"(?i)\b(?:avoid\w*|prevent\w*|against|without|instead of|when(?:ever)?|may|might|could|would|can|risk\w*"
    r"|unless|otherwise|never|not|no|handles?|until|reduces?|likely|possible)(?: [\w'-]{1,20}){0,3}[ ]?$"
    r"|\b(?:if|in case)\b(?:[^.\n]|\.(?=\w|$)){0,80}$"
)
"""Words right before it that say that it may happen, or what is done against it, and not that it did."""
_EXPLAINED = re.compile(
    r"[\"'`)*]{0,3}[ \t]{0,9}(?:[=|:–—-]{1,3}[ \t]{0,9})?(?:means?|indicates?|happens? (?:when|if)|is (?:when|a sign))\b"
)
_GUIDE = re.compile(
    r"(?im)^[ \t#*=\d.]{0,8}(?:troubleshooting|common (?:errors?|issues?|problems?|pitfalls|mistakes)|known issues|faq)\b"
    r"[^\n]{0,40}$"
)
"""Below such a heading a guide tells of what may happen."""
_LOGGED = re.compile(r"\b(?:WARN|ERROR|INFO|Exception|Error|Caused by)\b|^[ \t]*at ")
"""Of a program's own line, which says what was."""
_LOOKED_AT, _MOST, _BEFORE = 100_000, 20, 80


def with_reports(whole: Configuration, text: str) -> Configuration:
    """The same with the failure that the text reports, where it reports one and does not say that it is over."""
    text = text[:_LOOKED_AT]
    near = _NEAR.in_text(text)
    if not near or not whole.settings:
        return whole
    guide = _GUIDE.search(text)
    text = text[: guide.start()] if guide else text
    sayings = ended(text)
    for id in near:
        for found in islice(REPORTS[id][1].pattern.finditer(text), _MOST):
            begun = text.rfind("\n", 0, found.start()) + 1
            if _is_spoken_of(text, begun, found) or is_over(text, found, sayings):
                continue
            line = text.count("\n", 0, found.start()) + 1
            said, see = LOST[REPORTED]
            return replace(whole, lost=(*whole.lost, Lost(REPORTED, line, id, said.format(given=REPORTS[id][0]), "", see)))
    return whole


def _is_spoken_of(text: str, begun: int, found: re.Match[str]) -> bool:
    """Whether the words around it tell of what may be, in a line that no program wrote."""
    before = text[max(begun, found.start() - _BEFORE) : found.start()]
    if _EXPLAINED.match(text, found.end()):
        return True
    return bool(_SPOKEN_OF.search(before)) and not _LOGGED.search(before)
