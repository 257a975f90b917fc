"""Local mode: driver, executor and tasks are one JVM, so that what is told of an executor is the driver's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sparkmem.diagnosis.advised import LOCAL_MODE
from sparkmem.diagnosis.finding import CAUSE, CONTEXT, NOT_TOLD
from sparkmem.diagnosis.found import Found
from sparkmem.diagnosis.lines import Block

_MASTER = re.compile(
    rb"(?:--master[ =]{1,3}|setMaster\(|\bmaster[\"' ]{0,2}[=:(] ?|spark\.master[\"', \t:=]{1,8}|SparkContext\(|\bMASTER=)"
    rb"[\"']?"
    rb"(?:(local)(?:\[([0-9]{1,4}|\*)(?:, ?[0-9]{1,4})?\])?(?![\w-])|(?:yarn|k8s|spark|mesos)\b)"
)
_EXECUTOR, _ITSELF = "executor", "driver"
_HEAPS = frozenset(("heap", "direct", "metaspace", "overhead/native", "off-heap"))


@dataclass
class Master:
    """The master that a text sets: whether it is local, and how many threads it has."""

    local: bool = False
    threads: int = 0
    _other: bool = False

    def see(self, block: Block) -> None:
        """Takes a block.

        >>> from sparkmem.diagnosis.lines import blocks, of_text
        >>> seen = Master()
        >>> for block in blocks(of_text("spark-shell --master local[8] --driver-memory 2g")):
        ...     seen.see(block)
        >>> seen.local, seen.threads
        (True, 8)
        """
        if b"local" not in block.joined:
            return
        for match in _MASTER.finditer(block.joined):
            self._other = self._other or not match[1]
            if match[2] and match[2] != b"*":
                self.threads = int(match[2])
            self.local = self.local or bool(match[1])
        self.local = self.local and not self._other


def as_one_jvm(found: Mapping[str, Found], master: Master) -> dict[str, Found]:
    """The findings, with the keys of the one JVM, and those that may be any process's as the driver's, in local mode.

    It is where Spark calls the executor ``driver`` (``SparkContext.DRIVER_IDENTIFIER``, which ``LocalEndpoint`` gives its
    only executor), or where the master is set to local; and where no executor has a number.
    """
    named = {name for one in found.values() for name in (*one.executors, one.at.executor) if name}
    if not (master.local or _ITSELF in named) or named - {_ITSELF}:
        return dict(found)
    return {id: _of_one_jvm(one, master.threads) for id, one in found.items()}


def _of_one_jvm(one: Found, threads: int) -> Found:
    if one.service or one.elsewhere or one.process not in (_EXECUTOR, _ITSELF, NOT_TOLD):
        return one
    if one.finding.kind not in (CAUSE, CONTEXT) or one.region not in _HEAPS:
        return one
    process, more = one.finding.process or _ITSELF, {**one.more, LOCAL_MODE: 1}
    return replace(one, process=process, others=(), more=more, asked={LOCAL_MODE: threads})
