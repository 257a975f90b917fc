"""A finding about a run: what happened, where, on what evidence, and what to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

CAUSE, CONSEQUENCE, CONTEXT = "cause", "consequence", "context"
SAID, COMPUTED, POSSIBLE = "said", "computed", "possible"
PAGE = "read-a-run/"


@dataclass(frozen=True)
class Change:
    """A setting to change, to what, and why; ``value`` is empty where no number can be given."""

    key: str
    value: str
    why: str

    def as_dict(self) -> dict[str, str]:
        return {"key": self.key, "value": self.value, "why": self.why}


@dataclass(frozen=True)
class Told:
    """What the diagnosis of texts says of a finding's words: its id, title and page, and its numbers as texts by name."""

    id: str
    title: str
    page: str
    numbers: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title, "see": self.page, "numbers": dict(self.numbers)}


@dataclass(frozen=True)
class Finding:
    """One finding; ``numbers`` are bytes by name, ``at`` is a time [ms] and a place in the log."""

    id: str
    kind: str
    process: str
    region: str
    certainty: str
    title: str
    says: str
    numbers: Mapping[str, int] = field(default_factory=dict)
    quote: str = ""
    at: int = 0
    line: tuple[int, int] = (0, 0)
    executors: tuple[str, ...] = ()
    stages: tuple[int, ...] = ()
    explains: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    not_to_do: str = ""
    times: int = 1
    told: tuple[Told, ...] = ()
    page: str = ""

    @property
    def see(self) -> str:
        """The page or section that treats it."""
        return self.page or f"reading-an-event-log/#{self.id}"

    def as_dict(self) -> dict[str, Any]:
        """The finding as ``--json`` has it (DESIGN, section 3)."""
        return {
            "id": self.id,
            "kind": self.kind,
            "process": self.process,
            "region": self.region,
            "certainty": self.certainty,
            "title": self.title,
            "says": self.says,
            "numbers": dict(self.numbers),
            "quote": self.quote,
            "at": {"time": self.at, "file": self.line[0], "line": self.line[1]},
            "executors": list(self.executors),
            "stages": list(self.stages),
            "explains": list(self.explains),
            "times": self.times,
            "changes": {change.key: {"value": change.value, "why": change.why} for change in self.changes},
            "not-to-do": self.not_to_do,
            "texts": [one.as_dict() for one in self.told],
            "see": self.see,
        }

    def again(self, other: Finding) -> Finding:
        """The same finding from another text: counted together, the earlier words kept."""
        earlier, later = sorted((self, other), key=lambda one: (one.at or 1 << 62, one.line))
        executors = tuple(dict.fromkeys((*earlier.executors, *later.executors)))
        stages = tuple(dict.fromkeys((*earlier.stages, *later.stages)))
        numbers = {**later.numbers, **earlier.numbers}
        told = tuple({one.id: one for one in (*later.told, *earlier.told)}.values())
        times = self.times + other.times
        return replace(earlier, times=times, executors=executors, stages=stages, numbers=numbers, told=told)
