"""Inputs that a calculator's form begins with in a page, where Spark's own defaults make a case that nobody has.

They are ordinary ones: whoever enters their own heap keeps the others until they change them too.  An address that holds
no input means these, one with inputs means Spark's defaults and what it holds, and the command line knows none of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from sparkmem.calculators import CALCULATORS
from sparkmem.render.page_defaults import page_defaults
from sparkmem.requests.addressed import of_release

_HEAP_AND_CORES = {"spark.executor.memory": "8g", "spark.executor.cores": "4"}

OPENINGS: Mapping[str, Mapping[str, str]] = {
    "executor-memory": _HEAP_AND_CORES,
    "container-request": {"spark.executor.memory": "8g"},
    "driver-memory": {"deploy-mode": "cluster", "spark.driver.memory": "8g"},
    "fit-node": _HEAP_AND_CORES,
    "legacy-memory": _HEAP_AND_CORES,
    "overhead-budget": {**_HEAP_AND_CORES, "spark.executor.cores": "8"},
    "pyspark-memory": {**_HEAP_AND_CORES, "spark.executor.pyspark.memory": "4g"},
    "release-diff": {"release": "2.4", **_HEAP_AND_CORES},
    "task-memory": _HEAP_AND_CORES,
}
"""By calculator; those whose defaults are a case worth looking at have none.  Each has every row that the defaults have:
somebody may have linked one."""


def opening(page: str, calculator: str) -> Mapping[str, str]:
    """What the form of a calculator holds when that page opens, beyond the calculator's own defaults.

    >>> opening("memory/kubernetes/", "driver-memory") == opening("", "driver-memory") == OPENINGS["driver-memory"]
    True
    """
    return {**page_defaults(page, calculator), **OPENINGS.get(calculator, {})}


def address_of_defaults(calculator: str) -> Mapping[str, str]:
    """What an address holds that means the defaults alone; nothing where an empty one means them.

    >>> address_of_defaults("release-diff"), address_of_defaults("ui-number")
    ({'release': '3.5'}, {})
    """
    return of_release(CALCULATORS[calculator].by_name["release"].default) if calculator in OPENINGS else {}
