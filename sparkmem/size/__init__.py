"""Sizes: bytes and their binary units, and the grammars in which Spark and the JVM read and write them.

Spark reads ``8g`` with ``JavaUtils.byteStringAs`` and writes ``434.4 MiB`` with
``Utils.bytesToString``; the JVM reads ``-Xmx8g`` with a grammar of its own.
All sizes are ``int`` bytes.
"""

from collections.abc import Callable
from typing import Any

from sparkmem.size.byte_string import (
    NoSuchEntry,
    SizeError,
    SizeOverflow,
    byte_string_as,
    byte_string_as_bytes,
    byte_string_as_gb,
    byte_string_as_kb,
    byte_string_as_mb,
    memory_string_to_mb,
)
from sparkmem.size.units import EIB, GIB, KIB, MIB, PIB, TIB
from sparkmem.size.written import bytes_to_string, mib_text, ui_bytes

conf_get: Callable[..., Any]
"""What ``SparkConf.get`` returns: ``conf_get(key, value=None, release=NEWEST)``.

Entries are read with the grammars of this package, so they stand above it, in ``sparkmem.spark.settings``;
``sparkmem/__init__.py``, which sees both, gives the function its name here before anybody can ask for it.
"""

__all__ = [
    "EIB",
    "GIB",
    "KIB",
    "MIB",
    "PIB",
    "TIB",
    "NoSuchEntry",
    "SizeError",
    "SizeOverflow",
    "byte_string_as",
    "byte_string_as_bytes",
    "byte_string_as_gb",
    "byte_string_as_kb",
    "byte_string_as_mb",
    "bytes_to_string",
    "conf_get",
    "memory_string_to_mb",
    "mib_text",
    "ui_bytes",
]
