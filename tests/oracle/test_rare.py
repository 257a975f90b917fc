"""Collectors that not every Java has: their heaps, and what they keep for themselves, against running JVMs."""

import json
from pathlib import Path

import pytest

import sparkmem
from sparkmem.jvm.collectors import java_heap
from sparkmem.jvm.flags import FlagError, HeapFlags, heap_flags, jvm_size
from sparkmem.jvm.gc_structures import gc_structures
from sparkmem.size import GIB, MIB
from tools.oracle import rare

RECORDED = json.loads((Path(__file__).parent / rare.FILE).read_text())
MACHINE = json.loads((Path(__file__).parent / "heap.json").read_text())["machine"]["memoryBytes"]
CMS = "-XX:+UseConcMarkSweepGC"


def test_every_question_was_asked():
    asked = [{name: row[name] for name in row if name != "maxMemory"} for row in RECORDED["heaps"]]
    assert asked == list(rare.questions())
    assert RECORDED["command"] == rare.COMMAND
    assert len(asked) >= 100


def test_no_heap_differs_from_a_real_jvm():
    for row in RECORDED["heaps"]:
        flags = heap_flags(" ".join([*rare.OPTIONS[row["gc"]], row["flags"]]))
        assert flags.gc == row["gc"]
        heap = java_heap(jvm_size(row["xmx"]), row["gc"], row["java"], flags, MACHINE, row["processors"])
        assert heap.max_memory_bytes == row["maxMemory"], row


def test_what_they_keep_for_themselves_is_met_within_five_percent():
    for row in RECORDED["collectors"]:
        said = gc_structures(row["gc"], row["java"], row["heapMiB"] * MIB, row["processors"])
        assert said == pytest.approx(row["bytes"], rel=0.05, abs=1024), row


def test_a_java_without_the_collector_does_not_start():
    for row in RECORDED["refused"]:
        assert row["said"] == "Unrecognized VM option 'UseConcMarkSweepGC'"
        with pytest.raises(FlagError, match=row["said"]):
            java_heap(GIB, row["gc"], row["java"], HeapFlags(), MACHINE)


WITH_FLAGS = ["executor-memory", "jvm-heap", "overhead-budget", "task-memory", "driver-memory"]
CLIENT_AND_CLUSTER = ["client", "cluster"]


def _with_cms(calculator, **inputs):
    own = {"jvm-heap": "jvm-flags", "driver-memory": "spark.driver.extraJavaOptions"}
    key = own.get(calculator, "spark.executor.extraJavaOptions")
    return sparkmem.evaluate({"calculator": calculator, "inputs": {"java": "17", key: CMS, **inputs}})


@pytest.mark.parametrize("calculator", WITH_FLAGS)
def test_every_calculator_with_flags_refuses_it_in_the_jvms_words(calculator):
    """Of a JVM that Spark starts up to 3.2; later ones are told to pass over it."""
    older = {} if calculator == "jvm-heap" else {"release": "3.2"}
    found = _with_cms(calculator, **older)
    assert [error["message"] for error in found["errors"]] == ["Unrecognized VM option 'UseConcMarkSweepGC'"]


@pytest.mark.parametrize("calculator", [name for name in WITH_FLAGS if name != "jvm-heap"])
def test_since_3_3_it_leaves_a_java_without_it_with_the_default_collector(calculator):
    """SparkContext.supplementJavaModuleOptions and SparkSubmitCommandBuilder: -XX:+IgnoreUnrecognizedVMOptions."""
    found, plain = _with_cms(calculator), sparkmem.evaluate({"calculator": calculator, "inputs": {"java": "17"}})
    assert [(row["id"], row["text"]) for row in found["rows"]] == [(row["id"], row["text"]) for row in plain["rows"]]


@pytest.mark.parametrize("mode", CLIENT_AND_CLUSTER)
def test_nobody_helps_the_driver_that_a_standalone_worker_starts(mode):
    """deploy.Client hands on the driver's own options alone: no class of the jars names JavaModuleOptions on that way."""
    found = _with_cms("driver-memory", **{"cluster-manager": "standalone", "deploy-mode": mode, "language": "jvm"})
    assert ("errors" in found) is (mode == "cluster")


@pytest.mark.parametrize(("memory", "storage"), [("1g", 535.0), ("2g", 1088.0)])
def test_what_the_static_manager_showed_under_cms(memory, storage):
    inputs = {"spark.executor.memory": memory, "spark.executor.extraJavaOptions": CMS}
    found = sparkmem.evaluate({"calculator": "legacy-memory", "inputs": inputs})
    size = next(row["bytes"] for row in found["rows"] if row["id"] == "storage-memory")
    assert round(size / MIB, 1) == storage


@pytest.mark.parametrize("release", ["2.4", "3.0", "3.5"])
def test_cms_is_not_answered_as_another_collector(release):
    inputs = {"release": release, "spark.executor.memory": "1g", "spark.executor.extraJavaOptions": CMS}
    found = sparkmem.evaluate({"calculator": "executor-memory", "inputs": inputs})
    size = next(row["bytes"] for row in found["rows"] if row["id"] == "jvm-max-memory")
    assert size == java_heap(GIB, "cms", 11, HeapFlags(), MACHINE, 4).max_memory_bytes
    assert "cms-java" in [note["id"] for note in found["notes"]]
