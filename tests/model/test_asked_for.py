"""What is advised begins from what the text has set, and a container is told apart into heap and the rest."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed

YARN = "executor 3: Container killed by YARN for exceeding physical memory limits. {} GB of {} GB physical memory used."
FULL = "Lost task 1.0 in stage 2.0 (TID 4) (w1 executor 3): java.lang.OutOfMemoryError: Java heap space"
POD = """Containers:
  spark-kubernetes-executor:
    Last State:     Terminated
      Reason:       OOMKilled
      Exit Code:    137
    Limits:
      memory:  11468Mi

# from the SparkApplication
  executor:
    cores: 4
    memory: "8g"
"""
PYTHON = (
    "pyspark/worker.py\nnumpy._ArrayMemoryError: Unable to allocate 381. MiB for an array with shape (50, 9)\n"
    "\nspark-submit --executor-cores 4 --conf spark.executor.pyspark.memory=2g a.py"
)


def told(text):
    first = diagnosed(text).first
    return {change["key"]: change["value"] for change in first.changes}, first.apart


@pytest.mark.parametrize(("text", "key", "value", "apart"), [
    (f"{YARN.format('11.2', 11)}\nspark.executor.memory=8g", "spark.executor.memoryOverhead", "6144m", "8,192 MiB and 3"),
    (YARN.format("11.2", 11), "spark.executor.memoryOverhead", "2048m", "10,240 MiB and 1,024"),
    (YARN.format("11.2", "10.5"), "spark.executor.memoryOverhead", "", ""),
    (POD, "spark.executor.memoryOverhead", "6552m", "8,192 MiB and 3,276"),
    (f"{FULL}\n--executor-memory 6g --executor-cores 5", "spark.executor.memory", "12288m", ""),
    (f"{FULL}\n--executor-memory 6g --executor-cores 5", "spark.executor.cores", "2", ""),
    (f"{FULL}\n--executor-cores 1", "spark.executor.cores", "", ""),
    (PYTHON, "spark.executor.pyspark.memory", "5620m", ""),
], ids=["heap", "default", "no round heap", "pod", "memory", "cores", "one core", "python"])  # fmt: skip
def test_values_follow_from_what_the_text_has_set(text, key, value, apart):
    changes, said = told(text)
    assert (changes[key], apart in said, bool(said)) == (value, True, bool(apart))


def test_a_value_says_what_it_is_now():
    change = diagnosed(f"{FULL}\n--executor-memory 6g").first.changes[1]
    assert change["why"].startswith("It is 6,144 MiB here. ")


def test_a_heap_larger_than_its_machine_is_advised_by_the_machine_and_to_whom_the_report_belongs():
    report = (
        "# There is insufficient memory for the Java Runtime Environment to continue.\n"
        "# Native memory allocation (mmap) failed to map 536870912 bytes for committing reserved memory.\n#\n"
        "Command Line: -Xmx24g org.apache.spark.deploy.SparkSubmit --master local[*] --conf spark.driver.memory=24g a.py\n"
        "Memory: 4k page, physical 15988404k(166512k free), swap 0k(0k free)\n"
    )
    first = diagnosed(report).first
    assert first.process == "driver"
    assert {one["key"]: one["value"] for one in first.changes} == {"spark.driver.memory": "9369m"}


@pytest.mark.parametrize(("text", "process"), [
    ("command terminated with exit code 137", "not told"), ("executor exited with code 137", "executor"),
    ("exit code 52", "executor"),
])  # fmt: skip
def test_a_bare_number_of_a_signal_is_no_executors(text, process):
    assert {one.process for one in diagnosed(text).findings} == {process}
