"""Local mode: driver, executor and tasks are one JVM, so that what is told of an executor is the driver's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sparkmem.diagnosis.advised import LOCAL_MODE
from sparkmem.diagnosis.finding import CAUSE, CONTEXT, NOBODY, NOT_TOLD
from sparkmem.diagnosis.found import Found
from sparkmem.diagnosis.lines import Block

_MASTER = re.compile(
    rb"(?:--master[\"']?[ =,]{1,3}|setMaster\(|\bmaster(?:[\"' ]{0,2}[=:(] ?| (?:is |set to )?(?=local\[))"
    rb"|(?:^|\n|, )(?=local\[(?:[0-9]{1,4}|\*)\](?:,|[ \t\r]{0,4}(?:\n|$)))"
    rb"|spark\.master[\"', \t:=]{1,8}|SparkContext\(|\bMASTER=)"
    rb"[\"']?"
    rb"(?:(local)(?:\[([0-9]{1,4}|\*)(?:, ?[0-9]{1,4})?\])?(?![\w-])|(?:yarn|k8s|spark|mesos)\b)"
)
_OF_MASTER = (b"aster", b"local[", b"SparkContext(", b"MASTER=")
"""One of these stands in each match."""
_ONCE = b"failed 1 times"
_CORES = re.compile(rb"\b(?:VM|machine|server|node|laptop|box|host)\b[^\n]{0,30}?\b([0-9]{1,3}) (?:v?CPUs?|v?cores?)\b")
"""How many cores the one machine has, of which ``local[*]`` takes all."""
_OF_CORES = (b" CPU", b" vCPU", b" core", b" vcore")
_EXECUTOR, _ITSELF = "executor", "driver"
_HEAPS = frozenset(("heap", "direct", "metaspace", "overhead/native", "off-heap"))


@dataclass
class Master:
    """The master that a text sets: whether it is local, and how many threads it has."""

    local: bool = False
    threads: int = 0
    once: bool = False
    """A task that failed once ended the job, which is local mode's rule (``SparkContext.MAX_LOCAL_TASK_FAILURES``)."""
    _other: bool = False
    _cores: int = 0

    def see(self, block: Block) -> None:
        """Takes a block.

        >>> from sparkmem.diagnosis.lines import blocks, of_text
        >>> seen = Master()
        >>> for block in blocks(of_text("spark-shell --master local[8] --driver-memory 2g")):
        ...     seen.see(block)
        >>> seen.local, seen.threads
        (True, 8)
        """
        self.once = self.once or _ONCE in block.joined
        for place in () if self._cores else block.all_places(_OF_CORES):
            if match := _CORES.search(block.lines[place]):
                self._cores = int(match[1])
                break
        if b"local" not in block.joined:
            return
        for place in block.all_places(_OF_MASTER):
            for match in _MASTER.finditer(block.lines[place]):
                self._other = self._other or not match[1]
                if match[2]:
                    self.threads = self._cores if match[2] == b"*" else int(match[2])
                self.local = self.local or bool(match[1])
        self.local = self.local and not self._other


def as_one_jvm(found: Mapping[str, Found], master: Master) -> dict[str, Found]:
    """The findings, with the keys of the one JVM, and those that may be any process's as the driver's, in local mode.

    It is where Spark calls the executor ``driver`` (``SparkContext.DRIVER_IDENTIFIER``, which ``LocalEndpoint`` gives its
    only executor), or where the master is set to local; and where no executor has a number.
    """
    named = {name for one in found.values() for name in (*one.executors, one.at.executor) if name}
    alone = not named and master.once and all(one.at.host in ("", "localhost") for one in found.values())
    if not (master.local or alone or _ITSELF in named) or named - {_ITSELF}:
        return dict(found)
    return {id: _of_one_jvm(one, master.threads) for id, one in found.items()}


def _of_one_jvm(one: Found, threads: int) -> Found:
    if one.service or one.elsewhere or one.process == NOBODY or one.finding.kind not in (CAUSE, CONTEXT):
        return one
    process = one.process if one.process not in (_EXECUTOR, NOT_TOLD) or _is_no_jvms(one) else _ITSELF
    return replace(one, process=process, others=(), more={**one.more, LOCAL_MODE: 1}, asked={LOCAL_MODE: threads})


def _is_no_jvms(one: Found) -> bool:
    """Whether it names no process, and is about memory that is no JVM's."""
    return one.process == NOT_TOLD and one.region not in _HEAPS
