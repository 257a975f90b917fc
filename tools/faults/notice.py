"""Whether the tests of a tree notice: the tests that are named are run until one fails."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WIDE = ("tests/test_layers.py", "tests/model", "sparkmem", "macros", "tools", "tests/oracle", "tests/site", "tests/browser")
_FAILED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)
_PASSED, _NOTHING_CHOSEN = 0, 5

NOT_AT_AN_END = "not at an end in time"


@dataclass(frozen=True)
class Run:
    """One run of tests: how it ended, the tests that failed, and the end of what was said."""

    code: int
    failed: tuple[str, ...]
    said: str

    @property
    def passed(self) -> bool:
        """Whether tests were run and all of them passed."""
        return self.code == _PASSED


def existing(root: Path, paths: Sequence[str]) -> list[str]:
    """The paths that a tree has: tests move, and the list names where they were and where they are."""
    return [path for path in paths if (root / path).exists()]


def run_tests(root: Path, paths: Sequence[str], word: str = "", *, seconds: int, first: bool = True) -> Run:
    """Run tests of a tree, up to the ``first`` failure; where the word chooses none, all of them.

    Tests that do not come to an end within ``seconds`` have noticed something, if without the fault they do: CI would
    end them.
    """
    chosen = ["-k", word] if word else []
    until = ["-x"] if first else []
    command = [
        str(root / ".venv/bin/python"), "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "-rfE", "--tb=line",
        *until, *chosen, *paths,
    ]  # fmt: skip
    environment = {
        **os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": os.environ.get("SITE_URL", "http://127.0.0.1:8000/"),
        "PYTHONPYCACHEPREFIX": str(root / "build/pycache"), "COLUMNS": "400",
    }  # fmt: skip
    process = subprocess.Popen(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        return Run(-1, (NOT_AT_AN_END,), "")
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if word and process.returncode == _NOTHING_CHOSEN:
        return run_tests(root, paths, seconds=seconds, first=first)
    return Run(process.returncode, tuple(dict.fromkeys(_FAILED.findall(said))), said[-1500:])
