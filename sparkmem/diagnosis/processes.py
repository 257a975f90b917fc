"""Whose a failure is, by what else was found in the same text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from sparkmem.diagnosis.finding import CAUSE, MASTER, NOT_TOLD, POSSIBLE
from sparkmem.diagnosis.found import Found

_JVM_GONE, _WORKER_DIED = "java-side-gone", "python-worker-crashed"
_KERNEL = ("system-oom", "cgroup-oom")
_KILLED = "exit-137"
_GUARD, _OF_DATAPROC = "oom-daemon", "dataproc-memory-pressure"
"""A guard on a machine, and Dataproc's word that a driver there was ended."""
_OF_PYTHON = re.compile(r"[(\"]python|task=python")
_CRASHES, _OF_A_CRASH = frozenset(("jvm-crashed", "native-heap-corrupted")), ("exit-134", "exit-139")
"""What a JVM or the C library writes at its end, and the numbers that end has."""
_CLOSE = 8
_OF_THE_MASTER = frozenset(("yarn-am-physical-limit", "yarn-am-failed"))
_ENDS = frozenset(("exit-137", "exit-143", "yarn-killed-on-request", "command-exited"))
"""How a container ended, in words that name none: its master's where only that is spoken of."""
_TERMINATED = "exit-143"
_DRIVER_GONE, _WELL = "driver-gone", "SUCCEEDED"
_SIGNAL, _IN_ORDER, _TOLD_TO_END = "signal-term", "ended-in-order", "received-shutdown"
_GIVEN_BACK, _BY_TERM = "executor-given-back", 143
_TAKEN = re.compile(r"idle|killed by driver|explicit termination")
_OF_A_TERM = frozenset(("exit-143", "yarn-container-completed", "yarn-killed-on-request", "signal-term"))
"""How the end of an executor looks that the driver has given back."""
_WHOLE_RESULT, _FULL_HEAPS = "jdbc-whole-result", frozenset(("heap-space", "gc-overhead"))
"""What a driver of a database read; the same error of the same task is said once more without its frames."""
_NO_ROOM, _BROADCAST = "cache-no-room", re.compile(r"\bbroadcast_[0-9]")
_OF_AN_EXECUTOR, _ITSELF = "executor", "driver"


