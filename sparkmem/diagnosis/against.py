"""What was asked for, against what there was, where the text has both: a pod and its nodes, a JVM and its machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sparkmem.diagnosis.beside import LONGEST_SEEN
from sparkmem.diagnosis.conditions import Number
from sparkmem.size import mib_text

_NO_ROOM, _NO_MEMORY = "no-resources", "jvm-no-native-memory"
_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}
_REQUESTS = re.compile(
    r"[Rr]equests:[^\n]{0,80}\n(?:[ \t]{2,40}[a-z.-]{1,40}:[^\n]{0,80}\n){0,4}?"
    r"[ \t]{2,40}memory:[ \t]{1,20}([0-9]{1,15})([KMGT]i)"
)
_ALLOCATABLE = re.compile(r"[Aa]llocatable\b")
_QUANTITY = re.compile(r"(?<![\w.-])([0-9]{1,12})(Ki|Mi|Gi)\b")
_NEAR = 700
_MEMORY = re.compile(r"memory:[ \t]{1,20}$")
_FREE = re.compile(
    r"free[ \t]{1,4}-{1,2}(?P<unit>[bkmg])\w{0,10}\b[^\n]{0,40}\n[ \t]{1,40}total[ \t][^\n]{0,120}available[ \t\r]{0,8}\n"
    r"Mem:[ \t]{1,20}(?:[0-9]{1,15}[ \t]{1,20}){5}(?P<available>[0-9]{1,15})"
)


def against(id: str, numbers: Mapping[str, Number], lines: Iterable[str]) -> str:
    """The comparison in a sentence, for a finding whose text has the numbers around it; empty where it has not both.

    >>> pod = ["Requests:", "  memory: 33792Mi", "Allocatable:", "  memory: 31457280Ki"]
    >>> against("no-resources", {}, pod)
    'The pod asks for 33,792 MiB, and a node has 30,720 MiB for all of its pods: it fits none, however long it waits.'
    """
    if id == _NO_ROOM:
        return _of_nodes(_text(lines))
    return _of_a_machine(int(numbers.get("asked", 0)), lines) if id == _NO_MEMORY else ""


def _text(lines: Iterable[str]) -> str:
    return "\n".join(line[:LONGEST_SEEN] for line in lines)


def _of_nodes(text: str) -> str:
    asked, there = _REQUESTS.search(text), _ALLOCATABLE.search(text)
    if not asked or not there:
        return ""
    request = int(asked[1]) * _UNITS[asked[2]]
    near = text[there.end() : there.end() + _NEAR]
    found = [int(one[1]) * _UNITS[one[2]] for one in _QUANTITY.finditer(near) if _is_memory(near, one)]
    most = max(found, default=0)
    if not 0 < most < request:
        return ""
    return (
        f"The pod asks for {mib_text(request)}, and a node has {mib_text(most)} for all of its pods:"
        " it fits none, however long it waits."
    )


def _is_memory(text: str, match: re.Match[str]) -> bool:
    """Whether a quantity is named as one of memory, or stands alone in a column."""
    before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    return ":" not in before or bool(_MEMORY.search(before))


def available(lines: Iterable[str]) -> int:
    """What ``free`` says that a machine has available [bytes]; 0 where the lines have none of its output."""
    match = _FREE.search(_text(lines))
    return int(match["available"]) * {"b": 1, "k": 2**10, "m": 2**20, "g": 2**30}[match["unit"]] if match else 0


def _of_a_machine(asked: int, lines: Iterable[str]) -> str:
    there = available(lines)
    if not there or there >= asked:
        return ""
    return f"It asked for {mib_text(asked)}, and the machine had {mib_text(there)} available."
