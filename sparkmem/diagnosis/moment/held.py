"""Memory that something held at a moment: parts with their bytes, and what follows from them by arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sparkmem.record import record
from sparkmem.size import MIB, mib_text


@dataclass(frozen=True)
class Held:
    """A part [bytes]: a process, a category, a limit; ``note`` says more of it."""

    name: str
    bytes: int
    note: str = ""


@record
class Setting:
    """What to set, and why."""

    key: str
    value: str
    why: str


@dataclass(frozen=True)
class Moment:
    """What a machine's text says of memory: its parts, sentences that follow from them, and settings that follow."""

    kind: str
    title: str
    line: int
    held: tuple[Held, ...]
    says: tuple[str, ...] = ()
    settings: tuple[Setting, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The same as programs get it."""
        return {
            "kind": self.kind, "title": self.title, "line": self.line,
            "held": [dict(vars(one)) for one in self.held], "says": list(self.says),
            "set": [dict(vars(one)) for one in self.settings],
        }  # fmt: skip


def overhead_for(beside_bytes: int, why: str, process: str = "executor") -> Setting:
    """The memory overhead that would have held so much beside the heap, with a tenth more."""
    return Setting(f"spark.{process}.memoryOverhead", f"{-(-beside_bytes * 11 // 10 // MIB)}m", why)


def named(sizes: Mapping[str, int], notes: Mapping[str, str] | None = None) -> tuple[Held, ...]:
    """Parts by their names, those of nothing left out.

    >>> [one.name for one in named({"heap": 5, "swap": 0})]
    ['heap']
    """
    return tuple(Held(name, size, (notes or {}).get(name, "")) for name, size in sizes.items() if size)


def counted(many: int, word: str) -> str:
    """So many of something.

    >>> counted(1, "task"), counted(2100, "thread")
    ('1 task', '2,100 threads')
    """
    return f"{many:,} {word}" if many == 1 else f"{many:,} {word}{'es' if word.endswith('s') else 's'}"


def share(part: int, whole: int) -> str:
    """A part with its share of the whole.

    >>> share(1 << 20, 4 << 20)
    '1 MiB, 25 %'
    """
    return f"{mib_text(part)}, {round(100 * part / whole)} %" if whole else mib_text(part)
