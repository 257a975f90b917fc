"""What an expert would say of a driver's memory."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.calculators.driver_memory.inputs import PAGE
from sparkmem.calculators.driver_memory.reading import Driver
from sparkmem.given import Given
from sparkmem.release import since
from sparkmem.size import mib_text
from sparkmem.spark.containers.container import LOCAL
from sparkmem.spark.settings.config import MEMORY_OFFHEAP_SIZE
from sparkmem.spark.settings.driver import MAX_RESULT_SIZE


def notes_of(given: Given, driver: Driver) -> Iterator[Note]:
    """The notes on this answer."""
    local = driver.asked.app.manager == LOCAL
    off_heap = driver.asked.app.conf.get(MEMORY_OFFHEAP_SIZE)
    if off_heap > 0 and not local:
        if since(given.release, "4.3"):
            text = (
                "Since 4.3 the driver has no off-heap memory outside local mode: spark.memory.offHeap.size is for executors."
            )
            yield Note("driver-no-off-heap", text, PAGE + "#off-heap")
        elif driver.asked.driver:
            text = f"The driver makes off-heap pools of {mib_text(off_heap)} too, and its container has no room for them."
            yield Note("driver-off-heap-no-room", text, PAGE + "#off-heap", "warning")
    key = MAX_RESULT_SIZE.key
    if driver.result_bytes <= 0:
        text = f"{key} is {given.text(key)}: nothing stops results that the driver's heap cannot hold."
        yield Note("max-result-unlimited", text, PAGE + "#max-result-size", "warning")
    elif driver.result_bytes >= driver.system_bytes:
        allowed = f"{key} allows {mib_text(driver.result_bytes)}"
        text = f"{allowed} of a heap of {mib_text(driver.system_bytes)}: the heap is full first."
        yield Note("max-result-above-heap", text, PAGE + "#max-result-size", "warning" if given.is_set(key) else "info")
    if driver.asked.driver is None and not local:
        text = "In client mode the driver runs where spark-submit was called, in no container and without overhead."
        yield Note("driver-not-in-cluster", text, PAGE + "#container")
