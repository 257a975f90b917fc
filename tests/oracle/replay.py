"""A recorded case put to the model: what the model says, in the recording's own terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from sparkmem import size
from sparkmem.calculators import CALCULATORS
from sparkmem.errors import BadInputs, Refused
from sparkmem.facts import FACTS
from sparkmem.javalang import java_double_text
from sparkmem.jvm.collectors import default_collector, java_heap
from sparkmem.jvm.flags import FlagError, heap_flags, jvm_size
from sparkmem.jvm.heap import Heap
from sparkmem.release import since
from sparkmem.spark.settings.entry import Entry
from sparkmem.spark.settings.keys import KEYS
from sparkmem.spark.settings.register import entries
from sparkmem.spark.settings.spark_conf import SparkConf
from sparkmem.spark.settings.start_checks import validate_settings

Case = Mapping[str, Any]

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
    if case["kind"] == "constants":
        return answer
    fields = {"umm": _FIELDS, "static": _STATIC_FIELDS}.get(case["kind"])
    return {field: answer[field] for field in fields} if fields else answer["value"]


KINDS = ("umm", "static", "bytes", "confget", "validate", "constants", "uiBytes")


def _bytes(case: Case, release: str) -> Any:
    try:
        return BYTE_FUNCTIONS[case["fn"]](case["in"], release)
    except size.SizeError as error:
        return str(error)


def _ui_bytes(case: Case, release: str) -> Any:
    return size.ui_bytes(int(case["in"]), release)


def _confget(case: Case, release: str) -> Any:
    try:
        value = size.conf_get(case["key"], case.get("value"), release)
    except size.SizeError as error:
        return str(error)
    return java_double_text(value) if isinstance(value, float) and not isfinite(value) else value


def _validate(case: Case, release: str) -> Any:
    try:
        validate_settings(SparkConf(case["conf"], release))
    except Refused as refusal:
        return refusal.message
    return "ok"


_CONSTANTS = {
    "UnifiedMemoryManager.RESERVED_SYSTEM_MEMORY_BYTES": ("2.4", "", "RESERVED_SYSTEM_MEMORY_BYTES", 1),
    "StaticMemoryManager.MIN_MEMORY_BYTES": ("2.4", "3.0", "LEGACY_MIN_MEMORY_BYTES", 1),
    "ResourceProfile.MEMORY_OVERHEAD_MIN_MIB": ("3.1", "4.0", "MEMORY_OVERHEAD_MIN_BYTES", size.MIB),
    "YarnSparkHadoopUtil.MEMORY_OVERHEAD_FACTOR": ("2.4", "3.3", "MEMORY_OVERHEAD_FACTOR", 1),
    "YarnSparkHadoopUtil.MEMORY_OVERHEAD_MIN": ("2.4", "3.1", "MEMORY_OVERHEAD_MIN_BYTES", size.MIB),
    "YarnSparkHadoopUtil.AM_MEMORY_OVERHEAD_FACTOR": ("3.3", "", "MEMORY_OVERHEAD_FACTOR", 1),
    "Constants.MEMORY_OVERHEAD_MIN_MIB": ("2.4", "3.1", "MEMORY_OVERHEAD_MIN_BYTES", size.MIB),
    "Constants.NON_JVM_MEMORY_OVERHEAD_FACTOR": ("3.0", "", "NON_JVM_MEMORY_OVERHEAD_FACTOR", 1),
}
"""A constant of Spark's code: the first release with it, the first without, our fact, and its unit in bytes."""

NO_SUCH_ENTRY = "no such entry in this version"


def _constants(case: Case, release: str) -> Any:
    """A fact of ours, or an entry's default and, from 3.0, the version that the catalogue says it is from."""
    if "name" in case:
        first, gone, name, unit = _CONSTANTS[".".join(case["name"].split(".")[-2:])]
        there = since(release, first) and not (gone and since(release, gone))
        return {"value": FACTS[name].at(release) / unit} if there else NO_SUCH_ENTRY
    entry = entries(release).get(case["key"])
    if entry is None:
        return NO_SUCH_ENTRY
    said = {"default": _default_text(entry)}
    return said | ({"since": KEYS[entry.key].since} if since(release, "3.0") else {})


def _default_text(entry: Entry) -> str:
    """The default as ``ConfigEntry.defaultValueString`` writes it."""
    if entry.default is None:
        return "<undefined>"
    written_in_bytes = entry.kind == "bytes" and entry.default.isdigit()
    return f"{entry.default}b" if written_in_bytes else entry.default


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


def _umm(case: Case, release: str) -> Any:
    cores = case["cores"] if case["cores"] > 0 else PROCESSORS
    inputs = {
        **case["conf"],
        "release": release,
        "spark.executor.cores": str(cores),
        "gc": case.get("gc", "g1"),
        "process": "driver" if case.get("driver", True) else "executor",
    }
    try:  # the manager alone: it takes fractions with which no application comes so far
        rows = {line.id: line.size_bytes for line in CALCULATORS["executor-memory"].alone(inputs).rows()}
    except BadInputs as bad:
        return bad.errors[0].message
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
    try:
        rows = {line.id: line.size_bytes for line in CALCULATORS["legacy-memory"].alone(inputs).rows()}
    except BadInputs as bad:
        return bad.errors[0].message
    return {field: rows[row] for field, row in _STATIC_ROWS.items()}


PROCESSORS = 4  # of the recording JVM; Spark takes them where it is told of no cores

_KINDS = {
    "umm": _umm, "static": _static, "bytes": _bytes, "confget": _confget,
    "validate": _validate, "constants": _constants, "uiBytes": _ui_bytes,
}  # fmt: skip


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
        heap = java_heap(jvm_size(row["xmx"]), _collector(row, machine), row["java"], flags, memory, machine["processors"])
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
