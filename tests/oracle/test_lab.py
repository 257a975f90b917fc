"""The experiments: what each states must hold for the figures that were recorded, and for a few that are measured now.

A check below is the statement of one experiment, as assertions on its figures.  The recordings are in
lab.json (`make lab` makes them again); the quick experiments also run here, on the JVM of this machine.
"""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tools.lab import java, record
from tools.lab.experiment import EXPERIMENTS
from tools.oracle import packages

MIB = 1 << 20
RUNS = record.load()
QUICK = sorted(experiment.id for experiment in EXPERIMENTS.values() if experiment.quick)

Check = Callable[["Run"], None]
CHECKS: dict[str, Check] = {}


class Run:
    """The figures of a run, by name: `run("heap-growth")`."""

    def __init__(self, figures: dict[str, dict[str, Any]], java_version: str, release: str | None = None) -> None:
        self.figures = figures
        self.java = int(java_version.partition(".")[0])
        self.release = release

    def __call__(self, name: str) -> Any:
        ((_, value),) = self.figures[name].items()
        return value


def holds(experiment_id: str) -> Callable[[Check], Check]:
    """Registers the decorated function as the check of an experiment."""
    def register(check: Check) -> Check:
        assert experiment_id not in CHECKS
        CHECKS[experiment_id] = check
        return check
    return register


# -- JVMs ---------------------------------------------------------------


@holds("interned-strings")
def _(run):
    assert run("strings") == 1_000_000
    assert run("heap-growth") >= 50 * MIB
    assert run("native-growth") <= run("heap-growth") / 2
    assert 8 <= run("native-per-string") <= 40, "only an entry of the table"
    assert run("heap-after-dropping") <= run("heap-growth") / 10


@holds("idle-threads")
def _(run):
    threads = run("threads")
    assert abs(run("heap-growth")) <= threads * 1024
    assert run("reserved-growth") >= threads * MIB
    assert threads * 20 * 1024 <= run("resident-growth") <= run("reserved-growth") / 5


@holds("no-more-threads")
def _(run):
    assert run("text").startswith("java.lang.OutOfMemoryError: unable to create native thread")
    assert run("exit-code") == 1


@holds("direct-memory-limit")
def _(run):
    assert run("nio") == run("limit") < run("asked") == run("unsafe")
    if run.java == 11:
        assert run("text") == "java.lang.OutOfMemoryError: Direct buffer memory"
    else:
        assert "Cannot reserve 1048576 bytes of direct buffer memory" in run("text")
        assert f"limit: {run('limit')}" in run("text")


@holds("direct-memory-default")
def _(run):
    assert run("nio") == run("max-memory") // MIB * MIB
    if run.java > 11:
        assert f"limit: {run('max-memory')}" in run("text")


@holds("heap-exhausted")
def _(run):
    space, limit = "java.lang.OutOfMemoryError: Java heap space", "java.lang.OutOfMemoryError: GC overhead limit exceeded"
    for gc in ("g1", "serial", "z"):
        assert run(gc) == space
        assert run(f"{gc}-exit-code") == 1
    assert run("shenandoah") == space or run("shenandoah").startswith("nothing within"), "it may thrash for minutes"
    assert run("parallel") in (space, limit)
    if run.java == 17:
        assert run("parallel") == limit


@holds("array-too-large")
def _(run):
    assert run("larger-than-heap") == "java.lang.OutOfMemoryError: Java heap space"
    assert run("largest-length") == "java.lang.OutOfMemoryError: Requested array size exceeds VM limit"


@holds("metaspace-exhausted")
def _(run):
    assert run("metaspace") == "java.lang.OutOfMemoryError: Metaspace"
    assert run("class-space") == "java.lang.OutOfMemoryError: Compressed class space"


@holds("heap-reserved-at-start")
def _(run):
    assert run("reserved") == run("xmx")
    assert run("xms") <= run("committed") <= run("xmx") / 4, "the JVM may have grown it before it ended"


@holds("heap-grows-and-shrinks")
def _(run):
    load = run("load")
    for gc in ("g1", "parallel", "serial"):
        assert run(f"{gc}-committed-at-start") < load <= run(f"{gc}-committed-loaded")
        assert run(f"{gc}-committed-dropped") == run(f"{gc}-committed-loaded"), "nothing happens before a collection"
    for gc in ("g1", "serial"):
        assert run(f"{gc}-committed-at-end") <= 2 * run(f"{gc}-committed-at-start")
        assert run(f"{gc}-least-max-memory") == run(f"{gc}-most-max-memory")
    assert run("parallel-committed-at-end") >= load
    assert run("serial-resident-at-end") < load < run("parallel-resident-at-end")


