"""The executor metrics that Spark samples (``ExecutorMetricType``): their names, what each is, and what it is not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Metric:
    """A metric: in bytes unless it counts, the release that brought it, what it is, and what to know before using it."""

    name: str
    since: str
    what: str
    caution: str = ""
    unit: str = "bytes"


_SHARED = "includes pages that processes share once for each of them; read from /proc, and 0 unless it is switched on"

METRICS = (
    Metric("JVMHeapMemory", "3.0", "heap in use, garbage included", "says nothing of how small a heap would do"),
    Metric("JVMOffHeapMemory", "3.0", "memory of the JVM outside the heap that it counts: metaspace, code, classes",
           "direct buffers, stacks and the collector's own memory are not in it"),
    Metric("OnHeapExecutionMemory", "3.0", "execution memory on the heap"),
    Metric("OffHeapExecutionMemory", "3.0", "execution memory off the heap"),
    Metric("OnHeapStorageMemory", "3.0", "storage memory on the heap"),
    Metric("OffHeapStorageMemory", "3.0", "storage memory off the heap"),
    Metric("OnHeapUnifiedMemory", "3.0", "execution and storage memory on the heap together"),
    Metric("OffHeapUnifiedMemory", "3.0", "execution and storage memory off the heap together"),
    Metric("DirectPoolMemory", "3.0", "direct buffers of NIO", "not what Netty or Spark take past NIO"),
    Metric("MappedPoolMemory", "3.0", "files mapped into memory", "given back by the system at need"),
    Metric("ProcessTreeJVMVMemory", "3.0", "addresses of Java processes", "addresses are not memory"),
    Metric("ProcessTreeJVMRSSMemory", "3.0", "resident memory of Java processes", _SHARED),
    Metric("ProcessTreePythonVMemory", "3.0", "addresses of Python processes", "addresses are not memory"),
    Metric("ProcessTreePythonRSSMemory", "3.0", "resident memory of Python processes", _SHARED),
    Metric("ProcessTreeOtherVMemory", "3.0", "addresses of other processes", "addresses are not memory"),
    Metric("ProcessTreeOtherRSSMemory", "3.0", "resident memory of other processes", _SHARED),
    Metric("MinorGCCount", "3.0", "collections of the young generation", unit="times"),
    Metric("MinorGCTime", "3.0", "time in collections of the young generation", unit="ms"),
    Metric("MajorGCCount", "3.0", "collections of the old generation", unit="times"),
    Metric("MajorGCTime", "3.0", "time in collections of the old generation", unit="ms"),
    Metric("TotalGCTime", "3.3", "time in all collections", unit="ms"),
    Metric("ConcurrentGCCount", "4.0", "collections beside the application", unit="times"),
    Metric("ConcurrentGCTime", "4.0", "time of collections beside the application", unit="ms"),
)  # fmt: skip

SAMPLED = {metric.name: metric for metric in METRICS}
EXECUTION_OF_A_TASK = "execution-of-a-task"
NEED_OF_A_TASK = "need-of-a-task"
