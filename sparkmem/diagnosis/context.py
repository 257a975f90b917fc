"""What the words around a text say of it: when, on which executor and host, in which task, in which process."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from sparkmem.diagnosis.literals import Literals
from sparkmem.diagnosis.process_words import of_pod, process_of
from sparkmem.diagnosis.times import time_of

_HOST = r"[\w.:-]{1,120}"
_ID = r"driver|[0-9]{1,7}"
_OF_EXECUTORS = "xecutor"
_OF_STANDALONE = "/app-"
"""A part of each of these, the first in small letters."""
_EXECUTOR = (
    re.compile(rf"\(TID [0-9]{{1,12}}\) \((?P<host>{_HOST}) executor (?P<executor>{_ID})\)"),
    re.compile(rf"\(TID [0-9]{{1,12}}, (?P<host>{_HOST}), executor (?P<executor>{_ID})"),
    re.compile(rf"\(TID [0-9]{{1,12}}\) (?:in [0-9]{{1,9}} ms )?on (?P<host>{_HOST}),? \(?executor (?P<executor>{_ID})"),
    re.compile(rf"Lost executor (?P<executor>{_ID}) on (?P<host>{_HOST}?):"),
    re.compile(rf"[Ee]xecutor with id (?P<executor>{_ID})\b"),
    re.compile(rf"\"executor_id\" ?: ?\"(?P<executor>{_ID})\""),
    re.compile(rf"--executor-id[\"' =]{{1,5}}(?P<executor>{_ID})\b"),
    re.compile(r"/app-[0-9]{14}-[0-9]{4,8}/(?P<executor>[0-9]{1,7})(?=/std|/hs_err| finished)"),
    re.compile(r"Executor app-[0-9]{14}-[0-9]{4,8}/(?P<executor>[0-9]{1,7}) finished"),
    re.compile(rf"\bexecutor(?:_id)? ?[(:=#]? ?(?P<executor>{_ID})\b", re.IGNORECASE),
)  # fmt: skip
_OF_LOGGER = re.compile(r"(?:[.$/]|\b(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\b[^\n]{0,120})$")
_LOGGER = ("Executor:", "Executor(")
"""Spark's class of that name, which a log writes with a line's number, or a message that begins with one, behind it."""
_LONGEST_LOGGER = 160
_ON_HOST = Literals(re.compile(rf"on host:? (?P<host>{_HOST})"), ("on host",))
_TASK = Literals(
    re.compile(r"[Tt]ask (?P<task>[0-9]{1,9}(?:\.[0-9]{1,5})?) in stage (?P<stage>[0-9]{1,9}(?:\.[0-9]{1,5})?)"),
    (" in stage ",),
)
_TID = Literals(re.compile(r"\bTID (?:= )?(?P<tid>[0-9]{1,12})\b"), ("TID ",))
_LOST = Literals(
    re.compile(rf"Lost task [0-9.]{{1,12}} in stage [0-9.]{{1,12}} \(TID [0-9]{{1,12}}, (?P<host>{_HOST})\)"), ("Lost task",)
)
"""A task's host, as Spark wrote it before 2.0 [TaskSetManager], without the executor's number."""
_NAMED = {
    "application": Literals(re.compile(r"\bapplication_[0-9]{1,16}_[0-9]{1,8}\b"), ("application_",)),
    "container": Literals(
        re.compile(r"\bcontainer_(?:e[0-9]{1,6}_)?[0-9]{1,16}_[0-9]{1,8}_[0-9]{2}_[0-9]{6,10}\b"), ("container_",)
    ),
    "pod": Literals(
        re.compile(r"\b[a-z0-9](?:[a-z0-9-]{1,200})-(?:exec-[0-9]{1,7}|driver)\b"), ("-exec-", "-driver")
    ),
}
_THREADS = Literals(
    re.compile(r"in thread \"?(?:task-result-getter|dag-scheduler|broadcast-exchange|spark-listener-group)"), ("in thread ",)
)
"""Threads that only a driver has."""
_MOST_RECENT = "most recent failure: "
"""Behind it stands the task that failed: what stands before may be of another, which Spark only cancelled."""
_RUNS = re.compile(r"(?:Finished|Starting|Running) task|Got assigned task")
_ITSELF = ("localhost", "127.0.0.1")
_VICTIM = "FetchFailed("
"""Whoever reads from an executor that is gone names itself, and not the one that went."""


@dataclass(frozen=True)
class Context:
    """What is known of where something was said; empty where it is not."""

    time: str = ""
    executor: str = ""
    host: str = ""
    task: str = ""
    stage: str = ""
    tid: str = ""
    process: str = ""
    application: str = ""
    container: str = ""
    pod: str = ""


def context(lines: str, around: str, beyond: str = "") -> Context:
    """What the lines themselves say, and what only the lines around them do; ``beyond`` are those of the same stack or pod.

    >>> context("Lost task 7.0 in stage 0.0 (TID 7) (worker-1 executor 3): x", "").executor
    '3'
    """
    known: dict[str, str] = {}
    own = _ON_HOST.search(lines)
    if _VICTIM in around and _VICTIM not in lines:
        around = "\n".join(text for text in around.split("\n") if _VICTIM not in text)
    if _THREADS.search(lines):
        around = ""  # whoever stands near is another's task, of which the driver's thread took a result
    for text in (_of_the_failure(lines), lines, around):
        if "executor" not in known:
            known |= _executor(text, _host(own["host"]) if own and text is around else "")
        if text is around and "executor" in known and time_of(lines):
            text = "\n".join(one for one in text.split("\n") if _may_tell_of(one, known["executor"]))
        for pattern in (_TASK, _TID, _ON_HOST, _LOST):
            if match := pattern.search(text):
                known = match.groupdict() | known
        for name, pattern in _NAMED.items():
            if name not in known and (match := pattern.search(text)):
                known[name] = match[0]
    if "host" in known:
        known["host"] = _host(known["host"])
    failed = _LOST.search(lines)
    told = "executor" if failed and _host(failed["host"]) not in _ITSELF else ""
    process = told or process_of((lines, around, beyond), known.get("executor", "")) or of_pod(known.get("pod", ""))
    return Context(**known, time=time_of(lines) or time_of(around), process=process)


def _of_the_failure(lines: str) -> str:
    """The words of the task that failed, where a stage's failure names it behind others.

    >>> _of_the_failure("Lost task 7.0 (Stage cancelled: Task 3 failed 1 times, most recent failure: Lost task 3.0 in x")
    'Lost task 3.0 in x'
    """
    return lines.rpartition(_MOST_RECENT)[2] if _MOST_RECENT in lines else ""


def _may_tell_of(line: str, executor: str) -> bool:
    """Whether a neighbouring line may be about the same failure: not about another executor, nor about a task that runs."""
    return not _RUNS.search(line) and _executor(line, "").get("executor", executor) == executor


def _host(name: str) -> str:
    return name.rstrip(".:-")  # the end of a sentence


def executor_of(text: str) -> str:
    """The executor that lines name themselves; empty where they name none.

    >>> executor_of("ERROR YarnScheduler: Lost executor 7 on worker-1: x"), executor_of("x")
    ('7', '')
    """
    return _executor(text, "").get("executor", "")


def _executor(text: str, host: str) -> dict[str, str]:
    """The executor that a text names, and its host; of a host that is known already, one that runs there."""
    if _OF_EXECUTORS not in text.lower() and _OF_STANDALONE not in text:
        return {}
    for pattern in _EXECUTOR:
        for match in pattern.finditer(text):
            if (not host or _host(match.groupdict().get("host", "")) == host) and not _is_logger(match):
                return match.groupdict()
    return {}


def _is_logger(match: re.Match[str]) -> bool:
    """Whether the word is a logger's name: ``ERROR Executor:98 - Exception`` is said by line 98 of a class.

    >>> context("24-01-01 INFO Executor:98 - x", "").executor, context("Lost: Executor:98, x", "").executor
    ('', '98')
    """
    before = match.string[max(0, match.start() - _LONGEST_LOGGER) : match.start()]
    return match[0].startswith(_LOGGER) and bool(_OF_LOGGER.search(before))


def nth_container(lines: str) -> int | None:
    """Which of an application's containers lines speak of; YARN gives its master the first. None where they name several.

    >>> nth_container("Container [pid=1,containerID=container_1700000000001_0031_02_000001] is running"), nth_container("x")
    (1, None)
    """
    if "container_" not in lines:
        return None
    found = {int(match[0].rpartition("_")[2]) for match in _NAMED["container"].pattern.finditer(lines)}
    return found.pop() if len(found) == 1 else None


MOST_BEYOND = 60
FRAME = re.compile(r"\s{0,40}(?:at [\w$.]{1,400}|\.\.\. [0-9]{1,4} |Caused by: )")
_IN_A_POD = re.compile(r"\s{0,40}\"?(?:[Rr]eason|[Ll]ast State|[Ss]tate|exitCode|Exit Code|[Mm]essage|phase|Status)\"?:")
_NEXT_POD = re.compile(r"(?:Name|apiVersion): |---|\s{0,8}\{? {0,4}\"apiVersion\"")


_OF_A_REPORT, _STARTED_BY = "# ", re.compile(r"[ \t]{0,8}(?:Command Line|java_command): ")
"""Lines at the head of a JVM's error report, and its line of how the JVM was started."""


def beyond(before: Sequence[str], line: str, after: Sequence[str]) -> str:
    """What belongs to a line for some way: the frames below an exception, the description of a pod around a line of it,
    or how the JVM was started whose error report it heads.

    >>> beyond([], "java.lang.OutOfMemoryError: Metaspace", ["\\tat a.B.c(B.scala:1)", "24/01/01 00:00:00 INFO X"])
    '\\tat a.B.c(B.scala:1)'
    """
    if _IN_A_POD.match(line):
        above = takewhile(lambda one: not _NEXT_POD.match(one), reversed(before[-MOST_BEYOND:]))
        below = takewhile(lambda one: not _NEXT_POD.match(one), after[:MOST_BEYOND])
        return "\n".join([*above, *below])
    if line.lstrip().startswith(_OF_A_REPORT):
        return next((one for one in after[:MOST_BEYOND] if _STARTED_BY.match(one)), "")
    return "\n".join(takewhile(FRAME.match, after[:MOST_BEYOND]))
