"""All moments of a text of any length: lines from where one begins, as many as it may have, with bounded memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from sparkmem.diagnosis.lines import Block
from sparkmem.diagnosis.moment import (
    cgroup,
    disks,
    error_report,
    executors,
    executors_table,
    heap_use,
    histogram,
    metrics,
    native,
    node,
    pod,
    process,
    process_tree,
    stage_page,
    task_table,
)
from sparkmem.diagnosis.moment.gc_log import TELLING, Collections
from sparkmem.diagnosis.moment.held import Moment
from sparkmem.diagnosis.moment.lines_of import bare

_READERS: tuple[ModuleType, ...] = (
    process_tree, task_table, pod, cgroup, process, native, error_report, histogram, executors, executors_table,
    heap_use, disks, metrics, stage_page, node,
)  # fmt: skip
_MOST_OF_A_KIND = 8
_MOST = 20


@dataclass
class _Open:
    """Lines that belong to a moment so far, and how many may still come."""

    read: Callable[[list[str], int], Moment | None]
    number: int
    lines: list[str]
    wanted: int


class Gathered:
    """What is gathered of the blocks of a text, one after the other."""

    def __init__(self) -> None:
        self._open: dict[str, _Open] = {}
        self._many: dict[str, int] = {}
        self._found: list[Moment] = []
        self.collections = Collections()

    def see(self, block: Block) -> None:
        """Takes the new lines of a block."""
        new = block.lines[block.first : block.last]
        blob = block.joined
        for reader in _READERS:
            name = reader.__name__
            at = self._continued(name, new)
            if any(literal in blob for literal in reader.BEGINS):
                self._begun(reader, block, at)
        if any(literal in blob for literal in TELLING):
            self.collections.see(new, block.numbers[block.first : block.last])

    def _continued(self, name: str, new: list[bytes]) -> int:
        """Gives an open moment its further lines; how many of the new ones are in it."""
        opened = self._open.get(name)
        if not opened:
            return 0
        taken = new[: opened.wanted]
        opened.lines += [bare(line) for line in taken]
        opened.wanted -= len(taken)
        if not opened.wanted:
            self._close(name)
        return len(taken)

    def _begun(self, reader: ModuleType, block: Block, taken: int) -> None:
        """Opens a moment at each line that begins one and is in none yet."""
        name = reader.__name__
        known, end = block.first + taken, block.last
        for place in block.places(reader.BEGINS):
            if place < known:
                continue
            if self._many.get(name, 0) >= _MOST_OF_A_KIND:
                return
            self._many[name] = self._many.get(name, 0) + 1
            first = max(0, place - getattr(reader, "BEFORE", 0), known if known > block.first else 0)
            known = min(end, place + reader.MOST_LINES)
            lines = [bare(line) for line in block.lines[first:known]]
            self._open[name] = _Open(reader.read, block.numbers[place], lines, place + reader.MOST_LINES - known)
            if not self._open[name].wanted:
                self._close(name)

    def _close(self, name: str) -> None:
        opened = self._open.pop(name)
        moment = opened.read(opened.lines, opened.number)
        if moment and len(self._found) < _MOST:
            self._found.append(moment)

    def moments(self) -> tuple[Moment, ...]:
        """All that was found, in the order of the text; what is still open ends here."""
        for name in list(self._open):
            self._close(name)
        collections = self.collections.moment()
        return tuple(sorted([*self._found, *([collections] if collections else [])], key=lambda one: one.line))
