"""What workers of a standalone cluster offer, where a text says it: one that offers less than an executor starts none."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.answer.result import Result
from sparkmem.calculators.explain.processes import executor_limit
from sparkmem.calculators.explain.reading import Reading
from sparkmem.configuration.standalone_workers import SMALLEST_WORKER, UNKNOWN_WORKER
from sparkmem.size import byte_string_as_bytes, mib_text
from sparkmem.subjects.job.example import PAGE


def worker_notes(reading: Reading, containers: Result) -> Iterator[Note]:
    """A remark where one of several workers offers less than an executor asks for."""
    unknown = next((one for one in reading.found.said if one.name == UNKNOWN_WORKER), None)
    if unknown and (asked := executor_limit(containers)):
        text = f"SPARK_WORKER_MEMORY on line {unknown.line} is {unknown.value}, which is not in the text:"
        text += f" an executor starts on a worker that offers {mib_text(asked)} or more."
        yield Note("unknown-worker", text, PAGE + "#verdict")
    offered = reading.found.value_said(SMALLEST_WORKER)
    asked = executor_limit(containers)
    if offered and byte_string_as_bytes(offered) < asked:
        text = f"A worker that offers {mib_text(byte_string_as_bytes(offered))} starts no executor of {mib_text(asked)}: "
        yield Note("smaller-worker", text + "it starts on larger workers alone.", PAGE + "#verdict")
