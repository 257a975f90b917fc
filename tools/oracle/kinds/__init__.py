"""The kinds of case.  A module of this package is one kind, and has

KIND                       its name in the recorded files
cases(random, release)     its cases as dictionaries, borders first, the same for the same seed
answer(jvm, case)          what the real classes say to a case; Java's exceptions pass through

and may raise `NoSuchEntry` where the release has nothing to ask.
"""

from types import ModuleType
from typing import Any

from ..jvm import Jvm
from ..releases import at_least


class NoSuchEntry(Exception):
    """The release knows no configuration entry of this name."""


def spark_conf(jvm: Jvm, settings: dict[str, str]) -> Any:
    """A SparkConf with these settings only, none from system properties."""
    conf = jvm.view.org.apache.spark.SparkConf(False)
    for key, value in settings.items():
        conf.set(key, value)
    return conf


def companion(jvm: Jvm, name: str) -> Any:
    """The Scala object of this name."""
    if name not in jvm.companions:
        found = jvm.view
        for part in f"{name}$".split("."):
            found = getattr(found, part)
        jvm.companions[name] = getattr(found, "MODULE$")
    return jvm.companions[name]


def spark_release(jvm: Jvm) -> str:
    """The release whose jars a JVM has, such as 4.3.0."""
    return str(companion(jvm, "org.apache.spark.package").SPARK_VERSION())


def forget_profile(jvm: Jvm) -> None:
    """Makes Spark derive the default resource profile anew: it keeps the first configuration's (3.1+)."""
    if at_least(spark_release(jvm), "3.1"):
        companion(jvm, "org.apache.spark.resource.ResourceProfile").clearDefaultProfile()


def made(jvm: Jvm, name: str, conf: Any) -> Any:
    """An instance of a class of Spark's, of a configuration, and of what else its constructor wants."""
    constructor = jvm.view.java.lang.Class.forName(name).getConstructors()[0]
    arguments = [_argument(jvm, kind.getName(), conf) for kind in constructor.getParameterTypes()]
    try:
        return constructor.newInstance(jvm.array("java.lang.Object", *arguments))
    except jvm.java_error as error:
        raise jvm.cause(error) from None


def _argument(jvm: Jvm, kind: str, conf: Any) -> Any:
    if kind == "boolean":
        return True
    spark = jvm.view.org.apache.spark
    return {
        "org.apache.spark.SparkConf": lambda: conf,
        "org.apache.spark.scheduler.LiveListenerBus": lambda: spark.scheduler.LiveListenerBus(conf),
        "org.apache.spark.resource.ResourceProfileManager": lambda: spark.resource.ResourceProfileManager(
            conf, spark.scheduler.LiveListenerBus(conf)),
        "org.apache.spark.util.Clock": lambda: spark.util.SystemClock(),
        "scala.Option": lambda: jvm.view.scala.Option.empty(),
    }.get(kind, lambda: None)()


def all_kinds() -> list[ModuleType]:
    """The modules, in the order in which their cases are recorded."""
    from . import (
        byte_strings,
        confget,
        constants,
        k8s,
        legacy,
        profile,
        standalone,
        ui_bytes,
        umm,
        validate,
        yarn,
    )

    return [umm, byte_strings, confget, legacy, profile, yarn, k8s, standalone, validate, ui_bytes, constants]


def refusing_kinds() -> list[ModuleType]:
    """The modules whose cases stand together in refusals.json, in their order there."""
    from . import allocation, buffers, reading, slots, start, submission

    return [reading, allocation, slots, buffers, submission, start]
