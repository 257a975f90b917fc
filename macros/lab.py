"""Figures that were measured on real JVMs and real Spark: each stands in tests/oracle/lab.json, none is typed in a page."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from macros.content import CONTENT, ContentError, entries
from macros.unbroken import unbroken, unbroken_items
from sparkmem.render.markdown import table
from sparkmem.size import mib_text

_TEXTS: Mapping[str, Callable[[Any], str]] = {
    "bytes": mib_text,
    "count": "{:,}".format,
    "ratio": "{:.2f}".format,
    "text": str,
    "yes": lambda fact: "yes" if fact else "no",
}
"""How each unit of a figure is written for people."""

_NOT_SET = {("default-flags", "MaxDirectMemorySize"): 0}
"""Where a flag's value says that the JVM has none."""

_LONG = 30  # letters, from which on a cell is given the width of a line of text
_CODE = re.compile(
    r"`[^`]*`"
    r"|\bjcmd \w+ [\w.]+ \w+"  # jcmd PID VM.native_memory summary
    r"|\b\d+[kmg]\b"  # 768m
    r"|(?<![\w-])--?[A-Za-z][\w:+.=/-]*\w"  # -Xmx64m, -XX:+UseG1GC, --driver-memory
    r"|(?<![\w.])(?:new )?[a-z]\w*(?:-\w+)?\[[^]]*\]"  # local-cluster[1,2,512], new long[16 Mi]
    r"|/?\b[A-Za-z]\w*(?:[./]\w*[A-Za-z]\w*)+(?:\([^)]*\)|=[\w-]+)?"  # spark.executor.memory=1g, System.gc()
    r"|\b\w+=[\w-]+"  # enabled=false
    r"|\b[A-Z]+(?:_[A-Z]+)+\b"  # OFF_HEAP
    r"|\b(?!MiB|GiB|KiB|DataFrame)[A-Za-z]*[a-z][A-Z]\w*"  # UseCompressedOops
)
"""What stands in a sentence as flag, setting, name or value of a program."""


@dataclass(frozen=True)
class ExperimentGroup:
    """Experiments that stand under one heading."""

    id: str
    title: str
    experiments: tuple[str, ...]


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

    def runs(self, experiment_id: str) -> list[dict[str, Any]]:
        """Every recorded run of an experiment, the first one first."""
        on = [name for name in self._runs if name.startswith(f"{experiment_id}:")]
        return sorted((self._runs[name] for name in on), key=lambda row: not row["first"])

    def measured(self, experiment_id: str, figure_id: str) -> str:
        """One figure as people read it, kept together on a line; what Spark or a JVM said is given as it is."""
        figures = self.run(experiment_id)["figures"]
        if figure_id not in figures:
            raise KeyError(f"{experiment_id} has no figure {figure_id}; it has {', '.join(figures)}")
        ((unit, value),) = figures[figure_id].items()
        text = _TEXTS[unit](value)
        return text if unit == "text" else unbroken(text)

    def measured_on(self, experiment_id: str) -> str:
        """What it was measured on, such as `Spark 4.3.0, Java 17.0.9`."""
        run = self.run(experiment_id)
        named = ([f"Spark {run['spark']}"] if run["spark"] else []) + [f"Java {run['java']}"]
        return unbroken_items(", ".join(named))

    def count(self, what: str) -> str:
        """How many ``experiments`` there are, and ``runs`` of them."""
        runs = {name: run for name, run in self._runs.items() if name != run["id"]}
        counts = {"experiments": len(self._runs) - len(runs), "runs": len(runs)}
        return f"{counts[what]:,}"

    def page(self) -> str:
        """A list of all questions, then each under a heading of its own: what is held, what was measured where."""
        groups = entries(ExperimentGroup, "group", CONTENT / "experiments.toml")
        return self.in_groups(groups)

    def in_groups(self, groups: Sequence[ExperimentGroup]) -> str:
        """The page, in these groups; each experiment is in one of them."""
        self._check(groups)
        parts = [f"**[{group.title}](#{group.id})**\n\n{self._questions(group)}" for group in groups]
        for group in groups:
            parts.append(f"## {group.title} {{ #{group.id} }}")
            parts += map(self._section, group.experiments)
        return "\n\n".join(parts)

    def _check(self, groups: Sequence[ExperimentGroup]) -> None:
        listed = Counter(name for group in groups for name in group.experiments)
        there = {run["id"] for run in self._runs.values()}
        if wrong := {name for name, times in listed.items() if times > 1} | there ^ set(listed):
            raise ContentError(f"content/experiments.toml: {', '.join(sorted(wrong))} is to be recorded, and listed once")

    def _questions(self, group: ExperimentGroup) -> str:
        return "\n".join(f"- [{self.run(name)['question']}](#experiment-{name})" for name in group.experiments)

    def _section(self, experiment_id: str) -> str:
        run = self.run(experiment_id)
        return (
            f"### {run['question']} {{ #experiment-{experiment_id} }}\n\n{marked(run['statement'])}\n\n"
            f"Ran: {marked(run['ran'])}.\n{{: .sm-ran }}\n\n{self._figures(experiment_id)}\n\n"
            f'Measured on {run["date"]}; repeat with `make lab ARGS="{experiment_id}"`.\n{{: .sm-ran }}'
        )

    def _figures(self, experiment_id: str) -> str:
        """A row for each figure, a column for each JVM or release that it was measured on."""
        runs = [name for name, run in self._runs.items() if run["id"] == experiment_id and name != experiment_id]
        figures = in_order([list(self._runs[name]["figures"]) for name in runs])
        rows = [[f"`{figure}`", *(self._cell(name, figure) for name in runs)] for figure in figures]
        return table(["Figure { .sm-name }", *(self.measured_on(name) for name in runs)], rows)

    def _cell(self, name: str, figure_id: str) -> str:
        if figure_id not in self._runs[name]["figures"]:
            return ""
        text = self.measured(name, figure_id)
        ((unit, value),) = self._runs[name]["figures"][figure_id].items()
        if unit == "text" and text:
            return f"`{text.replace('`', '')}`" + (" { .sm-said }" if len(text) > _LONG else "")
        return "not set" if _NOT_SET.get((self._runs[name]["id"], figure_id)) == value else text


def marked(text: str) -> str:
    """A sentence with its flags, settings and names as code.

    >>> marked("local[2], -Xmx512m (-XX:+UseG1GC); 4 partitions persisted OFF_HEAP, and System.gc() once")
    '`local[2]`, `-Xmx512m` (`-XX:+UseG1GC`); 4 partitions persisted `OFF_HEAP`, and `System.gc()` once'
    """
    return _CODE.sub(lambda found: f"`{found[0].strip('`')}`", text)


def in_order(lists: Sequence[Sequence[str]]) -> list[str]:
    """All names of some lists, each behind the one that it stands behind where it appears first.

    >>> in_order([["a", "b"], ["a", "a-text", "b", "c"]])
    ['a', 'a-text', 'b', 'c']
    """
    found: list[str] = []
    for names in lists:
        before = 0
        for name in names:
            if name not in found:
                found.insert(before, name)
            before = found.index(name) + 1
    return found
