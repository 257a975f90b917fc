"""A plugin of pytest: what each test and each fixture costs in processor time, in all workers.

The time of a fixture that tests share (its scope is wider than one of them) counts as the fixture's, not as that of
the test that came first.  A test that costs much says why: `@pytest.mark.costly("loads each page twice")`.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tools.suite import processor, record

LIMIT_SECONDS = 10
"""Of processor time, without a reason.  A test is named above it and does not fail: a busy machine takes twice as much."""

_SPENT = "processor seconds"

_AFRESH_SECONDS = 5.0
"""Far less than it takes until the system gives a number of a process again."""


class Recorder:
    """Counts in each worker, and gathers and writes where the run was started."""

    def __init__(self, config: pytest.Config, path: Path = record.PATH, limit_seconds: float = LIMIT_SECONDS) -> None:
        self.config, self.path, self.limit_seconds = config, path, limit_seconds
        self.is_worker = hasattr(config, "workerinput")
        self.began = time.monotonic()
        self.tests: dict[str, float] = {}
        self.unexplained: dict[str, float] = {}
        self.failed: set[str] = set()
        self.deselected = 0
        self.fixtures: Counter[str] = Counter()
        self.fixture_times: Counter[str] = Counter()
        self._shared = self._at_start = self._so_far = self._of_tests = self._afresh = 0.0

    # -- where tests run ----------------------------------------------------

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        # Not for each test: while a browser runs, to look at every process takes as long as a small test.
        due = time.monotonic() >= self._afresh + _AFRESH_SECONDS
        self._afresh = time.monotonic() if due else self._afresh
        self._at_start, self._shared = processor.seconds(afresh=due), 0.0
        self._so_far = self._at_start
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
        if fixturedef.func.__name__ == "get_direct_param_fixture_func":  # a parameter: nothing is made
            return (yield)
        before = processor.seconds()
        try:
            return (yield)
        finally:
            spent = processor.seconds() - before
            self._shared += spent if fixturedef.scope != "function" else 0
            name = f"{fixturedef.baseid}::{fixturedef.argname}".removeprefix("::")
            self.fixtures[name] += spent
            self.fixture_times[name] += 1

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        # The last test of all ends the browsers that all have used, and with them what was seen of their time.
        self._so_far = max(self._so_far, processor.seconds())
        if call.when == "teardown":
            spent = self._so_far - self._at_start - self._shared
            marks = [mark.args for mark in item.iter_markers("costly")]
            explained = any(len(args) == 1 and str(args[0]).strip() for args in marks)
            report.user_properties.append((_SPENT, (spent, explained)))
            self._of_tests += spent + self._shared
        return report

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self) -> Generator[None, object, object]:
        if self.is_worker:
            told = dict(self.fixtures), dict(self.fixture_times), self._of_tests
            self.config.workeroutput[_SPENT] = told  # type: ignore[attr-defined]
        return (yield)

    # -- where the run was started --------------------------------------------

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        spent, times, of_tests = getattr(node, "workeroutput", {}).get(_SPENT, ({}, {}, 0.0))
        self.fixtures.update(spent)
        self.fixture_times.update(times)
        self._of_tests += of_tests

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        self.deselected += len(items)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)
        for name, value in report.user_properties:
            if name == _SPENT:
                spent, explained = value
                self.tests[report.nodeid] = spent
                if spent > self.limit_seconds and not explained:
                    self.unexplained[report.nodeid] = spent

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The workers have ended by now, so that all of their time is known, but for what ran in a browser that was ended.

        Its processes are nobody's children then; what the tests saw of them while they ran is the more of the two.
        """
        if not self.tests:
            return
        found = record.Record(
            commit=record.commit(),
            failed=len(self.failed),
            workers=int(getattr(self.config.option, "numprocesses", 0) or 0),
            wall_seconds=time.monotonic() - self.began,
            processor_seconds=max(processor.seconds(), self._of_tests),
            tests=self.tests,
            fixtures={name: (spent, self.fixture_times[name]) for name, spent in self.fixtures.items()},
        )
        terminalreporter.write_line(found.line())
        for nodeid, spent in sorted(self.unexplained.items(), key=lambda pair: -pair[1]):
            terminalreporter.write_line(f"{nodeid}: {spent:.1f} s of processor time: {_ADVICE}", yellow=True)
        record.keep_costs(self.tests, self.path.with_name(record.COSTS.name))
        if self._is_everything():
            record.write(found, self.path)

    def _is_everything(self) -> bool:
        whole = self.config.args_source is pytest.Config.ArgsSource.TESTPATHS
        option = self.config.option
        return whole and not (self.deselected or option.keyword or option.markexpr or option.maxfail)


_ADVICE = "make it cheaper, or say why with @pytest.mark.costly"
