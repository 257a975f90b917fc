"""What the text around a failure shows beside it: disks, a crash's frame, how long a container ran, who asked to collect."""

import pytest

from sparkmem.diagnosis.crashed import frame_of
from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.times import lasted
from sparkmem.render.headline import headline
from sparkmem.requests.diagnosis import diagnosis_dict

DF = """Filesystem     1K-blocks    Used Available Use% Mounted on
udev            14384376       0  14384376   0% /dev
/dev/sda1       30428648 4391212  26021052  15% /
tmpfs           14395152       8  14395144   1% /dev/shm
/dev/sdb1      412716208   73012 391655396   1% /mnt
"""
DF_H = "Filesystem Type Size Used Avail Use% Mounted on\n/dev/a ext4 29G 29G 2M 99% /\n/dev/b ext4 394G 72M 374G 1% /data\n"
FULL = "\nLost task 3.3 in stage 911.0 (TID 80117, 172.16.4.20, executor 2): java.io.IOException: No space left on device\n"
CRASH = "# A fatal error has been detected by the Java Runtime Environment:\n#\n#  {} (0xb) at pc=0x00007f, pid=8122\n"
CRASH += "# Problematic frame:\n# {}\n"
GC = "2020-08-06T03:30:17.585: [Full GC (System.gc()) [PSYoungGen: 2K->0K(9K)] [ParOldGen: 9191166K->3633522K(31397376K)]"
GC += " 11444378K->3633522K(41863168K), [Metaspace: 284287K->282167K(309248K)], 4.66 secs]"
SPILL = "18/01/11 10:22:41 INFO UnsafeExternalSorter: Thread 171 spilling sort data of 58.0 MB to disk (0  time so far)\n"
DONE = "18/01/11 10:25:02 INFO DAGScheduler: Job 1 finished: parquet at <console>:27, took 141.903112 s\n"


@pytest.mark.parametrize(("text", "most", "full"), [(DF, "/mnt", False), (DF_H, "/data", True)])
def test_disks_tell_where_room_is_and_which_are_full(text, most, full):
    found = diagnosed(text + FULL)
    (moment,) = found.moments
    assert moment.held[0].name == most
    assert any(one.startswith("Full: /.") for one in moment.says) is full
    assert [(one["key"], one["value"]) for one in found.first.changes] == [("spark.local.dir", f"{most}/spark")]


def test_memory_that_looks_like_a_disk_and_inodes_are_none():
    assert [one.name for one in diagnosed(DF).moments[0].held] == ["/mnt", "/"]
    inodes = "Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/a 1000 10 990 1% /\n"
    assert diagnosed(inodes).moments == ()


@pytest.mark.parametrize(("signal", "frame", "said"), [
    ("SIGSEGV", "C  [libhail.so+0x1e850]  ibs_block+0x10", "SIGSEGV, and the frame is in libhail.so: native code outside"),
    ("SIGBUS", "v  ~StubRoutines::jbyte_disjoint_arraycopy", "SIGBUS, and the frame is in the JVM: the JVM's own code."),
    ("SIGSEGV", "V  [libjvm.so+0x5a1b2c]  G1ParScan::x()", "SIGSEGV, and the frame is in libjvm.so: the JVM's own code."),
    ("SIGSEGV", "J 4421 C2 org.apache.spark.unsafe.Platform.copyMemory(J)V (93 bytes)", "Platform.copyMemory: "),
])  # fmt: skip
def test_a_crash_says_whose_code_it_was_in(signal, frame, said):
    first = diagnosed(CRASH.format(signal, frame)).first
    assert first.finding.id == "jvm-crashed"
    assert said in first.says


def test_a_crash_without_its_frame_says_nothing_of_one():
    assert frame_of("jvm-crashed", ["# A fatal error", "#  SIGSEGV (0xb)"]) == ""
    assert frame_of("heap-space", CRASH.format("SIGSEGV", "C  [a.so+0x1]  b").split("\n")) == ""


def test_a_crash_is_the_executors_that_ended_by_its_signal():
    lost = "ExecutorLostFailure (executor 57 exited caused by one of the running tasks) Reason: Container marked as failed:"
    lost += " container_1520111402233_0007_01_000061 on host: h. Exit status: 134. Diagnostics: x\n"
    first = diagnosed(lost + "\n" * 9 + CRASH.format("SIGSEGV", "C  [a.so+0x1]  b")).first
    assert (first.finding.id, first.process, first.executors) == ("jvm-crashed", "executor", ("57",))


@pytest.mark.parametrize(("text", "milliseconds"), [
    ("finishedAt=2020-02-18T04:17:32Z, message=null, reason=OOMKilled, startedAt=2020-02-17T08:02:10Z", 72_922_000),
    ("    container started at: 2024-02-28T23:59:59Z\n    container finished at: 2024-03-01T00:00:00Z", 86_401_000),
    ('finishedAt: "2023-12-31T23:59:00Z"\n  reason: Error\n  startedAt: "2023-12-31T23:00:00Z"', 3_540_000),
    ("Started:      Tue, 12 Mar 2024 09:02:19 +0000\n   Finished:     Tue, 12 Mar 2024 09:41:53 +0000", 2_374_000),
    ("Started:      Tue, 12 Mar 2024 09:02:19 +0000\n   Ready: True", 0),
])  # fmt: skip
def test_how_long_a_container_ran(text, milliseconds):
    assert lasted(text) == milliseconds


def test_a_collection_that_the_program_asked_for_is_told_as_such():
    (found,) = diagnosed(GC).findings
    assert found.finding.id == "full-collection"
    assert found.figures[0] == "3,548.4 MiB were left of 40,882 MiB, 9 %."
    assert found.figures[1].startswith("The program asked for it by System.gc()")
    assert len(diagnosed(GC.replace("System.gc()", "Ergonomics")).findings[0].figures) == 1


def test_a_text_in_which_nothing_failed_says_so_and_what_it_is():
    late = "17/12/05 14:31:08 WARN Executor: Managed memory leak detected; size = 16777216 bytes, TID = 41\n"
    assert headline(diagnosis_dict(diagnosed(late))).endswith("is harmless: a task gave memory back late.")
    assert headline(diagnosis_dict(diagnosed(SPILL + DONE))).endswith("only this: Tasks spilled to disk. A job finished.")


def test_a_job_that_finished_is_not_told_beside_a_failure():
    assert [one.finding.id for one in diagnosed(DONE).harmless] == ["job-finished"]
    assert diagnosed(f"{DONE}java.lang.OutOfMemoryError: Java heap space").harmless == ()


def test_a_limit_of_another_program_is_its_own():
    text = "FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory"
    assert [one["key"] for one in diagnosed(text).first.changes] == ["NODE_OPTIONS"]
