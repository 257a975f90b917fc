"""Figures that follow from what stands in a text besides its failure, in notations that differ; and what they advise."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.prose import trial
from sparkmem.requests.diagnosis import diagnosis_dict

THREADS = "java.lang.OutOfMemoryError: unable to create native thread\n"
COMET = "org.apache.comet.CometNativeException: Additional allocation failed with top memory consumers\n"
FAIR = "Failed to acquire 4194304 bytes where 130023424 bytes already reserved and the fair limit is 134217728 bytes,"
FAIR += " 4 registered\n"
GPU = "com.nvidia.spark.rapids.jni.GpuRetryOOM: GPU OutOfMemory\nspark.rapids.sql.concurrentGpuTasks      3\n"
NETTY = "26/01/01 10:00:00 ERROR Executor: Exception in task 1.0 in stage 2.0 (TID 3)\n"
NETTY += "OutOfDirectMemoryError: failed to allocate 16777216 byte(s) of direct memory (used: 1073741000, max: 1073741824)"
NETTY += "\n"
YARN = "Container killed by YARN for exceeding physical memory limits. 9.2 GB of 9 GB physical memory used.\n"
FULL_DISK = "java.io.IOException: No space left on device\n"


def told(text):
    """All sentences about the first finding, with its advice and with those of moments."""
    found = diagnosis_dict(diagnosed(text))
    first = found["findings"][0]
    rows = [row["says"] for row in first.get("shown", ())] + list(first.get("figures", ()))
    rows += [f"{one['key']} {one['value']} {one['why']}" for one in first["changes"]]
    return "\n".join([*rows, *(says for one in found["moments"] for says in one["says"])])


@pytest.mark.parametrize(("text", "words"), [
    (f"{COMET}{FAIR}", "128 MiB in all; the pool of its task gives each of 4 registered ones 128 MiB"),
    (f"{GPU}spark.rapids.sql.batchSizeBytes=1g", "1,024 MiB each, 3,072 MiB together"),
    (f"{GPU}spark.sql.shuffle.partitions 300", "spark.sql.shuffle.partitions 600"),
    (f"{NETTY}--executor-cores 8 --executor-memory 8g --conf spark.reducer.maxSizeInFlight=128m", "lets 384 MiB"),
    (f"{YARN}--executor-memory 8g", "Spark adds 819 MiB to such a heap, 9,011 MiB in all; YARN rounds up to 9,216 MiB"),
    (f"{FULL_DISK}41G /mnt/tmp/blockmgr-0a1b", "41,984 MiB of it are files of Spark's own blocks"),
    (f"{THREADS}pids.max: 2048\npids.current: 2047\n", "2,047 of the 2,048 processes and threads"),
    (f"{THREADS}$ jcmd 9 Thread.print | grep -c http-pool\n640\nExecutors.newCachedThreadPool()", "640 threads of one name"),
    (f"{THREADS}pool = Executors.newFixedThreadPool(8)", "shutdown()"),
    (f"{THREADS}$ cat memory.max memory.current\n4294967296\n1073741824\n", "1,024 MiB of 4,096 MiB, 25 %"),
])  # fmt: skip
def test_a_figure_follows_from_what_stands_beside(text, words):
    assert words in told(text)


@pytest.mark.parametrize(("text", "words"), [
    (f"{YARN}--executor-memory 5g", "YARN rounds up"),
    (f"{YARN}--executor-memory 8g --conf spark.executor.memoryOverhead=1g", "Where no overhead is set"),
    (f"{THREADS}$ cat memory.max memory.current\n4294967296\n4094967296\n", "none ran out"),
    (THREADS, "shutdown()"),
])  # fmt: skip
def test_no_figure_is_told_that_does_not_follow(text, words):
    assert words not in told(text)


@pytest.mark.parametrize(("asked", "heap"), [
    ("Required executor memory (20480 MB), offHeap memory (0) MB, overhead (2048 MB), and PySpark memory (0 MB)", "14895m"),
    ("Required AM memory (16384+1638 MB)", "14895m"),
    ("Required AM memory (16384+4096 MB)", "12288m"),
])
def test_the_largest_heap_counts_with_an_overhead_that_shrinks(asked, heap):
    (first,) = diagnosis_dict(diagnosed(f"{asked} is above the max threshold (16384 MB) of this cluster!"))["findings"]
    assert next(one["value"] for one in first["changes"] if one["key"].endswith(".memory")) == heap


@pytest.mark.parametrize("line", [
    "12.4: [Full GC (Metadata GC Threshold) [PSYoungGen: 2K->0K(9K)] [ParOldGen: 3K->4K(90K)] 5K->4K(99K), 0.05 secs]",
    "[2.1s][info][gc] GC(4) Pause Full (Metadata GC Threshold) 40M->21M(500M) 31.2ms",
])
def test_a_full_collection_for_metaspace_is_harmless_and_one_for_room_is_told(line):
    assert [one.finding.id for one in diagnosed(line).findings] == []
    both = f"{line}\n{line.replace('Metadata GC Threshold', 'Allocation Failure')}"
    assert [one.finding.id for one in diagnosed(both).findings] == ["full-collection"]


@pytest.mark.parametrize(("line", "quoted"), [
    ("Still OOM!! Raised executor memory 8g -> 16g and it fails at the same place. Ideas?",
     "Raised executor memory 8g -> 16g and it fails at the same place."),
    ("Still dies. I gave the driver 12g and 20 partitions.", "Still dies. I gave the driver 12g and 20 partitions."),
])  # fmt: skip
def test_what_was_tried_is_quoted_with_what_was_done(line, quoted):
    assert trial(line) == quoted
