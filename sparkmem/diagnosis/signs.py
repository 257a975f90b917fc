"""What the lines around a failure show, beside its process: signs for conditions, and for what is nothing to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from sparkmem.diagnosis.context import FRAME, MOST_BEYOND
from sparkmem.diagnosis.surroundings import MOST_AROUND, of_a_file, unprefixed

_SERVICE = re.compile(
    r"ExternalShuffleBlockResolver|RemoteBlockPushResolver|shuffle-server-[0-9]|YarnShuffleService|YarnUncaughtExceptionHandler"
)
_TO_DRIVER = re.compile(r"toPandas|pandas/conversion\.py|_collect_as_arrow|sql/(?:classic/)?dataframe\.py")
_MAIN = re.compile(r"\bin <(?:module>|cell line)")
"""The program itself: no frame of a worker's is above it."""
_IN_A_WORKER = re.compile(r"pyspark[/\\](?:worker|daemon|serializers)\.py|PythonException|from the Python worker")
_OF_SERVICE, _OF_TRACEBACK = 2, 30
_NODE_MANAGER = "nodemanager"
"""In the name of its log, below which the memory of the shuffle service is."""
_PROGRESS = re.compile(r"\[Stage [0-9]{1,7}:[=> ]{0,200}\([0-9]{1,9} \+ [0-9]{1,7}\) / ([0-9]{1,9})\]")
_OF_A_STAGE = re.compile(
    r"\bTasks:?[ \t]{0,4}[0-9]{1,9}/([0-9]{1,9})\b"
    r"|(?<![\w./-])[0-9]{1,9}/([0-9]{1,9})[ \t]{1,4}\((?:[0-9]{1,9} )?(?:failed|killed)"
    r"|\(executor [0-9]{1,7}\) \([0-9]{1,9}/([0-9]{1,9})\)"
)
"""The tasks of a stage as the web UI lists them, done and all."""
_NEARLY = 0.95
_PIDS_TOGETHER = re.compile(
    r"pids\.max [\w/.-]{0,80}pids\.current[ \t\r]{0,8}\n[ \t]{0,8}([0-9]{1,9})[ \t\r]{0,8}\n[ \t]{0,8}([0-9]{1,9})\b"
)
_PIDS_MAX = re.compile(r"pids\.max[: =\t\r\n]{1,8}([0-9]{1,9})\b")
_PIDS_OF_A_FILE = re.compile(r"pids\.max\b[^\n]{0,80}\n[ \t]{0,8}([0-9]{1,9})[ \t\r]{0,8}(?:\n|$)")
_PIDS_NOW = re.compile(r"pids\.current[: =\t\r\n]{1,8}([0-9]{1,9})\b")
_NPROC = re.compile(r"ulimit -u[ \t\r]{0,8}(?:\n|:|=)?[ \t]{0,8}([0-9]{1,7})\b")
_COUNTED = re.compile(
    r"(?:jstack|Thread\.print)[^\n]{0,80}\| ?e?grep [^\n]{0,4}-c[^\n]{1,80}\n[ \t]{0,8}([0-9]{1,7})[ \t\r]{0,8}(?:\n|$)"
)
"""How many threads of a JVM have a name, as somebody counted them."""
_OF_GROUPS = ("applyInPandas", "applyInArrow", "GROUPED_MAP", "MapGroupsIn", "MapCoGroupsIn", ".cogroup(")
_CLUSTER_MASTER = "org.apache.spark.deploy.yarn.ApplicationMaster --"
_CLIENT_MASTER, _OF_TREE = "org.apache.spark.deploy.yarn.ExecutorLauncher", 8
_SHUFFLE = frozenset(("shuffle",))
_OF_A_LINE = {
    "shuffle": _SERVICE, "to driver": _TO_DRIVER, "main": _MAIN, "in a worker": _IN_A_WORKER, "bar": _PROGRESS,
    "of a stage": _OF_A_STAGE,
}  # fmt: skip
_WORDS = {
    "client_master": (_CLIENT_MASTER,), "cluster_master": (_CLUSTER_MASTER,), "grouped": _OF_GROUPS,
    "kafka_receive": ("NetworkReceive.readFrom",), "pids": ("pids.",), "ulimit": ("ulimit -u",),
    "counted": ("jstack", "Thread.print"),
}  # fmt: skip
_LETTERS = (
    "BlockResolver", "BlockPushResolver", "shuffle-server-", "YarnShuffle", "YarnUncaught", "toPandas", "pandas/conv",
    "_collect_as_arrow", "dataframe.py", "in <", "pyspark/", "pyspark\\", "PythonException", "from the Python",
    "[Stage ", "deploy.yarn.", "applyIn", "GROUPED_MAP", "GroupsIn", ".cogroup(", "NetworkReceive", "pids.",
    "ulimit -u", "jstack", "Thread.print", "Tasks",
    "(executor ", "ailed", "illed",
)  # fmt: skip
"""One of these stands in each line that shows anything."""


