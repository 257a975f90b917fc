"""How many executors: what the classes that decide it refuse, under dynamic allocation and without.

`ExecutorAllocationManager` is made, which reads its settings and validates them; `initial` is the number that cluster
managers ask for at the start (SchedulerBackendUtils.getInitialTargetExecutorNumber).
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from ..jvm import Jvm
from . import companion, forget_profile, made, spark_conf

KIND = "allocation"

_DYNAMIC = {"spark.dynamicAllocation.enabled": "true", "spark.shuffle.service.enabled": "true"}
_KEYS = ("minExecutors", "initialExecutors", "maxExecutors")
NUMBERS: list[tuple[str | None, str | None, str | None]] = [
    (None, None, None), ("10", None, "2"), ("2", None, "10"), ("2", "1", "10"), ("2", "11", "10"), ("2", "2", "2"),
    (None, "5", None), (None, None, "0"), ("0", "0", "0"), ("0", "0", "1"), ("-1", None, None), (None, None, "-1"),
    (None, "-1", None), ("5", "3", None), ("3", None, "3"), ("abc", None, None), (None, "abc", None), (None, None, "abc"),
    ("1.5", None, None), ("2147483647", None, None), ("2147483648", None, None), (None, "7", "3"), ("", None, None),
]
CORES: list[tuple[str | None, str | None]] = [("1", "4"), ("4", "1"), ("4", "4"), (None, "2"), ("3", "2"), ("4", None)]
INSTANCES = ["0", "1", "-1", "abc", "", "1.5", "2147483648", " 4 "]


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    for check in ("manager", "initial"):
        for numbers in NUMBERS:
            named = zip(_KEYS, numbers, strict=True)
            given = {f"spark.dynamicAllocation.{name}": text for name, text in named if text is not None}
            yield {"check": check, "conf": {**_DYNAMIC, **given}}
        for instances in INSTANCES:
            yield {"check": check, "conf": {**_DYNAMIC, "spark.executor.instances": instances}}
    for text in INSTANCES:
        yield {"check": "initial", "conf": {"spark.executor.instances": text}}
    bounds = {"spark.dynamicAllocation.minExecutors": "10", "spark.dynamicAllocation.maxExecutors": "2"}
    yield {"check": "initial", "conf": bounds}
    yield {"check": "initial", "conf": {"spark.dynamicAllocation.enabled": "abc"}}
    for cores, cpus in CORES:
        given = {"spark.executor.cores": cores, "spark.task.cpus": cpus}
        yield {"check": "manager", "conf": {**_DYNAMIC, **{key: text for key, text in given.items() if text is not None}}}


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """`ok`, or the number of executors; a refusal comes out as Java threw it."""
    forget_profile(jvm)
    conf = spark_conf(jvm, case["conf"])
    if case["check"] == "initial":
        utils = companion(jvm, "org.apache.spark.scheduler.cluster.SchedulerBackendUtils")
        return {"value": utils.getInitialTargetExecutorNumber(conf, 2)}
    made(jvm, "org.apache.spark.ExecutorAllocationManager", conf)
    return {"value": "ok"}
