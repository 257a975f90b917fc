"""A job held against what it is now: what would be more or less, which remarks would come and go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sparkmem.answer.line import Line
from sparkmem.answer.note import Note
from sparkmem.answer.result import Result
from sparkmem.calculators.explain.calculator import EXPLAIN
from sparkmem.calculators.explain.told import OF_THE_TEXT
from sparkmem.calculators.explain.verdict import VERDICTS
from sparkmem.errors import BadInputs
from sparkmem.given import Given
from sparkmem.record import record
from sparkmem.size import mib_text
from sparkmem.spark.changes.change import Change

NO_ANSWER = "No answer"
_BY_KEY = ("key-ignored", "key-not-read", "key-deprecated", "old-key")
# Remarks on the figures themselves, which stand beside them, and on where the settings are from.
_OF_ALL = (
    "refused", "no-node-holds-it", "driver-not-in-cluster", "ui-number", "heap-held-back", "example", "assumed",
    "driver-memory-too-late", *OF_THE_TEXT,
)  # fmt: skip


@record
class Job:
    """A job as ``explain`` answers it: its inputs, its verdict, its figures by id, its remarks."""

    inputs: Mapping[str, str]
    given: Given | None
    result: Result
    fault: str = ""

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        """The figures by id."""
        return {line.id: line for line in self.result.rows()}

    def size(self, id: str) -> int | None:
        """The figure [bytes]; None where there is none."""
        line = self.lines.get(id)
        return line.size_bytes if line else None

    @property
    def verdict(self) -> str:
        """One of ``VERDICTS``, or that there is no answer."""
        return NO_ANSWER if self.fault else next(v for v in VERDICTS if self.result.verdict.startswith(v))

    @property
    def reason(self) -> str:
        """Who refuses it and in which words, or why it does not fit; empty where it starts."""
        told = self.verdict in VERDICTS[:2]
        return self.fault or (self.result.verdict.removeprefix(f"{self.verdict}. ") if told else "")

    @cached_property
    def refused(self) -> frozenset[str]:
        """Who refuses which inputs, without their words."""
        return frozenset(note.text.partition(":")[0] for note in self.result.notes if note.id == "refused")

    @cached_property
    def remarks(self) -> Mapping[str, Note]:
        """What is said of it beyond its figures, each under what it is about."""
        return {_about(note): note for note in self.result.notes if note.id not in _OF_ALL}


def _about(note: Note) -> str:
    key = re.search(r"spark\.[\w.]*\w", note.text) if note.id in _BY_KEY else None
    return f"{note.id} {key[0]}" if key else note.id


def job(inputs: Mapping[str, str]) -> Job:
    """The job that these inputs describe, whatever they come to."""
    try:
        result, given = EXPLAIN.run(inputs)
    except BadInputs as bad:
        return Job(inputs, None, Result(()), f"{bad.errors[0].name}: {bad.errors[0].message}")
    return Job(given.changed, given, result)


@dataclass(frozen=True)
class Variant:
    """One row: a job, or a run of releases that come to the same; ``choices`` are the jobs by what they are called."""

    id: str
    choices: tuple[tuple[str, Job], ...]
    now: Job
    changes: tuple[Change, ...] = ()

    @property
    def job(self) -> Job:
        """Any of its jobs: they come to the same."""
        return self.choices[0][1]

    @property
    def present(self) -> bool:
        """Whether it is what the job is now."""
        return any(job is self.now for _, job in self.choices)

    def text(self, id: str) -> str:
        """The figure for people; empty where there is none."""
        line = self.job.lines.get(id)
        return "" if line is None else line.shown if id == "ui-storage-memory" else mib_text(line.size_bytes or 0)

    def difference(self, id: str) -> str:
        """How much more or less than now, with its sign; empty where it is the same, or either is not known."""
        size, before = self.job.size(id), self.now.size(id)
        if size is None or before is None or size == before:
            return ""
        return f"{'+' if size > before else '−'}{mib_text(abs(size - before))}"

    @property
    def new(self) -> tuple[Note, ...]:
        """Remarks that are not made now."""
        return tuple(note for about, note in self.job.remarks.items() if about not in self.now.remarks)

    @property
    def gone(self) -> tuple[Note, ...]:
        """Warnings that are given now, and would not be."""
        remarks = () if self.job.fault else self.now.remarks.items()
        return tuple(note for about, note in remarks if about not in self.job.remarks and note.level == "warning")

    def as_dict(self, figures: Mapping[str, str]) -> dict[str, Any]:
        """The row as plain data."""
        return {
            "id": self.id,
            "choices": [{"name": name, "inputs": dict(job.inputs)} for name, job in self.choices],
            "present": self.present,
            "verdict": self.job.verdict,
            "reason": self.job.reason,
            "figures": {
                id: {"bytes": self.job.size(id), "text": self.text(id), "difference": self.difference(id)} for id in figures
            },
            "changes": [{"id": c.id, "since": c.since, "label": c.label} for c in self.changes],
            "new": [note.as_dict() for note in self.new],
            "gone": [note.as_dict() for note in self.gone],
        }


@dataclass(frozen=True)
class Table:
    """Jobs that differ in one choice; ``figures`` are the labels of the columns by row id."""

    id: str
    title: str
    first: str
    figures: Mapping[str, str]
    rows: tuple[Variant, ...]

    def as_dict(self) -> dict[str, Any]:
        """The table as plain data."""
        return {"id": self.id, "title": self.title, "rows": [row.as_dict(self.figures) for row in self.rows]}
