"""The command line: python -m tools.lab interned-strings"""

import argparse
import sys

from . import record
from .experiment import EXPERIMENTS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.lab", description="Run experiments and record their figures.")
    parser.add_argument("names", nargs="*", help="ids, or id:subject for one run; without any, all")
    parser.add_argument("--new", action="store_true", help="run only what the file has no record of")
    parser.add_argument("--list", action="store_true", help="say which experiments there are")
    parser.add_argument("--texts", action="store_true", help="run nothing: write the experiments' words into the file again")
    options = parser.parse_args()
    if options.list:
        for experiment in sorted(EXPERIMENTS.values(), key=lambda found: found.id):
            print(f"{experiment.id}  {' '.join(experiment.on)}\n    {experiment.question}")
        return
    if options.texts:
        record.save(record.load())
        return
    path = record.record(options.names, options.new)
    print(f"lab: wrote {path.parent.name}/{path.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
