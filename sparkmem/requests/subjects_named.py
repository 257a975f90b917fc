"""Which pages a few words name that are the name of a subject, and neither a failure, a setting nor a size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sparkmem.release import RELEASES


@dataclass(frozen=True)
class Subject:
    """A section of the site and what it is called; ``words`` are the names under which people ask for it."""

    title: str
    page: str
    words: str


SUBJECTS = (
    Subject("User memory", "memory/user-memory/", "user"),
    Subject("Storage memory", "memory/storage-memory/", "storage|cache|caching|cached|rdd cache"),
    Subject("Storage levels", "memory/storage-memory/#levels",
            "persist|storage level|storage levels|memory and disk|memory only|memory only ser|disk only"),
    Subject("Execution memory", "memory/execution-memory/", "execution"),
    Subject("Spill", "memory/execution-memory/#spill", "spill|spills|spilling|spill disk|memory spill"),
    Subject("Shuffle, sort, join", "memory/execution-memory/#shuffle-sort-join",
            "shuffle|shuffles|sort|join|joins|sort merge join"),
    Subject("Memory managers", "memory/memory-managers/",
            "unified|unified manager|static|static manager|manager|managers|legacy"),
    Subject("Spark memory", "memory/spark-memory/", "spark"),
    Subject("Reserved memory", "memory/reserved-memory/", "reserved|300 mb|300mb"),
    Subject("Off-heap memory", "memory/off-heap/", "off heap|offheap|tungsten"),
    Subject("Memory overhead", "memory/memory-overhead/", "overhead|memoryoverhead"),
    Subject("PySpark memory", "memory/pyspark-memory/", "pyspark|python|python worker|python workers|pandas udf"),
    Subject("SparkR memory", "memory/sparkr-memory/", "sparkr|sparklyr"),
    Subject("Memory of a task", "memory/task-memory/", "task|tasks|page size"),
    Subject("Memory of the driver", "memory/driver-memory/", "driver|collect|topandas"),
    Subject("Executors", "memory/executors/", "executor|executors"),
    Subject("Local mode", "memory/executors/#local-mode", "local|local mode"),
    Subject("Executor heap", "memory/executor-heap/", "executor heap|heap division"),
    Subject("The JVM's heap", "memory/jvm-heap/", "heap|jvm heap|java heap|xmx"),
    Subject("The JVM's process", "memory/jvm-process/", "native|jvm process|thread stacks|code cache"),
    Subject("The Java virtual machine", "memory/jvm/", "jvm|java"),
    Subject("Garbage collection", "memory/garbage-collection/",
            "gc|garbage|garbage collection|garbage collector|gc tuning|g1|g1gc|zgc|parallelgc"),
    Subject("Broadcast variables and joins", "memory/broadcast/",
            "broadcast|broadcasts|broadcast join|broadcast joins|broadcast variable|broadcast variables"),
    Subject("Executors that Spark gives back", "memory/caching-and-executor-loss/#dynamic-allocation",
            "dynamic allocation|dynamicallocation"),
    Subject("Containers", "memory/containers/", "container|containers"),
    Subject("Containers on YARN", "memory/yarn/", "yarn|hadoop"),
    Subject("Containers on Kubernetes", "memory/kubernetes/", "kubernetes|k8s|pod|pods|spark operator"),
    Subject("Containers of a standalone cluster", "memory/standalone/", "standalone|worker|workers"),
    Subject("Amazon EMR", "memory/containers/#emr", "emr|amazon emr|aws emr"),
    Subject("AWS Glue", "memory/containers/#glue", "glue|aws glue"),
    Subject("Google Dataproc", "memory/containers/#dataproc", "dataproc|google dataproc"),
    Subject("Databricks", "memory/containers/#databricks", "databricks"),
    Subject("Virtual machines", "memory/virtual-machines/", "vm|vms|virtual machine|virtual machines"),
    Subject("Spark Connect", "memory/spark-connect/", "spark connect|connect"),
    Subject("Servers of Spark", "memory/servers/", "history server|thrift server|thriftserver|connect server"),
    Subject("Where to look", "memory/where-to-look/", "metrics|web ui|ui|monitoring|jcmd"),
    Subject("A heap dump", "memory/where-to-look/#heap-dump", "heap dump|heapdump|jmap"),
    Subject("Native memory tracking", "memory/where-to-look/#nmt", "nmt|native memory tracking"),
    Subject("Cgroup files", "memory/where-to-look/#cgroup", "cgroup|cgroups"),
    Subject("Exit codes", "reference/exit-codes/", "exit code|exit codes|exit status"),
    Subject("Configuration keys", "reference/configuration-keys/", "configuration|configuration keys|settings|properties"),
    Subject("What changed, release by release", "reference/changes/", "releases|release notes|changes|versions"),
)  # fmt: skip
_OF_A_RELEASE = SUBJECTS[-1]
_LONGEST, _MOST_WORDS, _LONGEST_NAME = 80, 10, 4
_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")
_RELEASE = re.compile(r"([0-9]\.[0-9])(?:\.[0-9])?")
_BESIDE = frozenset(re.findall(
    r"\w+", "a about an and apache are between can compare difference do does explain explained for guide how in is it me of"
    " on or our memory mem size the to understanding used versus vs what when where which why with work works",
))  # fmt: skip
"""Words that people add to the name of a subject; ``memory`` is part of nearly each, and the name of none."""


def subjects_named(text: str) -> tuple[Subject, ...]:
    """The subjects that a few words name, in their order; none where a word is left that names no subject.

    >>> [one.title for one in subjects_named("difference between storage and execution memory?")]
    ['Storage memory', 'Execution memory']
    >>> [one.page for one in subjects_named("overhead on kubernetes")], subjects_named("pod killed")
    (['memory/memory-overhead/', 'memory/kubernetes/'], ())
    """
    words = _WORD.findall(text.lower().replace("'s ", " ")) if len(text) <= _LONGEST else []
    found: list[Subject] = []
    at = 0
    while at < len(words) <= _MOST_WORDS:
        for end in range(min(at + _LONGEST_NAME, len(words)), at, -1):
            if one := _by_words().get(" ".join(words[at:end])):
                found.append(one)
                at = end
                break
        else:
            release = _RELEASE.fullmatch(words[at])
            if release and release[1] in RELEASES:
                found.append(_OF_A_RELEASE)
            elif words[at] not in _BESIDE:
                return ()
            at += 1
    several = [one for one in dict.fromkeys(found) if one.words != "spark"]
    return tuple(several or found[:1])


@cache
def _by_words() -> dict[str, Subject]:
    return {name: one for one in SUBJECTS for name in one.words.split("|")}
