"""The command line: python -m tools.oracle 4.3.0"""

import argparse
import sys

from . import direct, exits, flags, heap, native, no_xmx, rare, record, refusals, refused_flags, rounding, traces, unmanaged
from .releases import JAVA

SEED = 20240611


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.oracle", description="Record what real Spark and JVMs answer.")
    once = ["heap", "exits", "direct", "flags", "refused-flags", "native", "rare", "rounding", "unmanaged", "no-xmx"]
    choices = [*JAVA, *once, *traces.NAMES, *refusals.NAMES]
    parser.add_argument("what", choices=choices, metavar="WHAT", help=f"what to ask: {', '.join(choices)}")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed asks other random cases (default %(default)s)")
    parser.add_argument("--new", action="store_true", help="ask only what the file has no answer to, and keep the rest")
    options = parser.parse_args()
    if options.what == "heap":
        path = heap.record(options.seed, options.new)
    elif options.what == "exits":
        path = exits.record()
    elif options.what == "direct":
        path = direct.record()
    elif options.what == "refused-flags":
        path = refused_flags.record(options.new)
    elif options.what in refusals.NAMES:
        path = refusals.record(refusals.NAMES[options.what], options.seed, options.new)
    elif options.what in traces.NAMES:
        path = traces.record(traces.NAMES[options.what], options.seed)
    elif options.what == "flags":
        path = flags.record()
    elif options.what == "native":
        path = native.record()
    elif options.what == "rare":
        path = rare.record()
    elif options.what == "no-xmx":
        path = no_xmx.record()
    elif options.what == "unmanaged":
        path = unmanaged.record()
    elif options.what == "rounding":
        path = rounding.record(options.seed)
    else:
        path = record.record(options.what, options.seed, options.new)
    print(f"oracle: wrote {path.parent.name}/{path.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
