"""What is stated of executors and the driver."""

import sparkmem
from statements.run import MIB, Checks
from tools.lab.spark import drivers

CHECKS = Checks()
holds = CHECKS.holds


@holds("executor-memory-without-unit")
def _(run):
    assert "Executor memory 1024 must be at least 471859200" in run("text")
    assert run("with-unit") == 1024 * MIB


@holds("local-mode-memory")
def _(run):
    assert run("storage-memory-1g") == run("storage-memory-8g") < run("heap")


@holds("executor-outside-the-heap")
def _(run):
    assert 25 <= run("threads") <= 150
    assert run("outside-the-heap") - run("tracking-itself") >= 100 * MIB
    assert run("threads-reserved") >= 5 * run("threads-committed")
    assert run("metaspace") >= 30 * MIB


@holds("executor-native-memory")
def _(run):
    parts = ("metaspace", "thread-stacks", "code", "collector", "other", "symbols-and-the-rest")
    for prefix in ("", "driver-"):
        assert sum(run(prefix + part) for part in parts) == run(f"{prefix}outside-the-heap")
        assert run(f"{prefix}metaspace") >= 70 * MIB
        assert run(f"{prefix}code") >= 15 * MIB
        assert run(f"{prefix}threads-reserved") >= 5 * run(f"{prefix}thread-stacks")
    assert run("thread-stacks") <= 16 * MIB
    assert run("other") <= 100 * MIB


@holds("executor-exit-codes")
def _(run):
    assert run("heap-exhausted") == "Command exited with code 52"
    assert run("killed") == "Command exited with code 137"
    assert "Java heap space" in run("job-text") or "exited with code 52" in run("job-text"), "the two race"


@holds("executor-ends-by-flag")
def _(run):
    runs = run("runs")
    assert runs >= 5
    assert run("plain-52") == run("kill-9-137") == run("exit-3") == runs
    raced = [name for name in ("kill-52", "kill-143") if name in run.figures]
    assert sum(map(run, raced)) == runs, "the two race, and nothing else happens"


@holds("user-memory-border")
def _(run):
    assert run("heap-used") >= run("held") >= 2 * run("user-share")
    assert run("user-share") + run("spark-memory") < run("heap")
    assert run("execution-used") == 0


@holds("user-objects-exhaust-the-heap")
def _(run):
    assert run("text") == "java.lang.OutOfMemoryError: Java heap space"
    assert run("execution-used") == 0
    assert run("storage-used") <= run("spark-memory") / 1000
    assert run("kept") >= 3 * run("spark-memory")


@holds("max-result-size")
def _(run):
    assert run("result") > run("limit")
    assert run("text").startswith("Job aborted due to stage failure: Total size of serialized results of 3 tasks (")
    assert run("text").endswith("is bigger than spark.driver.maxResultSize (1024.0 KiB)")
    assert run("collected-afterwards") > 0


@holds("driver-regions")
def _(run):
    """What the calculator for drivers says of each, to the byte."""
    for name, (master, options, settings) in drivers.DRIVERS.items():
        manager = "local" if master.startswith("local[") else "standalone"
        found = sparkmem.evaluate({"calculator": "driver-memory", "inputs": {
            "release": ".".join(run.release.split(".")[:2]), "java": "17", "cluster-manager": manager,
            "spark.driver.memory": options[0].removeprefix("-Xmx"), "spark.driver.extraJavaOptions": " ".join(options[1:]),
            **settings,
        }})  # fmt: skip
        assert "errors" not in found, found
        said = {row["id"]: row["bytes"] for row in found["rows"] if "bytes" in row}
        assert run(f"{name}-reported") == said["jvm-max-memory"], name
        assert run(f"{name}-spark-memory") == said["spark-memory"], name
        assert run(f"{name}-storage-region") == said["storage-region"], name
        assert run(f"{name}-off-heap") == said["off-heap-memory"], name
