"""Limits that a text states in its own words, held against what the job asks for."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.answer.result import Result
from sparkmem.calculators.explain.reading import Reading
from sparkmem.configuration.clients_copy import COPIED_MOST
from sparkmem.configuration.limits_of_objects import CLIENTS_CONTAINER, LIMIT_RANGE, QUOTA, WORKERS_CONTAINER
from sparkmem.configuration.setting import Said
from sparkmem.configuration.standalone_workers import WORKER_MEMORY, WORKERS_OF_A_HOST
from sparkmem.configuration.stated_limits import DRIVERS_LIMIT, NODE_RAM
from sparkmem.given import Given
from sparkmem.size import MIB, SizeError, byte_string_as_bytes, mib_text
from sparkmem.spark.containers.overhead import default_overhead_mib
from sparkmem.subjects.job.example import PAGE

_SEE = PAGE + "#verdict"
_NOT_HELD = "no-node-holds-it"


def stated_notes(given: Given, reading: Reading, containers: Result) -> Iterator[Note]:
    """A remark for each limit that an executor or the driver does not keep to; the first words of the verdict are of it."""
    said = {one.name: one for one in reading.found.said}
    rows = {line.id: line.size_bytes or 0 for line in containers.rows()}
    executor, driver = rows.get("container-limit", 0), rows.get("driver-container-limit", 0)
    for name, asked in (("An executor", executor), ("The driver", driver)):
        if (one := said.get(LIMIT_RANGE)) and asked > _bytes(one):
            text = f"{name} asks for {mib_text(asked)} and the LimitRange on line {one.line} allows a container"
            yield _note(f"{text} {mib_text(_bytes(one))}: the API server takes no such pod.")
            return
        if (one := said.get(NODE_RAM)) and asked > _bytes(one):
            yield _note(f"{name} needs {mib_text(asked)} and the text says that a node has {mib_text(_bytes(one))}.")
            return
    yield from _workers(said)
    if one := said.get(DRIVERS_LIMIT):
        yield from _drivers(given, one)
    if one := said.get(CLIENTS_CONTAINER):
        yield from _client(given, one)
    if one := said.get(QUOTA):
        yield from _quota(given, one, executor, driver)
    heap = byte_string_as_bytes(one.value) if (one := said.get(WORKERS_CONTAINER)) else 0
    if heap and executor > heap:
        text = f"The worker's container has {mib_text(heap)} and an executor takes {mib_text(executor)} of it: once its"
        yield Note("executor-above-workers-container", text + " heap is in use the kernel ends it.", _SEE, "warning")


def no_limit(reading: Reading, asked: int) -> str:
    """What is said in place of a limit of the nodes: the one that the text has for a pod or a container, or that none is."""
    said = {one.name: one for one in reading.found.said}
    if one := said.get(LIMIT_RANGE):
        return f", and the LimitRange on line {one.line} allows {mib_text(_bytes(one))}."
    if (one := said.get(COPIED_MOST)) and reading.found.circumstances.cluster_manager == "yarn":
        keeps = "within" if asked <= _bytes(one) else "above"
        text = f": that is {keeps} the {mib_text(_bytes(one))} of {one.words} on line {one.line},"
        return f"{text} the application's copy, and YARN's own decides."
    return ": no limit is given."


def _workers(said: dict[str, Said]) -> Iterator[Note]:
    """Workers of one host that offer more together than the text says that it has."""
    count, each, host = said.get(WORKERS_OF_A_HOST), said.get(WORKER_MEMORY), said.get(NODE_RAM)
    if not (count and each and host):
        return
    offered = int(count.value) * _bytes(each)
    if offered > _bytes(host):
        text = f"{count.value} workers of {mib_text(_bytes(each))} offer {mib_text(offered)} on a host that has"
        text += f" {mib_text(_bytes(host))}: SPARK_WORKER_MEMORY is of each worker, and once executors use what is offered"
        share = mib_text(_bytes(host) // int(count.value))
        text += f" the host swaps or the kernel ends one. Let each worker offer less than {share}."
        yield Note("workers-above-host", text, _SEE, "warning")


def _drivers(given: Given, most: Said) -> Iterator[Note]:
    """A heap of the driver's that is above what the text says to be the most."""
    try:
        heap = byte_string_as_bytes(given.text("spark.driver.memory"))
    except SizeError:
        return
    if given.is_set("spark.driver.memory") and heap > _bytes(most):
        text = f"The text says that a driver gets {mib_text(_bytes(most))} at most (line {most.line}), and its heap is"
        yield Note("driver-above-stated-limit", f"{text} {mib_text(heap)}.", _SEE, "warning")


def _client(given: Given, container: Said) -> Iterator[Note]:
    """The driver in client mode, which runs where the command does."""
    try:
        heap = byte_string_as_bytes(given.text("spark.driver.memory"))
    except SizeError:
        return
    if given.text("deploy-mode") != "client":
        return
    if heap <= _bytes(container) < heap + beside_a_heap(heap):
        text = f"The command's container has {mib_text(_bytes(container))} and the driver's heap, which is in it in client"
        text += f" mode, may grow to {mib_text(heap)}: {left_beside(heap, _bytes(container))}"
        yield Note("driver-above-clients-container", text, _SEE, "warning")
    elif heap > _bytes(container):
        text = f"The command's container has {mib_text(_bytes(container))} and the driver's heap, which is in it in client"
        text += f" mode, may grow to {mib_text(heap)}: the kernel ends it then."
        yield Note("driver-above-clients-container", text, _SEE, "warning")


def _quota(given: Given, quota: Said, executor: int, driver: int) -> Iterator[Note]:
    left, count = _bytes(quota) - driver, given.text("spark.executor.instances").strip()
    if left < executor:
        with_driver = f" beside the driver's {mib_text(driver)}" if driver else ""
        text = f"An executor asks for {mib_text(executor)}{with_driver}, and the quota of memory is"
        yield _note(f"{text} {mib_text(_bytes(quota))}: no executor's pod is made.")
    elif executor and count.isdigit() and int(count) * executor > left:
        text = f"The quota of {mib_text(_bytes(quota))} has room for {left // executor} of {count} executors: no pod is made"
        yield Note("quota-holds-fewer", text + " for the others.", _SEE, "warning")


def beside_a_heap(heap: int) -> int:
    """What Spark sets aside beside a heap in a container of its own, where nothing else is set [bytes].

    >>> beside_a_heap(1 << 30) >> 20, beside_a_heap(8 << 30) >> 20
    (384, 819)
    """
    return default_overhead_mib(heap // MIB) * MIB


def left_beside(heap: int, limit: int) -> str:
    """What a limit leaves beside a heap, which is less than Spark would set aside there."""
    return (
        f"{mib_text(limit - heap)} are left for the JVM's other memory and Python, where Spark would set"
        f" {mib_text(beside_a_heap(heap))} aside."
    )


def _note(text: str) -> Note:
    return Note(_NOT_HELD, text, _SEE, "warning")


def _bytes(said: Said) -> int:
    return byte_string_as_bytes(said.value)
