"""python -m tools.mutants [GLOB…]: change the arithmetic in small ways, one at a time, and name what no fast test notices.

mutmut makes the changes; `[tool.mutmut]` in pyproject.toml says which modules are arithmetic and which tests are fast.
All of it happens in a copy, build/mutants, and goes on where it was stopped: what was noticed stays so until its function
changes, what was not is tried again.  A glob is of changes as they are named in the list: 'sparkmem.size.*'.
A change that can make no difference is in equivalent.toml, with the reason.

mutmut leaves functions with a decorator alone, properties too.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from dataclasses import asdict
from fnmatch import fnmatchcase
from random import Random

from .made import COPY, Mutant, make
from .reasons import reason
from .results import NOTICED, UNTRIED, Results

MOST_SHOWN = 60


def main() -> int:
    """0 where each change was noticed, or has a reason not to be."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutants", description=__doc__.partition("\n")[0])
    parser.add_argument("globs", nargs="*", metavar="GLOB", help="changes to try; all where none is given")
    parser.add_argument("--sample", type=int, metavar="N", help="try N of them, drawn with --seed")
    parser.add_argument("--seed", type=int, default=1, help="draws the sample (default %(default)s)")
    parser.add_argument("--anew", action="store_true", help="forget what was noticed before")
    options = parser.parse_args()
    wanted = [m for m in make() if not options.globs or any(fnmatchcase(m.name, glob) for glob in options.globs)]
    if options.sample is not None:
        wanted = Random(options.seed).sample(wanted, min(options.sample, len(wanted)))
    results = Results(COPY / "results.json", anew=options.anew)
    left = sorted((m for m in wanted if results.of(m) != NOTICED), key=lambda mutant: results.of(mutant) != UNTRIED)
    if left and subprocess.run([sys.executable, "-m", "tools.mutants.trial"], cwd=COPY, text=True, check=False,
                               input="\n".join(json.dumps(asdict(mutant)) for mutant in left)).returncode:
        print("mutants: the tests do not pass without a change, or were stopped", file=sys.stderr)
        return 1
    return told(wanted, Results(COPY / "results.json"))


def told(wanted: list[Mutant], results: Results) -> int:
    """The shares by module, and each change that nothing noticed; 1 where one of these has no reason."""
    shares: dict[str, Counter[str]] = {}
    for mutant in wanted:
        shares.setdefault(mutant.module, Counter())[results.of(mutant)] += 1
    for module, counts in sorted(shares.items()):
        print(f"{module}: {_share(counts)}")
    alive = [mutant for mutant in wanted if results.of(mutant) != NOTICED]
    unexplained = [mutant for mutant in alive if not reason(mutant)]
    for mutant in unexplained[:MOST_SHOWN]:
        print(f"\n{mutant.name}: {results.of(mutant)}\n{mutant.difference()}")
    print(f"\nall: {_share(sum(shares.values(), Counter()))}; {len(alive) - len(unexplained)} have a reason, "
          f"{len(unexplained)} have none")
    return 1 if unexplained else 0


def _share(counts: Counter[str]) -> str:
    rest = "".join(f", {number} {verdict}" for verdict, number in sorted(counts.items()) if verdict != NOTICED)
    return f"{counts[NOTICED]} of {counts.total()} noticed, {100 * counts[NOTICED] / counts.total():.1f} %{rest}"


if __name__ == "__main__":
    sys.exit(main())
