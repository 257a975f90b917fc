"""The executors that show a number, in words and the most likely first."""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.answer.line import Line
from sparkmem.answer.result import Result
from sparkmem.calculators.ui_number.inputs import PAGE
from sparkmem.calculators.ui_number.notes import exit_code, notes_of, nothing_explains
from sparkmem.calculators.ui_number.reading import Found
from sparkmem.calculators.ui_number.variants import COMMON_MIB, OFF_HEAP_BYTES, Candidate, Variant
from sparkmem.facts import fact
from sparkmem.given import Given
from sparkmem.javalang import java_double_text
from sparkmem.jvm.collectors import NAMES
from sparkmem.release import release as release_named
from sparkmem.size import bytes_to_string, mib_text, ui_bytes
from sparkmem.size.shown import EXACT, LOG, ROUNDED, Reading, release_of
from sparkmem.source import Source
from sparkmem.spark.managers import static_regions
from sparkmem.spark.settings.config import MEMORY
from sparkmem.spark.settings.static_shares import STORAGE_MEMORY_FRACTION, STORAGE_SAFETY_FRACTION

_COLLECTOR_RANK = {"g1": 0.0, "parallel": 1.0, "serial": 2.0, "z": 3.0, "shenandoah": 3.5, "cms": 2.5}
_BY_HAND = 2.0
_STATIC_USUAL = 9.0
"""What the static manager adds where it explains the number with a usual heap, to the digit; less than an odd heap does."""


@dataclass(frozen=True)
class _Explained:
    found: Found
    candidate: Candidate

    @property
    def cost(self) -> tuple[float, int]:
        """How unlikely it is: an unusual heap, off-heap memory, a rarer collector, the static manager."""
        one, old = self.candidate, self.found.reading.releases == (static_regions.RELEASE,)
        heap = 3 * COMMON_MIB.get(one.mib, 3) if one.mib == one.last_mib else 12.0
        if self.found.search.known_mib is not None:
            heap = 0
        off_heap = 0.0
        if one.off_heap_bytes and self.found.search.known_off_heap_bytes is None:
            usual = one.off_heap_bytes in OFF_HEAP_BYTES and one.off_heap_to_bytes == one.off_heap_bytes
            off_heap = 8 + OFF_HEAP_BYTES.index(one.off_heap_bytes) / 4 if usual else 16
        rank = min(map(_rank, one.jvms)) - old * _java_8(one) + _BY_HAND * self.found.by_hand
        static = (_STATIC_USUAL if heap <= 3 and not self.found.by_hand else 30.0) * self.found.search.static
        return heap + off_heap + rank + static, one.mib

    @property
    def usual(self) -> bool:
        """Whether it is a heap that people give, or gave, alone and under the manager that is the default."""
        one, search = self.candidate, self.found.search
        heap = search.known_mib is not None or (one.mib == one.last_mib and one.mib in COMMON_MIB)
        return heap and not search.static and (not one.off_heap_bytes or search.known_off_heap_bytes is not None)


def _rank(jvm: Variant) -> float:
    return _COLLECTOR_RANK[jvm.gc] + 1.5 * jvm.full


def _java_8(candidate: Candidate) -> float:
    """Spark 2.4 was mostly run on Java 8, which takes Parallel by itself."""
    return 1.5 if any(jvm.gc == "parallel" and not jvm.full for jvm in candidate.jvms) else 0


def result_of(given: Given, found: list[Found]) -> Result:
    """All explanations as rows, or what comes nearest where there are none."""
    written = [one for one in found if not one.by_hand]
    explained = _explained(written)
    if not any(one.usual for one in explained):  # a person may have rounded it, or written another unit than Spark does
        explained = _explained(found)
    kind, label = "explanation", "Explanation"
    found = list(dict.fromkeys(one.found for one in explained)) or written
    notes = [*notes_of(given, found)]
    if not explained:
        kind, label = "nearest", "Nearest"
        near = [_Explained(one, candidate) for one in found if not one.search.static for candidate in one.search.nearest()]
        explained = sorted(near, key=lambda e: e.candidate.distance_bytes)[:3]
        notes = [*filter(None, [exit_code(given)]), nothing_explains(given, found), *notes]
    lines = tuple(_line(f"{kind}-{n}", f"{label} {n}", one) for n, one in enumerate(explained, 1))
    return Result(
        breakdowns=(),
        lines=lines or (_none(found),),
        notes=tuple(notes),
        meanings={"number": "; ".join(dict.fromkeys(_meaning(one.reading) for one in found))},
        headline=_headline(given, explained, kind),
    )


def _explained(found: list[Found]) -> list[_Explained]:
    """What explains the readings, the most likely first."""
    every = [_Explained(one, candidate) for one in found for candidate in one.search.explanations()]
    return sorted(every, key=lambda e: e.cost)


