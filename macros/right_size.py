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
        """How many ``jobs`` were run again, and of those how many ``held`` (no spill as advised, one a step smaller)."""
        held = [row for row in self.proven if not _bad(row["advised"]) and _bad(row["one-step-smaller"])]
        return f"{len({'jobs': self.proven, 'held': held, 'tried': self.tried}[what]):,}"

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

    def twins(self) -> str:
        """The sorts of which a log says the same: what it says, what is taken for their need, and what each held."""
        rows = [
            [row["job"], f"{row['rows']:,}", _mib(row["peak"]), _mib(row["spilled"]), _mib(row["need"]),
             _mib(row["enough"]["held-at-once"])]
            for row in self._runs("twins.json")
        ]  # fmt: skip
        return table(["Job", "Rows", "Largest value", "Spilled", "Need as told", "Held where nothing spilled"], rows)

    def others(self) -> str:
        """A row for each rule and job: what it says of the log, and what happened."""
        rows = []
        for row in self.tried:
            said = ", ".join(f"{_WORDS[key]} {text}" for key, text in row["settings"].items() if key in _WORDS)
            rows.append([row["job"], row["release"], _NAMES[row["rule"]], said, _mib(row["spark-memory"]), _spilled(row)])
        return table(["Job", "Spark", "Rule", "It says", "Spark memory", "What happened"], rows)


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
