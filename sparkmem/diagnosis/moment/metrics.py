"""What a JVM's pools hold, as Spark's metrics write them into a log (``Slf4jSink``, of ``JvmSource``)."""

from __future__ import annotations

import re

from sparkmem.diagnosis.moment.held import Held, Moment, share
from sparkmem.size import mib_text

BEGINS = (b"type=GAUGE, name=",)
MOST_LINES = 400
_GAUGE = re.compile(
    r"type=GAUGE, name=(?:[\w-]{1,80}\.)?(driver|[0-9]{1,7})\.jvm\.([\w.-]{1,60})"
    r"\.(used|max|committed|usage), value=([0-9.E-]{1,24})"
)
_OLD, _EDEN, _NO_MAXIMUM = "Old", "Eden", -1.0
_MOST = 12


def read(lines: list[str], number: int) -> Moment | None:
    """The pools of the first process that is named; None where no gauge is one of memory."""
    pools: dict[str, dict[str, float]] = {}
    process = ""
    for line in lines:
        match = _GAUGE.search(line)
        if match and match[1] == (process := process or match[1]):
            pools.setdefault(match[2].removeprefix("pools."), {})[match[3]] = float(match[4])
    held = [Held(name, int(used), _of(parts)) for name, parts in pools.items() if (used := _used(parts)) >= 0][:_MOST]
    if not pools:
        return None
    who = "driver" if process == "driver" else f"executor {process}"
    return Moment("metrics", f"What the {who}'s JVM reports of its memory", number, tuple(held), tuple(_says(pools)))


def _used(parts: dict[str, float]) -> float:
    """What is used [bytes]; below 0 where it is not told."""
    most = parts.get("max", _NO_MAXIMUM)
    return parts.get("used", parts["usage"] * most if "usage" in parts and most > 0 else -1.0)


def _of(parts: dict[str, float]) -> str:
    most, there = parts.get("max", _NO_MAXIMUM), parts.get("committed", 0)
    if most > 0:
        return f"of {mib_text(int(most))} at most"
    return f"of {mib_text(int(there))} that are committed; it has no maximum of its own" if there else ""


def _says(pools: dict[str, dict[str, float]]) -> list[str]:
    """What the shares mean: of the old generation something, of Eden nothing.

    >>> _says({"G1-Old-Gen": {"used": 2.0**26, "max": 2.0**30}, "G1-Eden-Space": {"usage": 0.99}})[0]
    'The old generation holds 64 MiB, 6 %, of 1,024 MiB, garbage among it: it is far from full.'
    """
    says = []
    for name, parts in pools.items():
        used, most = _used(parts), parts.get("max", _NO_MAXIMUM)
        if _OLD in name and used >= 0 and most > 0:
            far = ": it is far from full" if used < most / 2 else "; what a full collection leaves says whether it is full"
            part = f"{share(int(used), int(most))}, of {mib_text(int(most))}"
            says.append(f"The old generation holds {part}, garbage among it{far}.")
    if any(_EDEN in name for name in pools):
        says.append("Eden is filled between two young collections, and emptied by each: its share says nothing of need.")
    open_ended = (parts for name, parts in pools.items() if _EDEN not in name and parts.get("max", _NO_MAXIMUM) <= 0)
    if any(parts.get("usage", 0) > 0 for parts in open_ended):
        says.append("A pool without a maximum, as Metaspace, gives its share of what is committed, which is always near 1.")
    return says
