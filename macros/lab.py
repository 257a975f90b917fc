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

    def count(self, what: str) -> str:
        """How many ``experiments`` there are, and ``runs`` of them."""
        runs = {name: run for name, run in self._runs.items() if name != run["id"]}
        counts = {"experiments": len(self._runs) - len(runs), "runs": len(runs)}
        return f"{counts[what]:,}"

    def page(self) -> str:
        """Every experiment under a heading of its own: what was asked, what is held, what was measured where."""
        return "\n\n".join(self._section(name) for name, run in sorted(self._runs.items()) if name == run["id"])

    def _section(self, experiment_id: str) -> str:
        run = self.run(experiment_id)
        return (
            f"## {run['question']} {{ #experiment-{experiment_id} }}\n\n{run['statement']}\n\n"
            f"Ran: {self._ran(run)}\n{{: .sm-ran }}\n\n{self._figures(experiment_id)}\n\n"
            f'Measured on {run["date"]}; again with `make lab ARGS="{experiment_id}"`.\n{{: .sm-ran }}'
        )

    def _ran(self, run: Mapping[str, Any]) -> str:
        return f"`{run['ran'].replace('`', '')}`"

    def _figures(self, experiment_id: str) -> str:
        """A row for each figure, a column for each JVM or release that it was measured on."""
        runs = [name for name, run in self._runs.items() if run["id"] == experiment_id and name != experiment_id]
        figures = list(dict.fromkeys(figure for name in runs for figure in self._runs[name]["figures"]))
        rows = [[f"`{figure}`", *(self._cell(name, figure) for name in runs)] for figure in figures]
        return table(["Figure", *(self.measured_on(name) for name in runs)], rows)

    def _cell(self, name: str, figure_id: str) -> str:
        if figure_id not in self._runs[name]["figures"]:
            return ""
        text = self.measured(name, figure_id)
        ((unit, _),) = self._runs[name]["figures"][figure_id].items()
        return f"`{text.replace('`', '')}`" if unit == "text" and text else text
