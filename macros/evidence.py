"""What was recorded from real Spark and real JVMs, counted from the recordings themselves."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

from sparkmem.render.markdown import table


def _jvm(version: str) -> str:
    """The name and version of a JVM, out of what it says of itself.

    >>> _jvm("OpenJDK Runtime Environment Temurin-17.0.9+9 (build 17.0.9+9)")
    'Temurin 17.0.9+9'
    """
    return version.partition(" (")[0].removeprefix("OpenJDK Runtime Environment ").replace("-", " ", 1)


class Recordings:
    """The recorded answers in one folder: a file for each release of Spark, and one for the JVMs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def spark(self) -> list[dict[str, Any]]:
        """The recordings of Spark, oldest release first."""
        files = self._folder.glob("spark-*.json")
        found = [json.loads(file.read_text()) for file in files]
        return sorted(found, key=lambda r: [int(part) for part in r["release"].split(".")])

    @cached_property
    def heap(self) -> dict[str, Any]:
        """The recording of the JVMs' heaps."""
        found: dict[str, Any] = json.loads((self._folder / "heap.json").read_text())
        return found

    @cached_property
    def rounding(self) -> dict[str, Any]:
        """The recording of YARN's rounding."""
        found: dict[str, Any] = json.loads((self._folder / "rounding.json").read_text())
        return found

    @cached_property
    def overflows(self) -> int:
        """In how many cases the calculator refuses a sum that overflows in Spark unseen."""
        listed: dict[str, list[str]] = json.loads((self._folder / "overflows.json").read_text())
        return sum(map(len, listed.values()))

    def count(self, what: str) -> str:
        """How many of ``cases``, ``refusals``, ``heaps`` or ``releases`` were recorded; ``overflows`` among the cases.

        ``roundings`` are the requests that YARN's calculators rounded, ``unruled`` those of them with a step of 0.
        """
        cases = [case for recording in self.spark for case in recording["cases"]]
        counts = {
            "cases": len(cases),
            "refusals": sum("error" in case for case in cases),
            "heaps": len(self.heap["rows"]),
            "releases": len(self.spark),
            "overflows": self.overflows,
            "roundings": len(self.rounding["rows"]),
            "unruled": sum(row["step"] == 0 for row in self.rounding["rows"]),
        }
        return f"{counts[what]:,}"

    def table(self) -> str:
        """A row for each recorded release: cases, refusals among them, the JVM, the command that makes them again."""
        rows = [
            [
                recording["release"],
                f"{len(recording['cases']):,}",
                f"{sum('error' in case for case in recording['cases']):,}",
                _jvm(recording["jvm"]),
                f"`make oracle RELEASE={recording['release']}`",
            ]
            for recording in reversed(self.spark)
        ]
        return table(["Spark", "Cases", "Refused", "JVM", "Made again with { .sm-name }"], rows, right=[1, 2])

    def traces(self) -> str:
        """A row for each release whose memory managers were recorded at work, newest first."""
        found = [json.loads(file.read_text()) for file in self._folder.glob("traces-*.json")]
        found.sort(key=lambda r: [int(part) for part in r["release"].split(".")], reverse=True)
        rows = [
            [
                recording["release"],
                " and ".join(dict.fromkeys(case["manager"] for case in recording["cases"])),
                f"{len(recording['cases']):,}",
                f"{sum(len(case['ops']) for case in recording['cases']):,}",
                f"`make oracle RELEASE=traces-{recording['release']}`",
            ]
            for recording in found
        ]
        return table(["Spark", "Manager", "Traces", "Operations", "Made again with { .sm-name }"], rows, right=[2, 3])
