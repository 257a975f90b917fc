"""A recorded case put to the model: what the model says, in the recording's own terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

import sparkmem
from sparkmem import size
from sparkmem.errors import Refused
from sparkmem.javalang import java_double_text
from sparkmem.jvm.collectors import default_collector, java_heap
from sparkmem.jvm.flags import FlagError, heap_flags, jvm_size
from sparkmem.jvm.heap import Heap
from sparkmem.release import since
from sparkmem.spark import config

Case = Mapping[str, Any]

ENTRIES = {entry.key: entry for entry in vars(config).values() if isinstance(entry, config.Entry)}

BYTE_FUNCTIONS: dict[str, Callable[[Any, str], Any]] = {
    "asBytes": size.byte_string_as_bytes,
    "asKb": size.byte_string_as_kb,
    "asMb": size.byte_string_as_mb,
    "asGb": size.byte_string_as_gb,
    "memoryStringToMb": size.memory_string_to_mb,
    "bytesToString": lambda text, release: size.bytes_to_string(int(text), release),
}


def said(case: Case, release: str) -> Any:
    """The model's answer to a case: a value, a dict of bytes, or the text of a refusal."""
    return _KINDS[case["kind"]](case, release)


def recorded(case: Case) -> Any:
    """The real answer in the same terms."""
    if "error" in case:
        return case["error"]["message"]
    answer = case["answer"]
    fields = {"umm": _FIELDS, "static": _STATIC_FIELDS}.get(case["kind"])
    return {field: answer[field] for field in fields} if fields else answer["value"]


def comparable(case: Case) -> bool:
    """Whether the case is of a kind that is put to the model here, and the model knows its keys."""
    if case["kind"] not in _KINDS:
        return False
    if case["kind"] == "confget":
        return case["key"] in ENTRIES
    if case["kind"] == "umm":
        return set(case["conf"]) <= _NAMES
    return True


def _bytes(case: Case, release: str) -> Any:
    try:
        return BYTE_FUNCTIONS[case["fn"]](case["in"], release)
    except size.SizeError as error:
        return str(error)


NO_SUCH_ENTRY = "no such entry in this version"


def _confget(case: Case, release: str) -> Any:
    return entry_said(ENTRIES[case["key"]], case, release)


def entry_said(entry: config.Entry, case: Case, release: str) -> Any:
    """What the model's entry reads from a recorded text, or its refusal."""
    if not since(release, entry.declared):
        return NO_SUCH_ENTRY
    text = case.get("value", entry.default)
    try:
        value = entry.read(text, release) if text is not None else None
        return java_double_text(value) if isinstance(value, float) and not isfinite(value) else value
    except Refused as refusal:
        return refusal.message


_ROWS = {
    "maxHeapMemory": "spark-memory",
    "onHeapStorageRegionSize": "storage-region",
    "onHeapExecutionPool": "execution-region",
    "maxOffHeapMemory": "off-heap-memory",
    "offHeapStorageMemory": "off-heap-storage-region",
    "offHeapExecutionPool": "off-heap-execution-region",
    "pageSize": "page-size",
}
_FIELDS = (*_ROWS, "maxOnHeapStorageMemory", "maxOffHeapStorageMemory", "onHeapStoragePool", "offHeapStoragePool")
_NAMES = {item.name for item in sparkmem.calculators.CALCULATORS["executor-memory"].inputs}


def _umm(case: Case, release: str) -> Any:
    cores = case["cores"] if case["cores"] > 0 else PROCESSORS
    inputs = {
        **case["conf"],
        "release": release,
        "spark.executor.cores": str(cores),
        "gc": case.get("gc", "g1"),
        "process": "driver" if case.get("driver", True) else "executor",
    }
    answer = sparkmem.evaluate({"calculator": "executor-memory", "inputs": inputs})
    if "errors" in answer:
        return answer["errors"][0]["message"]
    rows = {row["id"]: row.get("bytes") for row in answer["rows"]}
    found = {field: rows[row] for field, row in _ROWS.items()}
    return found | {
        "maxOnHeapStorageMemory": rows["spark-memory"],
        "maxOffHeapStorageMemory": rows["off-heap-memory"],
        "onHeapStoragePool": rows["storage-region"],
        "offHeapStoragePool": rows["off-heap-storage-region"],
    }


_STATIC_ROWS = {
    "maxOnHeapStorageMemory": "storage-memory",
    "onHeapStoragePool": "storage-memory",
    "onHeapExecutionPool": "execution-memory",
    "maxUnrollMemory": "unroll-memory",
    "maxOffHeapMemory": "off-heap-memory",
    "maxOffHeapStorageMemory": "off-heap-storage-region",
    "offHeapStoragePool": "off-heap-storage-region",
    "offHeapExecutionPool": "off-heap-execution-region",
    "pageSize": "page-size",
}
_STATIC_FIELDS = tuple(_STATIC_ROWS)


def _static(case: Case, release: str) -> Any:
    cores = case["cores"] if case["cores"] > 0 else PROCESSORS
    inputs = {**case["conf"], "release": release, "spark.executor.cores": str(cores)}
    answer = sparkmem.evaluate({"calculator": "legacy-memory", "inputs": inputs})
    if "errors" in answer:
        return answer["errors"][0]["message"]
    rows = {row["id"]: row.get("bytes") for row in answer["rows"]}
    return {field: rows[row] for field, row in _STATIC_ROWS.items()}


PROCESSORS = 4  # of the recording JVM; Spark takes them where it is told of no cores

_KINDS = {"umm": _umm, "static": _static, "bytes": _bytes, "confget": _confget}


HEAP_FIELDS = ("maxMemory", "MaxHeapSize", "InitialHeapSize", "G1HeapRegionSize", "pools")


def heap_recorded(row: Case) -> Any:
    """What a real JVM said of its heap, or why it did not start."""
    if "refused" in row:
        return row["refused"]
    fields = {field: row[field] for field in HEAP_FIELDS if field in row}
    # ZGC and Shenandoah have no young generation of a size.
    young = {"MaxNewSize": row["MaxNewSize"]} if row.get("chosen", row["gc"]) in ("g1", "serial", "parallel") else {}
    return fields | young


def heap_said(row: Case, machine: Mapping[str, int]) -> Any:
    """The same from the model, for a machine of so much memory and so many processors."""
    try:
        flags = heap_flags(row.get("flags") or "")
        memory = flags.max_ram_bytes or machine["memoryBytes"]
        heap = java_heap(jvm_size(row["xmx"]), _collector(row, machine), row["java"], flags, memory)
    except FlagError as error:
        return str(error)
    said = {
        "maxMemory": heap.max_memory_bytes,
        "MaxHeapSize": heap.max_heap_bytes,
        "InitialHeapSize": heap.initial_bytes,
    }
    said |= {"G1HeapRegionSize": heap.region_bytes} if heap.gc == "g1" else {}
    said |= {"MaxNewSize": heap.young_bytes} if heap.young_bytes is not None else {}
    return said | ({"pools": _pools(heap)} if heap.survivor_bytes is not None else {})


def _pools(heap: Heap) -> dict[str, int]:
    return {
        "old": heap.max_heap_bytes - heap.young_bytes,
        "eden": heap.young_bytes - 2 * heap.survivor_bytes,
        "survivor": heap.survivor_bytes,
    }


def _collector(row: Case, machine: Mapping[str, int]) -> str:
    if row["gc"] != "default":
        return row["gc"]
    count = re.search(r"ActiveProcessorCount=(\d+)", row.get("flags") or "")
    return default_collector(int(count[1]) if count else machine["processors"], machine["memoryBytes"])
