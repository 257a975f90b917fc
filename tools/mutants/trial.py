"""python -m tools.mutants.trial, in the copy: each change that comes in, a line of JSON, with the tests that come to it.

pytest collects once; then each change has a process of its own, forked from that one, in which its tests run until one
fails.  A test that takes ten times as long as without the change has noticed it too.
"""

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
        items[:] = [item for item in items if "__mutmut_" not in item.nodeid]

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
        tests = sorted(reached.get(function, ()), key=lambda test: (
            -self._noticing[function, test[1]], -self._noticing[mutant.module, test[1]], test))
        told.write_text("")

        def run() -> int:
            os.environ["MUTANT_UNDER_TEST"] = mutant.name
            for seconds, place in tests:
                told.write_text(str(place))
                signal.setitimer(signal.ITIMER_PROF, 2 + 10 * seconds)
                if not _passes(items[place]):
                    return _FAILED
            return _PASSED

        if not tests:
            return UNREACHED
        if _forked(run) == _PASSED:
            return SURVIVED
        self._noticing.update([(function, int(told.read_text())), (mutant.module, int(told.read_text()))])
        return NOTICED


def _reached(items: list[pytest.Item]) -> Reached:
    """Asked in a process of its own, which leaves nothing remembered for the changes; kept while all is as it was."""
    path = Path(f"reached-{_state(items)}.json")
    if path.exists():
        return json.loads(path.read_text())

    def run() -> int:
        from mutmut.state import state

        os.environ["MUTANT_UNDER_TEST"] = "stats"
        reached: Reached = {}
        for place, item in enumerate(items):
            state()._stats.clear()
            start = time.process_time()
            if not _passes(item):
                Path("failed.txt").write_text(item.nodeid)
                return _FAILED
            if (seconds := time.process_time() - start) <= _MOST_SECONDS:
                for function in state()._stats:
                    reached.setdefault(function, []).append((seconds, place))
        path.write_text(json.dumps(reached))
        return _PASSED

    Path("failed.txt").write_text("nothing, but the process died")
    if _forked(run) != _PASSED:
        raise SystemExit(f"mutants: without a change, this fails: {Path('failed.txt').read_text()}")
    return json.loads(path.read_text())


def _state(items: list[pytest.Item]) -> str:
    """A hash of what is asked, and of all that it can depend on."""
    paths = [path for name in ("sparkmem", "tests", "tools") for path in Path(name).rglob("*.*") if path.suffix != ".pyc"]
    files = sorted((str(path), path.stat().st_mtime_ns) for path in paths)
    return sha256(repr((files, [item.nodeid for item in items])).encode()).hexdigest()[:16]


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
