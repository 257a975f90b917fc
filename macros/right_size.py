"""What was run again to prove advice: as it ran, as advised, a step smaller; and with the rules of others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from sparkmem.render.markdown import table
from sparkmem.size import GIB, MIB, mib_text

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

        ``said`` is how many times a rule of others was applied, ``tried`` how many of those were run, ``spilled`` in how
        many of these something spilled or failed.
        """
        held = [row for row in self.proven if not _bad(row["advised"]) and _bad(row["one-step-smaller"])]
        tried = [row for row in self.tried if "run" in row]
        counted = {"jobs": self.proven, "held": held, "said": self.tried, "tried": tried,
                   "spilled": [row for row in tried if _bad(row["run"])]}  # fmt: skip
        return f"{len(counted[what]):,}"

    def table(self) -> str:
        """A row for each job and release."""
        head = ["Job, and Spark", "Spilled as it ran", "Need", "As advised", "Held at once", "A step smaller"]
        rows = [
            [f"{row['job']}, {row['release']}", _mib(row["as-it-ran"]["spilled"]), _needed(row), _advised(row),
             _mib(row["advised"]["held-at-once"] * row["tasks"]) if row["advised"]["held-at-once"] else "not recorded",
             _happened(row["one-step-smaller"])]
            for row in self.proven
        ]  # fmt: skip
        return table(head, rows)

    def others(self) -> str:
        """Rows for each job: what each rule says of its log, what that is by the model, what happened; ours comes first."""
        rows, ours = [], {(row["job"], row["release"]): row["advised"] for row in self.proven}
        last = None
        for row in self.tried:
            if (key := (row["job"], row["release"])) != last and key in ours:
                rows.append([row["job"], _mib(row["need"]), "Read a run", *_came(ours[key])])
            last = key
            came = _came(row["run"], row["settings"]) if "run" in row else [
                _settings(row["settings"]), _mib(row["spark-memory"]), "", "not run"]  # fmt: skip
            rows.append([row["job"], _mib(row["need"]), _NAMES[row["rule"]], *came])
        head = ["Job", "Need", "Rule", "It says", "Spark memory", "GiB-hours", "What happened"]
        return table(head, rows)


def _came(run: Mapping[str, Any], settings: Mapping[str, str] | None = None) -> list[str]:
    """What was set, what Spark memory that was, what the executors took while they lived, what happened."""
    hours = "not recorded"
    if "executor-seconds" in run:
        hours = f"{run['executor-bytes'] / GIB * run['executor-seconds'] / 3600:.4f}"
    return [_settings(settings or run["settings"]), _mib(run["spark-memory"]), hours, _spilled(run)]


def _settings(settings: Mapping[str, str]) -> str:
    return ", ".join(f"{_WORDS[key]} {text}" for key, text in settings.items() if key in _WORDS)


def _needed(row: Mapping[str, Any]) -> str:
    """The need, and what was cached where that is more than a broadcast's remains."""
    stored = row.get("need-of-storage", 0)
    return _mib(row["need"]) + (f" and {_mib(stored)} cached" if stored >= MIB else "")


def _advised(row: Mapping[str, Any]) -> str:
    """What happened as advised, and with no step where that is large beside the need."""
    words = _happened(row["advised"])
    return f"{words}; {_happened(row['head-room-alone'])}" if "head-room-alone" in row else words


def _bad(seen: Mapping[str, Any]) -> bool:
    return bool(seen["spilled"] or seen["failed"])


def _mib(size_bytes: int) -> str:
    """Whole MiB, rounded up, of which no line ends before the unit."""
    return mib_text(-(-size_bytes // MIB) * MIB).replace(" ", "\u00a0")


def _happened(seen: Mapping[str, Any]) -> str:
    return f"{_mib(seen['spark-memory'])}: {_spilled(seen)}"


def _spilled(seen: Mapping[str, Any]) -> str:
    failed = [_FAILED[one] for one in seen["failed"]]
    spilled = f"{_mib(seen['spilled'])}\u00a0spilled" if seen["spilled"] else "no\u00a0spill"
    return ", ".join([spilled, *failed])
