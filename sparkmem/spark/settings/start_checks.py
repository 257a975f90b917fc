"""What a driver refuses before it starts anything (``SparkConf.validateSettings``).

It forbids some Java options of executors and, unlike the memory managers, checks the range of the fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isnan

from sparkmem.errors import Refused
from sparkmem.javalang import java_double_text
from sparkmem.release import since
from sparkmem.spark.settings.config import MEMORY_FRACTION, MEMORY_STORAGE_FRACTION
from sparkmem.spark.settings.plain_values import SEE, plain_double
from sparkmem.spark.settings.spark_conf import SparkConf
from sparkmem.spark.settings.static_shares import (
    SHUFFLE_MEMORY_FRACTION,
    SHUFFLE_SAFETY_FRACTION,
    STORAGE_MEMORY_FRACTION,
    STORAGE_SAFETY_FRACTION,
    STORAGE_UNROLL_FRACTION,
)

EXTRA_OPTIONS = "spark.executor.extraJavaOptions"
DEFAULT_OPTIONS = "spark.executor.defaultJavaOptions"

_FRACTIONS = (MEMORY_FRACTION.key, MEMORY_STORAGE_FRACTION.key)
_STATIC_FRACTIONS = tuple(
    entry.key
    for entry in (
        STORAGE_MEMORY_FRACTION,
        SHUFFLE_MEMORY_FRACTION,
        SHUFFLE_SAFETY_FRACTION,
        STORAGE_UNROLL_FRACTION,
        STORAGE_SAFETY_FRACTION,
    )
)


def validate_settings(conf: SparkConf) -> None:
    """Refuse the settings with which no SparkContext starts, the first fault first.

    >>> validate_settings(SparkConf({"spark.memory.fraction": "1.5"}, "4.3"))
    Traceback (most recent call last):
    sparkmem.errors.Refused: spark.memory.fraction should be between 0 and 1 (was '1.5').
    """
    for refusal in refused_settings(conf):
        raise refusal


def refused_settings(conf: SparkConf) -> Iterator[Refused]:
    """All the settings with which no SparkContext starts, in the order in which it finds them."""
    # The default options are looked at since 4.0, in a loop over both keys.
    for key in (EXTRA_OPTIONS, DEFAULT_OPTIONS) if since(conf.release, "4.0") else (EXTRA_OPTIONS,):
        yield from _refusal(check_java_options, key, conf.settings.get(key, ""), conf.release)
    for key in _FRACTIONS if since(conf.release, "3.0") else _FRACTIONS + _STATIC_FRACTIONS:
        if key in conf.settings:
            yield from _refusal(_check_fraction, key, conf.settings[key], conf.release)


def _refusal(check: Callable[[str, str, str], None], key: str, text: str, release: str) -> Iterator[Refused]:
    try:
        check(key, text, release)
    except Refused as refusal:
        yield refusal


def _check_fraction(key: str, text: str, release: str) -> None:
    refusal = fraction_refusal(key, plain_double(key, text), release)
    if refusal:
        raise Refused(key, refusal, SEE, change="write a number from 0 to 1")


def check_java_options(key: str, options: str, release: str) -> None:
    """Refuse executors' Java options that set the largest heap, or settings of Spark; found as letters, anywhere."""
    if "-Dspark" in options:
        rule = f"{key} is not allowed to set Spark options (was '{options}')."
        rule += " Set them directly on a SparkConf or in a properties file when using ./bin/spark-submit."
        text = _invalid("EXECUTOR_SPARK_OPTIONS", rule) if since(release, "4.0") else rule
        raise Refused(key, text, SEE, change="set them on their own")
    if "-Xmx" in options:
        rule = f"{key} is not allowed to specify max heap memory settings (was '{options}')."
        rule += " Use spark.executor.memory instead."
        text = _invalid("EXECUTOR_MEMORY_OPTIONS", rule) if since(release, "4.0") else rule
        raise Refused(key, text, SEE, change="use spark.executor.memory")


def fraction_refusal(key: str, value: float, release: str) -> str:
    """What the check says of this share; "" where it says nothing.  NaN is neither below 0 nor above 1, until 4.0.

    >>> fraction_refusal("spark.memory.fraction", 1.5, "4.3"), fraction_refusal("spark.memory.fraction", 1.0, "4.3")
    ("spark.memory.fraction should be between 0 and 1 (was '1.5').", '')
    """
    rule = f"{key} should be between 0 and 1 (was '{java_double_text(value)}')."
    if isnan(value):
        return _invalid("MEMORY_FRACTION", rule) if since(release, "4.0") else ""
    return rule if value > 1 or value < 0 else ""


def _invalid(condition: str, rule: str) -> str:
    return f"[INVALID_SPARK_CONFIG.INVALID_{condition}] Invalid Spark config: {rule} SQLSTATE: 42616"
