"""What native memory tracking printed, read back: each category with what is reserved and what is committed.

Reads the answers to ``jcmd PID VM.native_memory summary`` and ``summary.diff``, the first part of ``detail``,
and what ``-XX:+PrintNMTStatistics`` prints at a JVM's end, in any scale.  Held against the answers of running
JVMs, 11 to 25; Java 8 prints the same lines, with fewer categories.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sparkmem.size import GIB, KIB, MIB

HEAP = "Java Heap"

# The categories (``MEMORY_TYPES_DO`` and, since 21, ``MEM_TAG_DO``) by what they are; all others are in REST.
METASPACE, STACKS, CODE, COLLECTOR = "metaspace", "thread-stacks", "code-cache", "gc-structures"
OTHER, REST = "other", "rest"
AREAS = {
    "Class": METASPACE,
    "Metaspace": METASPACE,
    "Shared class space": METASPACE,
    "Module": METASPACE,
    "Thread": STACKS,
    "Thread Stack": STACKS,
    "Code": CODE,
    "Compiler": CODE,
    "GC": COLLECTOR,
    "GCCardSet": COLLECTOR,
    "Other": OTHER,
}

_UNITS = {"": 1, "b": 1, "kb": KIB, "mb": MIB, "gb": GIB}
_AMOUNT = r"(\d{1,19})([KMG]?B)?(?: ([+-]\d{1,19})(?:[KMG]?B)?)?"
_BOTH = rf"reserved={_AMOUNT}, {{1,2}}committed={_AMOUNT}"
_MORE = r"(?:, \w{1,12}=\d{1,19}(?:[KMG]?B)?){0,2}"  # readonly of the archive of classes, in later JVMs
_TOTAL = re.compile(rf"Total: {{0,2}}{_BOTH}", re.IGNORECASE)
_CATEGORY = re.compile(rf"-? {{0,40}}([A-Za-z][\w /-]{{0,39}}?) \({_BOTH}{_MORE}\)", re.IGNORECASE)
_THREADS = re.compile(r"\(threads? #(\d{1,9})")

_NOT_ENABLED = "not enabled"
_NO_BASELINE = "no baseline"
_BASELINE = ("baseline succeeded", "baseline taken")


class Unreadable(ValueError):
    """A text in which no summary of native memory was found; ``change`` says what to do."""

    def __init__(self, message: str, change: str) -> None:
        super().__init__(message)
        self.change = change


@dataclass(frozen=True)
class Category:
    """One category [bytes]; ``grown_bytes`` is what it has committed since the baseline, None where there was none."""

    name: str
    reserved_bytes: int
    committed_bytes: int
    grown_bytes: int | None = None

    @property
    def area(self) -> str:
        """What it is: one of the areas, or the rest."""
        return AREAS.get(self.name, REST)


@dataclass(frozen=True)
class NativeMemory:
    """A summary: the categories but the heap, the heap, the total that was printed, and the step of the figures [bytes]."""

    heap: Category
    categories: tuple[Category, ...]
    printed_total: Category
    unit_bytes: int
    threads: int | None = None
    summaries: int = 1

    @property
    def outside_bytes(self) -> int:
        """What is committed outside the heap, all categories together."""
        return sum(category.committed_bytes for category in self.categories)

    @property
    def is_diff(self) -> bool:
        """Whether it says what has grown since a baseline."""
        return any(category.grown_bytes is not None for category in (self.printed_total, *self.categories))

    def of(self, area: str) -> tuple[Category, ...]:
        """The categories of an area."""
        return tuple(category for category in self.categories if category.area == area)

    def committed_bytes(self, area: str) -> int:
        """What an area has committed."""
        return sum(category.committed_bytes for category in self.of(area))


def read_native_memory(text: str) -> NativeMemory:
    """The last summary in a text; ``Unreadable`` where there is none.

    >>> printed = "Total: reserved=96KB, committed=72KB\\n- Java Heap (reserved=64KB, committed=64KB)\\n"
    >>> read_native_memory(printed + "- GC (reserved=32KB, committed=8KB)").outside_bytes
    8192
    """
    lines = [line.strip(" \t\r>") for line in text.splitlines()]
    starts = [number for number, line in enumerate(lines) if _TOTAL.match(line)]
    if not starts:
        raise _unreadable(text)
    below = lines[starts[-1] :]
    total = _TOTAL.match(below[0])
    unit = _UNITS[(total[5] or "").lower()] if total else 1
    if unit == GIB:
        raise Unreadable("the figures are whole GB, in which nearly all is 0", "leave scale out, or write scale=MB")
    found = [category for line in below if (category := _category(_CATEGORY.fullmatch(line)))]
    heap = next((category for category in found if category.name == HEAP), None)
    if heap is None or len(found) < 2:
        message = "there is a total, and no line of Java Heap and of other categories below it"
        raise Unreadable(message, "paste all that was printed, to the last line")
    threads = next((int(match[1]) for line in below if (match := _THREADS.match(line))), None)
    others = tuple(category for category in found if category is not heap)
    return NativeMemory(heap, others, _sizes("Total", total, 1), unit, threads or None, len(starts))


def _category(match: re.Match[str] | None) -> Category | None:
    return _sizes(match[1], match, 2) if match else None


def _sizes(name: str, match: re.Match[str] | None, first: int) -> Category:
    """Reserved and committed with their growth, from six groups of a line."""
    if match is None:  # cannot be: the line was found by the same pattern
        raise Unreadable(f"no sizes in the line of {name}", "")
    groups = match.groups()[first - 1 :]
    reserved_unit, unit = (_UNITS[(groups[place] or "").lower()] for place in (1, 4))
    grown = int(groups[5]) * unit if groups[5] else None
    return Category(name, int(groups[0]) * reserved_unit, int(groups[3]) * unit, grown)


def _unreadable(text: str) -> Unreadable:
    words = text.lower()
    if _NOT_ENABLED in words:
        change = "start the JVM with -XX:NativeMemoryTracking=summary in its extra Java options, and ask again"
        return Unreadable("the JVM says that native memory tracking is not enabled", change)
    if any(said in words for said in _BASELINE):
        return Unreadable("this is the answer to baseline", "ask for VM.native_memory summary.diff now, or for summary")
    if _NO_BASELINE in words:
        return Unreadable("the JVM has no baseline to compare with", "ask for VM.native_memory summary instead")
    expected = "a line such as Total: reserved=1519374KB, committed=151938KB, and below it one for each category"
    change = "paste what jcmd PID VM.native_memory summary prints, or -XX:+PrintNMTStatistics at the JVM's end"
    return Unreadable(f"no summary of native memory was found: expected {expected}", change)
