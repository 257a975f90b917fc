"""One process: ``/proc/PID/status`` and ``smaps_rollup``."""

from __future__ import annotations

import re

from sparkmem.diagnosis.moment.held import Moment, counted, named
from sparkmem.size import mib_text

BEGINS = (b"VmRSS:", b"Pss_Anon:", b"Private_Dirty:")
MOST_LINES = 60
BEFORE = 30
_LINE = re.compile(r"^[ \t>]{0,20}(\w{2,20}):[ \t]{1,20}([0-9]{1,15}) kB", re.MULTILINE)
_NAME = re.compile(r"^[ \t>]{0,20}Name:[ \t]{1,10}(\S{1,40})", re.MULTILINE)
_THREADS = re.compile(r"^[ \t>]{0,20}Threads:[ \t]{1,10}([0-9]{1,8})", re.MULTILINE)
_WHAT = {
    "RssAnon": "its own, heap and native", "RssFile": "of mapped files", "RssShmem": "shared", "VmSwap": "in swap",
    "Anonymous": "its own, heap and native", "Swap": "in swap",
}  # fmt: skip


def read(lines: list[str], number: int) -> Moment | None:
    """What of the process is in memory, and of which kind."""
    text = "\n".join(lines)
    found: dict[str, int] = {}
    for name, kib in _LINE.findall(text):
        found.setdefault(name, int(kib) << 10)
    resident = found.get("VmRSS") or found.get("Rss", 0)
    if not resident:
        return None
    name, threads = _NAME.search(text), _THREADS.search(text)
    parts = {f"{key}, {what}": found.get(key, 0) for key, what in _WHAT.items()}
    says = [f"Resident: {mib_text(resident)}."]
    if (peak := found.get("VmHWM", 0)) > resident:
        says.append(f"At most it was {mib_text(peak)} (VmHWM), which is what a limit has to hold.")
    if size := found.get("VmSize", 0):
        says.append(f"VmSize, {mib_text(size)}, is addresses and no memory.")
    if threads:
        says.append(f"{counted(int(threads[1]), 'thread')}.")
    title = f"The process {name[1]}" if name else "One process"
    return Moment("process", title, number, named({"resident": resident, **parts}), tuple(says))
