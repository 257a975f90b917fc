"""The command line of both kinds of runs: which jobs, on which releases, and what is said of each that is kept."""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

RELEASES = ("4.3.0", "3.5.9")


def keep_asked(prog: str, about: str, jobs: Iterable[str], keep: Callable[[str, str], Path]) -> None:
    """Keeps each job that the command line asks for, by name and release; all of them where it names none."""
    names = list(jobs)
    parser = argparse.ArgumentParser(prog=prog, description=about)
    parser.add_argument("jobs", nargs="*", metavar="JOB", help=f"of {', '.join(names)}; without any, all")
    parser.add_argument("--release", action="append", choices=RELEASES, help="without one, both")
    options = parser.parse_args()
    for name in options.jobs or names:
        for release in options.release or RELEASES:
            path = keep(name, release)
            print(f"runs: {path.name} {path.stat().st_size:,} bytes", file=sys.stderr, flush=True)
