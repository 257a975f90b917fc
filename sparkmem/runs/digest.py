"""What of a run an address may hold: settings that size memory, peaks and needs, and ids; no name, host, path or query."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sparkmem.eventlog.depth import too_deep
from sparkmem.javalang import LONG_MAX
from sparkmem.release import RELEASES
from sparkmem.requests.sharing import shareable
from sparkmem.runs.report import Report
from sparkmem.runs.shapes import job_inputs

MOST_LETTERS = 6_000
MOST_BYTES = 40_000
_WORD = re.compile(r"[a-z0-9\-]{1,40}")
_NUMBERS = (
    "executors",
    "lasted-ms",
    "spilled",
    "failed-tasks",
    "spark-memory",
    "off-heap",
    "heap-peak",
    "storage-peak",
    "execution-peak",
    "resident-peak",
    "python-peak",
    "need-execution",
    "need-storage",
    "need-outside",
    "advised-mib",
    "unified-peak",
    "off-heap-peak",
)
_BESIDE = ("java", "language", "deploy-mode")
"""What "Explain my job" takes of a run besides its settings."""


@dataclass(frozen=True)
class Digest:
    """A run in numbers: its release and cluster manager, settings, figures [bytes, ms, counts], and the ids found."""

    release: str
    manager: str
    settings: Mapping[str, str]
    advised: Mapping[str, str]
    figures: Mapping[str, int]
    found: tuple[str, ...]
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The digest as an address holds it."""
        whole = {
            "v": 1,
            "r": self.release,
            "m": self.manager,
            "s": dict(self.settings),
            "a": dict(self.advised),
            "n": [self.figures.get(name, 0) for name in _NUMBERS],
            "f": list(self.found),
            "b": dict(self.beside),
        }
        packed = zlib.compress(json.dumps(whole, separators=(",", ":")).encode(), 9)
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def digest_of(found: Report) -> Digest:
    """What may be shared of a report."""
    run, advice = found.run, found.right_size
    settings = advice.now.settings if advice.now else {}
    peaks = {
        name: max((one.peak(metric) for one in run.workers or run.executors), default=0)
        for name, metric in (
            ("heap-peak", "JVMHeapMemory"),
            ("storage-peak", "OnHeapStorageMemory"),
            ("execution-peak", "OnHeapExecutionMemory"),
            ("resident-peak", "ProcessTreeJVMRSSMemory"),
            ("python-peak", "ProcessTreePythonRSSMemory"),
            ("unified-peak", "OnHeapUnifiedMemory"),
            ("off-heap-peak", "OffHeapUnifiedMemory"),
        )
    }
    needs = advice.needs
    figures = peaks | {
        "executors": len(run.workers),
        "lasted-ms": max((run.ended or 0) - (run.started or 0), 0),
        "spilled": sum(stage.sum("memory-spilled") for stage in run.stages),
        "failed-tasks": sum(stage.sum("failed") for stage in run.stages),
        "spark-memory": advice.now.spark_memory_bytes if advice.now else 0,
        "off-heap": advice.now.off_heap_bytes if advice.now else 0,
        "need-execution": needs.execution.bytes,
        "need-storage": needs.storage.bytes,
        "need-outside": needs.outside_heap.bytes,
    }
    return Digest(
        run.release.name,
        found.where.manager,
        _shared(settings),
        _shared(advice.changed),
        figures,
        tuple(one.id for one in found.findings)[:20],
        {name: text for name, text in job_inputs(run, found.where).items() if name in _BESIDE},
    )


def _shared(settings: Mapping[str, str]) -> dict[str, str]:
    kept = shareable("explain", {key: text for key, text in settings.items() if key.startswith("spark.")})
    kept.pop("lost-settings", None)
    return kept


def read_digest(text: str) -> Digest | None:
    """The digest of an address; None where it is none, whatever it is."""
    if not 0 < len(text) <= MOST_LETTERS:
        return None
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        text_of_it = zlib.decompressobj().decompress(packed, MOST_BYTES)
        return None if too_deep(text_of_it) else _checked(json.loads(text_of_it))
    except (ValueError, zlib.error, RecursionError, TypeError, KeyError, AttributeError):
        return None


def _checked(whole: Any) -> Digest | None:
    if not isinstance(whole, dict) or whole.get("v") != 1 or whole.get("r") not in RELEASES:
        return None
    numbers, ids, manager = whole["n"], whole["f"], str(whole["m"])
    if not isinstance(numbers, list) or not isinstance(ids, list) or (manager and not _WORD.fullmatch(manager)):
        return None
    figures = {
        name: value for name, value in zip(_NUMBERS, numbers, strict=False) if type(value) is int and 0 <= value <= LONG_MAX
    }
    settings, advised = (_shared({str(key): str(text) for key, text in whole[name].items()}) for name in ("s", "a"))
    found = tuple(str(one) for one in ids[:20] if _WORD.fullmatch(str(one)))
    beside = {name: str(text) for name, text in whole.get("b", {}).items() if name in _BESIDE and _WORD.fullmatch(str(text))}
    return Digest(whole["r"], manager, settings, advised, figures, found, beside)
