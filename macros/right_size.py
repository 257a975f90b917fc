"""What was run again to prove advice: as it ran, as advised, a step smaller; and with the rules of others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from sparkmem.render.markdown import table
from sparkmem.size import MIB, mib_text

_NAMES = {
    "dr-elephant": "Dr. Elephant",
    "sparklens": "Sparklens",
    "five-cores": "Five cores",
    "rapids-autotuner": "RAPIDS AutoTuner",
}
_FAILED = {"heap-full": "the heap was full", "execution-refused": "memory was refused", "executor-lost": "an executor died",
           "tasks-failed": "tasks failed"}  # fmt: skip
_WORDS = {"spark.executor.memory": "heap", "spark.memory.fraction": "fraction", "spark.executor.cores": "cores",
          "spark.sql.shuffle.partitions": "partitions"}  # fmt: skip


class RightSizes:
    """The recordings of both, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _runs(self, name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((self._folder / name).read_text())["runs"]
        return found

    @cached_property
    def proven(self) -> list[dict[str, Any]]:
        return self._runs("right-size.json")

    @cached_property
    def tried(self) -> list[dict[str, Any]]:
        return self._runs("rules-of-others.json")

    def count(self, what: str) -> str:
        """How many ``jobs`` were run again, how many of them ``held`` (no spill as advised, one a step smaller).

        ``said`` is how many times a rule of others was applied, ``tried`` how many of those were run.
        """
        held = [row for row in self.proven if not _bad(row["advised"]) and _bad(row["one-step-smaller"])]
        tried = [row for row in self.tried if "run" in row]
        return f"{len({'jobs': self.proven, 'held': held, 'said': self.tried, 'tried': tried}[what]):,}"

    def table(self) -> str:
        """A row for each job and release."""
        head = ["Job", "Spark", "Spilled as it ran", "Need", "As advised", "Held at once", "A step smaller"]
        rows = [
            [row["job"], row["release"], _mib(row["as-it-ran"]["spilled"]), _mib(row["need"]), _happened(row["advised"]),
             _mib(row["advised"]["held-at-once"] * row["tasks"]) if row["advised"]["held-at-once"] else "not recorded",
             _happened(row["one-step-smaller"])]
            for row in self.proven
        ]  # fmt: skip
        return table(head, rows)

    def others(self) -> str:
        """A row for each rule and job: what it says of the log, what that is by the model, and what happened."""
        rows = []
        for row in self.tried:
            words = ", ".join(f"{_WORDS[key]} {text}" for key, text in row["settings"].items() if key in _WORDS)
            happened = _spilled(row["run"]) if "run" in row else "not run"
            rows.append([row["job"], _mib(row["need"]), _NAMES[row["rule"]], words, _mib(row["spark-memory"]), happened])
        return table(["Job", "Need", "Rule", "It says", "Spark memory of that", "What happened"], rows)


def _bad(seen: Mapping[str, Any]) -> bool:
    return bool(seen["spilled"] or seen["failed"])


def _mib(size_bytes: int) -> str:
    return mib_text(-(-size_bytes // MIB) * MIB)


def _happened(seen: Mapping[str, Any]) -> str:
    return f"{_mib(seen['spark-memory'])}: {_spilled(seen)}"


def _spilled(seen: Mapping[str, Any]) -> str:
    failed = [_FAILED[one] for one in seen["failed"]]
    spilled = f"{_mib(seen['spilled'])} spilled" if seen["spilled"] else "nothing spilled"
    return ", ".join([spilled, *failed])
