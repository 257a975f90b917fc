"""A heap that Databricks starts no cluster with, by the type of the nodes that the text names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sparkmem.calculators.explain.machines import machines
from sparkmem.configuration import Configuration
from sparkmem.configuration.lost import ABOVE_THE_NODE, LOST
from sparkmem.configuration.setting import Lost
from sparkmem.size import MIB, SizeError, byte_string_as_mb, mib_text

_HEAP = "spark.executor.memory"
_KEPT_MB = (4800, 4000)


def above_the_node(found: Configuration, texts: Mapping[str, str]) -> Iterator[Lost]:
    """An executor's heap well above what Databricks gives it of the largest node that the text names.

    ``(all_memory_size * 0.97 - 4800MB) * 0.8``, of kb.databricks.com/clusters/spark-shows-less-memory.  That it starts no
    cluster with more is from memory and not verified, so a heap is only named above what 4000 MB would leave.
    """
    try:
        heap = byte_string_as_mb(texts.get(_HEAP, "0"))
    except SizeError:
        return
    words, see = LOST[ABOVE_THE_NODE]
    for said, machine in machines(found)[:1]:
        most, above = (max(0, (machine.memory_mib * 97 - kept * 100) * 8 // 1000) for kept in _KEPT_MB)
        if heap > above:
            has = mib_text(machine.memory_mib * MIB)
            of = f"{mib_text(most * MIB)} of a node, {said.value} (line {said.line}), of {has}"
            line = next((one.line for one in found.settings if one.key == _HEAP), 0)
            yield Lost(ABOVE_THE_NODE, line, _HEAP, words, f"leave it out, or write at most {most}m: {of}", see)
