"""Executors of one size or another: what the settings of each come to, by the model, and what a cluster manager grants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sparkmem.calculators import CALCULATORS
from sparkmem.eventlog.run import Run
from sparkmem.release import JAVA_VERSIONS
from sparkmem.requests.evaluate import evaluate
from sparkmem.requests.sharing import shareable
from sparkmem.runs.circumstances import LOCAL_CLUSTER, Circumstances
from sparkmem.size import GIB, MIB

_MANAGERS = {LOCAL_CLUSTER: "standalone", "": "standalone"}


@dataclass(frozen=True)
class Shape:
    """An executor: what it is called, its settings, and what they come to [bytes]; ``refused`` are the words against it."""

    name: str
    settings: Mapping[str, str]
    spark_memory_bytes: int
    off_heap_bytes: int
    container_bytes: int
    granted_bytes: int
    cores: int
    refused: str = ""
    note: str = ""
    uncounted_bytes: int = 0
    """Off-heap memory for which a standalone worker sets nothing aside, and which the process takes all the same."""

    @property
    def taken_bytes(self) -> int:
        """What an executor takes of a machine [bytes]."""
        return self.granted_bytes + self.uncounted_bytes

    def gib_hours(self, hours: float) -> float:
        """What executors of this size cost over so many hours of executors."""
        return self.taken_bytes / GIB * hours

    def as_dict(self, hours: float) -> dict[str, object]:
        return {
            "name": self.name,
            "settings": dict(self.settings),
            "spark-memory": self.spark_memory_bytes,
            "off-heap": self.off_heap_bytes,
            "container": self.container_bytes,
            "granted": self.granted_bytes,
            "cores": self.cores,
            "gib-hours": round(self.gib_hours(hours), 3),
            "note": self.note,
        }


def manager_of(manager: str) -> str:
    """The cluster manager that ``explain`` takes for the one that a run had.

    >>> manager_of("local-cluster"), manager_of("yarn")
    ('standalone', 'yarn')
    """
    return _MANAGERS.get(manager, manager)


def job_inputs(run: Run, where: Circumstances, changed: Mapping[str, str] | None = None) -> dict[str, str]:
    """The run's configuration as inputs of ``explain``: settings that bear on memory, and nothing that may be a secret."""
    known = CALCULATORS["explain"].by_name
    given = {key: value for key, value in run.spark.items() if key in known and key.startswith("spark.")}
    given |= changed or {}
    given = {key: value for key, value in given.items() if value}
    manager = manager_of(where.manager)
    beside = {"release": run.release.name, "cluster-manager": manager}
    if where.deploy_mode in ("client", "cluster") and manager != "local":
        beside["deploy-mode"] = where.deploy_mode
    if where.java in JAVA_VERSIONS:
        beside["java"] = str(where.java)
    if where.python:
        beside["language"] = "python"
    kept = shareable("explain", beside | given)
    kept.pop("lost-settings", None)
    return kept


def shape(name: str, inputs: Mapping[str, str], cores: int, gc: str, note: str = "") -> Shape:
    """What an executor with these inputs of ``explain`` is."""
    heap = _asked("executor-memory", {**inputs, **({"gc": gc} if _chooses(inputs, gc) else {})})
    container = _asked("container-request", inputs)
    rows = {row["id"]: row.get("bytes", 0) for row in heap.get("rows", ()) if "bytes" in row}
    parts = {row["id"]: row.get("bytes", 0) for row in container.get("rows", ()) if "bytes" in row}
    refused = "; ".join(error["message"] for error in (*heap.get("errors", ()), *container.get("errors", ())))
    total = parts.get("total-request", 0)
    settings = {key: text for key, text in inputs.items() if key.startswith("spark.")}
    return Shape(
        name,
        settings,
        rows.get("spark-memory", 0),
        rows.get("off-heap-memory", 0),
        total,
        parts.get("container-limit", total),
        cores,
        refused,
        note,
        rows.get("off-heap-memory", 0) if not parts.get("off-heap-memory") else 0,
    )


def _chooses(inputs: Mapping[str, str], gc: str) -> bool:
    """Whether the collector has to be named: where no flag does."""
    return (
        bool(gc)
        and gc in dict(CALCULATORS["executor-memory"].by_name["gc"].choices)
        and "GC" not in inputs.get("spark.executor.extraJavaOptions", "")
    )


def overhead_bytes(inputs: Mapping[str, str]) -> int:
    """The memory overhead of an executor with these inputs of ``explain``; 0 where a manager sets none aside."""
    rows = _asked("container-request", inputs).get("rows", ())
    return next((int(row["bytes"]) for row in rows if row["id"] == "memory-overhead" and "bytes" in row), 0)


def _asked(calculator: str, inputs: Mapping[str, str]) -> dict[str, Any]:
    known = CALCULATORS[calculator].by_name
    return evaluate({"calculator": calculator, "inputs": {key: text for key, text in inputs.items() if key in known}})


def whole_mib(size_bytes: int, step: int = 1) -> int:
    """So many bytes as MiB, up to a multiple of a step.

    >>> whole_mib(1), whole_mib(65 << 20, 32)
    (1, 96)
    """
    return -(-size_bytes // (step * MIB)) * step
