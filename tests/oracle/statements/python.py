"""What is stated of Python beside Spark."""

from statements.run import MIB, Checks

CHECKS = Checks()
holds = CHECKS.holds


@holds("python-workers")
def _(run):
    assert run("tasks") == 16
    assert (run("workers"), run("daemons")) == (2, 1)
    assert run("worker-resident") >= 10 * MIB


@holds("python-worker-limit")
def _(run):
    assert run("limit") == run("pyspark-memory") / run("cores")
    assert run("limits-alike")
    assert run("in-the-task") == "MemoryError()"
    assert "MemoryError" in run("text")
    assert run("unlimited-without")
    assert run("got-without") > run("limit")


@holds("python-broadcast")
def _(run):
    value = run("value")
    assert value <= run("file") <= 1.01 * value
    assert value <= run("executor-storage-growth") <= 1.05 * value
    assert value <= run("driver-storage-growth") <= 1.05 * value
    assert run("worker-growth") >= 0.9 * value
    assert run("driver-python-growth") >= 0.9 * value


@holds("python-collect")
def _(run):
    assert run("jvm-old-generation-peak") >= run("data")
    assert run("python-growth") >= 0.9 * run("data")
