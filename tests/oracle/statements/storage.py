"""What is stated of storage, execution and broadcasts."""

import pytest

from sparkmem.size import MIB
from statements.run import RUNS, Checks, Run

CHECKS = Checks()
holds = CHECKS.holds


@holds("execution-and-storage")
def _(run):
    whole, region, block = run("spark-memory"), run("storage-region"), run("block")
    assert run("storage-full") > region
    assert region - 1.01 * block <= run("storage-left") <= region, "whole blocks, and the last may reach below the region"
    assert run("execution-granted") == whole - run("storage-left")
    assert run("blocks-left") < run("blocks-full")
    assert run("execution-while-caching") == run("execution-granted"), "caching took nothing of it"
    assert run("storage-at-end") <= whole - run("execution-granted")


@holds("spill-of-a-sort")
def _(run):
    assert run("memory-spilled") >= 1.5 * run("disk-spilled") > 0
    assert run("peak-execution-memory") <= run("spark-memory")


@holds("storage-levels-rdd")
def _(run):
    _levels(run)
    assert run("MEMORY_ONLY-memory") >= 2 * run("MEMORY_ONLY_SER-memory")


@holds("storage-levels-dataframe")
def _(run):
    _levels(run)
    (rdd,) = (Run(row["figures"], row["java"]) for row in RUNS
              if row["id"] == "storage-levels-rdd" and row["spark"] == run.release)
    assert run("rows") == rdd("rows")
    assert run("MEMORY_ONLY-memory") <= 0.6 * rdd("MEMORY_ONLY-memory")
    assert run("compressed") == (run("MEMORY_ONLY_SER-memory") < 0.9 * run("MEMORY_ONLY-memory"))


@holds("broadcast-memory")
def _(run):
    assert run("execution-growth") == 0
    assert run("values") <= run("storage-growth") <= 1.1 * run("values")
    assert run("storage-after-destroy") == 0


def _levels(run):
    """What is true of every cached thing."""
    memory, disk, off_heap = ({level: run(f"{level}-{where}") for level in storage_levels()}
                              for where in ("memory", "disk", "off-heap"))
    assert memory["DISK_ONLY"] == 0 < disk["DISK_ONLY"]
    assert all(disk[level] == 0 for level in disk if level != "DISK_ONLY"), "all of it fits in memory"
    assert memory["MEMORY_AND_DISK"] == memory["MEMORY_ONLY"]
    assert off_heap["OFF_HEAP"] == memory["OFF_HEAP"] > 0
    assert all(off_heap[level] == 0 for level in off_heap if level != "OFF_HEAP")
    assert disk["DISK_ONLY"] == pytest.approx(memory["MEMORY_ONLY_SER"], rel=0.01), "the same bytes"
    assert memory["OFF_HEAP"] == pytest.approx(memory["MEMORY_ONLY_SER"], rel=0.01)
    assert run("compressed") == (run.release == "4.3.0"), "what spark.rdd.compress is unasked"


def storage_levels():
    from tools.lab.spark.storage import LEVELS

    return LEVELS


@holds("shuffle-writers")
def _(run):
    for name in ("200", "1000-threshold-1000"):
        assert run(f"{name}-peak-execution-memory") == run(f"{name}-memory-spilled") == 0
    for name in ("201", "200-threshold-1"):
        assert run(f"{name}-peak-execution-memory") >= 32 * MIB
        assert run(f"{name}-memory-spilled") >= 100 * MIB


@holds("operators-memory")
def _(run):
    def held(name):
        return run(f"{name}-held")

    asks = ("sort", "hash-aggregation", "shuffled-hash-join", "sort-merge-join", "sort-aggregation", "window-200-rows")
    assert all(held(name) > MIB for name in asks)
    assert held("broadcast-hash-join") == held("broadcast-nested-loop-join") == 0
    assert held("object-hash-aggregation-10-keys") == 0 < held("object-hash-aggregation-1000-keys")
    assert held("window-200-rows") < held("window-20000-rows")
    assert held("cartesian-product") > 0
    assert run("shuffled-hash-join-shown") == 0 < run("broadcast-hash-join-shown")


@holds("defaults-of-entries")
def _(run):
    assert run("spark.sql.shuffle.partitions") == run("spark.shuffle.sort.bypassMergeThreshold") == "200"
    on = ("adaptive.enabled", "adaptive.coalescePartitions.enabled", "join.preferSortMergeJoin")
    assert all(run(f"spark.sql.{name}") == "true" for name in on)
    assert run("spark.sql.adaptive.maxShuffledHashJoinLocalMapThreshold") == "0b"
