"""What is said of a node in sentences: the verdict, and what an expert would add."""

from __future__ import annotations

from sparkmem.answer.cores import cores_text
from sparkmem.calculators.fit_node.packing import Fit, smallest_node, smallest_type
from sparkmem.given import Given
from sparkmem.release import release as release_named
from sparkmem.size import MIB, mib_text


def people(number: int) -> str:
    """So many executors."""
    return f"{number} executor{'s' * (number != 1)}"


def headline(fit: Fit) -> str:
    """The verdict in one sentence."""
    heap = mib_text(fit.shape.heap_mib * MIB)
    one = fit.wanted == 1
    if fit.count < fit.wanted:
        return f"{people(fit.wanted)} of {heap} {'does' if one else 'do'} not fit: {_remedy(fit)}."
    if fit.solved:
        verb = "fits, with" if one else "fit, each with"
        return f"{people(fit.wanted)} {verb} a heap of up to {heap} and {cores_text(fit.shape.millicores)}."
    wasted = fit.node.free_bytes - fit.running * fit.shape.granted_mib * MIB
    left = fit.node.free_millicores - fit.running * fit.shape.millicores
    shape = f"{people(fit.count)} of {heap} and {cores_text(fit.shape.millicores)}"
    verb = "fits" if fit.count == 1 else "fit"
    return f"{shape} {verb}; {mib_text(wasted)} and {cores_text(max(left, 0))} are left over."


def _remedy(fit: Fit) -> str:
    """What would fit: here, and elsewhere."""
    if fit.one_each and fit.wanted > 1:
        return "a worker of this service runs one executor"
    here = []
    if fit.largest_mib is None:
        here.append("no heap does")
    elif fit.by_memory < fit.wanted:
        here.append(f"the largest heap that does is {mib_text(fit.largest_mib * MIB)}")
    if fit.counts_cores and fit.by_cores < fit.wanted:
        most = fit.node.free_millicores * fit.tasks_per_core // fit.wanted
        here.append(f"the most cores that do are {cores_text(most)} each")
    if not fit.fitting.allowed:
        largest = f"YARN's largest container must be {fit.fitting.asked_mib:,} MiB"
        return "; ".join([*here, f"for this one, {largest}"])
    return "; ".join([*here, _elsewhere(fit)])


def _elsewhere(fit: Fit) -> str:
    """The smallest machine type that would do, where the platform's types are known; else the smallest node."""
    found = smallest_type(fit)
    if found:
        machine, same_family = found
        kind = "machine of its family" if same_family else "machine"
        has = f"{machine.memory_mib:,} MiB and {cores_text(machine.cores * 1000)}"
        return f"the smallest {kind} that does is {machine.name}, {has}"
    mib, cores = smallest_node(fit)
    return f"the smallest node that does has {mib:,} MiB and {cores_text(cores * 1000)}"


def meanings(given: Given, fit: Fit) -> dict[str, str]:
    evidence = fit.node.usable.evidence
    found = {
        "release": f"measured on Spark {release_named(given.release).witness}",
        "spark.executor.memory": f"{fit.shape.heap_mib:,} MiB",
        "spark.executor.cores": cores_text(fit.shape.millicores),
    }
    if evidence:
        found["platform"] = f"{evidence.confidence}, {evidence.tag}"
    else:
        found["platform"] = "nothing is taken off"
    return found
