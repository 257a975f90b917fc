"""What a pod asks for, held against what nodes of Kubernetes have for pods: numbers for conditions, figures and advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sparkmem.diagnosis.conditions import Number
from sparkmem.diagnosis.moment.held import Moment
from sparkmem.diagnosis.moment.node import ALLOCATABLE, TAKEN
from sparkmem.facts import FACTS
from sparkmem.release import NEWEST
from sparkmem.size import MIB
from sparkmem.spark.containers.overhead import DEFAULT_FACTOR, default_overhead_mib, heap_within_mib

_HEAP, _OVERHEAD = "spark.executor.memory", "spark.executor.memoryOverhead"
_OF_A_NODE = 0.95
"""What of a node's room is given to one pod: some is for those of daemon sets."""
_OF_PYTHON = float(FACTS["NON_JVM_MEMORY_OVERHEAD_FACTOR"].at(NEWEST))


def of_nodes(moments: Sequence[Moment], asked: Mapping[str, int], pods: Mapping[str, Number]) -> dict[str, Number]:
    """``node_most``: what pods may have of the largest node; ``node_room``: what is left of it, or of all of it.

    ``wanted``: what an executor's pod asks for, by its own request or by the settings; ``node_heap``: the largest heap
    that fits with the overhead that Spark adds to it, where none is set; ``python_pod``: that this is what Spark adds for
    Python and R, and ``node_spare`` the overhead with which the same heap fits, where that is no less than a JVM's
    [bytes all].

    >>> from sparkmem.diagnosis.moment.held import named
    >>> node = Moment("node", "", 1, named({ALLOCATABLE: 16384 * MIB, TAKEN: 4096 * MIB}))
    >>> {name: size // MIB for name, size in of_nodes([node], {_HEAP: 16384 * MIB}, {}).items()}
    {'node_most': 16384, 'node_room': 12288, 'wanted': 18022, 'node_heap': 11171}
    """
    rooms = [
        (held[ALLOCATABLE], held[ALLOCATABLE] - held.get(TAKEN, 0))
        for moment in moments
        if moment.kind == "node"
        for held in [{part.name: part.bytes for part in moment.held}]
    ]
    if not rooms:
        return {}
    most, room = max(rooms)[0], max(left for _, left in rooms)
    heap, given = asked.get(_HEAP, 0), asked.get(_OVERHEAD, 0)
    by_settings = heap + (given or default_overhead_mib(heap // MIB) * MIB) if heap else 0
    wanted = int(pods.get("pod_request", 0) or pods.get("pod_limit", 0)) or by_settings
    found: dict[str, Number] = {"node_most": most, "node_room": max(0, room)}
    if not wanted:
        return found
    factor = _OF_PYTHON if heap and (wanted - heap) // MIB == int(_OF_PYTHON * (heap // MIB)) else DEFAULT_FACTOR
    fits = max(0, room - given) if given else heap_within_mib(max(0, room) // MIB, factor) * MIB
    found |= {"wanted": wanted} | ({"node_heap": fits} if fits else {})
    if factor == _OF_PYTHON and not given:
        spare = int(_OF_A_NODE * room) - heap
        found |= {"python_pod": 1} | ({"node_spare": spare} if spare >= MIB * default_overhead_mib(heap // MIB) else {})
    return found
