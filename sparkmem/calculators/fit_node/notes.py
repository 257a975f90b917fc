"""What an expert would say of executors on a node."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.cores import cores_text
from sparkmem.answer.note import Note
from sparkmem.calculators.fit_node.node import PAGE
from sparkmem.calculators.fit_node.packing import Fit


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
    if platform and fit.tasks * 1000 > fit.shape.millicores:
        yield Note(
            "tasks-share-cores",
            f"{fit.tasks} tasks share {cores_text(fit.shape.millicores)}: {platform.label} allows"
            f" {platform.tasks_per_core} for each core. They also share the heap, so each may hold less.",
            PAGE + "#platforms",
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
            "heap-alone", "A standalone worker reserves only the heap: nothing counts what executors use beside it.",
            PAGE + "#memory",
        )  # fmt: skip
