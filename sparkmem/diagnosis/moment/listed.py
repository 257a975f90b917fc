"""Executors as Spark lists them, in the web UI and its REST interface: who is dead, what collections took, what is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sparkmem.diagnosis.moment.held import Held, counted
from sparkmem.facts import fact
from sparkmem.release import NEWEST
from sparkmem.size import GIB, mib_text
from sparkmem.spark.managers.unified_regions import on_heap_regions
from sparkmem.spark.settings import config

GC_SHARE = 0.1
"""Of task time: above it the web UI colours a row red (``GCTimePercent`` in executorspage.js)."""
_MOST_NAMED = 6
_HALVES, _WHOLE = 128, 512
"""Heaps that are tried: steps of half a GiB up to here, and whole ones up to there [halves, GiB]."""
_RESERVED_BYTES = int(fact("RESERVED_SYSTEM_MEMORY_BYTES", NEWEST))
_FRACTION, _STORAGE_FRACTION = (float(one.default or 0) for one in (config.MEMORY_FRACTION, config.MEMORY_STORAGE_FRACTION))


@dataclass(frozen=True)
class Listed:
    """An executor, or the driver, of a list [bytes, milliseconds]; -1 for what the list does not say.

    ``least`` and ``most`` are the sizes that are written as the total that it has for storage on the heap is.
    """

    name: str
    alive: bool = True
    used: int = -1
    total: int = -1
    least: int = 0
    most: int = 0
    written: str = ""
    tasks: int = -1
    failed: int = -1
    task_time: int = -1
    gc_time: int = -1

    @property
    def gc_share(self) -> float:
        """Of task time what went into collections; nothing where no task ran."""
        return self.gc_time / self.task_time if self.task_time > 0 <= self.gc_time else 0.0

    @property
    def label(self) -> str:
        """Its name for people."""
        return self.name if self.name == "driver" else f"executor {self.name}"


def held_by(rows: Sequence[Listed]) -> tuple[Held, ...]:
    """A row for each: what it holds in storage, of how much, and how its tasks went."""
    return tuple(Held(one.label, max(one.used, 0), _note(one)) for one in rows)


def _note(one: Listed) -> str:
    words = ["" if one.alive else "dead", f"of {mib_text(one.total)}" if one.total >= 0 else ""]
    words += [f"{counted(one.failed, 'task')} of {one.tasks:,} failed"] if one.failed > 0 else []
    words += [f"{round(100 * one.gc_share)} % of task time in collections"] if one.task_time > 0 <= one.gc_time else []
    return ", ".join(filter(None, words))


def said_of(rows: Sequence[Listed]) -> list[str]:
    """What follows: the dead, tasks that failed, collections, storage, and the heap that has such a total."""
    workers = [one for one in rows if one.name != "driver"] or list(rows)
    dead = [one for one in workers if not one.alive]
    failed = [one for one in workers if one.failed > 0]
    said = _of_driver(rows, workers)
    if dead:
        said.append(f"{_of(dead, workers)} dead: {_names(dead)}. A list does not say why: one that was given back is dead"
                    " too. The reason stands in the column Exec Loss Reason, or in the driver's log.")  # fmt: skip
    if failed:
        many = "; ".join(f"{one.label}: {one.failed:,} of {one.tasks:,}" for one in failed[:_MOST_NAMED])
        said.append(f"Tasks failed on {many}.")
    if not dead and not failed and any(one.failed == 0 for one in workers):
        said.append("Nothing failed here: no executor is dead, and no task failed.")
    return [*said, *_collections(workers), *_storage(workers)]


def _of_driver(rows: Sequence[Listed], workers: Sequence[Listed]) -> list[str]:
    """That the driver's own JVM does much collecting, where it is listed beside executors."""
    drivers = [one for one in rows if one.name == "driver" and one not in workers and one.task_time > 0 <= one.gc_time]
    if not drivers or drivers[0].gc_share <= GC_SHARE:
        return []
    return [f"The driver's collections are {round(100 * drivers[0].gc_share)} % of the time in its row: its heap is what is"
            " small here (spark.driver.memory), and what it gathers or keeps is what fills it."]  # fmt: skip


def _of(some: Sequence[Listed], rows: Sequence[Listed]) -> str:
    return f"{len(some)} of {counted(len(rows), 'executor')} {'is' if len(some) == 1 else 'are'}"


def _names(rows: Sequence[Listed]) -> str:
    more = f" and {len(rows) - _MOST_NAMED} more" if len(rows) > _MOST_NAMED else ""
    return ", ".join(one.name for one in rows[:_MOST_NAMED]) + more


def _collections(rows: Sequence[Listed]) -> list[str]:
    timed = sorted((one for one in rows if one.task_time > 0 <= one.gc_time), key=lambda one: -one.gc_share)
    if not timed:
        return []
    high = [one for one in timed if one.gc_share > GC_SHARE]
    if not high:
        most = round(100 * timed[0].gc_share)
        return [f"Collections took at most {most} % of task time; above a tenth the web UI marks it red."]
    shares = ", ".join(f"{one.label} {round(100 * one.gc_share)} %" for one in high[:_MOST_NAMED])
    return [f"Collections took more than a tenth of task time, which the web UI marks red: {shares}. Mostly the heap is"
            " small for what its tasks hold at once: fewer cores, smaller partitions or a larger heap."]  # fmt: skip


def _storage(rows: Sequence[Listed]) -> list[str]:
    known = [one for one in rows if one.total > 0 <= one.used]
    if not known:
        return []
    used, total = sum(one.used for one in known), sum(one.total for one in known)
    said = [f"Storage holds {mib_text(used)} of {mib_text(total)}, {round(100 * used / total)} %; the total is what storage"
            " and execution may have together, and not the heap."]  # fmt: skip
    totals = {(one.least, one.most): one.written for one in known if one.most}
    if len(totals) == 1:
        ((least, most), written), = totals.items()  # fmt: skip
        heap = heap_with(least, most)
        if not heap:
            said.append(f"Which heaps have {written} in all, sparkmem ui-number works out.")
        else:
            said.append(f"{written} is what a heap of {heap} has under G1 with spark.memory.fraction at {_FRACTION:g} and no"
                        " off-heap memory; sparkmem ui-number has the other ways to come to it.")  # fmt: skip
    return said


def heap_with(least: int, most: int) -> str:
    """The heap, as it is asked for, whose unified region is between two sizes [bytes]; empty where no usual one's is.

    >>> heap_with(10039486055, 10146860236), heap_with(5, 6)
    ('16g', '')
    """
    halves = [2 * gib for gib in range(1, _WHOLE + 1)] + list(range(1, _HALVES, 2))
    for many in halves:
        heap = many * GIB // 2
        unified = on_heap_regions(heap, _RESERVED_BYTES, _FRACTION, _STORAGE_FRACTION).unified_bytes
        if least <= unified <= most:
            return f"{many // 2}g" if many % 2 == 0 else f"{many * 512}m"
    return ""
