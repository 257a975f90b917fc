"""python -m tools.runs.texts [JOB…] [--release 4.3.0]: run jobs that fail, and keep what driver and executors wrote.

A kept text holds the parts one after the other, each below a line that names its file, as ``tail`` writes it.
"""

import getpass
import gzip
import re
import socket
import tempfile
from pathlib import Path

from tools.lab.spark.context import Spark
from tools.lab.spark.python import submitted

from .asked import keep_asked
from .failures import FAILURES
from .jobs import Job
from .record import PATHS, PROGRAMS

KEPT = Path(__file__).parents[2] / "tests" / "logs"
HEAD = "==> {} <=="

_MEMORY = {"spark.executor.memory": "1g", "spark.ui.enabled": "false"}
_SYSTEM = re.compile(r"OS info Linux, .*")
_COMMAND = re.compile(r'("-cp") "[^"]*"')


def run(job: Job, release: str) -> str:
    """What a job's driver and executors wrote on a release."""
    settings = {**_MEMORY, "spark.app.name": job.id, **job.settings}
    if job.python:
        with tempfile.TemporaryDirectory(prefix="lab-") as folder:
            said = submitted(release, job.python, {**settings, "spark.master": job.master}, PROGRAMS, Path(folder))
            return _joined(said.stderr, Path(folder))
    with Spark(release, job.master, settings, ("-Xmx512m", "-XX:+UseG1GC")) as spark:
        assert job.act is not None, f"{job.id} has nothing to do"
        job.act(spark)
        spark.context.stop()
        return _joined(spark.jvm.log(), spark.scratch)


def _joined(driver: str, scratch: Path) -> str:
    """The driver's words, then those of the executors in their order."""
    parts = [("driver/stderr", driver)]
    for path in sorted(scratch.glob("home/work/*/*/std*"), key=lambda path: (int(path.parent.name), path.name)):
        if path.stat().st_size:
            parts.append((f"executor-{path.parent.name}/{path.name}", path.read_text(errors="replace")))
    return "".join(f"{HEAD.format(name)}\n{text.rstrip()}\n\n" for name, text in parts)


def trimmed(text: str) -> str:
    """The text without class paths, and with no path, host or user of this machine."""
    text = _SYSTEM.sub("OS info Linux, 6.1, amd64", text)
    text = PATHS.sub("/folder", _COMMAND.sub(r'\1 "/folder"', text))
    for name, word in ((socket.gethostname(), "worker-1"), (getpass.getuser(), "somebody")):
        text = re.sub(rf"(?<![\w.]){re.escape(name)}(?![\w])", word, text)
    return text


def keep(job: Job, name: str, release: str) -> Path:
    """Runs the job and writes its text to tests/logs."""
    path = KEPT / f"{name}-{release}.gz"
    KEPT.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(trimmed(run(job, release)).encode(), 9, mtime=0))
    return path


if __name__ == "__main__":
    about = "Run jobs that fail, keep their logs."
    keep_asked("python -m tools.runs.texts", about, FAILURES, lambda name, release: keep(FAILURES[name], name, release))
