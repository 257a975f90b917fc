"""What is said of a node in sentences: the verdict, and what an expert would add."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.calculator import Given
from sparkmem.calculators.node_inputs import PAGE
from sparkmem.calculators.node_packing import Fit, smallest_node, smallest_type
from sparkmem.release import release as release_named
from sparkmem.size import MIB, mib_text


def cores_text(millicores: int) -> str:
    """Cores as people write them.

    >>> cores_text(16000), cores_text(15890), cores_text(1000)
    ('16 cores', '15.89 cores', '1 core')
    """
    number = f"{millicores / 1000:.3f}".rstrip("0").rstrip(".")
    return f"{number} core{'s' * (number != '1')}"


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
        here.append(f"the most cores that do are {cores_text(fit.node.free_millicores // fit.wanted)} each")
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


def notes(fit: Fit, verdict: str) -> Iterator[Note]:
    platform = fit.node.platform
    if fit.count < fit.wanted:
        yield Note("does-not-fit", verdict, PAGE + "#does-not-fit", "warning")
    if fit.refusal:
        yield Note("above-the-threshold", f"Spark refuses to start: {fit.refusal}", PAGE + "#does-not-fit", "warning")
    if fit.manager == "yarn" and fit.counts_cores and fit.by_memory > fit.by_cores and not fit.one_each:
        yield Note(
            "memory-alone",
            f"Under YARN's DefaultResourceCalculator, which is the Capacity scheduler's default, cores do not count:"
            f" {fit.by_memory} executors would start, with {cores_text(fit.by_memory * fit.shape.millicores)} on"
            f" {cores_text(fit.node.free_millicores)}.",
            PAGE + "#cores",
        )  # fmt: skip
    if fit.manager == "yarn" and not fit.node.set_aside_bytes and (platform is None or not platform.executors_per_node):
        yield Note(
            "application-master", "One node of the cluster also runs the application master; set its container aside there.",
            PAGE + "#set-aside",
        )  # fmt: skip
    if fit.vendor_factor:
        yield Note(
            "vendor-factor",
            f"{platform.label if platform else 'The platform'} sets an overhead factor of its own,"
            f" {fit.vendor_factor}; set spark.executor.memoryOverheadFactor to use another.",
            PAGE + "#emr",
        )  # fmt: skip
    if platform and platform.bound:
        yield Note(
            "upper-bound", f"{platform.label} does not publish what it keeps of a node: executors get less than this.",
            PAGE + "#platforms", "warning",
        )  # fmt: skip
    if platform and platform.cluster_manager == "kubernetes":
        yield Note(
            "advertised-memory",
            "A machine reports a little less memory than is advertised, so this is an upper bound; to be exact, give the"
            " node's allocatable memory and cores without a platform.",
            PAGE + "#kubernetes",
        )  # fmt: skip
    if fit.manager == "standalone":
        yield Note(
            "heap-alone", "Standalone sets only the heap aside: what executors use beside it is nobody's count.",
            PAGE + "#memory",
        )  # fmt: skip


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
