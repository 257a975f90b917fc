"""Many rows in one test, each of which is tried: what fails is named by its row.

pytest takes two milliseconds for a test of its own, which is more than most rows take, and there are thousands of them.
ROWS=word has only those rows tried that have the word in their name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

Row = TypeVar("Row")

_TOLD = 20
"""So many rows are told of with what is wrong there; of the others the names."""


def each(rows: Iterable[Row], name: Callable[[Row], str] = str) -> Callable[[Callable[[Row], None]], Callable[[], None]]:
    """Makes of a test of one row the test of them all.

    >>> @each([1, 2, 3], lambda number: f"number {number}")
    ... def test_one(number):
    ...     assert number == 2, "not two"
    >>> test_one()
    Traceback (most recent call last):
    ...
    AssertionError: 2 of 3 rows fail
    number 1: AssertionError: not two
    number 3: AssertionError: not two
    """
    every = [(name(row), row) for row in rows]

    def of(test: Callable[[Row], None]) -> Callable[[], None]:
        def all_of_them() -> None:
            word = os.environ.get("ROWS", "")
            tried = [(named, row) for named, row in every if word in named]
            assert tried, f"no row has {word!r} in its name" if every else "there are no rows"
            wrong: list[tuple[str, BaseException]] = []
            for named, row in tried:
                try:
                    test(row)
                except (Exception, pytest.fail.Exception) as error:
                    wrong.append((named, error))
            if wrong:
                told = [f"{named}: {type(error).__name__}: {error}" for named, error in wrong[:_TOLD]]
                told += [named for named, _ in wrong[_TOLD:]]
                raise AssertionError("\n".join([f"{len(wrong)} of {len(tried)} rows fail", *told])) from wrong[0][1]

        # Not functools.wraps: pytest would look for a fixture with the name of what a row is called.
        all_of_them.__name__, all_of_them.__doc__ = test.__name__, test.__doc__
        all_of_them.__qualname__, all_of_them.__module__ = test.__qualname__, test.__module__
        return all_of_them

    return of
