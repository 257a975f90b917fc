"""python -m tools.mutants.trial, in the copy: each change that comes in, a line of JSON, with the tests that come to it.

pytest collects once; then each change has a process of its own, forked from that one, in which the tests that come to
the changed line run until one fails.  A test that takes ten times as long as without the change has noticed it too.
"""

import json
import os
import signal
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from .forked import FAILED, PASSED, status_of
from .made import SETTINGS, Mutant
from .place import place_of, put, put_at_import
from .reached import Reached, passes
from .results import NOTICED, SURVIVED, UNREACHED, Results

RESULTS = Path("results.json")
_TOLD = Path("noticed-by.txt")


class Trial:
    """The plug-in that runs in the place of pytest's own loop."""

    def __init__(self, wanted: list[Mutant], results: Results) -> None:
        self._wanted, self._results = wanted, results
        self._noticing: Counter[tuple[object, int]] = Counter()
        self._places: dict[str, int] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Without doctests of the changed forms, and without what chance finds, which is dear and may not find it again."""
        items[:] = [item for item in items if "__mutmut_" not in item.nodeid and not _by_chance(item)]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        reached = Reached(session.items)
        for place, item in enumerate(session.items):
            self._places[item.nodeid] = place
        for (function, test), times in self._results.noticing.items():
            self._noticing[function, self._places.get(test, -1)] += times
        started = time.monotonic()
        for number, mutant in enumerate(self._wanted, 1):
            self._results.add(mutant, *self._verdict(session.items, mutant, reached))
            if number % 50 == 0:
                passed = f"{time.monotonic() - started:.0f} s"
                print(f"mutants: {number} of {len(self._wanted)}, {passed}", file=sys.stderr, flush=True)
        return True

    def _verdict(self, items: list[pytest.Item], mutant: Mutant, reached: Reached) -> tuple[str, str]:
        """And the test that noticed: those that did of the line, the function, the module come first, then the narrowest."""
        place = place_of(mutant)
        at_import = not reached.tests(place.file, place.function)  # what it returned when its module was loaded is in use
        found = reached.tests_of(place.file) if at_import else reached.tests(place.file, place.lines)
        near: tuple[object, ...] = (place, f"{mutant.module}.{mutant.function}", place.file)
        tests = sorted(found, key=lambda test: (
            *(-self._noticing[at, test] for at in near), reached.breadth[test], reached.seconds[test]))

        def run(change: Mutant | None) -> int:
            if at_import:
                put_at_import(change, mutant.module)
            elif change:
                put(change)
            for test in tests:
                _TOLD.write_text(str(test))
                signal.setitimer(signal.ITIMER_PROF, 2 + 10 * reached.seconds[test])
                if not passes(items[test]):
                    return FAILED
            return PASSED

        if not tests or (at_import and status_of(lambda: run(None)) != PASSED):
            return UNREACHED, ""
        _TOLD.write_text("-1")
        if status_of(lambda: run(mutant)) == PASSED:
            return SURVIVED, ""
        test = int(_TOLD.read_text())
        self._noticing.update((at, test) for at in near)
        return NOTICED, items[test].nodeid if test >= 0 else ""


def _by_chance(item: pytest.Item) -> bool:
    drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    return drawn or hasattr(getattr(item, "cls", None), "settings")  # a machine of hypothesis, as a test case


def main() -> int:
    wanted = [Mutant(**json.loads(line)) for line in sys.stdin]
    os.environ["MUTANT_UNDER_TEST"] = ""  # for the few examples of tests/model/conftest.py
    trial = Trial(wanted, Results(RESULTS))
    words = ["-o", "addopts=", "-o", "timeout=0", "-q", "--import-mode=importlib", "--doctest-modules", "--capture=no"]
    unused = [word for name in ("cacheprovider", "processor-time", "logging") for word in ("-p", f"no:{name}")]
    return pytest.main([*words, *unused, *SETTINGS["pytest_add_cli_args_test_selection"]], plugins=[trial])


if __name__ == "__main__":
    sys.exit(main())
