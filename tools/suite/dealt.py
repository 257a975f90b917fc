"""A plugin of pytest: what costs much comes first, with as much of it for each worker, and what is small last.

pytest-xdist gives each worker as many tests, as they come: one would have all those of the browser, and at the end of a run
one test that takes long is waited for by all.  Whoever has nothing left takes some of another's last ones: these are small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, islice, pairwise

import pytest

from tools.suite import record

LARGE_SECONDS = 1.0
"""Of processor time, of all tests of a file together."""

_UNKNOWN_SECONDS = {True: 1.0, False: 0.02}
"""Of a test that has not been run here, by whether it is one of the browser's."""


class Dealt:
    """Deals out in each worker alike, as pytest-xdist wants it; where tests run in one process they stay as they are."""

    def __init__(self, costs: Mapping[str, float] | None = None) -> None:
        self.costs = costs

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        given = getattr(config, "workerinput", None)
        if given is None:
            return
        costs = record.costs() if self.costs is None else self.costs
        unknown = [_UNKNOWN_SECONDS["/browser/" in item.nodeid] for item in items]
        spent = [costs.get(item.nodeid, guess) for item, guess in zip(items, unknown, strict=True)]
        files = [item.nodeid.partition("::")[0] for item in items]
        items[:] = [items[place] for place in dealt(files, spent, given["workercount"])]


def dealt(files: Sequence[str], costs: Sequence[float], workers: int) -> list[int]:
    """Places of tests in the order in which so many workers are to have them, each as many as the others.

    Tests of a large file stay together, and for each worker the largest file comes first.

    >>> dealt(["a", "b", "b", "c", "d", "d"], [0.1, 3.0, 2.0, 0.2, 4.0, 3.0], 2)
    [4, 5, 0, 1, 2, 3]
    """
    together = [list(places) for _, places in groupby(range(len(files)), key=lambda place: files[place])]
    summed = {places[0]: sum(costs[place] for place in places) for places in together}
    large = [places for places in together if summed[places[0]] >= LARGE_SECONDS]
    ends = [len(files) * worker // workers for worker in range(workers + 1)]
    rooms = [end - begin for begin, end in pairwise(ends)]
    hands: list[list[int]] = [[] for _ in rooms]
    has = [0.0 for _ in rooms]
    left = set(range(len(files)))
    for places in sorted(large, key=lambda places: -summed[places[0]]):
        for worker in sorted(range(workers), key=lambda worker: has[worker]):
            if len(hands[worker]) + len(places) <= rooms[worker]:
                hands[worker] += places
                has[worker] += summed[places[0]]
                left.difference_update(places)
                break
    small = iter(sorted(left))
    return [place for hand, room in zip(hands, rooms, strict=True) for place in (*hand, *islice(small, room - len(hand)))]
