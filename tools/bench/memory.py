"""What a page takes while something is done there: its process's own memory, read from the system (Linux)."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EVERY_SECONDS = 0.1
_PRIVATE = re.compile(r"^Private_\w+:\s+(\d+) kB", re.MULTILINE)


class Most:
    """The most that the page's process was seen to take [MB], its workers included; and the first that was seen.

    Of several renderers the largest is the page's: the others are the browser's own, and one that waits for a page.
    """

    def __init__(self, profile: Path) -> None:
        self._profile = str(profile)
        self.first = self.most = 0.0
        self._end = threading.Event()

    def watch(self) -> None:
        """Looks again and again, until ``end``."""
        while True:
            now = max(map(private_megabytes, renderers(self._profile)), default=0.0)
            self.first, self.most = self.first or now, max(self.most, now)
            if self._end.wait(EVERY_SECONDS):
                return

    def end(self) -> None:
        self._end.set()


@contextmanager
def watched_memory(profile: Path) -> Iterator[Most]:
    """The memory of the browser that has this profile, while the block runs."""
    most = Most(profile)
    thread = threading.Thread(target=most.watch, daemon=True)
    thread.start()
    try:
        yield most
    finally:
        most.end()
        thread.join()


def renderers(profile: str) -> list[int]:
    """The processes that draw the pages of the browser with this profile, and run their workers."""
    children: dict[int, list[int]] = {}
    words = dict[int, str]()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError):  # it has ended
                continue
            words[int(folder.name)] = line
            children.setdefault(parent, []).append(int(folder.name))
    found, below = list[int](), [pid for pid, line in words.items() if f"--user-data-dir={profile}" in line]
    while below:
        pid = below.pop()
        found += [pid] * ("--type=renderer" in words[pid])
        below += children.pop(pid, [])
    return sorted(set(found))


def private_megabytes(pid: int) -> float:
    """What is a process's alone [MB]; 0 where it has ended."""
    try:
        return sum(map(int, _PRIVATE.findall(Path("/proc", str(pid), "smaps_rollup").read_text()))) * 1024 / 1e6
    except OSError:
        return 0.0
