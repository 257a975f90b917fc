"""Replays a trace: a memory manager, and the operations that happen to it one after another.

``FORMAT`` says what a trace and its answer look like; ``sparkmem replay --help`` prints it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sparkmem.errors import BadInputs, InputError, Refused
from sparkmem.jvm.collectors import COLLECTORS
from sparkmem.release import NEWEST, RELEASES, since
from sparkmem.spark.managers.replaying import Replay
from sparkmem.spark.managers.sizes import STATIC, UNIFIED, initial, static_manager, unified_manager
from sparkmem.spark.managers.trace_ops import SEE, faults
from sparkmem.spark.settings import config
from sparkmem.spark.settings.spark_conf import SparkConf

FORMAT = """\
A trace is an object on one line with
  release   "2.4" … "4.3", or a patch release of one; the newest if it is missing
  manager   "unified", or "static" (Spark 2.4 only); "unified" if it is missing
  conf      settings; spark.testing.memory stands for Runtime.maxMemory, in bytes, and has to be there
  cores     cores of the executor, for the page size alone
  gc        the JVM's collector, for the page size alone
  ops       the operations, each a list of its name and its values; all sizes are bytes

Its answer has
  initial   the sizes that the manager starts with
  steps     what came of each operation, an object with
    result     what the call returned, where it returns something
    evicted    the blocks that were evicted, in order, where there were any
    blocks     true for a call that has to wait, and goes on waiting
    unblocked  task and got: the waiting call has ended
    cancelled  true for a second call that would wait at the same time: it is interrupted at once,
               and its task stays active with what it had
    error      class and message of what Spark threw; where the task of a waiting call was released
               meanwhile, that is the end of the call
    state      storage used, storage pool, execution used, execution pool, all on the heap; the same
               four off the heap; storageMemoryUsed, executionMemoryUsed, maxOnHeapStorageMemory,
               maxOffHeapStorageMemory, memory used for unrolling
    tasks      execution memory of each task that has some

A trace that cannot be replayed gets {"errors": [...]}: which operation, and the rule that it breaks."""


def replay_of(trace: Mapping[str, Any]) -> tuple[Replay, dict[str, Any]]:
    """A manager for the trace, and its first sizes; ``BadInputs`` with every fault of the trace."""
    release, name, settings = _minor(trace.get("release", NEWEST)), trace.get("manager", UNIFIED), trace.get("conf", {})
    cores, gc = trace.get("cores", 1), trace.get("gc", "g1")
    known = release in tuple(RELEASES)  # a tuple, since what is no text may not be hashed
    found = [
        *(error for key in trace if key not in _KEYS for error in _unless(False, str(key)[:80], _no_key(key))),
        *_unless(known, "release", f"release {release!r} is none of {', '.join(RELEASES)}"),
        *_unless(name in (UNIFIED, STATIC), "manager", f"manager {name!r} is neither {UNIFIED} nor {STATIC}"),
        *_unless(_is_conf(settings), "conf", "conf is an object of keys and texts"),
        *_unless(type(cores) is int and cores > 0, "cores", f"cores is a whole number from 1 on, not {cores!r}"),
        *_unless(gc in tuple(COLLECTORS), "gc", f"gc {gc!r} is none of {', '.join(COLLECTORS)}"),
        *faults(trace.get("ops"), release if known else NEWEST),
    ]
    if found:
        raise BadInputs(found)
    conf = SparkConf(settings, release)
    try:
        manager = unified_manager(conf) if name == UNIFIED else static_manager(conf)
        counts = since(release, "4.1") and conf.get(config.UNMANAGED_MEMORY_POLLING_INTERVAL) > 0
        return Replay(manager, counts), initial(manager, conf, cores, gc)
    except Refused as refusal:
        raise BadInputs([InputError(refusal.key, refusal.message, refusal.see, by=refusal.by)]) from None
    except InputError as error:
        raise BadInputs([error]) from None


def replay(trace: object) -> dict[str, Any]:
    """The answer to a trace: ``initial`` and ``steps``, or ``{"errors": [...]}``."""
    try:
        if not isinstance(trace, Mapping):
            raise BadInputs([InputError("", "a trace is an object with conf and ops", SEE)])
        running, first = replay_of(trace)
    except BadInputs as bad:
        return {"errors": [error.as_dict() for error in bad.errors]}
    return {"initial": first, "steps": [running.step(op) for op in trace["ops"]]}


def _unless(holds: bool, name: str, message: str) -> Iterable[InputError]:
    return () if holds else (InputError(name, message, SEE),)


_KEYS = ("release", "manager", "conf", "cores", "gc", "ops", "id", "kind", "answer")  # the last three are of a recording


def _no_key(key: object) -> str:
    return f"a trace has no {str(key)[:80]!r}, but {', '.join(_KEYS[:6])}"


def _minor(release: object) -> Any:
    """The minor release that a patch release is of."""
    return release.rpartition(".")[0] if isinstance(release, str) and release.count(".") == 2 else release


def _is_conf(settings: object) -> bool:
    return isinstance(settings, Mapping) and all(isinstance(text, str) for pair in settings.items() for text in pair)
