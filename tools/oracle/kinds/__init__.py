"""The kinds of case.  A module of this package is one kind, and has

KIND                       its name in the recorded files
cases(random, release)     its cases as dictionaries, borders first, the same for the same seed
answer(jvm, case)          what the real classes say to a case; Java's exceptions pass through

and may raise `NoSuchEntry` where the release has nothing to ask.
"""

from types import ModuleType
from typing import Any

from ..jvm import Jvm


class NoSuchEntry(Exception):
    """The release knows no configuration entry of this name."""


def spark_conf(jvm: Jvm, settings: dict[str, str]) -> Any:
    """A SparkConf with these settings only, none from system properties."""
    conf = jvm.view.org.apache.spark.SparkConf(False)
    for key, value in settings.items():
        conf.set(key, value)
    return conf


def all_kinds() -> list[ModuleType]:
    """The modules, in the order in which their cases are recorded."""
    from . import byte_strings, confget, umm

    return [umm, byte_strings, confget]
