"""YARN's dump of a container's processes: resident memory in pages, and command lines."""

from __future__ import annotations

import re

from sparkmem.diagnosis.moment.held import Held, Moment, overhead_for
from sparkmem.diagnosis.moment.lines_of import heap_in
from sparkmem.size import MIB, mib_text
from sparkmem.spark.containers.overhead import DEFAULT_MINIMUM_MIB

BEGINS = (b"Dump of the process-tree", b"RSSMEM_USAGE(PAGES)")
MOST_LINES = 400
PAGE_BYTES = 4096
_ROW = re.compile(
    r"\|- ?([0-9]{1,10}) [0-9]{1,10} [0-9]{1,10} [0-9]{1,10} \(([^()\n]{0,60})\) [0-9]{1,19} [0-9]{1,19} ([0-9]{1,19})"
    r" ([0-9]{1,15})(?: ([^\n]*))?"
)
_DRIVER = re.compile(r"deploy\.yarn\.ApplicationMaster|SparkSubmit")
_MASTER = "deploy.yarn.ExecutorLauncher"
_TITLE = "Processes of a container, as YARN counted them"
_SHELLS = ("bash", "sh", "container-executo")


def read(lines: list[str], number: int) -> Moment | None:
    """The processes of a dump, and the least of them that is not heap: resident memory above -Xmx cannot be heap."""
    heads = [at for at, line in enumerate(lines) if "Dump of the process-tree" in line]
    rows = [match for line in lines[: heads[1] if len(heads) > 1 else None] if (match := _ROW.search(line))]
    held, heap, in_java, process = [], 0, 0, "executor"
    for row in rows:
        resident, command = int(row[4]) * PAGE_BYTES, row[5] or ""
        wanted = None if row[2] in _SHELLS else heap_in(command)
        if wanted is not None and resident >= in_java:
            heap, in_java = wanted, resident
            process = "yarn.am" if _MASTER in command else "driver" if _DRIVER.search(command) else "executor"
        note = f"-Xmx {mib_text(wanted)}" if wanted is not None else ""
        held.append(Held(f"{row[2]} {row[1]}", resident, note))
    if not held:
        return None
    whole = sum(one.bytes for one in held)
    says = [f"All processes of the container together: {mib_text(whole)} resident, {len(held):,} of them."]
    if not heap:
        return Moment("process-tree", _TITLE, number, tuple(held), tuple(says))
    beside, rest = max(0, in_java - heap), whole - in_java
    says.append(f"The JVM holds {mib_text(in_java)} with -Xmx {mib_text(heap)}: at least {mib_text(beside)} of it is not"
                " heap, and more where the heap was not full.")  # fmt: skip
    if rest:
        says.append(f"Other processes, such as Python workers: {mib_text(rest)}.")
    why = "What was beside a heap of -Xmx when the container was killed, with a tenth more; a lower bound."
    outside = beside + rest  # a heap that is not full yet will be: what the JVM has left of -Xmx is room for nobody else
    settings = (overhead_for(outside, why, process),) if outside * 11 // 10 > DEFAULT_MINIMUM_MIB * MIB else ()
    return Moment("process-tree", _TITLE, number, tuple(held), tuple(says), settings)
