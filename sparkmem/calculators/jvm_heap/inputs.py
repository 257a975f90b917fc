"""The inputs about a JVM."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.input import RELEASE, Input
from sparkmem.subjects.java_heap.inputs import HEAP_INPUTS

PAGE = "calculators/jvm-heap/"

_SHARED = {item.name: item for item in HEAP_INPUTS}

INPUTS = (
    replace(RELEASE, help="Decides the version of Java where you name none."),
    Input(
        "heap", "Heap", "What stands after -Xmx, digits and one of k, m, g, t; or none, for a JVM that is given no -Xmx."
        " That 4g stands here is an example, and no default of a JVM's.",
        default="4g", group="executor", unit="size", example="8g", see=PAGE + "#jvm-max-memory",
    ),
    replace(_SHARED["gc"], see=PAGE + "#collectors"),
    replace(_SHARED["java"], help="Decides which collectors and flags there are.", see=PAGE + "#sources"),
    Input(
        "max-memory", "Memory that the JVM should report",
        "Works backwards: the smallest -Xmx with which the JVM reports this much.",
        group="executor", unit="size", example="4g", see=PAGE + "#reverse",
    ),
    Input(
        "jvm-flags", "Flags of the JVM",
        "Flags that choose the collector or shape its heap are read, and no others.",
        group="machine", unit="text", example="-XX:+UseParallelGC -XX:NewRatio=1", see=PAGE + "#flags",
    ),
    _SHARED["processors"],
    _SHARED["machine-memory"],
)  # fmt: skip