@holds("compressed-references")
def _(run):
    assert run("31g")
    assert not run("32767m")
    assert not run("32g")
    assert not run("33g")


@holds("object-sizes")
def _(run):
    assert (run("compressed-reference"), run("plain-reference")) == (4, 8)
    assert 1.25 * run("compressed-object") <= run("plain-object")


@holds("default-collector")
def _(run):
    assert run("processors-1") == "serial"
    assert run("processors-2") == run("processors-4") == "g1"


@holds("dead-flags")
def _(run):
    assert run("PrintFlagsFinal-starts")
    assert run("UseStringDeduplication-starts")
    assert run("InitiatingHeapOccupancyPercent-starts")
    assert run("PrintGCDetails-starts"), "deprecated, and taken"
    for flag in ("PrintGCDateStamps", "PrintGCTimeStamps", "G1SummarizeConcMark", "UseGCLogFileRotation",
                 "PrintAdaptiveSizePolicy"):
        assert not run(f"{flag}-starts")
        assert run(f"{flag}-text").startswith(f"Unrecognized VM option '{flag}'")
    assert run("UseConcMarkSweepGC-starts") == (run.java == 11)
    assert run("MaxPermSize-starts") == (run.java == 11)
    if run.java == 11:
        assert "support was removed in 8.0" in run("MaxPermSize-text")
    else:
        assert run("MaxPermSize-text") == "Unrecognized VM option 'MaxPermSize=256m'"


@holds("default-flags")
def _(run):
    assert run("ReservedCodeCacheSize") == 240 * MIB
    assert run("CompressedClassSpaceSize") == 1024 * MIB
    assert run("ThreadStackSize") == MIB
    assert run("MaxMetaspaceSize-unlimited")
    assert run("MaxDirectMemorySize") == 0, "which means: as much as the heap"
    assert run("MaxRAMPercentage") == 25
    assert (run("GCTimeLimit"), run("GCHeapFreeLimit")) == (98, 2)


@holds("native-memory-categories")
def _(run):
    names = run("names").split(", ")
    assert {"Java Heap", "Class", "Thread", "Code", "GC", "Compiler", "Internal", "Symbol"} <= set(names)
    assert sum(run(name) for name in names) == pytest.approx(run("total"), rel=0.02)


@holds("collector-structures")
def _(run):
    assert run("serial") <= 8 * MIB
    assert run("parallel") >= 20 * MIB
    assert run("g1") >= 10 * run("serial")


@holds("off-heap-speed")
def _(run):
    for what in ("write", "read", "random"):
        assert 0.5 <= run(what) <= 2, what
    assert run("first") > 0


# -- Spark --------------------------------------------------------------


@holds("broadcast-memory")
def _(run):
    assert run("execution-growth") == 0
    assert run("values") <= run("storage-growth") <= 1.1 * run("values")
    assert run("storage-after-destroy") == 0


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


@holds("off-heap-cache-after-kill")
def _(run):
    assert run("blocks-before") == run("blocks-computed-again") == 4
    assert run("memory-before") > 0
    assert run("blocks-after-kill") == 0
    assert run("rows-computed-again") == 20_000
    assert "137" in run("text")


@holds("off-heap-under-a-direct-limit")
def _(run):
    assert run("cached-off-heap") >= 100 * MIB > run("limit")
    assert run("tungsten-off-heap") == 100 * MIB
    assert run("tungsten-is-off-heap")
    assert run("text").startswith("Cannot reserve 104857600 bytes of direct buffer memory")


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


@holds("user-objects-exhaust-the-heap")
def _(run):
    assert run("text") == "java.lang.OutOfMemoryError: Java heap space"
    assert run("execution-used") == 0
    assert run("storage-used") <= run("spark-memory") / 1000
    assert run("kept") >= 3 * run("spark-memory")


@holds("user-memory-border")
def _(run):
    assert run("heap-used") >= run("held") >= 2 * run("user-share")
    assert run("user-share") + run("spark-memory") < run("heap")
    assert run("execution-used") == 0


@holds("executor-exit-codes")
def _(run):
    assert run("heap-exhausted") == "Command exited with code 52"
    assert run("killed") == "Command exited with code 137"
    assert "Java heap space" in run("job-text") or "exited with code 52" in run("job-text"), "the two race"


@holds("executor-outside-the-heap")
def _(run):
    assert 25 <= run("threads") <= 150
    assert run("outside-the-heap") - run("tracking-itself") >= 100 * MIB
    assert run("threads-reserved") >= 5 * run("threads-committed")
    assert run("metaspace") >= 30 * MIB


