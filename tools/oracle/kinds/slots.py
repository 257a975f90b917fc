"""Whether a task finds its cores in an executor: the check at the start of an application, for each kind of master.

`settings` is SparkConf.validateSettings.
`profiles` makes the ResourceProfileManager that each SparkContext makes (3.1+).  `scheduler` is SparkContext's own
createTaskScheduler, with a context that holds nothing but settings: what follows its checks finds nothing there and
stops at a null, which counts as `ok`.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from ..jvm import Jvm
from ..releases import at_least
from . import companion, forget_profile, made, spark_conf

KIND = "slots"

CORES, CPUS = "spark.executor.cores", "spark.task.cpus"
PAIRS: list[tuple[str | None, str | None]] = [
    (None, None), ("1", "4"), ("4", "1"), ("4", "4"), ("3", "2"), (None, "2"), (None, "1"), ("2", None), ("4", "5"),
    ("0", "1"), ("-1", "1"), ("4", "0"), ("4", "-1"), ("abc", "1"), ("4", "abc"), ("1.5", "1"), ("4", "0.5"), ("1", "1.5"),
    ("", "1"), ("4", ""),
]
MASTERS = {"settings": ["yarn"], "profiles": ["local", "spark://h:7077", "yarn"], "scheduler": ["local", "local[3]", "spark://h:7077"]}


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    for cores, cpus in PAIRS:
        conf = {key: text for key, text in ((CORES, cores), (CPUS, cpus)) if text is not None}
        for check in MASTERS if at_least(release, "3.1") else ["settings", "scheduler"]:
            yield from ({"check": check, "conf": {"spark.master": master, **conf}} for master in MASTERS[check])


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """`ok`; a refusal comes out as Java threw it."""
    forget_profile(jvm)
    conf = spark_conf(jvm, case["conf"])
    if case["check"] == "settings":
        conf.validateSettings()
        return {"value": "ok"}
    if case["check"] == "profiles":
        made(jvm, "org.apache.spark.resource.ResourceProfileManager", conf)
        return {"value": "ok"}
    context = jvm.view.org.objenesis.ObjenesisStd().newInstance(
        jvm.view.java.lang.Class.forName("org.apache.spark.SparkContext"))
    jvm.set_field(context, "_conf", conf)
    try:
        jvm.call(companion(jvm, "org.apache.spark.SparkContext"), "createTaskScheduler", context,
                 case["conf"]["spark.master"], *_deploy_mode(jvm))
    except jvm.java_error as thrown:
        if thrown.java_exception.getClass().getSimpleName() != "NullPointerException":
            raise
    return {"value": "ok"}


def _deploy_mode(jvm: Jvm) -> list[str]:
    """The argument that createTaskScheduler lost with the releases."""
    methods = jvm.view.java.lang.Class.forName("org.apache.spark.SparkContext$").getDeclaredMethods()
    three = any(method.getName().endswith("createTaskScheduler") and method.getParameterCount() == 3 for method in methods)
    return ["client"] if three else []
