"""Settings as ``SparkConf.get`` returns them; people call it by the name ``sparkmem.size.conf_get``."""

from typing import Any

from sparkmem.errors import Refused
from sparkmem.release import NEWEST
from sparkmem.size.byte_string import NoSuchEntry, SizeError
from sparkmem.spark.settings.register import entries


def conf_get(key: str, value: str | None = None, release: str = NEWEST) -> Any:
    """What ``SparkConf.get`` returns for the entry of this key: a size in the entry's own unit, MiB or bytes.

    Without a value its default, None where it has none.  ``SizeError`` has the text of Spark's refusal.

    >>> conf_get("spark.executor.memory", "4g"), conf_get("spark.memory.offHeap.size", "4g"), conf_get("spark.driver.memory")
    (4096, 4294967296, 1024)
    """
    entry = entries(release).get(key)
    if entry is None:
        raise NoSuchEntry("no such entry in this version")
    text = entry.default if value is None else value
    try:
        return None if text is None else entry.read(text, release)
    except Refused as refusal:
        raise SizeError(refusal.message) from None