@holds("executor-native-memory")
def _(run):
    parts = ("metaspace", "thread-stacks", "code", "collector", "other", "symbols-and-the-rest")
    for prefix in ("", "driver-"):
        assert sum(run(prefix + part) for part in parts) == run(f"{prefix}outside-the-heap")
        assert run(f"{prefix}metaspace") >= 70 * MIB
        assert run(f"{prefix}code") >= 15 * MIB
        assert run(f"{prefix}threads-reserved") >= 5 * run(f"{prefix}thread-stacks")
    assert run("thread-stacks") <= 16 * MIB
    assert run("other") <= 100 * MIB


@holds("off-heap-size-without-enabled")
def _(run):
    assert run("storage-memory") == run("storage-memory-plain") + run("off-heap-size")
    assert run("off-heap-storage-memory") == run("off-heap-size")
    assert run("off-heap-used") >= 4 * MIB


@holds("local-mode-memory")
def _(run):
    assert run("storage-memory-1g") == run("storage-memory-8g") < run("heap")


@holds("max-result-size")
def _(run):
    assert run("result") > run("limit")
    assert run("text").startswith("Job aborted due to stage failure: Total size of serialized results of 3 tasks (")
    assert run("text").endswith("is bigger than spark.driver.maxResultSize (1024.0 KiB)")
    assert run("collected-afterwards") > 0


@holds("executor-memory-without-unit")
def _(run):
    assert "Executor memory 1024 must be at least 471859200" in run("text")
    assert run("with-unit") == 1024 * MIB


@holds("python-worker-limit")
def _(run):
    assert run("limit") == run("pyspark-memory") / run("cores")
    assert run("limits-alike")
    assert run("in-the-task") == "MemoryError()"
    assert "MemoryError" in run("text")
    assert run("unlimited-without")
    assert run("got-without") > run("limit")


@holds("python-broadcast")
def _(run):
    value = run("value")
    assert value <= run("file") <= 1.01 * value
    assert value <= run("executor-storage-growth") <= 1.05 * value
    assert value <= run("driver-storage-growth") <= 1.05 * value
    assert run("worker-growth") >= 0.9 * value
    assert run("driver-python-growth") >= 0.9 * value


@holds("python-workers")
def _(run):
    assert run("tasks") == 16
    assert (run("workers"), run("daemons")) == (2, 1)
    assert run("worker-resident") >= 10 * MIB


@holds("python-collect")
def _(run):
    assert run("jvm-old-generation-peak") >= run("data")
    assert run("python-growth") >= 0.9 * run("data")


# -- and that the recording is what it says --------------------------------


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['id']}:{row['on']}") for row in RUNS])
def test_what_an_experiment_states_holds_for_its_figures(row):
    CHECKS[row["id"]](Run(row["figures"], row["java"], row["spark"]))


@pytest.mark.parametrize("experiment_id", QUICK)
def test_what_a_quick_experiment_states_holds_on_the_jvm_of_this_machine(experiment_id):
    jvm = java.installed()
    if jvm.major not in (11, 17, 21, 25):  # what is stated was measured on these
        jvm = java.of(17)
    CHECKS[experiment_id](Run(EXPERIMENTS[experiment_id].measure(jvm), jvm.version))


def test_every_experiment_has_a_check_and_every_check_an_experiment():
    assert set(CHECKS) == set(EXPERIMENTS)
    assert len(EXPERIMENTS) >= 25
    assert len(QUICK) >= 5


def test_every_run_of_every_experiment_is_recorded_and_nothing_else():
    wanted = sorted((experiment.id, on) for experiment in EXPERIMENTS.values() for on in experiment.on)
    assert [(row["id"], row["on"]) for row in RUNS] == wanted, "run make lab ARGS=--new"


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['id']}:{row['on']}") for row in RUNS])
def test_a_recording_says_what_was_run_on_what(row):
    experiment = EXPERIMENTS[row["id"]]
    assert {name: row[name] for name in ("question", "statement", "ran")} == {
        name: value for name, value in record.words(experiment).items() if name != "id"}, "run make lab ARGS=--texts"
    assert row["first"] == (row["on"] == experiment.on[0])
    assert row["command"] == f'make lab ARGS="{row["id"]}:{row["on"]}"'
    kind, _, version = row["on"].partition("-")
    assert row["spark"] == (version if kind == "spark" else None)
    if kind == "java":
        assert row["java"].startswith(f"{version}.")
    assert row["figures"]
    for figure in row["figures"].values():
        assert len(figure) == 1
        assert set(figure) <= {"bytes", "count", "ratio", "text", "yes"}


def test_no_recording_names_a_path_or_a_host():
    text = record.PATH.read_text()
    for path in (Path.home(), Path.cwd(), packages.CACHE, tempfile.gettempdir()):
        assert f"{path}/" not in text
    assert json.loads(text)["command"] == "make lab"
    assert record.PATH.parent == Path(__file__).parent
