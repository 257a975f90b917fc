"""Runs a job and keeps its event log: as Spark wrote it, without what is of this machine and what nobody reads."""

import gzip
import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tools.lab.spark.context import Spark
from tools.lab.spark.python import pyspark

from .jobs import Job

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "tests" / "eventlogs"
PROGRAMS = Path(__file__).with_name("programs.py")

_MEMORY = {"spark.executor.memory": "1g", "spark.ui.enabled": "false"}
_SYSTEM = ("java.vm.name", "java.vm.vendor", "java.runtime.version", "java.version", "os.arch", "os.name", "file.encoding")
PATHS = re.compile(r"(?<![\w.])/(?:tmp|root|home|usr|opt|var|work)/[^\s\"',;:\\]*")


def run(job: Job, release: str, settings: Mapping[str, str] | None = None) -> str:
    """The text of the log that a job wrote on a release, with these settings besides its own."""
    with tempfile.TemporaryDirectory(prefix="lab-") as folder:
        whole = {**_MEMORY, "spark.eventLog.enabled": "true", "spark.eventLog.dir": f"file://{folder}",
                 "spark.eventLog.compress": "false", "spark.eventLog.rolling.enabled": "false",
                 "spark.app.name": job.id, **job.settings, **(settings or {})}
        if job.python:
            master = job.master.replace("1024", whole["spark.executor.memory"].removesuffix("m").replace("1g", "1024"))
            pyspark(release, job.python, {**whole, "spark.master": master}, PROGRAMS)
        else:
            mib = whole["spark.executor.memory"].removesuffix("m").replace("1g", "1024")
            master = re.sub(r",\d+\]$", f",{mib}]", job.master) if job.master.startswith("local-") else job.master
            options = ("-Xmx512m", "-XX:+UseG1GC", "-XX:TieredStopAtLevel=1")  # most of a short job is its compiling
            with Spark(release, master, whole, options) as spark:
                assert job.act is not None, f"{job.id} has nothing to do"
                job.act(spark)
        (log,) = [path for path in Path(folder).iterdir() if not path.name.startswith(".")]
        return log.read_text()


def trimmed(log: str) -> str:
    """The log without Hadoop's properties and the class path, and with no path of this machine."""
    return "".join(_line(line) + "\n" for line in log.splitlines())


def _line(line: str) -> str:
    if '"SparkListenerEnvironmentUpdate"' in line[:60]:
        event = json.loads(line)
        event["Hadoop Properties"] = {}
        event["Classpath Entries"] = {}
        event["System Properties"] = {key: value for key, value in event["System Properties"].items() if key in _SYSTEM}
        event["Spark Properties"] = {key: value for key, value in event["Spark Properties"].items()
                                     if "classpath" not in key.lower()}
        line = json.dumps(event, separators=(",", ":"))
    elif '"SparkListenerApplicationStart"' in line[:60]:
        line = json.dumps({**json.loads(line), "User": "somebody"}, separators=(",", ":"))
    return PATHS.sub(lambda path: "/folder.py" if path[0].endswith(".py") else "/folder", line)  # which program it was of


def keep(job: Job, release: str) -> Path:
    """Runs the job and writes its trimmed log to tests/eventlogs."""
    path = KEPT / f"{job.id}-{release}.gz"
    KEPT.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(trimmed(run(job, release)).encode(), 9, mtime=0))
    return path
