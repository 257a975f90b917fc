"""The containers in words: what is asked for each process, and what is granted."""

from __future__ import annotations

from sparkmem.answer.result import Result
from sparkmem.calculators.container_request.notes import notes
from sparkmem.given import Given
from sparkmem.release import release as release_named
from sparkmem.size import MIB, mib_text
from sparkmem.spark.containers.container import KUBERNETES, LOCAL, STANDALONE, YARN
from sparkmem.subjects.containers.asking import allocation_notes
from sparkmem.subjects.containers.kept import kept_notes
from sparkmem.subjects.containers.lines import container_lines
from sparkmem.subjects.containers.processes import Asked, driver_of, executor_of, master_of

_ASKED = {YARN: "YARN is asked for", KUBERNETES: "Kubernetes is asked for", STANDALONE: "the standalone master is asked for"}


def result_of(given: Given, asked: Asked) -> Result:
    """The figures of the containers with their reasons, sources and notes."""
    processes = [executor_of(asked), driver_of(asked), *([master_of(asked)] if asked.master else [])]
    breakdowns, lines = [], []
    for process in processes:
        breakdown, line = container_lines(given, asked, process)
        breakdowns.append(breakdown)
        lines += [line] if line else []
    return Result(
        breakdowns=tuple(breakdowns),
        lines=tuple(lines),
        notes=(
            *allocation_notes(given), *kept_notes(asked),
            *notes(given, asked.app, asked.executor, asked.driver, asked.granting.node_mib),
        ),
        meanings=_meanings(given, asked),
        headline=_headline(asked),
    )


def _meanings(given: Given, asked: Asked) -> dict[str, str]:
    meanings = {"release": f"measured on Spark {release_named(given.release).witness}"}
    for key, container in (("spark.executor.memory", asked.executor), ("spark.driver.memory", asked.driver)):
        if container:
            meanings[key] = mib_text(container.memory_mib * MIB)
    return meanings


def _headline(asked: Asked) -> str:
    if asked.app.manager == LOCAL:
        return "In local mode driver and executor are one process, and nothing is asked of a cluster manager."
    named = (("an executor", asked.executor), ("the driver", asked.driver), ("the application master", asked.master))
    parts: list[str] = []
    for name, container in named:
        if container:
            limit = asked.granting.limit_mib(container.total_mib)
            grants = f" and grants {mib_text(limit * MIB)}" if limit != container.total_mib else ""
            asks = f"{_ASKED[asked.app.manager]} " if not parts else ""
            parts.append(f"for {name} {asks}{mib_text(container.total_mib * MIB)}{grants}")
    text = "; ".join(parts)
    text = f"{text[:1].upper()}{text[1:]}."
    return text if asked.driver else f"{text} The driver runs in no container."
