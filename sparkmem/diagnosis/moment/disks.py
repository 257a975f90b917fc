"""What ``df`` says of disks: which has room, and that Spark's files are gone once an application has ended."""

from __future__ import annotations

import re

from sparkmem.diagnosis.moment.held import Held, Moment, share
from sparkmem.diagnosis.moment.lines_of import UNITS

BEGINS = (b"Mounted on",)
MOST_LINES = 60
BEFORE = 0
_HEAD = re.compile(
    r"Filesystem\s{1,40}(?:Type\s{1,20})?(?:(1K|1024|1M|1G)-blocks|Size)\s{1,20}Used\s{1,20}Avail\w{0,10}\s{1,20}\S{1,12}"
)
_ROW = re.compile(
    r"(\S{1,120})\s{1,60}(?:[a-z][\w.]{1,15}\s{1,20})?([0-9][0-9.]{0,15})([KMGTP]?i?)\s{1,30}([0-9][0-9.]{0,15})([KMGTP]?i?)"
    r"\s{1,30}([0-9][0-9.]{0,15})([KMGTP]?i?)\s{1,20}([0-9]{1,3})%\s{1,20}(/\S{0,200})$"
)
_IN_MEMORY = frozenset(("tmpfs", "udev", "devtmpfs", "shm", "none", "ramfs"))
_OF_A_SYSTEM = ("/boot", "/dev", "/sys", "/proc", "/run", "/snap")
_BLOCKS = {"1K": 1024, "1024": 1024, "1M": 1 << 20, "1G": 1 << 30}
_MOST, _FULL = 20, 95


def read(lines: list[str], number: int) -> Moment | None:
    """The disks, that with the most room first, without memory that looks like one; None for inodes, or without rows."""
    head = _HEAD.search(lines[0])
    if not head:
        return None
    block, held, free, full = _BLOCKS.get(head[1], 1), [], dict[str, int](), list[str]()
    for line in lines[1:]:
        row = _ROW.match(line.strip())
        if not row:
            break
        if row[1] in _IN_MEMORY or row[9].startswith(_OF_A_SYSTEM):
            continue
        size, left = _bytes(row[2], row[3], block), _bytes(row[6], row[7], block)
        held.append(Held(row[9], size, f"{share(left, size)} free"))
        free[row[9]] = left
        full += [row[9]] if int(row[8]) >= _FULL else []
    if not held:
        return None
    held.sort(key=lambda one: -free[one.name])
    says = [f"Full: {', '.join(full)}."] if full else []
    says.append(f"The most room is on {held[0].name}. Spark's files are in spark.local.dir, of a standalone worker in"
                " SPARK_LOCAL_DIRS, or in what YARN or Kubernetes gives for it; in /tmp where none is set.")  # fmt: skip
    if not full:
        says.append("df shows a moment: what an application wrote is gone when it has ended, so that a disk which was full"
                    " then has room now. Inodes run out apart: df -i.")  # fmt: skip
    return Moment("disks", "Disks, as df saw them", number, tuple(held[:_MOST]), tuple(says))


def _bytes(number: str, unit: str, block: int) -> int:
    return int(float(number) * (UNITS[unit.lower()] if unit else block))
