"""The inputs of the static memory manager."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.input import RELEASE, Input
from sparkmem.spark.managers import static_regions
from sparkmem.spark.settings import config, static_shares
from sparkmem.spark.settings.entry import Entry
from sparkmem.subjects.executor.inputs import INPUTS as EXECUTOR_INPUTS
from sparkmem.subjects.java_heap.inputs import HEAP_INPUTS

PAGE = "calculators/legacy-memory/"

_EXECUTOR = {item.name: item for item in EXECUTOR_INPUTS}
_EXECUTOR_MEMORY, _GC, _JAVA, *_MACHINE = HEAP_INPUTS


def _share(entry: Entry, label: str, help: str) -> Input:
    return Input(
        entry.key, label, help, default=entry.default or "", group="executor", unit="number", example=entry.default or "",
        see=PAGE + "#how-big",
    )  # fmt: skip


def _rare(key: str, help: str = "") -> Input:
    item = _EXECUTOR[key]
    return replace(item, help=help or item.help, group="rare", in_form=False)


INPUTS = (
    replace(
        RELEASE, default=static_regions.RELEASE, choices=((static_regions.RELEASE, f"Spark {static_regions.RELEASE}"),),
        help="The static manager is gone from 3.0 on.", see=PAGE + "#gone",
    ),
    _EXECUTOR_MEMORY,
    _GC,
    _JAVA,
    _share(static_shares.STORAGE_MEMORY_FRACTION, "Storage fraction", "Share of the heap for cached blocks."),
    _share(static_shares.STORAGE_SAFETY_FRACTION, "Storage safety fraction", "Used part of that share; the rest is margin."),
    _share(
        static_shares.STORAGE_UNROLL_FRACTION, "Unroll fraction", "Share of storage memory that unrolling a block may claim."
    ),
    _share(static_shares.SHUFFLE_MEMORY_FRACTION, "Shuffle fraction", "Share of the heap for execution."),
    _share(static_shares.SHUFFLE_SAFETY_FRACTION, "Shuffle safety fraction", "Used part of that share; the rest is margin."),
    _EXECUTOR["spark.executor.cores"],
    _EXECUTOR["spark.memory.offHeap.enabled"],
    _EXECUTOR["spark.memory.offHeap.size"],
    *_MACHINE,
    Input(
        config.LEGACY_MODE, "Static memory manager", "Chooses the static manager; the numbers shown are those with true.",
        default="true", group="rare", see=PAGE + "#legacy-memory", in_form=False,
    ),
    _rare("spark.memory.storageFraction", "Divides the off-heap pools for a moment; changes the page size off the heap."),
    _rare("spark.memory.fraction", "Not read by the static manager."),
    _rare("spark.testing.reservedMemory", "Not read by the static manager."),
    _EXECUTOR["spark.buffer.pageSize"],
    _EXECUTOR["spark.testing.memory"],
    _EXECUTOR["process"],
)  # fmt: skip
