"""The command line: python -m tools.runs [JOB…] [--release 4.3.0]"""

import argparse
import sys

from .jobs import JOBS
from .record import keep

RELEASES = ("4.3.0", "3.5.9")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.runs", description="Run jobs and keep their event logs.")
    parser.add_argument("jobs", nargs="*", metavar="JOB", help=f"of {', '.join(JOBS)}; without any, all")
    parser.add_argument("--release", action="append", choices=RELEASES, help="without one, both")
    options = parser.parse_args()
    for name in options.jobs or JOBS:
        for release in options.release or RELEASES:
            path = keep(JOBS[name], release)
            print(f"runs: {path.name} {path.stat().st_size:,} bytes", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
