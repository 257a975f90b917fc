"""Files of a cgroup: limit, events and statistics, of both versions; current usage is no need, since caches are in it."""

from __future__ import annotations

import re

from sparkmem.diagnosis.moment.held import Moment, named, share
from sparkmem.size import mib_text

BEGINS = (
    b"memory.max", b"memory.stat", b"memory.limit_in_bytes", b"inactive_anon ", b"hierarchical_memory_limit", b"oom_kill ",
)  # fmt: skip
MOST_LINES = 120
BEFORE = 12
_KEYED = re.compile(r"(?:^|[\s>:])([a-z_]{2,40})[ \t]([0-9]{1,19})$")
_FILE = re.compile(r"\b(memory\.(?:max|limit_in_bytes|current|usage_in_bytes|peak))\b(?:[:= ]{1,3}([0-9]{1,19}))?$")
_FILES = re.compile(r"\bcat((?: [\w/.-]{0,120}\bmemory\.(?:max|limit_in_bytes|current|usage_in_bytes|peak)){2,5})$")
"""Several files in one command, whose numbers stand below it, a line each."""
_DIGITS = re.compile(r"[0-9]{1,19}")
_FAR = 0.8
"""What a cgroup uses at most of its limit where it is far from it, the cache of files among it."""
_OWN = {
    "anon": "anon, of processes", "total_rss": "rss, of processes", "kernel": "kernel",
    "kernel_stack": "stacks in the kernel", "slab": "slab", "sock": "sockets", "shmem": "shmem, as in /dev/shm",
    "file": "file, a cache", "total_cache": "cache",
}  # fmt: skip
_UNLIMITED = 1 << 60


def read(lines: list[str], number: int) -> Moment | None:
    """What cannot be given back against the limit, and what happened at it."""
    found: dict[str, int] = {}
    for place, (line, following) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
        if files := _FILES.search(line.rstrip()):
            names = [path.rpartition("/")[2] for path in files[1].split()]
            below = [text.strip() for text in lines[place + 1 : place + 1 + len(names)]]
            found.update({name: int(text) for name, text in zip(names, below, strict=False) if _DIGITS.fullmatch(text)})
        elif file := _FILE.search(line.rstrip()):
            value = file[2] or (following.strip() if following.strip().isdigit() else "")
            found.update({file[1]: int(value)} if value else {})
        elif keyed := _KEYED.search(line.rstrip()):
            found.setdefault(keyed[1], int(keyed[2]))
    limits = [found[key] for key in ("memory.max", "memory.limit_in_bytes", "hierarchical_memory_limit") if key in found]
    limit = next((one for one in limits if one < _UNLIMITED), 0)
    parts = {what: found.get(key, 0) for key, what in _OWN.items()}
    need = found.get("anon", found.get("total_rss", 0)) + found.get("shmem", 0) + found.get("kernel", found.get("slab", 0))
    if not (need or limit) or not {"anon", "total_rss", "oom_kill", "memory.max", "memory.limit_in_bytes"} & set(found):
        return None
    says = []
    if need:
        of = f" of a limit of {mib_text(limit)}" if limit else ""
        says.append(f"What cannot be given back: {share(need, limit)}{of}.")
    if found.get("file", found.get("total_cache", 0)) and ("memory.current" in found or "memory.usage_in_bytes" in found):
        says.append("memory.current is more than that, since it counts the cache of files, which the kernel drops first.")
    used = found.get("memory.current", found.get("memory.usage_in_bytes", 0))
    if not need and limit and 0 < used < _FAR * limit:
        part = f"{share(used, limit)}, of a limit of {mib_text(limit)}"
        says.append(f"It uses {part}, the cache of files among it: far from it.")
    if "oom_kill" in found:
        says.append(f"What the kernel killed in this cgroup (oom_kill): {found['oom_kill']:,}.")
    return Moment("cgroup", "A cgroup's memory", number, named({"limit": limit, "used": used, **parts}), tuple(says))
