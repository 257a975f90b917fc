"""Limits that Spark itself enforces, and its words."""

from ..experiment import SPARKS, Figures, experiment, size, text
from .context import Spark, refusal


@experiment(
    "max-result-size",
    question="What happens when results exceed spark.driver.maxResultSize?",
    statement="The job is aborted with a text that names the setting and the sizes; the driver lives on.",
    ran="local[2], -Xmx512m, spark.driver.maxResultSize=1m; three arrays of 400 KiB collected, then one",
    on=SPARKS,
)
def max_result_size(release: str) -> Figures:
    with Spark(release, settings={"spark.driver.maxResultSize": "1m"}) as spark:
        failure = spark.failure(spark.longs(3, 3).map(spark.view.probes.Payload(400 << 10)).collect)
        small = spark.longs(1, 1).map(spark.view.probes.Payload(400 << 10)).collect()
        return {"limit": size(1 << 20), "result": size(3 * 400 << 10), "text": text(failure.partition("\n")[0]),
                "collected-afterwards": size(len(small[0]))}


@experiment(
    "executor-memory-without-unit",
    question="What is spark.executor.memory=1024 without a unit?",
    statement="MiB to the part of Spark that asks for the executor, bytes to the check of the memory manager, which "
              "refuses it: the application does not start.",
    ran="local[1], -Xmx512m, spark.executor.memory=1024, and 1024m",
    on=SPARKS,
)
def executor_memory_without_unit(release: str) -> Figures:
    words = refusal(release, "local[1]", {"spark.executor.memory": "1024"})
    with Spark(release, "local[1]", {"spark.executor.memory": "1024m"}) as spark:
        mebibytes = spark.context.sc().executorMemory()
    return {"text": text(words), "with-unit": size(mebibytes << 20)}
