"""Which key of Spark's a name means that it does not have, by the words of which it is made."""

from __future__ import annotations

import re

from sparkmem.release import NEWEST
from sparkmem.spark.settings.keys import KEYS, about

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_PROCESSES = {"driver": "driver", "drivers": "driver", "executor": "executor", "executors": "executor", "worker": "executor"}
_SIZE = {"memory", "mem", "size", "max", "maximum", "limit", "total", "mb", "gb", "bytes", "amount"}
_HEAP = _SIZE | {"heap", "heapsize", "jvm", "xmx", "ram"}
_OVERHEAD = _SIZE | {"overhead", "memoryoverhead", "off", "heap", "jvm", "extra", "native", "container"}
_OFF_HEAP = _SIZE | {"off", "heap", "offheap", "memory"}
_SWITCH = {"enabled", "enable", "use"}
_COUNT = {"num", "number", "count", "instances", "instance", "total"}
_CORES = {"core", "cores", "cpu", "cpus", "vcores"}
_PYTHON = {"pyspark", "python"}


def meant_by_words(name: str) -> str:
    """The key that a name means, where its words leave no doubt; empty where they do.

    >>> meant_by_words("spark.executor.heapSize"), meant_by_words("spark.memory.memoryOverhead")
    ('spark.executor.memory', 'spark.executor.memoryOverhead')
    >>> meant_by_words("spark.executor.heartbeatInterval"), meant_by_words("spark.driver.port")
    ('', '')
    """
    if not name.startswith("spark.") or len(name) > 80:
        return ""
    words = [word.lower() for word in _WORDS.findall(name[6:])]
    processes = {_PROCESSES[word] for word in words if word in _PROCESSES}
    rest = {word for word in words if word not in _PROCESSES}
    if len(processes) > 1 or not rest:
        return ""
    return _of_words(next(iter(processes), ""), rest)


def without_a_process(name: str) -> str:
    """The key that is left without the name of a process or a manager in it, or what took that key's place.

    >>> without_a_process("spark.executor.storage.memoryFraction"), without_a_process("spark.driver.memory.offHeap.size")
    ('spark.memory.storageFraction', 'spark.memory.offHeap.size')
    >>> without_a_process("spark.emr-serverless.executor.memory"), without_a_process("spark.mine.executor.memory")
    ('spark.executor.memory', '')
    >>> without_a_process("spark.yarn.executor.launch.excludeOnFailure.enabled")
    ''
    """
    begun, _, rest = name.removeprefix("spark.").partition(".")
    short = f"spark.{rest}"
    put_before = begun in _PUT_BEFORE or (begun in _PLATFORMS and short in _OF_A_PROCESS)
    known = put_before and name.startswith("spark.") and short in KEYS
    return about(short, NEWEST).replaced_by or short if known else ""


_ITS_OWN = re.compile(
    r"spark\.(?:executor|driver|memory|(?:yarn|kubernetes)\.(?:executor|driver))(?:\.[a-zA-Z]{2,30}){1,3}"
)
_SIZES = re.compile(r"[mM]emory|[hH]eap|[oO]verhead")
_BY_A_NAME = re.compile(r"\.(?:env|label|annotation|secret\w*|volumes|node|resource|service\w*|metrics|log)\.|Env\.")
"""Below which a name is the user's own."""
_OTHERS = ("spark.memory.debugFill",)


def is_no_key(name: str) -> bool:
    """Whether a name of memory stands where Spark has names of its own alone, and is none of them.

    All names with such a word that the classes of 4.3.0 hold below these are in the catalogue, but for one.

    >>> is_no_key("spark.executor.memory.limit.mb"), is_no_key("spark.rapids.memory.pinnedPool.size")
    (True, False)
    """
    own = _ITS_OWN.fullmatch(name) if _SIZES.search(name) and name not in KEYS else None
    return bool(own) and not _BY_A_NAME.search(name) and name not in _OTHERS


_OF_A_PROCESS = (
    "spark.executor.memory", "spark.driver.memory", "spark.executor.memoryOverhead", "spark.driver.memoryOverhead",
    "spark.executor.pyspark.memory",
)  # fmt: skip
_PLATFORMS = ("databricks", "dataproc", "emr", "emr-serverless", "fabric", "glue", "hdinsight", "k8s", "livy", "synapse")
"""Whose keys are of disks, tiers and the like: the sizes of a process they take by Spark's own."""
_PUT_BEFORE = ("executor", "executors", "driver", "worker", "yarn", "kubernetes", "standalone")


def _of_words(process: str, rest: set[str]) -> str:
    owner = process or "executor"
    if rest & {"overhead", "memoryoverhead"} and rest <= _OVERHEAD and (process or "memory" in rest):
        return f"spark.{owner}.memoryOverhead"
    if {"off", "heap"} <= rest or "offheap" in rest:
        if rest & _SWITCH and rest <= _OFF_HEAP | _SWITCH:
            return "spark.memory.offHeap.enabled"
        return "spark.memory.offHeap.size" if rest <= _OFF_HEAP and rest & _SIZE else ""
    if rest & _PYTHON and "memory" in rest and rest <= _SIZE | _PYTHON and process != "driver":
        return "spark.executor.pyspark.memory"
    if not process:
        return ""
    if rest & (_HEAP - _SIZE | {"memory", "mem"}) and rest <= _HEAP:
        return f"spark.{process}.memory"
    if rest & _CORES and "total" in rest and rest <= _CORES | _COUNT and process == "executor":
        return "spark.cores.max"  # as --total-executor-cores
    if rest & _CORES and rest <= _CORES | _COUNT | {"per"}:
        return f"spark.{process}.cores"
    return "spark.executor.instances" if process == "executor" and rest <= _COUNT else ""
