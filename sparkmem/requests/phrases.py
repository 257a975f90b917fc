"""Errors of memory by the words in which Spark, the JVM and cluster managers report them, and what to do first."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Phrase:
    """One error: the words that tell it, what ran out, what to do first, the section that explains it, and how much."""

    words: str
    what: str
    first: str
    see: str
    figure: str
    """What gives the figure, in words."""
    figure_at: str

    def told(self, text: str) -> bool:
        """Whether a text holds the words.

        >>> PHRASES[0].told("Container killed by YARN for exceeding physical memory limits.")
        True
        """
        return bool(re.search(self.words, text, re.IGNORECASE))


PHRASES: tuple[Phrase, ...] = (
    Phrase(
        r"killed by YARN for exceeding|running beyond (?:physical|virtual) memory limits",
        "The container held more than YARN granted: the heap and all that lies outside it, together.",
        "Raise spark.executor.memoryOverhead by what was used above the limit, and more; leave the heap as it is.",
        "memory/yarn/#runs-out",
        "what the overhead has to hold, part by part", "calculators/overhead-budget/#how-big",
    ),
    Phrase(
        r"\bOOMKilled\b",
        "Mostly the container held more than its limit: the heap and all that lies outside it, together.",
        "Raise spark.executor.memoryOverhead, or give the workers of Python a limit; leave the heap as it is.",
        "memory/kubernetes/#oom-killed",
        "what the overhead has to hold, part by part", "calculators/overhead-budget/#how-big",
    ),
    Phrase(
        r"Java heap space|GC overhead limit exceeded",
        "The heap of one process was full.",
        "Find out which process it was. Then give each task less (fewer cores, smaller partitions) or the heap more.",
        "memory/jvm-heap/#runs-out",
        "what one task may hold", "calculators/task-memory/#how-much",
    ),
    Phrase(
        r"OutOfMemoryError: Metaspace|Compressed class space",
        "The room for classes was full: a limit of the JVM's own, which Spark does not set.",
        "Take -XX:MaxMetaspaceSize out of the options, or raise it; more heap does not help.",
        "memory/jvm-process/#metaspace",
        "what the classes of an executor came to", "calculators/overhead-budget/#metaspace",
    ),
    Phrase(
        r"Direct buffer memory|OutOfDirectMemoryError",
        "Buffers outside the heap reached their limit, which is as large as the heap where none is set.",
        "Raise -XX:MaxDirectMemorySize and spark.executor.memoryOverhead by as much.",
        "memory/memory-overhead/#direct-memory",
        "what shuffles may have in flight", "calculators/overhead-budget/#direct-memory",
    ),
    Phrase(
        r"unable to create (?:new )?native thread",
        "The system refused another thread; the heap had room.",
        "Raise the limit of processes (ulimit -u, pids of the container) or run fewer tasks at a time.",
        "memory/jvm-process/#thread-stacks",
        "what threads come to", "calculators/overhead-budget/#threads",
    ),
    Phrase(
        r"Unable to acquire \d+ bytes of memory|UNABLE_TO_ACQUIRE_MEMORY",
        "A task got too little of the execution memory that all tasks of an executor share; the heap itself was not full.",
        "Lower spark.executor.cores, or make partitions smaller.",
        "memory/task-memory/#runs-out",
        "what one task may hold", "calculators/task-memory/#how-much",
    ),
    Phrase(
        r"Not enough memory to build and broadcast|Cannot broadcast the table",
        "A table that was to be broadcast did not fit.",
        "Set spark.sql.autoBroadcastJoinThreshold to -1 for this join, or raise spark.driver.memory.",
        "memory/broadcast/#runs-out",
        "the driver's heap, and what a broadcast may be", "calculators/driver-memory/#broadcast",
    ),
    Phrase(
        r"Required (?:executor|AM) memory .{0,200} is above the max threshold",
        "More was asked of YARN than it gives to one container.",
        "Lower spark.executor.memory and its overhead until their sum is at most the threshold.",
        "memory/yarn/#above-the-threshold",
        "what is asked for, term by term", "calculators/container-request/#how-big",
    ),
    Phrase(
        r"must be at least \d{6,12}|INVALID_(?:EXECUTOR|DRIVER)_MEMORY",
        "The heap is smaller than the least that Spark starts with.",
        "Write the heap with its unit, as in 1g.",
        "memory/executor-heap/#refusals",
        "the regions of your heap", "memory/executor-heap/#how-big",
    ),
    Phrase(
        r"bigger than spark\.driver\.maxResultSize|bigger than maxResultSize",
        "The results that came to the driver were more than it may take.",
        "Return less to the driver (write the result, or aggregate before); only then raise spark.driver.maxResultSize.",
        "memory/driver-memory/#results",
        "what results may come to", "calculators/driver-memory/#max-result-size",
    ),
    Phrase(
        r"\bMemoryError\b",
        "A worker of Python reached its limit.",
        "Raise spark.executor.pyspark.memory, or lower spark.executor.cores.",
        "memory/pyspark-memory/#limit",
        "the limit of each worker", "calculators/pyspark-memory/#how-big",
    ),
    Phrase(
        r"Unrecognized VM option",
        "This Java does not know a flag, so no process started.",
        "Take the flag that is named out of spark.executor.extraJavaOptions and spark.driver.extraJavaOptions.",
        "memory/garbage-collection/#dead-flags",
        "the flags that each Java knows", "memory/garbage-collection/#flags",
    ),
    Phrase(
        r"Could not reserve enough space|insufficient memory for the Java Runtime",
        "The machine or the container had no memory left for the JVM.",
        "Lower spark.executor.memory, or the number of processes on the machine.",
        "reference/exit-codes/#exit-jvm-no-memory",
        "the largest heap that fits on a node", "calculators/fit-node/#fit-node",
    ),
)  # fmt: skip
