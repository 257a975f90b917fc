"""Standalone: what an application asks of its master, and what a worker sets aside [MiB].

Neither key is read as an entry here, so a bare number is bytes; the defaults are those of the entries.
"""

from sparkmem.errors import Refused
from sparkmem.size import SizeError, memory_string_to_mb
from sparkmem.spark.settings.config import EXECUTOR_MEMORY
from sparkmem.spark.settings.driver import DRIVER_MEMORY
from sparkmem.spark.settings.entry import Entry
from sparkmem.spark.settings.spark_conf import SparkConf

SEE = "calculators/container-request/#standalone"


def executor_memory_mib(conf: SparkConf) -> int:
    """``spark.executor.memory`` as ``SparkContext`` reads it for a standalone master: a bare number is bytes.

    Nothing else is asked for: no overhead, off-heap or PySpark memory, in any release.

    >>> executor_memory_mib(SparkConf({"spark.executor.memory": "4096"}, "4.3"))
    0
    """
    return _memory_string_to_mb(conf, EXECUTOR_MEMORY)


def driver_memory_mib(conf: SparkConf) -> int:
    """``spark.driver.memory`` as the master reads it for a driver that runs on a worker: a bare number is bytes."""
    return _memory_string_to_mb(conf, DRIVER_MEMORY)


def _memory_string_to_mb(conf: SparkConf, entry: Entry) -> int:
    text = conf.settings.get(entry.key, entry.default or "")
    try:
        return memory_string_to_mb(text, conf.release)
    except SizeError as error:
        raise Refused(entry.key, str(error), SEE) from None
