"""What is stated of a JVM outside its heap."""

import pytest

from statements.run import MIB, Checks

CHECKS = Checks()
holds = CHECKS.holds


@holds("native-memory-categories")
def _(run):
    names = run("names").split(", ")
    assert {"Java Heap", "Class", "Thread", "Code", "GC", "Compiler", "Internal", "Symbol"} <= set(names)
    assert sum(run(name) for name in names) == pytest.approx(run("total"), rel=0.02)


@holds("collector-structures")
def _(run):
    assert run("serial") <= 8 * MIB
    assert run("parallel") >= 20 * MIB
    assert run("g1") >= 10 * run("serial")


@holds("idle-threads")
def _(run):
    threads = run("threads")
    assert abs(run("heap-growth")) <= threads * 1024
    assert run("reserved-growth") >= threads * MIB
    assert threads * 20 * 1024 <= run("resident-growth") <= run("reserved-growth") / 5


@holds("no-more-threads")
def _(run):
    assert run("text").startswith("java.lang.OutOfMemoryError: unable to create native thread")
    assert run("exit-code") == 1


@holds("metaspace-exhausted")
def _(run):
    assert run("metaspace") == "java.lang.OutOfMemoryError: Metaspace"
    assert run("class-space") == "java.lang.OutOfMemoryError: Compressed class space"


@holds("direct-memory-default")
def _(run):
    assert run("nio") == run("max-memory") // MIB * MIB
    if run.java > 11:
        assert f"limit: {run('max-memory')}" in run("text")


@holds("direct-memory-limit")
def _(run):
    assert run("nio") == run("limit") < run("asked") == run("unsafe")
    if run.java == 11:
        assert run("text") == "java.lang.OutOfMemoryError: Direct buffer memory"
    else:
        assert "Cannot reserve 1048576 bytes of direct buffer memory" in run("text")
        assert f"limit: {run('limit')}" in run("text")


@holds("off-heap-speed")
def _(run):
    for what in ("write", "read", "random"):
        assert 0.5 <= run(what) <= 2, what
    assert run("first") > 0


@holds("native-memory-refused")
def _(run):
    assert run("exit-code") == 1
    assert run("text") == "There is insufficient memory for the Java Runtime Environment to continue."
    assert run("report-named")


@holds("segmentation-fault")
def _(run):
    assert run("handled") == 134
    assert run("reset") == 139


@holds("memory-cgroup-kill")
def _(run):
    assert run("line") == "Memory cgroup out of memory: Killed process"
    assert (run("exit-code"), run("oom-kills")) == (137, 1)
    assert (run("python-exit-code"), run("jvm-lives")) == (137, True)
    assert (run("outside-exit-code"), run("outside-oom-kills"), run("outside-line")) == (137, 0, False)
