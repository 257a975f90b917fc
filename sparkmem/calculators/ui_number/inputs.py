"""The inputs about a number, and what is known besides."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.input import RELEASE, Input
from sparkmem.spark.settings import config
from sparkmem.subjects.java_heap.inputs import HEAP_INPUTS

PAGE = "calculators/ui-number/"

ANY = "any"

_SHARED = {item.name: item for item in HEAP_INPUTS}

INPUTS = (
    Input(
        "number", "Number", "As the web UI or the log writes it, with its unit, or in bytes.",
        default="366.3 MiB", group="executor", unit="text", example="956.6 MB", see=PAGE + "#number",
    ),
    replace(
        RELEASE, default=ANY, choices=((ANY, "not known"), *RELEASE.choices), see=PAGE + "#readings",
        help="The unit often says enough: before 3.0, Spark wrote MB.",
    ),
    replace(_SHARED["gc"], choices=(("", "not known"), *_SHARED["gc"].choices[1:]), see=PAGE + "#explanations"),
    replace(_SHARED["java"], choices=(("", "not known"), *_SHARED["java"].choices[1:]), see=PAGE + "#explanations"),
    Input(
        "heap", "Executor memory, if you know it", "Then the off-heap size is worked out as well.",
        group="executor", unit="size", example="4g", see=PAGE + "#explanations",
    ),
    Input(
        config.MEMORY_OFFHEAP_SIZE.key, "Off-heap size, if you know it", "Leave it empty to try the usual sizes.",
        group="executor", unit="size", example="0", see=PAGE + "#explanations",
    ),
    Input(
        config.MEMORY_FRACTION.key, "Memory fraction", "Share of (heap - reserved memory) that storage and execution use.",
        default=config.MEMORY_FRACTION.default or "", group="machine", unit="number", example="0.6",
        see=PAGE + "#explanations",
    ),
)  # fmt: skip
