"""A running Spark: a JVM with a SparkContext, driven through the gateway."""

import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

from tools.oracle import jvm, packages

from .. import java, probes

JAVA = 17
"""The Java that both releases are run on: the newest that the documentation of both names."""

QUIET = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
          "spark.ui.showConsoleProgress": "false"}
"""Settings of every application here: no web UI, and loopback only."""


_MISSING_MODULE = "--add-modules=jdk.incubator.vector"
"""What Spark gives every JVM, for linear algebra; the runtime of the locks does not have the module, and would not start."""

_WRAPPER = f"""#!/bin/sh
for word do
    shift
    [ "$word" = "{_MISSING_MODULE}" ] || set -- "$@" "$word"
done
exec "$LAB_JAVA" "$@"
"""


def variables(release: str, scratch: Path) -> dict[str, str]:
    """The variables with which a release finds itself and a `java` that takes its options, and writes below a folder."""
    wrapper = scratch / "java" / "bin" / "java"
    wrapper.parent.mkdir(parents=True)
    wrapper.write_text(_WRAPPER)
    wrapper.chmod(0o755)
    home = _home(packages.spark_home(release), scratch / "home")
    (core,) = home.glob("jars/spark-core_*.jar")
    return {
        "JAVA_HOME": str(wrapper.parents[1]), "LAB_JAVA": str(java.of(JAVA).executable),
        "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1",
        # Without it, Spark looks for a build of its own to tell which Scala it is of.
        "SPARK_SCALA_VERSION": core.name.removeprefix("spark-core_").partition("-")[0],
        "SPARK_LOCAL_DIRS": str(scratch / "local"),
    }


def _home(kept: Path, own: Path) -> Path:
    """A folder for SPARK_HOME with what the kept one holds: a local cluster writes its executors' logs below it."""
    own.mkdir()
    for entry in kept.iterdir():
        if entry.name != "work":
            (own / entry.name).symlink_to(entry)
    return own


@cache
def module_options(release: str) -> tuple[str, ...]:
    """The options that spark-submit gives a JVM to open its modules to Spark."""
    with jvm.Jvm(JAVA, ["-Xmx64m"], packages.spark_home(release) / "jars") as real:
        options = real.view.org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptions().split()
    return tuple(option for option in options if option != _MISSING_MODULE)


class Refused(Exception):
    """What a SparkContext that did not start threw, in its words."""


class Spark:
    """A SparkContext of a release, from entering the context until leaving it; settings are Spark's own keys."""

    def __init__(self, release: str, master: str = "local[2]", settings: Mapping[str, str] | None = None,
                 options: tuple[str, ...] = ("-Xmx512m", "-XX:+UseG1GC")) -> None:
        self.release = release
        self.scratch = Path(tempfile.mkdtemp(prefix="lab-"))
        self._settings = {**QUIET, "spark.master": master, "spark.app.name": "lab",
                          "spark.executor.extraClassPath": str(probes.compiled()), **(settings or {})}
        self.jvm = jvm.Jvm(JAVA, [*module_options(release), *options], packages.spark_home(release) / "jars",
                           classes=probes.compiled(), environment=variables(release, self.scratch))

    def __enter__(self) -> "Spark":
        self.jvm.__enter__()
        self.view = self.jvm.view
        try:
            conf = self.view.org.apache.spark.SparkConf()
            for key, value in self._settings.items():
                conf.set(key, value)
            self.context = self.view.org.apache.spark.api.java.JavaSparkContext(conf)
        except BaseException as error:
            words = str(error.java_exception.getMessage()) if isinstance(error, self.jvm.java_error) else None
            self.jvm.__exit__(None, None, None)
            shutil.rmtree(self.scratch, ignore_errors=True)
            if words is None:
                raise
            raise Refused(words) from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        try:
            if isinstance(error, self.jvm.java_error):
                error.add_note(error.java_exception.toString())  # while there is a gateway to ask
            self.context.stop()
        finally:
            self.jvm.__exit__(kind, error, trace)
            shutil.rmtree(self.scratch, ignore_errors=True)

    @property
    def session(self) -> Any:
        """A SparkSession on the context."""
        return self.view.org.apache.spark.sql.SparkSession.builder().getOrCreate()

    @property
    def memory(self) -> Any:
        """The memory manager of this process."""
        return self.view.probes.Process.memory()

    def level(self, name: str) -> Any:
        """A storage level by its name."""
        return self.view.org.apache.spark.storage.StorageLevel.fromString(name)

    def longs(self, end: int, parts: int) -> Any:
        """An RDD of the numbers below `end`."""
        return self.context.sc().range(0, end, 1, parts).toJavaRDD()

    def cached(self) -> dict[str, int]:
        """What is cached: blocks, bytes in memory and bytes on disk, as the Storage page sums them."""
        found = list(self.context.sc().getRDDStorageInfo())
        return {"blocks": sum(row.numCachedPartitions() for row in found),
                "memory": sum(row.memSize() for row in found), "disk": sum(row.diskSize() for row in found)}

    def executors(self, active: bool = True) -> list[Any]:
        """The executors (and the driver) as the Executors page shows them."""
        found = self.context.sc().statusStore().executorList(active)
        return [found.apply(place) for place in range(found.size())]

    def stages(self) -> list[Any]:
        """The stages that have run, oldest first, as the Stages page shows them."""
        found: list[Any] = []
        while True:
            try:
                found.append(self.context.sc().statusStore().lastStageAttempt(len(found)))
            except self.jvm.java_error:
                return found

    def executor_pids(self) -> list[int]:
        """The processes of the executors of a local-cluster master, which are children of this one."""
        return [pid for pid in java.children(self.jvm.pid)
                if b"CoarseGrainedExecutorBackend" in Path(f"/proc/{pid}/cmdline").read_bytes()]

    def failure(self, action: Callable[[], Any]) -> str:
        """The text of what an action throws in Java."""
        try:
            action()
        except self.jvm.java_error as error:
            return str(error.java_exception.getMessage())
        raise AssertionError("the action did not fail")


def refusal(release: str, master: str, settings: Mapping[str, str], options: tuple[str, ...] = ("-Xmx512m",)) -> str:
    """What a SparkContext that does not start with these settings throws."""
    try:
        with Spark(release, master, settings, options):
            pass
    except Refused as refused:
        return str(refused)
    raise AssertionError(f"Spark {release} starts with {dict(settings)}")


def wait(until: Callable[[], bool], seconds: float = 60) -> None:
    """Waits until something is so."""
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            raise TimeoutError(f"not so after {seconds} s")
        time.sleep(0.1)
