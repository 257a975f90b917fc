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
    (POD.split("\n\n")[0].replace("11468", "6758"), "spark.executor.memoryOverhead", "1228m", "6,144 MiB and 614"),
    (f"{FULL}\n--executor-memory 6g --executor-cores 5", "spark.executor.memory", "12288m", ""),
    (f"{FULL}\n--executor-memory 6g --executor-cores 5", "spark.executor.cores", "2", ""),
    (f"{FULL}\n--executor-cores 1", "spark.executor.cores", "", ""),
    (PYTHON, "spark.executor.pyspark.memory", "5620m", "4 workers may have 512 MiB"),
], ids=["heap", "default", "no round heap", "pod", "pod by default", "memory", "cores", "one core", "python"])  # fmt: skip
def test_values_follow_from_what_the_text_has_set(text, key, value, apart):
    changes, said = told(text)
    assert (changes[key], apart in said, bool(said)) == (value, True, bool(apart))


def test_a_value_says_what_it_is_now():
    change = diagnosed(f"{FULL}\n--executor-memory 6g").first.changes[1]
    assert change["why"].startswith("It is 6,144 MiB here. ")


def test_an_overhead_that_follows_from_the_limit_is_not_said_to_be_set():
    first = diagnosed(POD).first
    (change,) = first.changes
    assert not first.figures
    assert change["why"].startswith("By the container's limit it is 3,276 MiB here. ")
    assert "Twice that is a first try" in change["why"]
    assert first.apart.endswith("workers of Python may hold it.")


@pytest.mark.parametrize(("text", "python"), [
    (POD, True),
    (POD.replace("11468Mi", "9011Mi"), False),
    (f"{POD}    memoryOverhead: 3276m", False),
    (f"{YARN.format('11.4', '11.2')}\nspark.executor.memory=8g", False),
])  # fmt: skip
def test_the_share_of_a_python_program_in_a_pod_names_its_workers(text, python):
    assert ("workers of Python" in diagnosed(text).first.apart) == python


@pytest.mark.parametrize(("image", "python"), [
    ("apache/spark-py:v3.4.0", True), ("apache/spark:3.5.1-python3", True), ("acme/pyspark-jobs:7", True),
    ("apache/spark:3.5.1", False), ("acme/happy-spark:1", False), ("pypi.example/spark:4.0.0-java21", False),
])  # fmt: skip
def test_an_image_whose_name_speaks_of_python_names_its_processes(image, python):
    shown = diagnosed(POD.replace("Last State", f"Image:  {image}\n    Last State", 1)).first.shown
    assert any("speaks of Python" in row.says for row in shown) == python


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


def test_off_heap_memory_that_is_not_on_is_told():
    lost = "(TID 42) (w1 executor 5): a.B: Unable to acquire 65536 bytes of memory, got 0\nspark.memory.offHeap.size 10g"
    assert diagnosed(lost).first.apart.startswith("spark.memory.offHeap.size (10,240 MiB) does nothing")
    assert not diagnosed(f"{lost}\nspark.memory.offHeap.enabled true").first.apart


def test_an_option_that_was_reached_is_doubled():
    full = 'Exception in thread "dag-scheduler-event-loop" java.lang.OutOfMemoryError: Metaspace\n'
    for now, wanted in (("256m", "512m"), ("1g", "2048m")):
        text = f'{full}"spark.driver.extraJavaOptions": "-XX:MaxMetaspaceSize={now}"'
        assert diagnosed(text).first.changes[0]["value"] == f"-XX:MaxMetaspaceSize={wanted}"


def test_a_drivers_finding_has_no_executor_of_a_neighbouring_line():
    line = "24/06/11 10:02:5{} WARN TaskSetManager: Lost task 66.0 in stage 7.0 (TID 1290) (w1 executor 4): TaskKilled\n"
    more = "24/06/11 10:02:52 ERROR TaskSetManager: Total size of serialized results of 61 tasks (1036.2 MiB) is bigger than"
    first = diagnosed(f"{line.format(1)}{more} spark.driver.maxResultSize (1024.0 MiB)\n{line.format(3)}").first
    assert (first.executors, first.at.executor, first.at.task, first.at.time[-8:]) == ((), "", "", "10:02:52")


def test_the_kernels_victim_is_the_executor_that_ended_by_sigkill():
    text = (
        "Out of memory: Killed process 31840 (java) total-vm:44880748kB, anon-rss:30918204kB, file-rss:0kB, shmem-rss:0kB\n"
        "INFO Worker: Executor app-20240123044012-0031/2 finished with state EXITED message Command exited with code 137"
    )
    first = diagnosed(text).first
    assert (first.finding.id, first.process, first.executors) == ("system-oom", "executor", ("2",))


def test_partitions_are_told_with_their_number():
    text = "(TID 42) (w1 executor 5): a.B: Unable to acquire 65536 bytes of memory, got 0\nspark.sql.shuffle.partitions 200"
    change = diagnosed(text).first.changes[0]
    assert (change["key"], change["value"], change["why"][:15]) == ("spark.sql.shuffle.partitions", "800", "It is 200 here.")
