"""Which of the tests that a change can reach are run at once, and which are left: the nearest first, within a budget.

What a test costs is what it cost when it was last run here (tools/suite); one that nobody has run yet is always run.
The rest is written down, and taken up by the next `make check`; `make test` runs everything.  As a plugin of pytest
this leaves those tests out that are named in the file to which TESTS_LEFT leads.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import pytest

SECONDS = 14
"""Of processor time, for the tests themselves: lint, types, pages and the start of pytest take as much again, at most."""

LEFT = "TESTS_LEFT"


def left(distances: Mapping[str, int], costs: Mapping[str, float], before: Collection[str], seconds: float) -> list[str]:
    """The tests that do not fit into a budget, of those in files at a ``distance`` from what has changed and of ``before``.

    Near ones come first, cheap ones before others, and one that alone is more than the budget where nothing else is left.

    >>> costs = {"a.py::x": 3.0, "a.py::y": 1.0, "b.py::z": 1.0, "c.py::u": 1.0, "d.py::v": 9.0}
    >>> left({"a.py": 0, "b.py": 2}, costs, ["c.py::u"], 4.5)
    ['b.py::z', 'c.py::u']
    >>> left({}, costs, ["c.py::u", "d.py::v"], 4.5), left({}, costs, ["d.py::v"], 4.5)
    (['d.py::v'], [])
    """
    last = 1 + max(distances.values(), default=0)
    waiting = {test: distances[file] for test in costs if (file := file_of(test)) in distances}
    waiting = {test: last for test in before if test in costs} | waiting
    out, spent = [], 0.0
    for test in sorted(waiting, key=lambda test: (waiting[test], costs[test], test)):
        if spent and spent + costs[test] > seconds:
            out.append(test)
        else:
            spent += costs[test]
    return out


def passed_already(before: Iterable[str], reached: Collection[str], costs: Mapping[str, float]) -> list[str]:
    """The tests that need not be run, in files of which only those of ``before`` were left: nothing has changed for them.

    >>> passed_already(["c.py::u"], ["a.py"], {"a.py::x": 3.0, "c.py::u": 1.0, "c.py::w": 1.0})
    ['c.py::w']
    """
    kept = set(before)
    others = {file_of(test) for test in kept}.difference(reached)
    return [test for test in costs if file_of(test) in others and test not in kept]


def file_of(test: str) -> str:
    """The file in which a test is.

    >>> file_of("tests/model/test_size.py::test_bytes[1::k]")
    'tests/model/test_size.py'
    """
    return test.partition("::")[0]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Takes out what is left for later."""
    if LEFT not in os.environ:
        return
    names = set(json.loads(Path(os.environ[LEFT]).read_text()))
    out = [item for item in items if item.nodeid in names]
    items[:] = [item for item in items if item.nodeid not in names]
    config.hook.pytest_deselected(items=out)
