"""A node of Kubernetes as kubectl describes it, or as YAML or JSON: what its pods may have together, and what is taken."""

from __future__ import annotations

import re

from sparkmem.diagnosis.moment.held import Moment, named
from sparkmem.diagnosis.moment.lines_of import quantity
from sparkmem.size import mib_text

BEGINS = (b"Allocatable:", b"allocatable:", b'allocatable"', b"ALLOCATABLE", b"allocatable.memory")
MOST_LINES = 90
BEFORE = 0
ALLOCATABLE, TAKEN = "allocatable", "asked for by pods"
_QUANTITY = r"([0-9]{1,15}(?:\.[0-9]{1,3})?(?:[KMGTPE]i?|[kmgt]|m)?)"
_ALLOCATABLE = re.compile(
    rf'llocatable"?:(?:[^{{}},\n]{{0,120}}[\n{{,]){{0,14}}?[ \t\-]{{0,20}}"?memory"?:[ \t]{{0,20}}"?{_QUANTITY}(?![\w.])'
)
_REQUESTS = re.compile(
    rf"Allocated resources:(?:[^\n]{{0,160}}\n){{1,8}}?[ \t]{{1,8}}memory {{1,30}}{_QUANTITY}[ \t]{{1,4}}\([0-9]{{1,4}}%\)"
)
_COLUMN = re.compile(rf"^[\w.-]{{1,120}}[ \t]{{1,40}}(?:[0-9]{{1,6}}m?[ \t]{{1,40}})?{_QUANTITY}[ \t]{{0,8}}$")


def read(lines: list[str], number: int) -> Moment | None:
    """What pods may have of a node; of a column of several nodes the largest; None where no memory is told."""
    text = "\n".join(line[:400] for line in lines)
    found = _ALLOCATABLE.search(text)
    most = (quantity(found[1]) or 0) if found else _largest(lines)
    if not most:
        return None
    says = [f"Pods may have {mib_text(most)} of it together, those of daemon sets among them."]
    taken = _REQUESTS.search(text)
    asked = (quantity(taken[1]) or 0) if taken else 0
    if asked:
        says.append(f"Pods have asked for {mib_text(asked)}: {mib_text(max(0, most - asked))} are left for new ones.")
    return Moment("node", "A node's memory for pods", number, named({ALLOCATABLE: most, TAKEN: asked}), tuple(says))


def _largest(lines: list[str]) -> int:
    """The largest of a column of quantities below a heading, as ``kubectl get nodes -o custom-columns`` has it [bytes]."""
    by_command = "allocatable.memory" in lines[0]  # whose columns have the names that it gives them
    if "ALLOCATABLE" not in lines[0] and not by_command:
        return 0
    sizes = []
    for line in lines[2 if by_command else 1 :]:
        if not (row := _COLUMN.match(line[:400])):
            break
        sizes.append(quantity(row[1]) or 0)
    return max(sizes, default=0)
