"""Native memory tracking read back, and the sizes outside the heap, against what running JVMs and executors printed."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import sparkmem
from sparkmem.jvm.flags import FlagError
from sparkmem.jvm.gc_structures import collector_threads, gc_structures
from sparkmem.jvm.native_flags import native_flags
from sparkmem.jvm.native_memory import AREAS, CODE, COLLECTOR, METASPACE, OTHER, REST, STACKS, Unreadable, read_native_memory
from sparkmem.size import GIB, KIB, MIB
from sparkmem.spark.containers.native_needs import DRIVER, EXECUTOR, PYTHON_BYTES, THREAD_BYTES
from tests.rows import each
from tools.lab import record
from tools.oracle import native

RECORDED = Path(__file__).parent / native.FILE
JAVAS = (11, 17, 21, 25)
SPARKS = ("spark-4.3.0", "spark-3.5.9")


@cache
def recording() -> dict[str, Any]:
    return json.loads(RECORDED.read_text())


def printed(kind: str = "", java: int = 0, gc: str = "") -> list[dict[str, Any]]:
    rows = recording()["printed"]
    return [row for row in rows if row["kind"] == (kind or row["kind"]) and row["java"] == (java or row["java"])
            and row["gc"] == (gc or row["gc"])]  # fmt: skip


def text(kind: str, java: int, gc: str = "g1") -> str:
    (row,) = printed(kind, java, gc)
    return row["text"]


def figures(id: str, on: str) -> dict[str, int]:
    (row,) = (row for row in record.load() if row["id"] == id and row["on"] == on)
    return {name: next(iter(figure.values())) for name, figure in row["figures"].items()}


READABLE = [row for row in json.loads(RECORDED.read_text())["printed"]
            if row["kind"].startswith(("summary", "at-exit")) and "GB" not in row["kind"]]  # fmt: skip


def test_the_recording_says_where_it_is_from():
    assert recording()["command"] == native.COMMAND
    assert [int(java) for java in recording()["jvms"]] == list(JAVAS)
    assert all(f"{java}." in version for java, version in recording()["jvms"].items())
    assert len(READABLE) == 11 * len(JAVAS)


@pytest.mark.parametrize("row", READABLE, ids=lambda row: f"{row['java']} {row['kind']} {row['gc']}")
class TestSummary:
    def test_categories_add_up_to_the_total_but_for_rounding(self, row):
        found = read_native_memory(row["text"])
        together = found.outside_bytes + found.heap.committed_bytes
        assert abs(together - found.printed_total.committed_bytes) <= (len(found.categories) + 2) * (found.unit_bytes - 1)

    def test_the_heap_is_the_one_that_was_asked_for(self, row):
        found = read_native_memory(row["text"])
        assert found.heap.reserved_bytes == 256 * MIB or row["gc"] == "z", "ZGC reserves more addresses"
        assert found.heap.committed_bytes <= found.heap.reserved_bytes

    def test_every_category_has_an_area_and_every_area_of_the_jvm_something(self, row):
        found = read_native_memory(row["text"])
        areas = {METASPACE, CODE, COLLECTOR, STACKS, REST} if found.unit_bytes < MIB else {METASPACE, CODE}
        assert all(found.of(area) for area in areas - ({COLLECTOR} if row["gc"] == "z" else set()))
        every = (METASPACE, CODE, COLLECTOR, STACKS, OTHER, REST)
        assert sum(found.committed_bytes(area) for area in every) == found.outside_bytes
        assert all(found.committed_bytes(area) >= 0 for area in AREAS.values())

    def test_the_calculator_takes_it(self, row):
        answer = sparkmem.evaluate({"calculator": "overhead-budget", "inputs": {"native-memory": row["text"]}})
        rows = {found["id"]: found for found in answer["rows"]}
        assert rows["nmt-outside-heap"]["bytes"] == read_native_memory(row["text"]).outside_bytes
        assert row["text"][40:90] not in json.dumps(answer)


@pytest.mark.parametrize("java", JAVAS)
def test_scales_say_the_same(java):
    exact, kib, mib = (read_native_memory(text(f"summary scale={scale}", java)) for scale in ("b", "KB", "MB"))
    for name in (category.name for category in mib.categories):
        sizes = [next(c.committed_bytes for c in found.categories if c.name == name) for found in (exact, kib, mib)]
        assert abs(sizes[0] - sizes[1]) <= 64 * KIB, "the JVM goes on between two questions"
        assert abs(sizes[0] - sizes[2]) <= MIB


@pytest.mark.parametrize("java", JAVAS)
@pytest.mark.parametrize("scale", ["KB", "MB"])
def test_a_difference_shows_the_direct_memory_and_the_threads(java, scale):
    found = read_native_memory(text(f"summary.diff scale={scale}", java))
    grown = {category.name: category.grown_bytes for category in found.categories}
    assert found.is_diff
    assert grown["Other"] == recording()["directBytes"]
    assert 0 < grown["Thread"] <= recording()["timers"] * MIB // 4


@pytest.mark.parametrize("java", JAVAS)
@pytest.mark.parametrize(("kind", "said"), [
    ("not-enabled", "not enabled"), ("baseline", "answer to baseline"), ("no-baseline", "no baseline"),
    ("summary scale=GB", "whole GB"),
])  # fmt: skip
def test_other_answers_are_told_apart(java, kind, said):
    with pytest.raises(Unreadable, match=said) as raised:
        read_native_memory(text(kind, java))
    assert raised.value.change


@each(json.loads(RECORDED.read_text())["flags"], lambda row: f"{row['java']} {row['options']}")
def test_flags_come_to_what_the_jvm_settles_on(row):
    if not row["starts"] and "CompressedClassSpaceSize" not in row["options"]:
        with pytest.raises(FlagError) as raised:
            native_flags(row["options"], java=row["java"])
        assert str(raised.value) == row["said"]
        return
    found = native_flags(row["options"], java=row["java"])
    if not row["starts"]:
        return
    assert found.code_cache_bytes == row["ReservedCodeCacheSize"]
    assert (found.max_direct_bytes or 0) == row["MaxDirectMemorySize"]
    unlimited = row["MaxMetaspaceSize"] > 1 << 60
    assert found.max_metaspace_bytes == (None if unlimited else row["MaxMetaspaceSize"])
    assert row["CompressedClassSpaceSize"] <= found.class_space_bytes <= 4 * GIB
    if row["ThreadStackSize"]:  # 0 is the system's own
        assert found.stack_bytes == row["ThreadStackSize"] * KIB


@pytest.mark.parametrize("java", JAVAS)
@pytest.mark.parametrize("gc", ["g1", "parallel", "serial", "z", "shenandoah"])
def test_the_collectors_structures_are_those_measured(java, gc):
    """Heaps of 2 and 8 GiB, and 2 and 16 processors, are not among the figures that the model is made of."""
    rows = [row for row in recording()["collectors"] if row["java"] == java and row["gc"] == gc]
    assert len(rows) == len(native.HEAPS_MIB) * len(native.PROCESSORS)
    for row in rows:
        said = gc_structures(gc, java, row["heapMiB"] * MIB, row["processors"])
        assert abs(said - row["bytes"]) <= max(0.03 * row["bytes"], MIB // 2), row


def test_threads_of_a_collector():
    assert [collector_threads(processors) for processors in (1, 4, 8, 9, 16, 64)] == [1, 4, 8, 8, 13, 43]


@pytest.mark.parametrize("on", SPARKS)
@pytest.mark.parametrize(("seen", "prefix"), [(EXECUTOR, ""), (DRIVER, "driver-")], ids=["executor", "driver"])
def test_what_is_called_seen_was_seen(on, seen, prefix):
    """Each figure covers what was recorded in either release, and is no more than twice as much."""
    found = figures("executor-native-memory", on)
    pairs = {
        "metaspace": seen.metaspace_bytes, "code": seen.code_cache_bytes, "symbols-and-the-rest": seen.symbols_bytes,
        "other": seen.direct_bytes, "threads": seen.threads + (0 if prefix else 2),
    }  # fmt: skip
    for name, said in pairs.items():
        assert found[prefix + name] <= said <= 2 * found[prefix + name], name
    each = found[f"{prefix}thread-stacks"] / found[f"{prefix}threads"]
    assert each <= THREAD_BYTES <= 2 * each


@pytest.mark.parametrize("on", ["java-11", "java-17", "java-21", "java-25"])
def test_a_thread_that_waits_takes_less_than_is_budgeted(on):
    assert figures("idle-threads", on)["resident-per-thread"] <= THREAD_BYTES


@pytest.mark.parametrize("on", SPARKS)
def test_a_python_worker_takes_what_is_budgeted(on):
    found = figures("python-workers", on)
    assert max(found["worker-resident"], found["daemon-resident"]) <= PYTHON_BYTES <= 2 * found["worker-resident"]
