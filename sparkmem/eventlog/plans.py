"""Operators that hold execution memory: which counters of a stage are theirs, by the plans of queries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sparkmem.eventlog.numbers import inner, number, text

MOST_OPERATORS = 20_000
MOST_COUNTERS = 48
MOST_NODES = 20_000
NO = -1

SORT, AGGREGATE, WINDOW, HASH_JOIN = "Sort", "HashAggregate", "Window", "ShuffledHashJoin"
_PEAK, _SPILL, _ROWS, _READ = "peak memory", "spill size", "number of output rows", "records read"
_BYTES, _WRITTEN, _BUILD = "data size", "shuffle records written", "data size of build side"
_PEAKS = {SORT: _PEAK, AGGREGATE: _PEAK, WINDOW: _SPILL, HASH_JOIN: _BUILD}
PEAKS_OF_TASKS = "internal.metrics.peakExecutionMemory"
_COUNTED = frozenset({_PEAK, _SPILL, _ROWS, _READ, _BYTES, _WRITTEN, _BUILD, PEAKS_OF_TASKS})
_CARRIERS = ("WholeStageCodegen", "InputAdapter", "AQEShuffleRead", "CustomShuffleReader", "ShuffleQueryStage")

_PLAN = b',"sparkPlanInfo":{'
_HOLDING = tuple(f'"{name}"'.encode() for name in (_PEAK, _SPILL, _BUILD))
_DECODER = json.JSONDecoder()

Plan = Mapping[str, Any]


class Node(NamedTuple):
    """An operator of a plan: its kind, by how many keys it orders, how deep it stands, the numbers of its counters.

    ``bytes`` and ``records`` are those of the exchange whose rows it takes as they are; -1 is *none*.
    """

    kind: str
    keys: int
    depth: int
    peak: int
    spill: int
    rows: int
    bytes: int
    records: int


class Operator(NamedTuple):
    """An operator in a stage: what all tasks of it reached, spilled and took in, and a row as an exchange wrote it."""

    kind: str
    keys: int
    depth: int
    peak: int
    spilled: int
    rows: int
    row_bytes: float


def nodes_of(plan: Plan) -> dict[int, Node]:
    """The operators of a plan that hold execution memory, by the number of their counter of it."""
    found, open_nodes, seen = dict[int, Node](), [(plan, 0)], 0
    while open_nodes and seen < MOST_NODES:
        node, depth = open_nodes.pop()
        seen += 1
        children = _children(node)
        open_nodes.extend((child, depth + 1) for child in children)
        kind = text(node.get("nodeName"), 40)
        if kind not in _PEAKS:
            continue
        own, words = _counters(node), text(node.get("simpleString"), 4000)
        peak = own.get(_PEAKS[kind], NO)
        taken = children[-1:] if "BuildRight" in words else children[:1]
        rows = own.get(_ROWS, NO) if kind == AGGREGATE else _rows(taken)
        size, records = _exchange(taken)
        if peak != NO:
            found[peak] = Node(kind, _keys(words), depth, peak, own.get(_SPILL, NO), rows, size, records)
    return found


def _children(node: Plan) -> list[Plan]:
    children = node.get("children")
    return [child for child in children if isinstance(child, dict)] if isinstance(children, list) else []


def _counters(node: Plan) -> dict[str, int]:
    metrics = node.get("metrics")
    rows = [row for row in metrics[:200] if isinstance(row, dict)] if isinstance(metrics, list) else []
    return {text(row.get("name"), 60): number(row.get("accumulatorId")) for row in rows}


def _keys(words: str) -> int:
    """By how many keys a sort orders; 1 where its words do not say."""
    return words.partition("[")[2].partition("]")[0].count(" NULLS ") or 1


def _rows(children: list[Plan]) -> int:
    """The counter of the rows that come from the nearest node below that counts them."""
    while len(children) == 1:
        own = _counters(children[0])
        if (counter := own.get(_READ, own.get(_ROWS))) is not None:
            return counter
        children = _children(children[0])
    return NO


def _exchange(children: list[Plan]) -> tuple[int, int]:
    """The counters of bytes and records of an exchange below, where nothing changes its rows on the way."""
    while len(children) == 1:
        if children[0].get("nodeName") == "Exchange":
            own = _counters(children[0])
            return own.get(_BYTES, NO), own.get(_WRITTEN, NO)
        if not text(children[0].get("nodeName"), 40).startswith(_CARRIERS):
            break
        children = _children(children[0])
    return NO, NO


def counters_of(stage: Mapping[str, Any]) -> dict[int, int]:
    """Those counters of a completed stage that operators are known by, by number; none where no operator held memory."""
    rows = stage.get("Accumulables")
    named = [(row, row.get("Name")) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    named = [(row, name) for row, name in named if isinstance(name, str) and name in _COUNTED]
    if not {name for _, name in named} & {_PEAK, _SPILL, _BYTES, _BUILD}:
        return {}
    return {number(row.get("ID")): value for row, _ in named if (value := _whole(row.get("Value")))}


def _whole(value: Any) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 18:
        return int(value)
    return number(value)


def operators_of(nodes: Mapping[int, Node], counted: Mapping[int, int], whole: Mapping[int, int]) -> tuple[Operator, ...]:
    """The operators that held memory in a stage, lowest of the plan first; ``whole`` are the counters of all stages."""
    here = [nodes[counter] for counter in sorted(counted) if counter in nodes]
    return tuple(
        Operator(
            node.kind, node.keys, node.depth, 0 if node.kind == WINDOW else counted[node.peak],
            counted.get(node.spill, 0), counted.get(node.rows, 0), _each(whole, node.bytes, node.records),
        )
        for node in sorted(here, key=lambda one: (-one.depth, one.peak))
    )  # fmt: skip


def _each(whole: Mapping[int, int], size: int, records: int) -> float:
    return whole.get(size, 0) / whole[records] if whole.get(records) else 0.0


def holds_nothing(line: bytes) -> bool:
    """Whether a line that is whole has a plan none of whose operators holds memory."""
    return line.rstrip()[-1:] == b"}" and not any(word in line for word in _HOLDING)


def plan_line(line: bytes) -> dict[str, Any] | None:
    """The event of a line with a plan, without the plan's description, as most of such a line is words.

    ``ValueError`` where it is cut off.
    """
    at = line.find(_PLAN)
    if at < 0:
        found = json.loads(line)
        return found if isinstance(found, dict) else None
    words = line[at + len(_PLAN) - 1 :].decode()
    plan, end = _DECODER.raw_decode(words)
    json.loads('{"":0' + words[end:])  # so that the line is whole
    return {"sparkPlanInfo": plan}


def plan_of(event: Mapping[str, Any]) -> Plan:
    """The plan that an event of SQL carries."""
    return inner(event, "sparkPlanInfo")
