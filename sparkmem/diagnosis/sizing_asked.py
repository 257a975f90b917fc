"""A question about sizes: how large, how many, on which nodes; and the node that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sparkmem.size import GIB, MIB, TIB

LONGEST_QUESTION = 300
_CORES_EACH = 4
"""Of an executor, where somebody asks for nodes: what the answer assumes, and says."""
_SUBJECT = r"(?:memory|ram|heap|overhead|executors?|executer|cores?|instances|workers?|nodes?|machines?|cluster)"
_ASKS = re.compile(
    r"(?i)\b(?:how\s+(?:much|many|big|large|to\s+(?:size|choose|calculate|determine))"
    r"|(?:what|which)(?=[^\n]{1,80}\b(?:should|need|use|set|choose|recommend\w*)\b)"
    rf"|best|optimal|ideal|recommended|sizing)\b[^\n]{{0,80}}?\b{_SUBJECT}\b"
)
_FAILED = re.compile(
    r"(?i)\b(?:error|exception|fail\w*|kill\w*|lost|oom\w*|out\s?of|r[au]ns?\s+out|exit\w*|crash\w*|die[sd]?|dead"
    r"|exceed\w*|evict\w*|spill\w*|limits?|hang\w*|stuck|slow|timeouts?|timed|pending|insufficient|denied|refused|leak\w*)\b|Error|Exception"
)
_NODES = r"(?:nodes?|machines?|servers?|hosts?|vms?|workers?|boxes)"
_COUNT = re.compile(rf"(?i)(?<![\w.-])([0-9]{{1,5}})[ -]?(?:\w{{1,20}} ){{0,2}}{_NODES}\b")
_CORES = re.compile(r"(?i)(?<![\w.-])([0-9]{1,4})[ -]?(?:v?cores?|v?cpus?)\b")
_SIZE = r"([0-9]{1,5}(?:\.[0-9]{1,3})?)[ -]?([gt])i?b?\b"
_OF_A_NODE = re.compile(rf"(?i){_NODES}\b[^.;?\n]{{0,60}}?(?<![\w.-]){_SIZE}")
_BEFORE_NODES = re.compile(rf"(?i)(?<![\w.-]){_SIZE}[ -]?(?:\w{{1,20}} ){{0,2}}{_NODES}\b")
_BYTES = {"g": GIB, "t": TIB}
_ANY_SIZE = re.compile(rf"(?i)(?<![\w.-]){_SIZE}")


@dataclass(frozen=True)
class Sizing:
    """A question about sizes, with the inputs of ``fit-node`` that answer it; empty where it names no node."""

    inputs: Mapping[str, str] = field(default_factory=dict)


def sizing_asked(text: str) -> Sizing | None:
    """The question that a text is; None where it asks for no size, or speaks of a failure.

    >>> dict(sizing_asked("how much memory for 200 GB and 5 nodes with 64 GB, 16 cores?").inputs)["node-memory"]
    '64g'
    >>> sizing_asked("how many executors do I need"), sizing_asked("why was my executor lost")
    (Sizing(inputs={}), None)
    """
    if len(text) > LONGEST_QUESTION or "\n" in text.strip() or _FAILED.search(text) or re.search(r"[=:{\[]", text):
        return None
    cores, memory = _CORES.search(text), _memory(text)
    named = bool(_COUNT.search(text)) and bool(cores or memory)
    if not (named or _ASKS.search(text)):
        return None
    if not (memory and cores and int(cores[1])):
        return Sizing()
    each = min(_CORES_EACH, int(cores[1]))
    inputs = {
        "node-memory": memory, "node-cores": cores[1],
        "executors-per-node": str(int(cores[1]) // each), "spark.executor.cores": str(each),
    }  # fmt: skip
    return Sizing(inputs)


def _memory(text: str) -> str:
    """Of a node: the size beside its word; else the only one that there is."""
    found = _OF_A_NODE.search(text) or _BEFORE_NODES.search(text)
    if not found:
        sizes = list(_ANY_SIZE.finditer(text))
        found = sizes[0] if len(sizes) == 1 else None
    if not found or not float(found[1]):
        return ""
    size, unit = found[1], found[2].lower()
    return f"{size}{unit}" if "." not in size else f"{int(float(size) * _BYTES[unit] / MIB)}m"
