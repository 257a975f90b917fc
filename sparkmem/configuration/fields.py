"""Settings under the names that submitters have for them: fields of Livy, Airflow, Synapse and others."""

from __future__ import annotations

import re
from functools import cache

from sparkmem.configuration.submit_options import OPTIONS
from sparkmem.spark.settings.keys import KEYS

_FIELDS = {
    "drivermemory": "spark.driver.memory",
    "executormemory": "spark.executor.memory",
    "drivercores": "spark.driver.cores",
    "drivercore": "spark.driver.cores",
    "executorcore": "spark.executor.cores",
    "executorcores": "spark.executor.cores",
    "numexecutors": "spark.executor.instances",
    "totalexecutorcores": "spark.cores.max",
    "executorcount": "spark.executor.instances",
    "numberofexecutors": "spark.executor.instances",
    "ae.spark.executor.count": "spark.executor.instances",
    "executormemoryoverhead": "spark.executor.memoryOverhead",
    "drivermemoryoverhead": "spark.driver.memoryOverhead",
    "dynamicexecutorallocationenabled": "spark.dynamicAllocation.enabled",
    "dynamicexecutorallocationminexecutors": "spark.dynamicAllocation.minExecutors",
    "dynamicexecutorallocationmaxexecutors": "spark.dynamicAllocation.maxExecutors",
    "memorypernode": "spark.executor.memory",
    "deploymode": "spark.submit.deployMode",
    "driversize": "spark.driver.nodeSize",
    "executorsize": "spark.executor.nodeSize",
    "drivershape": "spark.driver.shape",
    "executorshape": "spark.executor.shape",
    "driverjavaoptions": "spark.driver.extraJavaOptions",
    "sparkexecutormemory": "spark.executor.memory",
    "sparkdrivermemory": "spark.driver.memory",
    "sparkexecutorcores": "spark.executor.cores",
    "sparkexecutorinstances": "spark.executor.instances",
    "sparkexecutormemoryoverhead": "spark.executor.memoryOverhead",
    "sparkdrivermemoryoverhead": "spark.driver.memoryOverhead",
}  # fmt: skip
_WORDS = str.maketrans("", "", "_- ")
_NO_FRACTION = re.compile(r"\.0+$")  # as Spark itself writes sizes
_SIZE = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,12})?) ?([kKmMgGtT])(?:[iI]?[bB]|[iI])?")
_OF_A_TOOL = re.compile(
    r"(?!(?:max|min|total|peak|used|avg)_)[a-z][a-z0-9_]{0,30}_(spark_(?:executor|driver)_(?:memory(?:_?overhead)?|cores))",
    re.IGNORECASE,
)
"""A name of Spark's with that of what starts it before it, as ``JUPYTER_SPARK_EXECUTOR_MEMORY``."""
_OWN_BEGINNINGS = ("executor", "driver", "dynamicallocation", "memoryoffheap")
_LONGEST = 60
_HOLDS = re.compile(r"conf|propert|setting", re.IGNORECASE)


@cache
def _spelt_otherwise() -> dict[str, str]:
    """Keys of memory by their letters alone, as ``spark__executor__memory`` or ``SPARK_MEMORY_OFFHEAP_SIZE`` write them."""
    letters = {key.replace(".", "").lower(): key for key, known in KEYS.items() if known.memory}
    short = {name.removeprefix("spark"): key for name, key in letters.items()}
    return letters | {name: key for name, key in short.items() if name.startswith(_OWN_BEGINNINGS)} | _FIELDS


def key_of_field(name: str) -> str:
    """The key of Spark's that a field stands for; empty where it is none.

    >>> key_of_field("executor_memory"), key_of_field("driverMemory"), key_of_field("memory")
    ('spark.executor.memory', 'spark.driver.memory', '')
    >>> key_of_field("spark__memory__offHeap__size"), key_of_field("dynamicAllocationMaxExecutors")
    ('spark.memory.offHeap.size', 'spark.dynamicAllocation.maxExecutors')
    """
    if option := option_of_sparklyr(name):
        return OPTIONS.get(option, "")
    if not 8 <= len(name) <= _LONGEST:
        return ""
    named = _OF_A_TOOL.fullmatch(name)
    letters = (named[1] if named else name).translate(_WORDS).lower()
    return _spelt_otherwise().get(letters, "") or _FIELDS.get(letters.removeprefix("spark"), "")


def key_in_path(path: str) -> str:
    """The key that the names of nested blocks make up, from ``spark`` on; empty where they make up none.

    >>> key_in_path("spark.executor.memory_overhead"), key_in_path("executor.memory")
    ('spark.executor.memoryOverhead', '')
    """
    if not path.startswith("spark.") or len(path) > _LONGEST:
        return ""
    return path if path in KEYS and KEYS[path].memory else key_of_field(path.replace(".", "_"))


def option_of_sparklyr(name: str) -> str:
    """The option that sparklyr hands on for an entry of its own (``spark_config_shell_args``); empty for any other name.

    >>> option_of_sparklyr("sparklyr.shell.executor-memory"), option_of_sparklyr("spark.executor.memory")
    ('--executor-memory', '')
    """
    begun, _, rest = name.partition("sparklyr.shell.")
    return f"--{rest}" if rest and not begun else ""


def name_for_sparklyr(key: str) -> str:
    """The entry of sparklyr's for a key that has an option.

    >>> name_for_sparklyr("spark.executor.memory")
    'sparklyr.shell.executor-memory'
    """
    option = next((option for option, meant in OPTIONS.items() if meant == key), "")
    return f"sparklyr.shell.{option.removeprefix('--')}" if option else key


def holds_settings(label: str) -> bool:
    """Whether an object of that name holds settings, over which submitters put what they have a field for.

    >>> holds_settings("conf"), holds_settings("sparkConf"), holds_settings("jobs")
    (True, True, False)
    """
    return bool(_HOLDS.search(label[:_LONGEST]))


def size_in_words(text: str) -> str:
    """A size as people write it beside a name in words, as Spark and a JVM take it; other texts as they are.

    >>> size_in_words("4 GB"), size_in_words("1024.0 MiB"), size_in_words("4")
    ('4g', '1024m', '4')
    """
    size = _SIZE.fullmatch(text)
    return f"{_NO_FRACTION.sub('', size[1])}{size[2].lower()}" if size else text
