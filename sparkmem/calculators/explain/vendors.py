"""What vendors and operators write themselves where a job sets nothing, each with where they say so."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.note import Note
from sparkmem.calculators.explain.reading import WRITTEN_BY, Reading
from sparkmem.given import Given
from sparkmem.subjects.job.example import PAGE

_SEE = PAGE + "#vendors"
_EXECUTOR, _DRIVER, _OVERHEADS = "spark.executor.memory", "spark.driver.memory", ("memoryOverhead", "OverheadFactor")

# What they say, by vendor; the pages are linked where the section treats them.
_SIZES = {
    "emr": "EMR writes spark.executor.memory and spark.executor.cores by itself, by the types of the cluster's core and task"
    " instances; the job sets no executor's heap, and Spark's default, which is shown, does not hold there.",
    "databricks": "Databricks sizes the one executor of each node by the node's type where the job sets no executor's heap.",
    "glue": "Glue sizes the executor of each worker by the worker's type, of which G.1X has 4 vCPUs and 16 GB and G.2X"
    " 8 vCPUs and 32 GB, where the job sets no executor's heap.",
    "dataproc": "Dataproc writes spark.executor.memory and spark.executor.cores by the machine type of its workers; the job"
    " sets no executor's heap, and Spark's default, which is shown, does not hold there.",
    # aws/sagemaker-spark-container, src/smspark/bootstrapper.py, get_yarn_spark_resource_config
    "sagemaker": "SageMaker's image for Spark writes spark.executor.memory, its overhead and spark.executor.cores so that"
    " one executor fills an instance, less 3 % and a driver of 2048m; the job sets no executor's heap, and Spark's"
    " default, which is shown, does not hold there.",
}
# EMR's as published files of defaults show it, SageMaker's in get_yarn_spark_resource_config as above.
# Dataproc's as the cluster of mozilla/telemetry-airflow shows it, pull request 1972: 7680m where nothing sets it.
_DRIVERS_HEAP = {
    "emr": ("EMR's own file of defaults", "to 2048m"),
    "sagemaker": ("SageMaker's image for Spark", "to 2048m"),
    "dataproc": ("Dataproc's file of defaults", "by the cluster's own machines"),
}
_EMR_FACTOR = (
    "EMR's file of defaults sets a memory overhead of 0.1875 of the heap since 5.22, where Spark takes 0.1: executors may"
    " ask for more than is shown. Set spark.executor.memoryOverhead to be sure."
)


def vendor_notes(given: Given, reading: Reading) -> Iterator[Note]:
    """The remarks on what is set by whoever runs the job."""
    said = {one.name: one.value for one in reading.found.said}
    vendor = said.get("vendor", "")
    set_here = set(given.settings()) | set(reading.unknown)
    theirs = reading.unknown.get(_EXECUTOR, "") == WRITTEN_BY.get(vendor)
    if vendor in _SIZES and (theirs or _EXECUTOR not in set_here):
        yield Note("vendor-default", _SIZES[vendor], _SEE)
    if vendor == "emr" and not any(key.endswith(_OVERHEADS) and ".executor." in key for key in set_here):
        yield Note("vendor-factor", _EMR_FACTOR, _SEE)
    if vendor in _DRIVERS_HEAP and _DRIVER not in set_here:
        file, how = _DRIVERS_HEAP[vendor]
        text = f"{file} sets {_DRIVER} {how} where the job does not:"
        text += " Spark's default of 1g, which is shown,"
        yield Note("vendor-driver", f"{text} holds only where that file says nothing.", _SEE)
    if said.get("operator") == "kubeflow":
        absent = [key for key in (_DRIVER, _EXECUTOR) if key not in set_here]
        if absent:
            text = "The Kubeflow operator writes 1g and one core where a field and sparkConf say nothing: "
            text += f"{', '.join(absent)}."
            yield Note("operator-default", text, _SEE)
    for part in (one.value for one in reading.found.said if one.name == "memory-limit"):
        yield Note("memory-limit", _limit(part), _SEE)


def _limit(part: str) -> str:
    return (
        f"{part}.memoryLimit is the limit of the container alone: heap and overhead stay what memory and memoryOverhead ask"
        " for, so that Spark uses no more of it, and the scheduler sets aside no more than is requested. To give Spark more,"
        f" raise {part}.memory or {part}.memoryOverhead."
    )
