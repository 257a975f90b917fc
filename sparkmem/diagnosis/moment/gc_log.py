"""GC logs: what was left of the heap after collections, over a log of any length."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sparkmem.diagnosis.moment.held import Held, Moment, counted
from sparkmem.diagnosis.moment.lines_of import size
from sparkmem.size import mib_text

TELLING = (b"[GC (", b"[Full GC", b"GC(", b" Heap: ")
_SIZE = rb"([0-9]{1,12}(?:\.[0-9]{1,6})?)([BKMG])"
_CHANGE = re.compile(_SIZE + rb"(?:\([0-9.]{1,14}[BKMG]\))?->" + _SIZE + rb"\(" + _SIZE + rb"\)")
_ELSEWHERE = (b"Metaspace:", b"PermGen:", b"Perm:", b"space:", b"Eden:")
_NEAR = 0.9


def change(line: bytes) -> tuple[int, int] | None:
    """What a collection left and how large the heap was then [bytes]: of several parts the whole, which is the largest.

    >>> change(b"[Full GC (Ergonomics) [ParOldGen: 90K->50K(99K)] 99K->50K(163K), [Metaspace: 9M->9M(1G)]")
    (51200, 166912)
    """
    found = []
    for match in _CHANGE.finditer(line[:2000]):
        if not line[max(0, match.start() - 20) : match.start()].rstrip().endswith(_ELSEWHERE):
            found.append((size(match[5].decode(), match[6].decode()), size(match[3].decode(), match[4].decode())))
    return max(found)[::-1] if found else None


@dataclass
class Collections:
    """The collections of a log: how many, the smallest rest, and the last and largest rests of full ones [bytes]."""

    line: int = 0
    many: int = 0
    full: int = 0
    least: int = 0
    last_full: int = 0
    most_full: int = 0
    heap: int = 0

    def see(self, lines: list[bytes], numbers: list[int]) -> None:
        """Takes lines of a log."""
        for line, number in zip(lines, numbers, strict=True):
            if b"->" not in line or not (b"GC" in line or b"Heap:" in line):
                continue
            found = change(line)
            if not found:
                continue
            after, heap = found
            self.line = self.line or number
            self.many += 1
            self.heap = max(self.heap, heap)
            self.least = min(self.least or after, after)
            if b"Full" in line:
                self.full += 1
                self.last_full = after
                self.most_full = max(self.most_full, after)

    def moment(self) -> Moment | None:
        """What the log says of the live set; None where it holds no collections."""
        if not self.many:
            return None
        held = [Held("heap", self.heap, "as large as it became")]
        says = [f"{counted(self.many, 'collection')}, {self.full:,} of them full."]
        if self.full:
            held.append(Held("left after the last full collection", self.last_full))
            held.append(Held("left after a full collection, at most", self.most_full))
            if self.last_full >= _NEAR * self.heap:
                says.append("The heap is full even after a full collection: it is too small for what is held at once.")
            else:
                says.append(f"That is the live set: {mib_text(self.heap - self.last_full)} of the heap are free after it.")
        else:
            held.append(Held("left after any collection, at least", self.least))
            says.append("No full collection: the live set was at most the smallest rest at that moment.")
        return Moment("collections", "What collections left of a heap", self.line, tuple(held), tuple(says))
