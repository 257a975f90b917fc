"""A heap with which no executor starts on Databricks or Glue, by the type of the nodes that the text names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sparkmem.calculators.explain.machines import machines
from sparkmem.configuration import Configuration
from sparkmem.configuration.lost import ABOVE_THE_NODE, LOST
from sparkmem.configuration.setting import Lost
from sparkmem.size import MIB, SizeError, byte_string_as_mb, mib_text

_HEAP = "spark.executor.memory"
_KEPT_MB = (4800, 4000)
PLATFORMS = ("databricks", "glue")


def above_the_node(found: Configuration, texts: Mapping[str, str], platform: str) -> Iterator[Lost]:
    """An executor's heap that the largest node that the text names has no room for, as far as its platform says.

    Databricks gives ``(all_memory_size * 0.97 - 4800MB) * 0.8``, as kb.databricks.com/clusters/spark-shows-less-memory
    says.  That it starts no cluster with more is from memory and not verified, so a heap is only named above what 4000 MB
    would leave.  Of Glue's workers it is what is more than all that one has.
    """
    try:
        heap = byte_string_as_mb(texts.get(_HEAP, "0"))
    except SizeError:
        return
    words, see = LOST[ABOVE_THE_NODE]
    for said, machine in machines(found)[:1]:
        whole = machine.memory_mib
        gives, above = (max(0, (whole * 97 - kept * 100) * 8 // 1000) for kept in _KEPT_MB)
        if platform == "glue":
            gives = above = whole
        if heap > above:
            has = f"a node, {said.value} (line {said.line}), has {mib_text(whole * MIB)}"
            write = f"leave it out: {has}"
            if platform == "databricks":
                write = f"leave it out, or write at most {gives}m: {has}, of which an executor's heap gets so much"
            line = next((one.line for one in found.settings if one.key == _HEAP), 0)
            yield Lost(ABOVE_THE_NODE, line, _HEAP, words, write, see)
