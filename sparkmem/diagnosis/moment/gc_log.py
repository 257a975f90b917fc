"""GC logs: what was left of the heap after collections, over a log of any length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sparkmem.diagnosis.moment.held import Held, Moment, counted, share
from sparkmem.diagnosis.moment.lines_of import size
from sparkmem.size import mib_text

TELLING = (b"[GC (", b"[Full GC", b"GC(", b" Heap: ")
_SIZE = rb"([0-9]{1,12}(?:\.[0-9]{1,6})?)([BKMG])"
_CHANGE = re.compile(_SIZE + rb"(?:\([0-9.]{1,14}[BKMG]\))?->" + _SIZE + rb"\(" + _SIZE + rb"\)")
_OF_ZGC = re.compile(_SIZE + rb"\(([0-9]{1,3})%\)->" + _SIZE + rb"\(([0-9]{1,3})%\)")
_LIVE = re.compile(rb"GC\([0-9]{1,9}\) (?:([YyO]): )? {0,12}Live: {1,40}(?:- {1,40})?([0-9]{1,9})M \(")
_STALL = re.compile(rb"Allocation Stall \(.{1,300}?\) ([0-9]{1,12}(?:\.[0-9]{1,6})?)ms")
_ELSEWHERE = (
    b"Metaspace:", b"PermGen:", b"Perm:", b"space:", b"Eden:", b"PSYoungGen:", b"DefNew:", b"ParNew:", b"ParOldGen:",
    b"PSOldGen:", b"Tenured:", b"CMS:",
)  # fmt: skip
"""What stands before the figures of a part of the heap, or of what is beside it."""
_OLD = re.compile(
    rb"(?:ParOldGen|PSOldGen|Tenured|CMS): " + _SIZE + rb"(?:\([0-9.]{1,14}[BKMG]\))?->" + _SIZE + rb"\(" + _SIZE + rb"\)"
)
_WHOLE = (b"Full", b"Degenerated", b"Garbage Collection (", b"Major Collection (")
"""Collections whose rest is the live set, or more where the program went on meanwhile."""
_NEAR, _FAR = 0.9, 0.75
_OLD_FULL = 0.99
_TOOK = re.compile(rb"([0-9]{1,7}(?:[.,][0-9]{1,9})?) ?(secs\]|ms)[ \t\r]{0,4}(?:\[Times: |$)")
"""How long a collection took, at the end of its line."""


def change(line: bytes) -> tuple[int, int] | None:
    """What a collection left and how large the heap was then [bytes]: of several parts the whole, which is the largest.

    >>> change(b"[Full GC (Ergonomics) [ParOldGen: 90K->50K(99K)] 99K->50K(163K), [Metaspace: 9M->9M(1G)]")
    (51200, 166912)
    >>> change(b"GC(3) Garbage Collection (Allocation Stall) 128M(100%)->76M(59%)")
    (79691776, 134217728)
    """
    found = [
        (size(one[5].decode(), one[6].decode()), size(one[3].decode(), one[4].decode())) for one in _whole_heaps(line[:2000])
    ]
    if not found and (shares := _OF_ZGC.search(line[:2000])):
        before, after = size(shares[1].decode(), shares[2].decode()), size(shares[4].decode(), shares[5].decode())
        larger, share = max((int(shares[3]), before), (int(shares[6]), after))[::-1]
        return after, larger * 100 // max(1, share)
    return max(found)[::-1] if found else None


def _milliseconds(line: bytes) -> float:
    """How long a collection took [ms]; nothing where its line does not say.

    >>> _milliseconds(b"99K->50K(163K), 9.8312021 secs] [Times: user=37.02]"), _milliseconds(b"88M->62M(88M) 20911.337ms")
    (9831.2021, 20911.337)
    """
    match = _TOOK.search(line[-200:])
    return float(match[1].replace(b",", b".")) * (1000 if match[2] == b"secs]" else 1) if match else 0.0


def _before(line: bytes) -> int:
    """What the heap held before a collection [bytes]: of several parts the whole, which is the largest.

    >>> _before(b"[Full GC [PSYoungGen: 40K->20K(64K)] [ParOldGen: 90K->50K(99K)] 130K->70K(163K), 0.1 secs]")
    133120
    """
    return max((size(one[1].decode(), one[2].decode()) for one in _whole_heaps(line[:2000])), default=0)


def _whole_heaps(text: bytes) -> Iterator[re.Match[bytes]]:
    """What a collection changed, but of parts of the heap and of what is beside it."""
    for match in _CHANGE.finditer(text):
        if not text[max(0, match.start() - 20) : match.start()].rstrip().endswith(_ELSEWHERE):
            yield match


@dataclass
class Collections:
    """The collections of a log: how many, the smallest rest, and the last and largest rests of full ones [bytes]."""

    line: int = 0
    many: int = 0
    full: int = 0
    last: tuple[int, int] = (0, 0)
    """What the last collection left, and of how large a heap [bytes]."""
    least: int = 0
    last_full: int = 0
    most_full: int = 0
    heap: int = 0
    full_near: int = 0
    last_no_room: bool = False
    """Whether the last full collection left the old generation full, in a heap as large as it became."""
    near: int = 0
    """Which collection of the whole heap was the last that left it full."""
    old: tuple[int, int] = (0, 0)
    """What the collection that is being read left in the old generation, and how large that is [bytes]."""
    far: int = 0
    """Which collection was the last that left much free."""
    stalls: int = 0
    longest_stall: float = 0.0
    full_time: float = 0.0
    """What full collections took together [ms]."""
    freed: int = 0
    """What the last full collection freed [bytes]."""
    failed_copies: int = 0
    degenerated: int = 0
    live: dict[bytes, int] = field(default_factory=dict)
    """What ZGC itself counted as live, by generation."""

    def see(self, lines: list[bytes], numbers: list[int]) -> None:
        """Takes lines of a log."""
        for line, number in zip(lines, numbers, strict=True):
            if b"->" not in line or not (b"GC" in line or b"Heap:" in line):
                self._aside(line)
                continue
            self.failed_copies += b"Evacuation Failure" in line or b"to-space exhausted" in line
            self.degenerated += b"Pause Degenerated GC" in line
            if match := _OLD.search(line[:2000]):
                self.old = (size(match[3].decode(), match[4].decode()), size(match[5].decode(), match[6].decode()))
            found = change(line)
            if not found:
                continue
            after, heap = found
            no_room, self.old = self._no_room(after), (0, 0)
            full = after >= _NEAR * heap or no_room
            self.line = self.line or number
            self.many += 1
            self.last = (after, heap)
            self.heap = max(self.heap, heap)
            self.least = min(self.least or after, after)
            if full and any(word in line for word in _WHOLE):
                self.near = self.many
            elif after < _FAR * self.heap:
                self.far = self.many
            if b"Full" in line:
                self.full_near += full
                self.last_no_room = no_room and heap >= _NEAR * self.heap
                self.full += 1
                self.full_time += _milliseconds(line)
                self.freed = max(0, _before(line) - after)
                self.last_full = after
                self.most_full = max(self.most_full, after)

    def _no_room(self, after: int) -> bool:
        """Whether the old generation is full, so that what lives stays in the young one even after a full collection."""
        old, room = self.old
        return 0 < _OLD_FULL * room <= old < after

    def _aside(self, line: bytes) -> None:
        """Takes what is said beside collections."""
        if match := _STALL.search(line[:2000]):
            self.stalls += 1
            self.longest_stall = max(self.longest_stall, float(match[1]))
        elif match := _LIVE.search(line[:2000]):
            self.live[(match[1] or b"").upper()] = size(match[2].decode(), "M")
        else:
            self.failed_copies += b"To-space exhausted" in line

    @property
    def ends_full(self) -> bool:
        """Whether the last full collection left the heap full, or its old generation, and no later one made room."""
        return self.full > 0 and not self.passed and (self.last_no_room or self.last_full >= _NEAR * self.heap)

    @property
    def passed(self) -> bool:
        """Whether the heap was not full of live objects, or was so for a moment only: a later collection left much free."""
        live = sum(self.live.values())
        went_on = self.many > self.near  # else what was counted as live may be older than what filled the heap
        return self.far > self.near or (went_on and 0 < live < _FAR * self.heap)

    def moment(self) -> Moment | None:
        """What the log says of the live set; None where it holds no collections."""
        if not self.many:
            return None
        held = [Held("heap", self.heap, "as large as it became")]
        says = [f"{counted(self.many, 'collection')}, {self.full:,} of them full."]
        if self.full:
            held.append(Held("left after the last full collection", self.last_full))
            held.append(Held("left after a full collection, at most", self.most_full))
            if self.full_time:
                took = f"{self.full_time / 1000:,.1f} s"
                says.append(f"The full ones took {took} together; the last freed {mib_text(self.freed)}.")
            if self.ends_full:
                says.append("The heap is full even after a full collection: it is too small for what is held at once.")
            else:
                says.append(f"That is the live set: {mib_text(self.heap - self.last_full)} of the heap are free after it.")
        else:
            held.append(Held("left after any collection, at least", self.least))
            says.append("No full collection: the live set was at most the smallest rest at that moment.")
        if self.many > 1 and self.last[0] < _FAR * self.last[1] and self.last[0] != self.last_full:
            says.append(f"The last one left {share(*self.last)}, of {mib_text(self.last[1])}: the heap is far from full.")
        if self.live:
            held.append(Held("live, as ZGC counted it last", sum(self.live.values())))
        if self.stalls:
            says.append(f"Threads waited for memory {counted(self.stalls, 'time')}, at most {self.longest_stall:,.0f} ms.")
        if self.degenerated:
            says.append(f"Shenandoah stopped the program to go on with a collection {counted(self.degenerated, 'time')}.")
        if self.failed_copies:
            says.append(f"G1 had no room to copy survivors in {counted(self.failed_copies, 'collection')}.")
        return Moment("collections", "What collections left of a heap", self.line, tuple(held), tuple(says))
