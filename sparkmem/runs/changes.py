"""What to change, by finding: values from the right size where it has one."""

from __future__ import annotations

from sparkmem.eventlog.run import Run
from sparkmem.release import since
from sparkmem.runs.circumstances import LOCAL, Circumstances
from sparkmem.runs.finding import Change
from sparkmem.runs.right_size import RightSize
from sparkmem.runs.sizing import fewer_cores
from sparkmem.runs.task_needs import slots

_MEMORY, _CORES, _OVERHEAD = "spark.executor.memory", "spark.executor.cores", "spark.executor.memoryOverhead"
_DRIVER_MEMORY = "spark.driver.memory"


def changes(run: Run, where: Circumstances, size: RightSize | None) -> dict[str, tuple[Change, ...]]:
    """Changes by the id of a finding; ``size`` is not there before the findings are."""
    advised = size.changed if size else {}
    why = "the smallest that holds the need, with the head room"
    if size and size.failed:
        why = "at least: it holds what is known of the need, and the run failed"
    memory = [
        Change(key, text, why)
        for key, text in advised.items()
        if key not in (_CORES, _OVERHEAD)
    ]
    fewer = _fewer(where)
    parts = _partitions(run)
    if where.manager == LOCAL:
        memory = [Change(_DRIVER_MEMORY, "", "more heap: in local mode tasks run in the driver's process")]
    return {
        "heap-full": (*fewer, _more_heap(where, advised.get(_MEMORY, ""))),
        "array-too-long": (Change("", "", "smaller records, texts or batches: what is put into one array"),),
        "execution-short": (*memory, *fewer, parts),
        "execution-refused": (*memory, *fewer, parts),
        "skew": (*_skew_join(run), parts),
        "storage-short": (*memory, Change("", "", "or a level with a disk, or serialized, or fewer things cached")),
        "container-limit": (Change(_OVERHEAD, advised.get(_OVERHEAD, ""), "room for what is not heap"), *fewer),
        "killed": (
            Change(_OVERHEAD, advised.get(_OVERHEAD, ""), "if the kernel or the cluster manager did it: their logs say so"),
        ),
        "direct-memory": (
            Change("spark.executor.extraJavaOptions", "-XX:MaxDirectMemorySize=…", "with as much more of overhead"),
        ),
        "python-worker": (
            Change("spark.executor.pyspark.memory", "", "it is divided by cores; each worker gets a share"),
            *fewer,
        ),
        "result-too-large": (
            Change(
                "",
                "",
                "write results instead of collecting them; or raise spark.driver.maxResultSize with the driver's heap",
            ),
        ),
        "node-lost": (Change("spark.decommission.enabled", "true", "moves blocks away before the node goes"),),
    }


def _fewer(where: Circumstances) -> list[Change]:
    """Half as many tasks at once, where there are several: in local mode the master says how many."""
    if slots(where) <= 1:
        return []
    cores, why = str(fewer_cores(where)), "half as many tasks share the same memory"
    return [Change("spark.master", f"local[{cores}]", why) if where.manager == LOCAL else Change(_CORES, cores, why)]


def _more_heap(where: Circumstances, least: str) -> Change:
    """More heap after one was full: at least what Spark memory is known to need, and nobody knows the rest."""
    key = _DRIVER_MEMORY if where.manager == LOCAL else _MEMORY
    if least:
        why = "at least, for what is known of Spark memory; how much more, only the live set after a collection says"
        return Change(key, least, why)
    return Change(key, "", "more heap; how much, only the live set after a collection says")


def _partitions(run: Run) -> Change:
    """Smaller tasks: by the setting only where a stage that spilled read a shuffle."""
    spilling = [stage for stage in run.stages if stage.sum("memory-spilled")]
    if spilling and not any(stage.sum("shuffle-read-bytes") for stage in spilling):
        return Change("", "", "smaller partitions of the input: no stage that spilled read a shuffle, so that"
                      " spark.sql.shuffle.partitions does not divide its tasks")  # fmt: skip
    return Change("spark.sql.shuffle.partitions", "", "more partitions, so that a task holds less at once")


def _skew_join(run: Run) -> list[Change]:
    """What divides the large partition of a join, by what is on; of an aggregate or a window only another key does.

    By default skewed joins are on from 3.0, and adaptive execution from 3.2 (``SKEW_JOIN_ENABLED`` and
    ``ADAPTIVE_EXECUTION_ENABLED`` of ``SQLConf``).
    """
    adaptive, join = "spark.sql.adaptive.enabled", "spark.sql.adaptive.skewJoin.enabled"
    said = {key: run.spark.get(key, "").lower() for key in (adaptive, join)}
    usual = "true" if since(run.release.name, "3.2") else "false"
    if not since(run.release.name, "3.0"):
        return [_KEY]
    on = {adaptive: (said[adaptive] or usual) == "true", join: (said[join] or "true") == "true"}
    why = "divides the large partition of a join while it runs"
    return [*(Change(key, "true", why) for key in (adaptive, join) if not on[key]), _KEY]


_KEY = Change("", "", "a key with more values, as with a number added: of an aggregate or a window nothing else divides it")
