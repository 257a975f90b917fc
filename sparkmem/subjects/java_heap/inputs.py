"""The inputs that decide an executor's Java heap."""

from __future__ import annotations

from sparkmem.input import Input
from sparkmem.jvm.collectors import COLLECTORS
from sparkmem.release import BY_RULE, JAVA_CHOICES
from sparkmem.spark.settings.start_checks import EXTRA_OPTIONS

SEE = "memory/executor-heap/#jvm-max-memory"
FLAGS_KEY = EXTRA_OPTIONS



def _named(java: int) -> str:
    return f"Java {java}, by rule, not measured" if java == BY_RULE else f"Java {java}"


HEAP_INPUTS = (
    Input(
        "spark.executor.memory", "Executor memory",
        "Becomes -Xmx of the executor. Write a unit: Spark reads a bare number as MiB in one place and as bytes in another.",
        default="1g", group="executor", unit="size", example="8g", see="memory/executor-heap/#how-big",
    ),
    Input(
        "gc", "Collector", "Serial and Parallel hold back one survivor space; Spark divides only the rest.",
        choices=(("", "the JVM's choice"), *COLLECTORS.items()), group="executor", see=SEE,
    ),
    Input(
        "java", "Java", "The version of the JVM that runs the executor.",
        choices=(("", "the usual one"), *((str(v), _named(v)) for v in JAVA_CHOICES)), group="executor", see=SEE,
    ),
    Input(
        "cluster-manager", "Cluster manager", "Spark's own Kubernetes image starts executors with -Xms equal to -Xmx.",
        default="yarn", choices=(("yarn", "YARN"), ("kubernetes", "Kubernetes"), ("standalone", "Standalone")),
        group="machine", see="memory/executor-heap/#initial-heap",
    ),
    Input(
        FLAGS_KEY, "Extra Java options",
        "Flags that choose the collector or shape its heap are read, and no others.",
        group="machine", unit="text", example="-XX:+UseParallelGC -XX:NewRatio=1", see=SEE,
    ),
    Input(
        "processors", "Processors that the JVM sees", "With one, the JVM takes Serial by itself.",
        default="4", group="machine", unit="count", example="4", see="memory/executor-heap/#default-collector",
    ),
    Input(
        "machine-memory", "Memory that the JVM sees", "That of the container, or of the machine where there is no limit.",
        default="16g", group="machine", unit="size", example="64g", see="memory/executor-heap/#default-collector",
    ),
    Input(
        "jvm-max-memory", "Runtime.maxMemory, if you know it",
        "What your JVM really reports, in bytes. Takes the place of all that is worked out from the collector.",
        group="machine", unit="bytes", example="455501414", see=SEE,
    ),
)  # fmt: skip
