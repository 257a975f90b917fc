"""Stories to start from; their ids and scripts are public, since addresses hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sparkmem.watch.sides import STATIC


@dataclass(frozen=True)
class Preset:
    """A script, the inputs that differ from the defaults, and the step in which it happens, ``telling``."""

    id: str
    title: str
    script: str
    telling: int
    inputs: Mapping[str, str] = field(default_factory=dict)

    def all_inputs(self) -> dict[str, str]:
        """The inputs with the script, as an address has them."""
        return {"script": self.script, **self.inputs}


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())


_BORROWS = _lines("""
    cache rdd_0_0 150m
    cache rdd_0_1 150m
    cache rdd_0_2 100m
    task 1 asks 30m
    cache broadcast_1 40m
""")

PRESETS: dict[str, Preset] = {
    preset.id: preset
    for preset in (
        Preset("storage-borrows", "Storage borrows", _BORROWS, 2),
        Preset("execution-takes-back", "Execution takes it back", _lines("""
            cache rdd_0_0 150m
            cache rdd_0_1 150m
            cache rdd_1_0 100m
            use rdd_0_0
            task 1 asks 100m
            task 1 asks 150m
            use rdd_0_1
        """), 5),
        Preset("storage-region-is-safe", "Why a used storage region is safe", _lines("""
            cache rdd_0_0 110m
            cache rdd_0_1 100m
            task 1 asks 200m
            task 1 asks 100m
            task 1 spills 150m
            task 1 asks 100m
            use rdd_0_0
        """), 4),
        Preset("storage-cannot-evict", "Storage cannot evict execution", _lines("""
            cache rdd_0_0 50m
            task 1 asks 350m
            cache rdd_1_0 60m
            cache rdd_1_1 100m
            task 1 releases 200m
            cache rdd_1_1 100m
        """), 4),
        Preset("half-share-wait", "Four tasks and the 1/2N wait", _lines("""
            task 1 asks 400m
            task 2 asks 100m
            task 1 spills 40m
            task 1 spills 60m
            task 3 asks 100m
            task 4 asks 60m
            task 1 ends
            task 4 asks 60m
        """), 2),
        Preset("ramp-up", "One task after another ramps up", _lines("""
            task 1 asks 300m
            task 2 asks 100m
            task 2 asks 100m
            task 1 ends
            task 2 asks 250m
            task 3 asks 150m
            task 2 ends
            task 3 asks 300m
        """), 3),
        Preset("unroll-fails", "Unroll fails", _lines("""
            cache rdd_0_0 200m
            lock rdd_0_0
            task 1 asks 150m
            unroll rdd_1_0 20m
            unroll rdd_1_0 50m
            unroll rdd_1_0 60m
            unroll ends 70m
            unlock rdd_0_0
        """), 6),
        Preset("off-heap", "Off-heap pools apart", _lines("""
            cache rdd_0_0 200m
            cache rdd_1_0 200m off-heap
            task 1 asks 150m off-heap
            task 1 asks 100m
            cache rdd_1_1 100m off-heap
            task 1 ends
        """), 3, {"spark.memory.offHeap.size": "300m"}),
        Preset("static-manager", "The same story under the static manager", _BORROWS.replace("30m", "200m"), 4, {
            "second.release": STATIC,
        }),
        Preset("unmanaged-memory", "Unmanaged memory", _lines("""
            cache rdd_0_0 100m
            unmanaged 200m
            task 1 asks 300m
            cache rdd_1_0 250m
            unmanaged 0
            task 2 asks 10m
            task 1 ends
        """), 4, {"spark.memory.unmanagedMemoryPollingInterval": "1s", "second.release": "4.0"}),
    )
}  # fmt: skip

DEFAULT = next(iter(PRESETS.values()))
