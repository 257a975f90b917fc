"""Python's side of an application: workers, their limit, broadcasts and collected results."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.oracle import packages
from tools.oracle.jvm import clean_environment

from ..experiment import SPARKS, Figures, count, experiment, size, text, yes
from .context import QUIET, variables

DRIVER = Path(__file__).with_name("driver.py")
CLUSTER = {"spark.master": "local-cluster[1,2,512]", "spark.executor.memory": "512m", "spark.executor.cores": "2"}


def pyspark(release: str, function: str, settings: Mapping[str, str], program: Path = DRIVER) -> dict[str, Any]:
    """What a function of a program (driver.py) prints in an application of a release with these settings."""
    with tempfile.TemporaryDirectory(prefix="lab-") as scratch:
        said = submitted(release, function, settings, program, Path(scratch))
    lines = [line for line in said.stdout.splitlines() if line.startswith("LAB ")]
    assert lines, said.stderr[-3000:]
    return dict(json.loads(lines[-1].removeprefix("LAB ")))


def submitted(release: str, function: str, settings: Mapping[str, str], program: Path,
              scratch: Path) -> subprocess.CompletedProcess[str]:
    """The same application with all that it prints; what it writes is below ``scratch``."""
    home = packages.spark_home(release)
    environment = {
        **clean_environment(), **variables(release, scratch),
        "PYTHONPATH": os.pathsep.join([str(home / "python"), str(packages.unpacked("gateway"))]),
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": "--driver-memory 768m --driver-java-options -XX:+UseG1GC pyspark-shell",
        "LAB_SETTINGS": json.dumps({**QUIET, **settings, "spark.app.name": "lab"}),
    }
    return subprocess.run([sys.executable, str(program), function], env=environment, text=True, capture_output=True,
                          timeout=600, check=False, cwd=scratch)


@experiment(
    "python-worker-limit",
    question="What does spark.executor.pyspark.memory do to a Python worker?",
    statement="Each worker gets its share of it, by cores, as a limit on its addresses (RLIMIT_AS); beyond it Python raises "
              "MemoryError.  Without the setting there is no limit.",
    ran="local-cluster[1,2,512], spark.executor.cores=2, spark.executor.pyspark.memory=1g, and without it; "
        "resource.getrlimit in the tasks, and a bytearray of 1 GiB",
    on=SPARKS,
)
def python_worker_limit(release: str) -> Figures:
    limited = {**CLUSTER, "spark.executor.pyspark.memory": "1g"}
    found, failed = pyspark(release, "address_limit", limited), pyspark(release, "memory_error", limited)
    free = pyspark(release, "address_limit", CLUSTER)
    return {
        "pyspark-memory": size(1 << 30),
        "cores": count(2),
        "limit": size(found["limits"][0]),
        "limits-alike": yes(len(set(found["limits"])) == 1),
        "in-the-task": text(found["words"]),
        "text": text(failed["text"]),
        "unlimited-without": yes(set(free["limits"]) == {-1}),
        "got-without": size(int(free["words"])),
    }


@experiment(
    "python-broadcast",
    question="Where are the bytes of a broadcast from Python?",
    statement="In a file of the driver, in the storage memory of driver and executor as pickled pieces, and, once "
              "a task asks "
              "for the value, in each Python worker again.",
    ran="local-cluster[1,2,512], spark.executor.memory=512m; 32 MiB of random bytes broadcast and used in one task; the "
        "file's size, storage memory on the Executors page, VmRSS of the worker",
    on=SPARKS,
)
def python_broadcast(release: str) -> Figures:
    return {name: size(found) for name, found in pyspark(release, "broadcast", CLUSTER).items()}


@experiment(
    "python-workers",
    question="How many Python processes serve an executor?",
    statement="One daemon, and one worker for each task that runs at the same time; they are used again by later tasks.",
    ran="local-cluster[1,2,512], spark.executor.cores=2; two jobs of 8 tasks that take half a second",
    on=SPARKS,
)
def python_workers(release: str) -> Figures:
    found = pyspark(release, "workers", CLUSTER)
    return {name: (size if name.endswith("resident") else count)(value) for name, value in found.items()}


@experiment(
    "python-collect",
    question="Where does a collect from Python put the rows?",
    statement="In the driver's JVM, as pickled bytes, and again in the driver's Python, where they stay.",
    ran="local[2], --driver-memory 768m; 128 MiB of random bytes in 8 tasks collected; the peak of the JVM's old "
        "generation (-XX:+UseG1GC), and VmRSS of the driver's Python",
    on=SPARKS,
)
def python_collect(release: str) -> Figures:
    settings = {"spark.master": "local[2]"}
    return {name: size(found) for name, found in pyspark(release, "collect", settings).items()}
