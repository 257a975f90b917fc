"""The command line: python -m tools.runs [JOB…] [--release 4.3.0]"""

from .asked import keep_asked
from .jobs import JOBS
from .record import keep

if __name__ == "__main__":
    about = "Run jobs and keep their event logs."
    keep_asked("python -m tools.runs", about, JOBS, lambda name, release: keep(JOBS[name], release))
