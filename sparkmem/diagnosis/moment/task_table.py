"""The kernel's report of an OOM kill: the table of tasks in pages, the cgroup's usage and limit, who was killed."""

from __future__ import annotations

import re

from sparkmem.diagnosis.moment.held import Held, Moment, counted
from sparkmem.size import mib_text

BEGINS = (b"invoked oom-killer", b"Tasks state (memory values in pages)", b"oom_score_adj name")
MOST_LINES = 1000
PAGE_BYTES = 4096
_HEAD = re.compile(r"\[ *pid *\] +(uid .*\bname)\b")
_ROW = re.compile(r"\[ *([0-9]{1,10})\] +((?:-?[0-9]{1,19} +){4,12})(\S[^\n]{0,40})")
_USAGE = re.compile(r"memory: usage ([0-9]{1,19})kB, limit ([0-9]{1,19})kB")
_CONSTRAINT = re.compile(r"constraint=(CONSTRAINT_\w{1,20})")
_KILLED = re.compile(r"Kill(?:ed)? process ([0-9]{1,10}) \(([^)\n]{1,40})\)")
_LARGEST = 12


def read(lines: list[str], number: int) -> Moment | None:
    """The largest tasks, and whether they filled their cgroup or the machine."""
    columns: list[str] = []
    held = []
    for line in lines:
        if head := _HEAD.search(line):
            columns = head[1].split()
        elif columns and (row := _ROW.search(line)):
            values = dict(zip(columns, [*row[2].split(), row[3].strip()], strict=False))
            if values.get("rss", "").isdigit():
                held.append(Held(f"{row[3].strip()} {row[1]}", int(values["rss"]) * PAGE_BYTES))
    if not held:
        return None
    text = "\n".join(lines)
    held.sort(key=lambda one: -one.bytes)
    whole = sum(one.bytes for one in held)
    together = f"{counted(len(held), 'task')} held {mib_text(whole)} together"
    says = [f"{together}; memory of files and of the kernel itself is beside it."]
    python = [one.bytes for one in held if one.name.startswith("python")]
    java = max((one.bytes for one in held if one.name.startswith("java ")), default=0)
    if python and java:
        most = " more than the largest JVM," if sum(python) > java else ""
        of_python = f"{mib_text(sum(python))} in {counted(len(python), 'process')}"
        says.append(f"Python holds{most} {of_python}; the largest JVM has {mib_text(java)}.")
    if usage := _USAGE.search(text):
        says.append(f"The cgroup: {mib_text(int(usage[1]) << 10)} used of {mib_text(int(usage[2]) << 10)}.")
    if constraint := _CONSTRAINT.search(text):
        of = "the limit of a cgroup was reached" if constraint[1] == "CONSTRAINT_MEMCG" else "the machine itself was full"
        says.append(f"{constraint[1]}: {of}.")
    if killed := _KILLED.search(text):
        size = next((one.bytes for one in held if one.name.endswith(f" {killed[1]}")), 0)
        largest = " It was the largest." if size == held[0].bytes else f" The largest was {held[0].name}." if size else ""
        says.append(f"Killed was {killed[2]} {killed[1]}{f' with {mib_text(size)}' if size else ''}.{largest}")
    return Moment("kernel-report", "Tasks, as the kernel saw them when it killed one", number, tuple(held[:_LARGEST]),
                  tuple(says))  # fmt: skip