def _headline(given: Given, explained: list[_Explained], kind: str) -> str:
    number = given.text("number").strip()
    if not explained or kind == "nearest":
        nearest = f" Nearest is {_executor(explained[0])}, with {_shown(explained[0])}." if explained else ""
        return f"Nothing that was tried shows {number}.{nearest}"
    if explained[0].found.free:
        first = _executor(explained[0])
        return f"{number} is what was free, so the total is that or more: where little was stored, {first}."
    more = f" {len(explained) - 1} less likely explanation{'s' * (len(explained) != 2)} below." if explained[1:] else ""
    return f"{number} is most likely {_executor(explained[0])}.{more}"


def _line(line_id: str, label: str, one: _Explained) -> Line:
    reading, static = one.found.reading, one.found.search.static
    text = f"{label}: {_executor(one)}, {reading.span}"
    path, symbol = (
        ("StaticMemoryManager.scala", "getMaxStorageMemory") if static else ("UnifiedMemoryManager.scala", "getMaxMemory")
    )
    tag = release_named(release_of(reading)).tag
    return Line(
        line_id, text, one.candidate.total_bytes, _shown(one), because=_because(one),
        source=Source("Spark", tag, MEMORY + path, symbol),
        see=PAGE + ("#nearest" if line_id.startswith("nearest") else "#explanations"),
    )  # fmt: skip


def _executor(one: _Explained) -> str:
    candidate = one.candidate
    first, last = _heap(candidate.mib), _heap(candidate.last_mib)
    text = f"a heap of {first}" if first == last else f"any heap from {first} to {last}"
    text += f" under {_jvms(candidate.jvms, one.found.search.jvms)}"
    least, most = candidate.off_heap_bytes, candidate.off_heap_to_bytes
    if least != most:
        text += f" and spark.memory.offHeap.size from {least:,} to {most:,} bytes ({mib_text((least + most) // 2)})"
    elif least:
        text += f" and {_off_heap(least)} off the heap"
    return text + (", static memory manager" if one.found.search.static else "")


def _heap(mib: int) -> str:
    return f"{mib >> 10}g" if mib % 1024 == 0 else f"{mib}m"


def _off_heap(size_bytes: int) -> str:
    return _heap(size_bytes >> 20) if size_bytes % (1 << 20) == 0 else f"{size_bytes:,} bytes"


def _jvms(jvms: tuple[Variant, ...], tried: tuple[Variant, ...]) -> str:
    """The collectors; G1 with its Java versions, where others were tried and do not explain it."""
    javas = {java for jvm in jvms if jvm.gc == "g1" for java in jvm.javas}
    if all(jvm in jvms for jvm in tried if jvm.gc == "g1"):
        javas = set()
    names = []
    for jvm in dict.fromkeys((jvm.gc, jvm.full) for jvm in jvms):
        name = NAMES[jvm[0]]
        if jvm == ("g1", False) and javas == {11}:
            name += " on Java 11"
        elif jvm == ("g1", False) and javas and 11 not in javas:
            name += " on Java 17 and later"
        names.append(name + (" with all of its heap from the start" if jvm[1] else ""))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _shown(one: _Explained) -> str:
    reading, total = one.found.reading, one.candidate.total_bytes
    if EXACT in reading.where:
        return f"{total:,} bytes"
    write = bytes_to_string if reading.where[0] == LOG else ui_bytes
    return write(total, release_of(reading))


def _because(one: _Explained) -> str:
    candidate, search, reading = one.candidate, one.found.search, one.found.reading
    max_memory = candidate.jvms[0].max_memory(candidate.mib)
    size = search.shown(max_memory)
    at = "" if candidate.mib == candidate.last_mib else f"at {_heap(candidate.mib)}, "
    if search.static:
        sum_ = f"{max_memory:,} × {STORAGE_MEMORY_FRACTION.default} × {STORAGE_SAFETY_FRACTION.default}"
    else:
        reserved = int(fact("RESERVED_SYSTEM_MEMORY_BYTES", release_of(reading)))
        sum_ = f"({max_memory:,} - {reserved:,}) × {java_double_text(search.memory_fraction)}"
    text = f"{at}the JVM reports {max_memory:,} bytes; {sum_} is {size:,}"
    if candidate.off_heap_bytes:
        text += f", and {candidate.total_bytes - size:,} off the heap make {candidate.total_bytes:,}"
    place = " and ".join(f"the {where}" for where in reading.where if where not in (EXACT, ROUNDED))
    return text + (f"; {place} of {reading.span} write{'s' * (len(reading.where) == 1)} {_shown(one)}" if place else "")


def _meaning(reading: Reading) -> str:
    where = " and ".join(reading.where)
    if reading.least_bytes == reading.most_bytes:
        return f"{where}: {reading.least_bytes:,} bytes"
    return f"{where} of {reading.span}: {reading.least_bytes:,} to {reading.most_bytes:,} bytes"


def _none(found: list[Found]) -> Line:
    release = release_of(found[0].reading)
    return Line(
        "nearest-1", "Nearest", text="none", because="Spark would not start with such a heap", see=PAGE + "#nearest",
        source=Source("Spark", release_named(release).tag, MEMORY + "UnifiedMemoryManager.scala", "getMaxMemory"),
    )  # fmt: skip
