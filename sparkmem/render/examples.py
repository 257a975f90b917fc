"""Inputs that show what a calculator is for, where Spark's own defaults make a case that nobody has.

A form begins with the defaults, since an address holds what differs from them; the example is such an address.
"""

from __future__ import annotations

from collections.abc import Mapping

_FOUR_CORES = {"spark.executor.memory": "12g", "spark.executor.cores": "4"}

EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "executor-memory": {
        "spark.executor.memory": "8g", "spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "2g",
    },
    "container-request": {"deploy-mode": "cluster", "spark.executor.memory": "8g", "spark.driver.memory": "4g"},
    "driver-memory": {"deploy-mode": "cluster", "spark.driver.memory": "8g"},
    "fit-node": {"platform": "emr", "machine-type": "m5.4xlarge", **_FOUR_CORES},
    "overhead-budget": _FOUR_CORES,
    "pyspark-memory": {
        "spark.executor.memory": "8g", "spark.executor.cores": "4", "spark.executor.pyspark.memory": "4g",
    },
    "release-diff": {
        "release": "3.0", "other-release": "3.5", "cluster-manager": "kubernetes", "spark.executor.memory": "8g",
        "spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "2g",
    },
    "task-memory": _FOUR_CORES,
}  # fmt: skip
"""By calculator; those that open with a case worth looking at have none."""
