"""What is stated of heaps and their collectors."""

from statements.run import MIB, Checks

CHECKS = Checks()
holds = CHECKS.holds


@holds("heap-reserved-at-start")
def _(run):
    assert run("reserved") == run("xmx")
    assert run("xms") <= run("committed") <= run("xmx") / 4, "the JVM may have grown it before it ended"


@holds("heap-grows-and-shrinks")
def _(run):
    load = run("load")
    for gc in ("g1", "parallel", "serial"):
        assert run(f"{gc}-committed-at-start") < load <= run(f"{gc}-committed-loaded")
        assert run(f"{gc}-committed-dropped") == run(f"{gc}-committed-loaded"), "nothing happens before a collection"
    for gc in ("g1", "serial"):
        assert run(f"{gc}-committed-at-end") <= 2 * run(f"{gc}-committed-at-start")
        assert run(f"{gc}-least-max-memory") == run(f"{gc}-most-max-memory")
    assert run("parallel-committed-at-end") >= load
    assert run("serial-resident-at-end") < load < run("parallel-resident-at-end")


@holds("heap-counted")
def _(run):
    kept = run("kept")
    for gc in ("g1", "parallel", "serial", "shenandoah", "z-generational"):
        if f"{gc}-resident" in run.figures:
            assert kept <= run(f"{gc}-resident") < 2 * kept
    assert kept <= run("z-shared-out") < 2 * kept
    times = 1 if run.java >= 24 else 3
    assert times * kept <= run("z-resident") < (times + 1) * kept


@holds("heap-exhausted")
def _(run):
    space, limit = "java.lang.OutOfMemoryError: Java heap space", "java.lang.OutOfMemoryError: GC overhead limit exceeded"
    for gc in ("g1", "serial", "z"):
        assert run(gc) == space
        assert run(f"{gc}-exit-code") == 1
    assert run("shenandoah") == space or run("shenandoah").startswith("nothing within"), "it may thrash for minutes"
    assert run("parallel") in (space, limit)
    if run.java == 17:
        assert run("parallel") == limit


@holds("array-too-large")
def _(run):
    assert run("larger-than-heap") == "java.lang.OutOfMemoryError: Java heap space"
    assert run("largest-length") == "java.lang.OutOfMemoryError: Requested array size exceeds VM limit"


@holds("interned-strings")
def _(run):
    assert run("strings") == 1_000_000
    assert run("heap-growth") >= 50 * MIB
    assert run("native-growth") <= run("heap-growth") / 2
    assert 8 <= run("native-per-string") <= 40, "only an entry of the table"
    assert run("heap-after-dropping") <= run("heap-growth") / 10


@holds("compressed-references")
def _(run):
    assert run("31g")
    assert not run("32767m")
    assert not run("32g")
    assert not run("33g")


@holds("object-sizes")
def _(run):
    assert (run("compressed-reference"), run("plain-reference")) == (4, 8)
    assert 1.25 * run("compressed-object") <= run("plain-object")


@holds("default-collector")
def _(run):
    assert run("processors-1") == "serial"
    assert run("processors-2") == run("processors-4") == "g1"


@holds("default-flags")
def _(run):
    assert run("ReservedCodeCacheSize") == 240 * MIB
    assert run("CompressedClassSpaceSize") == 1024 * MIB
    assert run("ThreadStackSize") == MIB
    assert run("MaxMetaspaceSize-unlimited")
    assert run("MaxDirectMemorySize") == 0, "which means: as much as the heap"
    assert run("MaxRAMPercentage") == 25
    assert (run("GCTimeLimit"), run("GCHeapFreeLimit")) == (98, 2)


@holds("dead-flags")
def _(run):
    assert run("PrintFlagsFinal-starts")
    assert run("UseStringDeduplication-starts")
    assert run("InitiatingHeapOccupancyPercent-starts")
    assert run("PrintGCDetails-starts"), "deprecated, and taken"
    for flag in ("PrintGCDateStamps", "PrintGCTimeStamps", "G1SummarizeConcMark", "UseGCLogFileRotation",
                 "PrintAdaptiveSizePolicy"):
        assert not run(f"{flag}-starts")
        assert run(f"{flag}-text").startswith(f"Unrecognized VM option '{flag}'")
    assert run("UseConcMarkSweepGC-starts") == (run.java == 11)
    assert run("MaxPermSize-starts") == (run.java == 11)
    if run.java == 11:
        assert "support was removed in 8.0" in run("MaxPermSize-text")
    else:
        assert run("MaxPermSize-text") == "Unrecognized VM option 'MaxPermSize=256m'"
