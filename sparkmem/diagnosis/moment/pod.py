"""A pod as kubectl describes it, or as YAML or JSON: its limit, and the heap inside it."""

from __future__ import annotations

import re
from itertools import takewhile

from sparkmem.diagnosis.moment.held import Moment, named
from sparkmem.diagnosis.moment.lines_of import heap_in, quantity, size
from sparkmem.size import mib_text

BEGINS = (b"Limits:", b"limits:", b'limits"', b'limits\\"', b"limits=", b"limits =", b"limits.memory")
MOST_LINES = 160
BEFORE = 80
_BEFORE = (
    r"(?:[ \t\n{]*[\"']?[\w./-]{1,60}[\"']?[ \t]*[:=][ \t]*[\"']?[\w.]{1,20}[\"']?,?){0,3}?"
    r"[ \t\n{]*[\"']?memory[\"']?[ \t]*[:=][ \t]*[\"']?"
)
_LIMIT, _REQUEST = (
    re.compile(rf'{name}(?:\.|"?[ \t]{{0,4}}[:=]){_BEFORE}([0-9.]{{1,20}}[KMGTkmgt]?i?)')
    for name in ("[Ll]imits", "[Rr]equests")
)  # fmt: skip
_HEAP = re.compile(
    r'SPARK_(?:EXECUTOR|DRIVER)_MEMORY"?(?::[ \t]{0,20}|[,\s]{1,80}"?value"?:[ \t]{0,8})"?([0-9]{1,12})([kKmMgGtT])'
)
_COMPOSE = re.compile(r"(?m)^[ \t]{0,20}(?:services|deploy|mem_limit):")
_OF_DOCKER = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)([bkmgt])")
"""A size as Docker reads it: units in small letters, which count by 1,024, where Kubernetes' ``m`` is a thousandth."""
_REASON = re.compile(r'[Rr]eason"?:[ \t]{0,20}"?(OOMKilled|Error|Evicted|Completed)')
_CODE = re.compile(r'(?:Exit Code|"?exitCode"?):[ \t]{0,20}([0-9]{1,3})')


_SPARKS = re.compile(r"(?m)^([ \t]{1,20})spark-kubernetes-(?:executor|driver):[ \t]*\n")


def _sparks_own(text: str) -> str:
    """Of a description of several containers that of Spark's, else all of it.

    >>> _sparks_own("  log-shipper:\\n    Exit Code: 0\\n  spark-kubernetes-executor:\\n    Exit Code: 52\\n  proxy:\\n")
    '    Exit Code: 52\\n'
    """
    begun = _SPARKS.search(text)
    if not begun:
        return text
    deeper = takewhile(lambda line: line.startswith((f"{begun[1]} ", f"{begun[1]}\t")), text[begun.end() :].splitlines(True))
    return "".join(deeper)


def _bytes(text: str, whole: str) -> int:
    """A quantity, or a size of a compose file [bytes]; 0 where it is neither.

    >>> _bytes("4Gi", ""), _bytes("4g", "services:"), _bytes("4g", "")
    (4294967296, 4294967296, 0)
    """
    docker = _OF_DOCKER.fullmatch(text) if _COMPOSE.search(whole) else None
    return size(docker[1], docker[2].upper()) if docker else quantity(text) or 0


def read(lines: list[str], number: int) -> Moment | None:
    """What a container of the pod may have, what of it is heap, and how it ended."""
    text = _sparks_own("\n".join(lines))
    limit, request, heap = _LIMIT.search(text), _REQUEST.search(text), _HEAP.search(text)
    most, asked = (_bytes(one[1], text) if one else 0 for one in (limit, request))
    if not most:
        return None
    inside = size(heap[1], heap[2]) if heap else heap_in(text) or 0
    says = [f"The container may have {mib_text(most)}."]
    if inside:
        says.append(f"Its heap is {mib_text(inside)}: for all that is not heap there are {mib_text(max(0, most - inside))}.")
    if asked and asked < most:
        says.append(f"It asked for {mib_text(asked)} only: where the node runs short, what is above that makes it go first.")
    reason, code = _REASON.search(text), _CODE.search(text)
    if reason:
        says.append(f"It ended with {reason[1]}{f', exit code {code[1]}' if code else ''}.")
    return Moment("pod", "A pod's container", number, named({"limit": most, "request": asked, "heap": inside}), tuple(says))
