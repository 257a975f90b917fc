"""What an expert would say of a job beyond its sums: each remark has an id, and a section that explains it."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.answer.remarks import dead_flag_notes
from sparkmem.answer.result import Result
from sparkmem.calculators.explain.cores import core_notes
from sparkmem.calculators.explain.direct import direct_notes
from sparkmem.calculators.explain.machines import machine_type_notes
from sparkmem.calculators.explain.platform_workers import platform_notes
from sparkmem.calculators.explain.python_workers import python_worker_notes
from sparkmem.calculators.explain.reading import Reading
from sparkmem.calculators.explain.stated import beside_a_heap, left_beside, stated_notes
from sparkmem.calculators.explain.vendors import vendor_notes
from sparkmem.calculators.explain.workers import worker_notes
from sparkmem.configuration.found import LAUNCHED, TOO_LATE
from sparkmem.configuration.jvm_properties import RUNS_ALREADY
from sparkmem.configuration.lost_words import RUNS_ON, pairs
from sparkmem.configuration.submit_options import OPTIONS
from sparkmem.errors import InputError
from sparkmem.given import Given
from sparkmem.jvm.references import NOT_COMPRESSED_FROM
from sparkmem.release import release
from sparkmem.size import GIB, mib_text
from sparkmem.spark.containers import MANAGERS
from sparkmem.spark.containers.submit_checks import deploy_mode_refusal
from sparkmem.spark.settings.keys import IGNORED
from sparkmem.subjects.executor.page_for_a_task import NO_PAGE
from sparkmem.subjects.java_heap.reading import read_machine_memory
from sparkmem.subjects.job.example import LOST_SETTINGS

_KEYS_PAGE = "reference/configuration-keys/#configuration-keys"
_FAR_ABOVE = 48 * GIB  # where we stop to warn; a choice of ours


def expert_notes(given: Given, reading: Reading, executor: Result, containers: Result) -> Iterator[Note]:
    """The remarks on the whole job."""
    yield from dead_flag_notes(given.job, int(given.text("java") or release(given.release).java))
    yield from _not_handed_on(given, reading)
    yield from _keys(given, reading)
    yield from _references(given, executor)
    yield from core_notes(given.job)
    yield from python_worker_notes(given.job)
    yield from _too_late(given, reading)
    yield from vendor_notes(given, reading)
    yield from worker_notes(reading, containers)
    yield from stated_notes(given, reading, containers)
    yield from direct_notes(given, reading, containers)
    yield from platform_notes(given, reading)
    yield from machine_type_notes(given, reading.found, containers)
    if given.text("cluster-manager") != "local":
        yield from (note for note in executor.notes if note.id == NO_PAGE)
    yield from _shown(executor)


def refused_at_submission(given: Given) -> list[InputError]:
    """A deploy mode in which spark-submit starts no driver of this cluster manager and language."""
    manager = given.text("cluster-manager")
    said, see = deploy_mode_refusal(manager, given.text("deploy-mode"), given.text("language"))
    change = "submit it in client mode" + ("" if manager == "local" else ", or to YARN or Kubernetes")
    found = [InputError("deploy-mode", said, see, change=change, by="Spark")] if said else []
    return [*found, *_heap_in_options(given)]


def _heap_in_options(given: Given) -> Iterator[InputError]:
    """A heap among the driver's Java options, at which the launcher ends in each deploy mode.

    ``SparkSubmitCommandBuilder.buildSparkSubmitCommand``, which was asked in 4.3.0, and read so for a release of Spark 2;
    ``SparkConf.validateSettings`` says nothing of it, so that a platform that starts the driver itself may take it.
    """
    if any(id == RUNS_ON for id, _ in pairs(given.text(LOST_SETTINGS) if given.is_set(LOST_SETTINGS) else "")):
        return
    for key in ("spark.driver.defaultJavaOptions", "spark.driver.extraJavaOptions"):
        if given.is_set(key) and any(word.strip("\"'").startswith("-Xmx") for word in given.text(key).split()):
            text = "Not allowed to specify max heap(Xmx) memory settings through java options"
            change = "take -Xmx out, and give the heap by --driver-memory or spark.driver.memory"
            yield InputError(key, text, "memory/driver-memory/#client-mode", change=change, by="spark-submit")


def _not_handed_on(given: Given, reading: Reading) -> Iterator[Note]:
    """Options for which the cluster manager has no use, so that they change nothing."""
    manager = given.text("cluster-manager")
    if manager == "local":
        return  # what does nothing in local mode is told as lost
    dropped = [
        f"{item.text} ({OPTIONS[item.text]})"
        for item in reading.found.ignored
        if item.text in OPTIONS and item.reason.endswith(f"the master is {manager}")
    ]
    if dropped:
        text = f"spark-submit does not hand these on to {MANAGERS[manager]}, so they change nothing: {', '.join(dropped)}."
        yield Note("option-not-handed-on", text, "explain/#formats")


def machine_notes(given: Given, driver: Result) -> Iterator[Note]:
    """What is said in local mode of a heap that may outgrow the machine that was given."""
    if given.text("cluster-manager") != "local" or not given.is_set("machine-memory"):
        return
    heap = next((line.size_bytes or 0 for line in driver.rows() if line.id in ("max-heap-size", "jvm-max-memory")), 0)
    machine = read_machine_memory(given)
    if heap == machine:
        text = (
            f"The heap may grow to {mib_text(heap)}, which is all that the machine or container has: the JVM's other memory"
            " and Python come on top of it."
        )
        yield Note("heap-above-machine", text, "memory/executors/#local-mode", "warning")
    elif heap <= machine < heap + beside_a_heap(heap):
        text = (
            f"The heap may grow to {mib_text(heap)} of the {mib_text(machine)} that the machine or container has:"
            f" {left_beside(heap, machine)}"
        )
        yield Note("heap-above-machine", text, "memory/executors/#local-mode", "warning")
    elif heap > machine:
        text = (
            f"The heap may grow to {mib_text(heap)} and the machine has {mib_text(machine)}: the JVM starts, and once the"
            " heap is in use the machine swaps, or its kernel ends a process."
        )
        yield Note("heap-above-machine", text, "memory/executors/#local-mode", "warning")


def _keys(given: Given, reading: Reading) -> Iterator[Note]:
    for about in sorted(reading.found.about(given.release), key=lambda about: about.key):  # as an address has them
        ignored = about.status == IGNORED
        instead = f" Write {about.replaced_by}." if about.replaced_by else ""
        id, level = ("key-not-read", "warning") if ignored else ("key-deprecated", "info")
        yield Note(id, f"{about.text}.{instead}", _KEYS_PAGE, level)


def _references(given: Given, executor: Result) -> Iterator[Note]:
    heap = next((line.size_bytes or 0 for line in executor.rows() if line.id in ("max-heap-size", "jvm-max-memory")), 0)
    if NOT_COMPRESSED_FROM <= heap < _FAR_ABOVE:
        text = (
            f"In a heap of {mib_text(heap)} the JVM no longer compresses references, which it does up to some MiB below"
            " 32 GiB: each is 8 bytes instead of 4, so that 31g may hold as much."
        )
        yield Note("compressed-references", text, "memory/jvm-heap/#compressed-references", "warning")


def _too_late(given: Given, reading: Reading) -> Iterator[Note]:
    if any(one.reason == RUNS_ALREADY for one in reading.found.remarks):
        heap = given.text("spark.driver.memory")
        text = f"-Dspark.driver.memory is {RUNS_ALREADY}: {heap}. Leave it out, or start the job by spark-submit."
        yield Note("driver-memory-too-late", text, "memory/driver-memory/#client-mode", "warning")
        return
    of_heap = [one.reason for one in reading.found.remarks if one.text == "spark.driver.memory"]
    in_program = TOO_LATE in of_heap or (reading.found.format == "session-builder" and LAUNCHED not in of_heap)
    if in_program and given.is_set("spark.driver.memory"):
        text = (
            "spark.driver.memory in a builder counts only where no JVM runs yet: after spark-submit it comes too late,"
            " and belongs in the command or in spark-defaults.conf."
        )
        yield Note("driver-memory-too-late", text, "memory/driver-memory/#client-mode")


def _shown(executor: Result) -> Iterator[Note]:
    rows = {line.id: line for line in executor.rows()}
    if "ui-storage-memory" not in rows:
        return
    whole = rows.get("max-heap-size", rows["jvm-max-memory"])
    text = (
        f"The web UI will show {rows['ui-storage-memory'].text} of storage memory for each executor, not {whole.shown}:"
        " it leaves out reserved and user memory, and counts off-heap memory, enabled or not."
    )
    yield Note("ui-number", text, "memory/executor-heap/#ui-storage-memory")
