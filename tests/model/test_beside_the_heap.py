"""Memory beside the heap, by the frames and words that tell it apart: refused by the system, by a library, by a length."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed

LOST = "24/09/02 05:00:51 WARN TaskSetManager: Lost task 7.0 in stage 3.0 (TID 61) (node-9 executor 4): "
UNSAFE = "java.lang.OutOfMemoryError\n\tat sun.misc.Unsafe.allocateMemory(Native Method)\n\tat java.nio.Bits.x(B.java:1)"
FETCH = "24/09/02 05:00:51 INFO DAGScheduler: ShuffleMapStage 8 (count at X.scala:1) failed in 3.1 s due to org.apache."
FETCH += "spark.shuffle.FetchFailedException: Failure while fetching StreamChunkId{streamId=88, chunkIndex=1}: "
FETCH += "java.io.IOException: "


@pytest.mark.parametrize("text", [
    LOST + UNSAFE,
    LOST + "java.lang.OutOfMemoryError: Unable to allocate 33554448 bytes\n\tat jdk.internal.misc.Unsafe.allocate(U:1)",
    FETCH + "Out of memory\n\tat sun.nio.ch.FileDispatcherImpl.read0(Native Method)",
    FETCH + "Cannot allocate memory\n\tat sun.nio.ch.FileDispatcherImpl.pread0(Native Method)",
], ids=["jdk8", "jdk17", "musl", "glibc"])  # fmt: skip
def test_memory_that_the_system_refused_is_an_executors_beside_its_heap(text):
    first, *rest = diagnosed(text).findings
    assert (first.finding.id, first.process, first.region) == ("native-memory-refused", "executor", "overhead/native")
    assert first.changes[0]["key"] == "spark.executor.memoryOverhead"
    assert all(one.follows == first.finding.id for one in rest if one.finding.id == "fetch-failed")


@pytest.mark.parametrize("text", [
    'java.io.IOException: Cannot run program "bash": error=12, Cannot allocate memory',
    "java.lang.OutOfMemoryError: Java heap space\n\tat java.util.Arrays.copyOf(Arrays.java:1)",
    '"worker-7" #31 daemon prio=5 os_prio=0 tid=0x00007f0a5c001000 nid=0x51 runnable [0x00007f0a40000000]\n'
    "   java.lang.Thread.State: RUNNABLE\n\tat sun.misc.Unsafe.allocateMemory(Native Method)",
])  # fmt: skip
def test_what_only_looks_like_it_is_not(text):
    assert "native-memory-refused" not in {one.finding.id for one in diagnosed(text).findings}


@pytest.mark.parametrize("words", [
    "Physical memory usage is too high: physicalBytes = 9G > maxPhysicalBytes = 8G",
    "Physical memory usage is too high: physicalBytes (9G) > maxPhysicalBytes (8G)",
    "Failed to allocate memory within limits: totalBytes = 7G + 2G > maxBytes = 8G",
])  # fmt: skip
def test_the_limit_of_javacpp_is_its_own_and_no_full_heap(words):
    first = diagnosed(f"{LOST}java.lang.OutOfMemoryError: {words}").first
    assert (first.finding.id, first.process, first.certainty) == ("javacpp-memory", "executor", "said")
    assert first.changes[0]["value"] == "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"


def test_word2vec_refuses_a_length_and_no_setting_of_spark_changes_it():
    said = "java.lang.RuntimeException: Please increase minCount or decrease vectorSize in Word2Vec to avoid an OOM."
    first = diagnosed(said).first
    assert (first.finding.id, [one["key"] for one in first.changes]) == ("word2vec-too-large", ["minCount", "vectorSize"])


@pytest.mark.parametrize(("length", "id", "certainty"), [
    (3221225472, "block-over-two-gib", "computed"), (5135603447292250196, "frame-too-large", "possible"),
])  # fmt: skip
def test_a_frame_of_a_few_gib_in_a_fetch_is_a_block_and_one_that_no_machine_has_is_none(length, id, certainty):
    text = f"org.apache.spark.shuffle.FetchFailedException: Too large frame: {length}\n"
    found = diagnosed(f"{text}Caused by: java.lang.IllegalArgumentException: Too large frame: {length}").findings
    assert [(one.finding.id, one.certainty) for one in found] == [(id, certainty), ("fetch-failed", "said")]


@pytest.mark.parametrize("words", [
    "No status is returned. Spark R backend might have failed.",
    "No status is returned. Java SparkR backend might have failed.",
    "No status is returned. The sparklyr backend might have failed.", "Unexpected state in sparklyr backend: x",
])  # fmt: skip
def test_r_whose_jvm_is_gone_is_told_and_the_memory_is_not_claimed(words):
    found = diagnosed(f"> top <- collect(trips)\nError in invoke(sc, TRUE, class):\n  {words}")
    assert [(one.finding.id, one.process) for one in found.findings] == [("java-side-gone", "driver")]
    assert found.causes == []


def test_a_full_gpu_of_a_program_without_spark_gets_no_settings():
    torch = "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.50 GiB (GPU 0; 15.78 GiB total capacity)"
    first = diagnosed(f"  File train.py, line 9\n{torch}").first
    assert (first.finding.id, first.process, first.changes) == ("gpu-memory", "none", [])
    assert "PyTorch and nothing of Spark" in first.says
    assert diagnosed(f"{LOST}x\n{torch}").first.changes


@pytest.mark.parametrize(("size", "first"), [
    ("4096", "direct-limit-in-bytes"), ("512", "direct-limit-in-bytes"), ("4096m", "direct-buffer-memory"),
    ("1073741824", "direct-buffer-memory"), ("0", "direct-buffer-memory"),
])  # fmt: skip
def test_a_limit_of_direct_memory_without_its_unit_is_named(size, first):
    """The flag takes bytes; 0 is the default, as much as the heap."""
    found = diagnosed(f"began with -Xmx8g -XX:MaxDirectMemorySize={size}\njava.lang.OutOfMemoryError: Direct buffer memory")
    assert found.first.finding.id == first
    if first == "direct-limit-in-bytes":
        assert found.findings[1].follows == first


@pytest.mark.parametrize("said", [
    "java.lang.OutOfMemoryError: Required array length 2147483639 + 12 is too large",
    "java.lang.IllegalArgumentException: Size exceeds Integer.MAX_VALUE\n\tat sun.nio.ch.FileChannelImpl.map(F.java:860)",
])  # fmt: skip
def test_partitions_of_sql_are_not_advised_as_if_they_were_an_rdds(said):
    (change,) = [one for one in diagnosed(said).first.changes if one["key"] == "spark.sql.shuffle.partitions"]
    assert "In SQL and DataFrames" in change["why"]
    assert "RDD" in change["why"]
