"""What the claims about managers and regions say, seen in the recorded answers of real Spark and real JVMs.

The expectations are written from the claims and not through the model, which other tests hold against the same answers.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from sparkmem.size import SizeError, byte_string_as_bytes, byte_string_as_mb

HERE = Path(__file__).parent
RELEASES = sorted(
    (path.stem.removeprefix("spark-") for path in HERE.glob("spark-*.json")), key=lambda r: [int(n) for n in r.split(".")]
)

HEAP, SIZE, ENABLED = "spark.testing.memory", "spark.memory.offHeap.size", "spark.memory.offHeap.enabled"
RESERVED, FRACTION = "spark.testing.reservedMemory", "spark.memory.fraction"
MEMORY, STORAGE_FRACTION = "spark.executor.memory", "spark.memory.storageFraction"
CONSTANT = "org.apache.spark.memory.UnifiedMemoryManager.RESERVED_SYSTEM_MEMORY_BYTES"
MIB = 1 << 20


@cache
def cases(release, kind):
    recording = json.loads((HERE / f"spark-{release}.json").read_text())
    return [case for case in recording["cases"] if case["kind"] == kind]


def answered(release, kind, allowed):
    """Cases with an answer, whose settings are among those allowed."""
    return [c for c in cases(release, kind) if "answer" in c and set(c["conf"]) <= set(allowed)]


def minor(release):
    major, second, _ = release.split(".")
    return int(major), int(second)


def reserved_bytes(release):
    (constant,) = [c for c in cases(release, "constants") if c.get("name") == CONSTANT]
    return constant["answer"]["value"]


def size_text(case, key, read):
    try:
        return read(case["conf"].get(key, "0"), "4.3")
    except SizeError:
        return None


def test_the_static_manager_is_gone_from_3_0_on():
    with_it = [release for release in RELEASES if cases(release, "static")]
    assert with_it == ["2.4.8"]
    assert any("answer" in case for case in cases("2.4.8", "static"))


@pytest.mark.parametrize("release", RELEASES)
def test_reserved_memory_is_one_constant_in_every_release(release):
    assert reserved_bytes(release) == 300 * MIB
    checked = 0
    for case in answered(release, "umm", {HEAP, MEMORY, "spark.executor.cores"}):
        if HEAP in case["conf"]:
            left_out = int(case["conf"][HEAP]) - case["answer"]["maxHeapMemory"] / 0.6
            assert abs(left_out - 300 * MIB) <= 2, case["id"]
            checked += 1
    assert checked >= 10


@pytest.mark.parametrize("release", RELEASES)
def test_the_formula_takes_what_the_jvm_reports(release):
    """The setting is there too in some cases, with another size; it bears on nothing."""
    differing = 0
    for case in answered(release, "umm", {HEAP, MEMORY, "spark.executor.cores"}):
        if HEAP not in case["conf"]:
            continue
        heap_bytes = int(case["conf"][HEAP])
        assert case["answer"]["maxHeapMemory"] == int((heap_bytes - 300 * MIB) * 0.6), case["id"]
        differing += MEMORY in case["conf"] and byte_string_as_bytes(case["conf"][MEMORY], "4.3") != heap_bytes
    assert differing >= 1, "no case in which setting and heap differ"


def test_some_collectors_report_less_than_the_setting():
    rows = json.loads((HERE / "heap.json").read_text())["rows"]
    plain = [r for r in rows if set(r) & {"xmx", "gc"} == {"xmx", "gc"} and r["xmx"] == "4g" and not r.get("options")]
    reported = {gc: {r["maxMemory"] for r in plain if r["gc"] == gc} for gc in ("g1", "serial", "parallel")}
    assert reported["g1"] == {4 << 30}
    assert max(reported["parallel"]) < max(reported["serial"]) < 4 << 30


@pytest.mark.parametrize("release", RELEASES)
def test_the_least_heap_is_one_and_a_half_times_reserved_memory(release):
    least = reserved_bytes(release) * 3 // 2
    refused, accepted = set(), set()
    for case in cases(release, "umm"):
        if set(case["conf"]) == {HEAP} and case["conf"][HEAP].isdigit() and int(case["conf"][HEAP]) < 1 << 63:
            (refused if "error" in case else accepted).add(int(case["conf"][HEAP]))
    assert max(refused) < least <= min(accepted)
    assert reserved_bytes(release) < max(refused), "nothing between reserved memory and the least heap was asked"


@pytest.mark.parametrize("release", RELEASES)
def test_storage_may_fill_all_of_spark_memory(release):
    for case in answered(release, "umm", {HEAP, STORAGE_FRACTION}):
        pools = case["answer"]
        assert pools["maxOnHeapStorageMemory"] == pools["maxHeapMemory"] >= pools["onHeapStorageRegionSize"], case["id"]


@pytest.mark.parametrize("release", RELEASES)
def test_by_default_there_are_no_pools_off_the_heap(release):
    found = [c["answer"] for c in answered(release, "umm", {HEAP, MEMORY, FRACTION, STORAGE_FRACTION})]
    assert len(found) >= 20
    assert {answer["maxOffHeapMemory"] for answer in found} == {0}
    assert {answer["tungstenMode"] for answer in found} == {"ON_HEAP"}


def with_off_heap(release):
    """Cases with a size, no fraction, and a heap that is known."""
    found = answered(release, "umm", {HEAP, SIZE, ENABLED})
    return [c for c in found if HEAP in c["conf"] and size_text(c, SIZE, byte_string_as_bytes)]


@pytest.mark.parametrize("release", RELEASES)
def test_the_size_alone_makes_the_pools_off_the_heap(release):
    disabled = 0
    for case in with_off_heap(release):
        enabled = case["conf"].get(ENABLED, "false").strip().lower() == "true"
        size = size_text(case, SIZE, byte_string_as_bytes)
        pools = case["answer"]
        assert pools["maxOffHeapMemory"] == pools["maxOffHeapStorageMemory"] == size, case["id"]
        assert pools["offHeapStoragePool"] == int(size * 0.5), case["id"]  # as a double, like Spark
        assert pools["tungstenMode"] == ("OFF_HEAP" if enabled else "ON_HEAP"), case["id"]
        disabled += not enabled
    assert disabled >= 3


@pytest.mark.parametrize("release", RELEASES)
def test_off_heap_memory_leaves_the_pools_on_the_heap_as_they_are(release):
    found = with_off_heap(release)
    assert len(found) >= 6
    for case in found:
        pools = case["answer"]
        alone = int((int(case["conf"][HEAP]) - 300 * MIB) * 0.6)
        assert pools["maxHeapMemory"] == pools["onHeapStoragePool"] + pools["onHeapExecutionPool"] == alone, case["id"]
        assert pools["offHeapStoragePool"] + pools["offHeapExecutionPool"] == pools["maxOffHeapMemory"], case["id"]


@pytest.mark.parametrize("release", [r for r in RELEASES if minor(r) >= (3, 1)])
def test_off_heap_memory_is_a_term_of_its_own(release):
    """The overhead comes of the heap, whatever lies off it, and the four terms add up."""
    with_it = 0
    for case in answered(release, "profile", {MEMORY, SIZE, ENABLED}):
        if case.get("requests"):
            continue
        terms = case["answer"]
        heap = terms["executorMemoryMiB"]
        if heap >= 1 << 30:  # a tenth of it, or a sum, would not fit an int
            continue
        least = case.get("minOverhead", 384)
        assert terms["memoryOverheadMiB"] == max(int(case["factor"] * heap), least), case["id"]
        names = ("executorMemoryMiB", "memoryOverheadMiB", "memoryOffHeapMiB", "pysparkMemoryMiB")
        assert terms["totalMemMiB"] == sum(terms[name] for name in names), case["id"]
        with_it += terms["memoryOffHeapMiB"] > 0
    assert with_it >= 2


@pytest.mark.parametrize("release", RELEASES)
def test_since_when_the_container_has_room_for_off_heap_memory(release):
    """YARN from 3.0, Kubernetes from 3.1, a standalone cluster never."""
    added = {"yarn": set(), "k8s": set(), "standalone": set()}
    for kind, found in added.items():
        for case in answered(release, kind, {MEMORY, SIZE, ENABLED}):
            off_heap = size_text(case, SIZE, byte_string_as_mb)
            enabled = case["conf"].get(ENABLED, "false").strip().lower() == "true"
            container = container_mib(kind, case)
            if not (off_heap and enabled and container) or case.get("python") or case.get("mainResource", "java") != "java":
                continue
            heap = byte_string_as_mb(case["conf"].get(MEMORY, "1g"), "4.3")
            without = heap if kind == "standalone" else heap + max(int(0.1 * heap), 384)
            assert container - without in (0, off_heap), case["id"]
            found.add(container - without > 0)
    assert added == {"yarn": {minor(release) >= (3, 0)}, "k8s": {minor(release) >= (3, 1)}, "standalone": {False}}


def container_mib(kind, case):
    answer = case["answer"]
    if kind == "yarn":
        return answer.get("executorContainerMiB")
    if kind == "standalone":
        return answer["executorMemoryMiB"]
    pod = answer.get("executorMemoryClusterMode")
    return int(pod.partition("Mi/")[0]) if pod else None
