"""Figures that were measured on real JVMs and real Spark: each stands in tests/oracle/lab.json, none is typed in a page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from sparkmem.render.markdown import table
from sparkmem.size import mib_text

NO_BREAK = "\N{NO-BREAK SPACE}"

_TEXTS: Mapping[str, Callable[[Any], str]] = {
    "bytes": mib_text,
    "count": "{:,}".format,
    "ratio": "{:.2f}".format,
    "text": str,
    "yes": lambda fact: "yes" if fact else "no",
}
"""How each unit of a figure is written for people."""


class Lab:
    """The recorded experiments of one file.

    An experiment is named by its id, and then its first run is meant (Java 17, or Spark 4.3.0); or by id and
    subject, `interned-strings:java-25`, `broadcast-memory:spark-3.5.9`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _runs(self) -> dict[str, dict[str, Any]]:
        rows = json.loads(self._path.read_text())["experiments"]
        named = {f"{row['id']}:{row['on']}": row for row in rows}
        return named | {row["id"]: row for row in rows if row["first"]}

    def run(self, experiment_id: str) -> dict[str, Any]:
        """A recorded run."""
        if experiment_id not in self._runs:
            raise KeyError(f"no experiment {experiment_id} was recorded; there are {', '.join(sorted(self._runs))}")
        return self._runs[experiment_id]

    def measured(self, experiment_id: str, figure_id: str) -> str:
        """One figure as people read it, kept together on a line; what Spark or a JVM said is given as it is."""
        figures = self.run(experiment_id)["figures"]
        if figure_id not in figures:
            raise KeyError(f"{experiment_id} has no figure {figure_id}; it has {', '.join(figures)}")
        ((unit, value),) = figures[figure_id].items()
        text = _TEXTS[unit](value)
        return text if unit == "text" else text.replace(" ", NO_BREAK)

    def measured_on(self, experiment_id: str) -> str:
        """What it was measured on, such as `Spark 4.3.0, Java 17.0.9`."""
        run = self.run(experiment_id)
        named = ([f"Spark {run['spark']}"] if run["spark"] else []) + [f"Java {run['java']}"]
        return ", ".join(named).replace(" ", NO_BREAK).replace(f",{NO_BREAK}", ", ")

    def table(self) -> str:
        """A row for each experiment: its id, question and statement, what it was run on, how to run it again."""
        rows = [
            [f"`{run['id']}`", run["question"], run["statement"], self.measured_on(name), f'`make lab ARGS="{run["id"]}"`']
            for name, run in sorted(self._runs.items())
            if name == run["id"]
        ]
        return table(["Experiment", "Question", "What is held", "First measured on", "Again with"], rows)
