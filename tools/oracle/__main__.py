"""The command line: python -m tools.oracle 4.3.0"""

import argparse
import sys

from . import heap, record
from .releases import JAVA

SEED = 20240611


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.oracle", description="Record what real Spark and JVMs answer.")
    parser.add_argument("what", choices=[*JAVA, "heap"], help="a release of Spark, or what JVMs report for their heap")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed asks other random cases (default %(default)s)")
    options = parser.parse_args()
    path = heap.record(options.seed) if options.what == "heap" else record.record(options.what, options.seed)
    print(f"oracle: wrote {path.parent.name}/{path.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
