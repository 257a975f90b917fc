"""A plugin of pytest: a module without an example in its text is not looked through for one, nor imported for that.

Of a thousand modules three hundred have one, and each worker would load and search them all: a second and a half.
That every module can be imported says tests/test_layers.py, once.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from _pytest.doctest import DoctestModule

_EXAMPLE = b">>> "


class OfExamples:
    """Takes the doctests of a file away before they are collected, where it can have none."""

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(self, file_path: Path) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
        found = yield
        if all(not isinstance(one, DoctestModule) for one in found) or _EXAMPLE in file_path.read_bytes():
            return found
        return [one for one in found if not isinstance(one, DoctestModule)]
