"""The system section of a JVM's ``hs_err_pid`` file: the machine's memory, the container's limit, the heap asked for."""

from __future__ import annotations

import re

from sparkmem.diagnosis.moment.held import Moment, named
from sparkmem.diagnosis.moment.lines_of import heap_in, size
from sparkmem.size import mib_text

BEGINS = (b"Memory: 4k page, physical", b"# There is insufficient memory for the Java", b"hs_err_pid")
MOST_LINES = 1500
BEFORE = 5
_PHYSICAL = re.compile(r"Memory: [0-9]{1,3}k page, physical ([0-9]{1,15})k ?\(([0-9]{1,15})k free\)")
_LIMIT = re.compile(r"memory_limit_in_bytes: ([0-9]{1,19})( k)?")
_COMMAND = re.compile(r"(?:Command Line|jvm_args|java_command): ([^\n]{1,4000})")
_UNLIMITED = 1 << 60


def read(lines: list[str], number: int) -> Moment | None:
    """What the machine and the container had left when the JVM crashed."""
    text = "\n".join(lines)
    physical, limit = _PHYSICAL.search(text), _LIMIT.search(text)
    if not physical and not limit:
        return None
    heap = next((heap for match in _COMMAND.finditer(text) if (heap := heap_in(match[1]))), 0)
    parts: dict[str, int] = {}
    says = []
    if physical:
        whole, free = size(physical[1], "k"), size(physical[2], "k")
        parts |= {"physical memory": whole, "free": free}
        says.append(f"The machine, or the container, had {mib_text(free)} free of {mib_text(whole)}.")
    most = size(limit[1], limit[2].strip() if limit[2] else "") if limit else 0
    if 0 < most < _UNLIMITED:
        parts["limit of the container"] = most
    if heap:
        parts["heap, -Xmx"] = heap
        room = (most if 0 < most < _UNLIMITED else parts.get("physical memory", 0)) - heap
        if parts.keys() & {"limit of the container", "physical memory"}:
            says.append(f"Beside a heap of {mib_text(heap)} there is room for {mib_text(max(0, room))} at most.")
    return Moment("error-report", "The machine's memory in a JVM's error report", number, named(parts), tuple(says))