def signs(before: Sequence[str], line: str, after: Sequence[str]) -> dict[str, int]:
    """What the lines around one show of whose it is, as numbers for conditions.

    ``shuffle_service``: of a NodeManager or a worker that serves shuffle files.
    ``driver_python``: of the Python of a driver, which fetches a result, or runs the program itself.
    ``client_master``: of the application master of client mode, whose driver is elsewhere; ``cluster_master``: of the other.
    ``grouped``: of a function of Python that is given a whole group.
    ``kafka_receive``: in a client of Kafka that reads the length of a message.
    ``stage_tasks``: how many tasks the stage has, where a progress bar or the web UI's row stands there.
    ``pids_max``: how many processes and threads the container may have; ``pids_now``: how many it has.
    ``threads_counted``: how many threads of a JVM have a name that somebody looked for.
    ``nproc``: how many processes and threads the user may have.
    ``threads_full``: where the container has nearly as many threads as it may have.

    >>> signs([], "java.lang.OutOfMemoryError: x", ["\tat a.ExternalShuffleBlockResolver.get(E.java:1)"])
    {'shuffle_service': 1}
    """
    told = [*map(_told, before), _told(line), *map(_told, after)]
    at, found = len(before), dict[str, int]()
    if not any(told):
        return found if _NODE_MANAGER not in of_a_file(before) else {"shuffle_service": 1}
    below = len(list(takewhile(FRAME.match, after[:MOST_BEYOND])))
    near = told[max(0, at - _OF_SERVICE) : at + 1 + below]
    if any(_SHUFFLE & one for one in near) or _NODE_MANAGER in of_a_file(before):
        found["shuffle_service"] = 1
    frames = _union(told[max(0, at - _OF_TRACEBACK) : at])
    if frames & {"to driver", "main"} and "in a worker" not in frames:
        found["driver_python"] = 1
    tree = _union(told[at : at + 1 + _OF_TREE])
    found |= {name: 1 for name in ("client_master", "cluster_master") if name in tree}
    if "kafka_receive" in _union(told[at + 1 : at + 1 + _OF_TREE]):
        found["kafka_receive"] = 1
    whole = _union(told)
    if "grouped" in whole:
        found["grouped"] = 1
    if "bar" in whole:
        lines = (one for one, shown in zip((*before, line, *after), told, strict=True) if "bar" in shown)
        found["stage_tasks"] = next(int(bar[1]) for one in lines if (bar := _PROGRESS.search(one)))
    elif "of a stage" in whole:
        lines = (one for one, shown in zip((*before, line, *after), told, strict=True) if "of a stage" in shown)
        rows = (row for one in lines if (row := _OF_A_STAGE.search(one)))
        found["stage_tasks"] = next(int(row[1] or row[2] or row[3]) for row in rows)
    if "counted" in whole and (many := _COUNTED.search("\n".join(map(unprefixed, (*before, line, *after))))):
        found["threads_counted"] = int(many[1])
    if "ulimit" in whole and (most := _NPROC.search("\n".join(map(unprefixed, (*before, line, *after))))):
        found["nproc"] = int(most[1])
    if "pids" in whole:
        text = "\n".join(map(unprefixed, (*before, line, *after)))
        if most := _PIDS_MAX.search(text) or _PIDS_TOGETHER.search(text) or _PIDS_OF_A_FILE.search(text):
            found["pids_max"] = int(most[1])
        if both := _pids(text):
            found["pids_now"] = both[1]
        if threads_full(text):
            found["threads_full"] = 1
    return found


_NOTHING = frozenset[str]()


@lru_cache(MOST_AROUND)
def _told(line: str) -> frozenset[str]:
    """What a line shows by itself, wherever it stands."""
    if not any(map(line.__contains__, _LETTERS)):
        return _NOTHING
    told = {name for name, pattern in _OF_A_LINE.items() if pattern.search(line)}
    return frozenset(told | {name for name, words in _WORDS.items() if any(map(line.__contains__, words))})


def _union(told: Sequence[frozenset[str]]) -> frozenset[str]:
    return _NOTHING.union(*told)


def threads_full(text: str) -> bool:
    """Whether a cgroup has nearly as many processes and threads as it may have.

    >>> threads_full("cat /sys/fs/cgroup/pids.max /sys/fs/cgroup/pids.current\\n1024\\n1023"), threads_full("pids.max: max")
    (True, False)
    """
    both = _pids(text)
    return bool(both) and both[1] >= _NEARLY * both[0]


def _pids(text: str) -> tuple[int, ...]:
    """How many processes and threads a cgroup may have, and has; empty where one of them is not there.

    >>> _pids("pids.max: 4096\\npids.current: 40"), _pids("pids.max: 4096")
    ((4096, 40), ())
    """
    if both := _PIDS_TOGETHER.search(text):
        return int(both[1]), int(both[2])
    most, now = _PIDS_MAX.search(text), _PIDS_NOW.search(text)
    return (int(most[1]), int(now[1])) if most and now else ()
