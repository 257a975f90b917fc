"""What the lines around an error tell of its process, where they stand apart: headings of logs, and logs of a driver."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

MOST_AROUND = 512
"""Lines of which is kept what they tell: each stands around many others."""
_HEADING = re.compile(
    r"\s{0,8}(?:(?:the )?(?:std(?:out|err)|logs?)\b(?: log)?(?: of| from| for)?(?: the)?(?: container)?|Container):? {0,3}"
    r"(container_(?:e[0-9]{1,6}_)?[0-9]{1,16}_[0-9]{1,8}_[0-9]{2}_([0-9]{6,10}))\b",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\s{0,8}(?:=={0,4}>?|-{2,8}|#{1,4}|\*{2,4})[ \t]{0,4}([^=\n]{3,200}?)[ \t]{0,4}(?:<?={1,5}|-{2,8}|\*{2,4}|:)?"
    r"[ \t]{0,4}$"
)
"""What people and ``tail`` write above the lines of one file."""
_SAID_OF = re.compile(
    r"(?i)[ \t]{0,8}(?:(?:std(?:out|err)|(?:gc )?logs?) (?:(?:of|from|for) )?(?:the )?(executors?|driver)\b[^\n]{0,80}"
    r"|(executor|driver)(?:'s)?(?: pod| container)?(?: [0-9]{1,7})? (?:gc )?(?:std(?:out|err)|logs?)\b[^\n]{0,40}):[ \t]*$"
)
"""What people write above the lines of a process, which end where a blank line stands."""
_MAY_BEGIN = frozenset("=-#*2{ \t")
_PREFIX = re.compile(
    r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,18}Z (?:std(?:out|err) [FP] )?|\{[^{}]{0,200}\"(?:message|msg|log)\": ?\""
)
_OF_A_DRIVER, _OF_AN_EXECUTOR = re.compile(r"(?i)\bdriver\b"), re.compile(r"(?i)\bexecutors?\b[ _#-]{0,2}[0-9]{0,7}")
_LOGGED = re.compile(
    r"\b(?:DEBUG|INFO|WARN|ERROR|FATAL) {1,4}(?:\[[^\]]{1,60}\] {0,2})?(?:\w{1,60}\.){0,9}(\w{1,80})(?::| -)"
)
_FETCHER = "storage.ShuffleBlockFetcherIterator"
_CONNECTION = frozenset(("TransportChannelHandler", "TransportRequestHandler", "TransportResponseHandler"))
_OF_DRIVERS = frozenset((
    "BlockManagerInfo", "DAGScheduler",
    "TaskSetManager", "TaskSchedulerImpl", "YarnScheduler", "YarnClusterScheduler", "HeartbeatReceiver",
    "BlockManagerMasterEndpoint", "YarnClientSchedulerBackend", "YarnClusterSchedulerBackend", "TaskResultGetter",
    "StandaloneSchedulerBackend", "SparkDeploySchedulerBackend", "ExecutorAllocationManager",
))  # fmt: skip
"""What logs in a driver only: what schedules, and what hears of executors."""
_OF_EXECUTORS = frozenset((
    "Executor", "CoarseGrainedExecutorBackend", "YarnCoarseGrainedExecutorBackend", "MapOutputTrackerWorker",
    "ShuffleBlockFetcherIterator",
))  # fmt: skip


_OF_A_TASK = re.compile(
    r"RRunner\b|R computation failed|R worker produced|Exception in task [0-9]|Lost task [0-9]|RScript"
    r"|sparklyr\.Worker|/worker\.R\b"
)
"""What relays the words of R's workers, which run beside executors."""


def of_a_task(text: str) -> bool:
    """Whether words of R's are those of a task's worker, not of the R in which a driver's program runs.

    >>> of_a_task("org.apache.spark.SparkException: R computation failed with"), of_a_task("> collect(df)")
    (True, False)
    """
    return bool(_OF_A_TASK.search(text))


def under_heading(before: Sequence[str]) -> str:
    """Whose output a heading above says that it is: YARN gives an application's master the first container.

    >>> under_heading(["stdout of container_1700000000001_0031_01_000017:", "#"]), under_heading(["x"])
    ('executor', '')
    >>> under_heading(["Driver stdout:", "x"]), under_heading(["driver log:", "x", "", "y"])
    ('driver', '')
    """
    near = True
    for line in reversed(before):
        near = near and bool(line.strip())
        if near and (match := _SAID_OF.match(line[:200])):
            return "driver" if (match[1] or match[2]).lower() == "driver" else "executor"
        if (told := _heading(line)) is not None:
            return told
    return ""


@lru_cache(MOST_AROUND)
def _heading(line: str) -> str | None:
    """Whose output a line says that what follows it is; None for what is no heading."""
    if match := _HEADING.match(line):
        return "executor" if int(match[2]) > 1 else ""
    title = _titled(line)
    if not title:
        return None
    of_a_driver, of_an_executor = _OF_A_DRIVER.search(title), _OF_AN_EXECUTOR.search(title)
    return "" if bool(of_a_driver) == bool(of_an_executor) else "driver" if of_a_driver else "executor"


def of_a_file(before: Sequence[str]) -> str:
    """The heading of the file that lines are of, where one stands above; else empty.

    >>> of_a_file(["== /var/log/yarn-yarn-nodemanager-n7.log ==", "2019 WARN x"]), of_a_file(["a == b"])
    ('/var/log/yarn-yarn-nodemanager-n7.log', '')
    """
    return next((title for line in reversed(before) if (title := _titled(line))), "")


@lru_cache(MOST_AROUND)
def unprefixed(line: str) -> str:
    """A line without what a runtime or a JSON log put before it.

    >>> unprefixed("2024-01-05T10:11:12.123456Z stderr F 1024"), unprefixed('{"log": "1024')
    ('1024', '1024')
    """
    match = _PREFIX.match(line)
    return line[match.end() :] if match else line


@lru_cache(MOST_AROUND)
def _titled(line: str) -> str:
    if line[:1] not in _MAY_BEGIN:
        return ""
    bare = unprefixed(line)
    match = _TITLED.match(bare) if bare.lstrip()[:1] in ("=", "-", "#", "*") else None
    return match[1] if match else ""


def in_a_drivers_log(before: Sequence[str], line: str, after: Sequence[str]) -> bool:
    """Whether an error of a connection stands between lines that a driver only writes, and none that executors do.

    >>> log = ["WARN server.TransportChannelHandler: Exception in connection from w/10.0.0.1:1"]
    >>> in_a_drivers_log(log, "java.lang.OutOfMemoryError: x", ["ERROR cluster.YarnScheduler: Lost executor 2 on w: x"])
    True
    """
    logged = _logger(line) or (_logger(before[-1]) if before else "")
    if logged not in _CONNECTION:
        return False
    loggers = {_logger(one) for one in (*before, *after)}
    fetched = any(_FETCHER in one for one in after)  # whoever fetched stands below what its task is said to have met
    return bool(loggers & _OF_DRIVERS) and not loggers & _OF_EXECUTORS and not fetched


@lru_cache(MOST_AROUND)
def _logger(line: str) -> str:
    match = _LOGGED.search(line[:400])
    return match[1] if match else ""