def settled(found: Mapping[str, Found]) -> dict[str, Found]:
    """The findings, with the processes that only several of them together tell.

    Where a program's own JVM is gone beside a task's error, and the text numbers no executor, both were one process:
    local mode.  What explains that it is gone, and names no process, happened to it.  A broadcast is kept by the driver
    and by executors.  Where the kernel killed a process that names none, and an executor ended by SIGKILL, it was that.
    A JVM that crashed is the executor's that ended by the signal of a crash, where only one did.
    A cause that names no process is that of the process whose same memory it explains.  What a guard ended on the
    machine of a driver that Dataproc says was ended is that driver.
    Where the kernel killed a Python beside a worker that died, it was that worker.  Close to YARN's
    words of the application's master, the end of a container is the master's.  A signal at the end of an application
    that ended in order is part of it, and so is the end of an executor that the driver gave back or told to end.
    """
    told = dict(found)
    if _JVM_GONE in told and not any(name != _ITSELF for one in told.values() for name in one.executors):
        for id, one in found.items():
            in_a_task = one.region == "heap" and not one.finding.process and one.process == _OF_AN_EXECUTOR
            if in_a_task or _of_the_jvm_that_is_gone(one):
                told[id] = replace(one, process=_ITSELF, others=())
    if _NO_ROOM in told and _BROADCAST.search(told[_NO_ROOM].quote):
        one = told[_NO_ROOM]
        told[_NO_ROOM] = replace(one, finding=replace(one.finding, process=""), process=one.at.process or NOT_TOLD)
    masters = {one.process for one in told.values()}
    for id in _OF_THE_MASTER & told.keys() if MASTER in masters else ():
        told[id] = replace(told[id], process=MASTER)
    for master in (told[id] for id in _OF_THE_MASTER if id in found):
        for id in _ENDS & told.keys():
            if not told[id].executors and "xecutor" not in told[id].quote and abs(told[id].line - master.line) <= _CLOSE:
                told[id] = replace(told[id], process=MASTER if MASTER in masters else _ITSELF)
    if read := told.get(_WHOLE_RESULT):
        for id in _FULL_HEAPS & told.keys():
            if told[id].process == read.process and told[id].at.task in ("", read.at.task):
                executors = tuple(dict.fromkeys((*read.executors, *told[id].executors)))
                told[_WHOLE_RESULT] = read = replace(read, executors=executors, times=read.times + told.pop(id).times)
    ended = told.get(_SIGNAL)
    if ended and (_IN_ORDER in told or (ended.process == _OF_AN_EXECUTOR and _before(told.get(_TOLD_TO_END), ended))):
        del told[_SIGNAL]
    given = told.get(_GIVEN_BACK)
    if given and _TAKEN.search(given.quote) and all(one.finding.kind != CAUSE for one in told.values()):
        for id in _OF_A_TERM & told.keys():
            if _by_that(told[id], given):
                del told[id]
    if _IN_ORDER in told and _WELL in told[_IN_ORDER].quote and all(one.finding.kind != CAUSE for one in told.values()):
        told.pop(_DRIVER_GONE, None)  # executors that were still there lose a driver that is done
    if _IN_ORDER in told or (_TOLD_TO_END in told and all(one.finding.kind != CAUSE for one in told.values())):
        told.pop(_TERMINATED, None)
    killed = told.get(_KILLED)
    if killed and killed.process == _OF_AN_EXECUTOR and killed.executors:
        for id in _KERNEL:
            if id in told and told[id].process == NOT_TOLD and not _OF_PYTHON.search(told[id].quote):
                told[id] = replace(told[id], process=_OF_AN_EXECUTOR, executors=killed.executors)
    for id in _CRASHES & told.keys():
        ended = next((told[other] for other in _OF_A_CRASH if other in told and len(told[other].executors) == 1), None)
        if ended and told[id].process == NOT_TOLD and ended.process == _OF_AN_EXECUTOR:
            told[id] = replace(told[id], process=_OF_AN_EXECUTOR, executors=ended.executors)
    for id, one in list(told.items()):
        open_ = one.process == NOT_TOLD and not one.finding.process
        if open_ and one.finding.kind == CAUSE and one.certainty != POSSIBLE:
            told[id] = replace(one, process=_of_its_effects(one, told))
    if (guard := told.get(_GUARD)) and _OF_DATAPROC in told and guard.process == NOT_TOLD and not guard.executors:
        told[_GUARD] = replace(guard, process=_ITSELF)
    if _WORKER_DIED in told:
        for id in _KERNEL:
            killed = found.get(id)
            if killed and killed.process == NOT_TOLD and _OF_PYTHON.search(killed.quote):
                told[id] = replace(killed, process="python worker", region="python")
    return told


def _of_its_effects(one: Found, told: Mapping[str, Found]) -> str:
    """The one process whose same memory a cause explains, where it names none itself."""
    effects = {told[id].process for id in one.finding.explains if id in told and told[id].region == one.region}
    effects &= {_OF_AN_EXECUTOR, _ITSELF}
    return effects.pop() if len(effects) == 1 and one.region not in ("none", "container", "node") else NOT_TOLD


def _by_that(end: Found, given: Found) -> bool:
    """Whether an end is that of an executor that was given back: after it, by SIGTERM, and of no more than were given."""
    many = given.times + given.quote.count(",")
    return end.line >= given.line and end.times <= many and end.numbers.get("code", _BY_TERM) == _BY_TERM


def _before(one: Found | None, other: Found) -> bool:
    return one is not None and one.line <= other.line


def _of_the_jvm_that_is_gone(one: Found) -> bool:
    open_ = one.process == NOT_TOLD and not one.finding.process
    return open_ and _JVM_GONE in one.finding.explains and not _OF_PYTHON.search(one.quote)


def reaches(cause: Found, effect: Found) -> bool:
    """Whether one may be the cause of another: a driver's own JVM is not gone for what an executor's ran out of."""
    return effect.finding.id != _JVM_GONE or cause.process != _OF_AN_EXECUTOR
