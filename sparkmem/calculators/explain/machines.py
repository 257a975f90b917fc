"""Machine types that a text names for its workers: what the platform leaves of them, held against what an executor needs."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.answer.result import Result
from sparkmem.calculators.explain.processes import executor_limit
from sparkmem.configuration import Configuration
from sparkmem.configuration.lost_words import NOT_COMPUTED
from sparkmem.configuration.machine_types import MACHINE_TYPE, MASTERS_TYPE
from sparkmem.configuration.setting import Said
from sparkmem.given import Given
from sparkmem.machines import shapes, workers
from sparkmem.machines.shapes import Machine
from sparkmem.machines.usable import dataproc_node, emr_node
from sparkmem.size import MIB, SizeError, byte_string_as_mb, mib_text

_HEAP = "spark.executor.memory"
_TOLD = "yarn.nodemanager.resource.memory-mb"
_PAGE = "calculators/fit-node/#machine-types"
_LENT_BY = {"emr": emr_node, "dataproc": dataproc_node}
"""Vendors whose YARN has a size by the type of the machine, unless the cluster says another."""


def machines(found: Configuration, name: str = MACHINE_TYPE) -> list[tuple[Said, Machine]]:
    """The machine types of the text's workers, the largest first; empty where cores and memory of one are not known."""
    types = [one for one in found.said if one.name == name]
    offered = {**shapes.ec2(), **shapes.gce(), **shapes.azure(), **workers.glue(), **workers.synapse()} if types else {}
    if not all(one.value in offered for one in types):
        return []
    return sorted(((one, offered[one.value]) for one in types), key=lambda one: -one[1].memory_mib)


def nodes(found: Configuration) -> list[int]:
    """What YARN may hand out on a node of each type [MiB], the most first; empty where the vendor has no rule for it.

    >>> from sparkmem.configuration import read
    >>> nodes(read("aws emr create-cluster --instance-type r5.2xlarge\\nspark-submit --executor-memory 20g a.py"))
    [57344]
    """
    if found.vendor not in _LENT_BY:
        return []
    usable = _LENT_BY[found.vendor]
    return [usable(machine, 0).memory_bytes // MIB for _, machine in machines(found)]


def machine_type_notes(given: Given, found: Configuration, containers: Result) -> Iterator[Note]:
    """How many executors a node of the type that the text names holds; nothing of types where a node's size is given."""
    if found.vendor in NOT_COMPUTED:
        yield from _heap_alone(given, found)
        return
    if given.text("cluster-manager") == "local":
        return
    yield from _on_the_master(given, found)
    lent = nodes(found)
    if given.is_set("node-memory") and given.text("node-memory") not in [f"{mib}m" for mib in lent]:
        yield from _handed_out(found)
        return
    asked = executor_limit(containers)
    for said, machine in machines(found)[:1] if asked else ():
        if lent:
            usable = _LENT_BY[found.vendor](machine, 0)
            has, whole = usable.memory_bytes, f"YARN may hand out {mib_text(usable.memory_bytes)} on it ({usable.because})"
        else:
            has = machine.memory_mib * MIB
            whole = f"it has {mib_text(has)}, of which the system and the platform keep a part"
        text = f"A node is {said.value} (line {said.line}): {whole}, so that it holds"
        if count := has // asked:
            left = f", and {mib_text(has - count * asked)} are left" if lent else " at most"
            yield Note("machine-type", f"{text} {_executors(count)} of {mib_text(asked)}{left}.", _PAGE)
        elif not lent:
            text = f"An executor needs {mib_text(asked)} and a node, {said.value} (line {said.line}), has {mib_text(has)}."
            yield Note("no-node-holds-it", text, _PAGE, "warning")


def _handed_out(found: Configuration) -> Iterator[Note]:
    """That YARN is told to hand out more than the largest machine has, which it takes as it is told."""
    told = found.cluster.get(_TOLD, "").strip()
    for said, machine in machines(found)[:1] if told.isdecimal() and len(told) < 10 else ():
        if int(told) > machine.memory_mib:
            text = f"{_TOLD} hands out {mib_text(int(told) * MIB)} of a node, {said.value} (line {said.line}), which has"
            text += f" {mib_text(machine.memory_mib * MIB)} in all: what fits by YARN's account may be more than there is."
            yield Note("yarn-above-machine", text, _PAGE, "warning")


def _on_the_master(given: Given, found: Configuration) -> Iterator[Note]:
    """A driver's heap that is more than all that the master has, where jobs of the vendor's start it there."""
    key = "spark.driver.memory"
    if found.vendor not in _LENT_BY or given.text("deploy-mode") != "client" or not given.is_set(key):
        return
    try:
        heap = byte_string_as_mb(given.text(key), given.release) * MIB
    except SizeError:
        return
    for said, machine in machines(found, MASTERS_TYPE):
        if heap > machine.memory_mib * MIB:
            has = mib_text(machine.memory_mib * MIB)
            text = f"In client mode the driver runs on the master, {said.value} (line {said.line}), which has {has} in all,"
            text += f" and its heap may grow to {mib_text(heap)}."
            yield Note("driver-above-clients-container", text, _PAGE, "warning")


def _heap_alone(given: Given, found: Configuration) -> Iterator[Note]:
    """A heap that is more than all that the largest node has, where what a container takes beside it is not computed."""
    try:
        heap = byte_string_as_mb(given.text(_HEAP), given.release) * MIB if given.is_set(_HEAP) else 0
    except SizeError:
        return
    for said, machine in machines(found)[:1]:
        if heap > machine.memory_mib * MIB:
            text = f"{_HEAP} alone, {mib_text(heap)}, is more than a node, {said.value} (line {said.line}), has:"
            yield Note("heap-above-machine", f"{text} {mib_text(machine.memory_mib * MIB)}.", _PAGE, "warning")


def _executors(count: int) -> str:
    return "one executor" if count == 1 else f"{count} executors"
