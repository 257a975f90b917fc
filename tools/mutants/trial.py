"""python -m tools.mutants.trial, in the copy: each change that comes in, a line of JSON, with the tests that come to it.

pytest collects once; then each change has a process of its own, forked from that one, in which its tests run until one
fails.  A test that takes ten times as long as without the change has noticed it too.
"""

import importlib
import json
import os
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from .made import SETTINGS, Mutant
from .results import NOTICED, SURVIVED, UNREACHED, Results

Reached = dict[str, list[tuple[float, int]]]
"""By function: the tests that come to it, as seconds and place in pytest's list."""
_PASSED, _FAILED = 0, 1
RESULTS = Path("results.json")
_MOST_BYTES = 6 << 30
_MOST_SECONDS = 0.6
"""A test that takes longer is not fast."""


class Trial:
    """The plug-in that runs in the place of pytest's own loop."""

    def __init__(self, wanted: list[Mutant], results: Results) -> None:
        self._wanted, self._results = wanted, results
        self._noticing: Counter[tuple[str, int]] = Counter()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Without doctests of the changed forms, and without what chance finds, which is dear and may not find it again."""
        items[:] = [item for item in items if "__mutmut_" not in item.nodeid and not _by_chance(item)]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        reached = _reached(session.items)
        started = time.monotonic()
        for number, mutant in enumerate(self._wanted, 1):
            self._results.add(mutant, self._verdict(session.items, mutant, reached))
            if number % 50 == 0:
                passed = f"{time.monotonic() - started:.0f} s"
                print(f"mutants: {number} of {len(self._wanted)}, {passed}", file=sys.stderr, flush=True)
        return True

    def _verdict(self, items: list[pytest.Item], mutant: Mutant, reached: Reached) -> str:
        """First the tests that noticed a change of the same function, then of the same module, then the cheapest."""
        function, told = mutant.name.rpartition("__mutmut_")[0], Path("noticed-by.txt")
        at_import = function not in reached  # no test calls it: what it returned when its module was loaded is in use
        near = {test for name, tests in reached.items() if name.startswith(f"{mutant.module}.") for test in tests}
        tests = sorted(near if at_import else reached[function], key=lambda test: (
            -self._noticing[function, test[1]], -self._noticing[mutant.module, test[1]], test))
        told.write_text("")

        def run(name: str) -> int:
            os.environ["MUTANT_UNDER_TEST"] = name
            if at_import:
                importlib.reload(sys.modules[mutant.module])
            for seconds, place in tests:
                told.write_text(str(place))
                signal.setitimer(signal.ITIMER_PROF, 2 + 10 * seconds)
                if not _passes(items[place]):
                    return _FAILED
            return _PASSED

        if not tests or (at_import and _forked(lambda: run("")) != _PASSED):
            return UNREACHED
        if _forked(lambda: run(mutant.name)) == _PASSED:
            return SURVIVED
        self._noticing.update([(name, int(told.read_text() or -1)) for name in (function, mutant.module)])
        return NOTICED


def _reached(items: list[pytest.Item]) -> Reached:
    """Asked in a process of its own, which leaves nothing remembered for the changes; kept while package and test are so."""
    path = Path(f"reached-{_state('sparkmem')}.json")
    kept = json.loads(path.read_text()) if path.exists() else {}
    failed = Path("failed.txt")

    def run() -> int:
        from mutmut.state import state

        os.environ["MUTANT_UNDER_TEST"] = "stats"
        for item in new:
            state()._stats.clear()
            start = time.process_time()
            if not _passes(item):
                failed.write_text(item.nodeid)
                return _FAILED
            kept[item.nodeid] = item.path.stat().st_mtime_ns, time.process_time() - start, sorted(state()._stats)
        path.write_text(json.dumps(kept))
        return _PASSED

    if new := [item for item in items if kept.get(item.nodeid, [0])[0] != item.path.stat().st_mtime_ns]:
        failed.write_text("nothing, but the process died")
        if _forked(run) != _PASSED:
            raise SystemExit(f"mutants: without a change, this fails: {failed.read_text()}")
        kept = json.loads(path.read_text())
    reached: Reached = {}
    for place, item in enumerate(items):
        _, seconds, functions = kept[item.nodeid]
        for function in functions if seconds <= _MOST_SECONDS else ():
            reached.setdefault(function, []).append((seconds, place))
    return reached


def _state(folder: str) -> str:
    """A hash of a folder's Python files."""
    files = sorted((str(path), path.stat().st_mtime_ns) for path in Path(folder).rglob("*.py"))
    return sha256(repr(files).encode()).hexdigest()[:16]


def _by_chance(item: pytest.Item) -> bool:
    drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    return drawn or hasattr(getattr(item, "cls", None), "settings")  # a machine of hypothesis, as a test case


def _passes(item: pytest.Item) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def _forked(run: Callable[[], int]) -> int:
    """The status of a child that does this and says nothing; negative where a signal ended it."""
    if (pid := os.fork()) == 0:
        with open(os.devnull, "w") as nothing:
            os.dup2(nothing.fileno(), 1)
            os.dup2(nothing.fileno(), 2)
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
        try:
            status = run()
        except BaseException:
            status = _FAILED
        os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main() -> int:
    wanted = [Mutant(**json.loads(line)) for line in sys.stdin]
    os.environ["MUTANT_UNDER_TEST"] = ""  # for the few examples of tests/model/conftest.py
    trial = Trial(wanted, Results(RESULTS))
    words = ["-o", "addopts=", "-q", "--import-mode=importlib", "--doctest-modules", "-p", "no:cacheprovider"]
    return pytest.main([*words, *SETTINGS["pytest_add_cli_args_test_selection"]], plugins=[trial])


if __name__ == "__main__":
    sys.exit(main())
