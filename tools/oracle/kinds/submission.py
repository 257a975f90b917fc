"""What spark-submit says of its arguments before it starts anything (SparkSubmitArguments).

`arguments` stand before the application; `conf` is given with --conf.  spark-submit prints what it throws, as
`Exception in thread "main" org.apache.spark.SparkException: …` or after `Error: `, and ends with status 1.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from ..jvm import Jvm
from ..releases import at_least
from . import companion, spark_release

KIND = "submission"

OPTIONS = {
    "--driver-memory": "spark.driver.memory", "--executor-memory": "spark.executor.memory",
    "--executor-cores": "spark.executor.cores", "--num-executors": "spark.executor.instances",
    "--total-executor-cores": "spark.cores.max", "--driver-cores": "spark.driver.cores",
}
TEXTS = {
    "--driver-memory": ["abc", "", "0", "-1", "4", "1g", "1.5g", "8 g", "0b", "99999999999g", " 4 "],
    "--executor-memory": ["abc", "", "0", "-1", "4", "1g", "1.5g", "8 g", "0b", "99999999999g", " 4 "],
    "--executor-cores": ["abc", "", "0", "-1", "4", "1.5", " 4 ", "2147483648", "+4"],
    "--num-executors": ["abc", "", "0", "-1", "4", "1.5", " 4 ", "2147483648"],
    "--total-executor-cores": ["abc", "", "0", "-1", "4", "1.5", "2147483648"],
    "--driver-cores": ["abc", "0", "-1", "4"],
}
MASTERS = ["yarn", "k8s://https://h:443", "spark://h:7077", "local", "local[2]"]


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    for option, texts in TEXTS.items():
        for text in texts:
            yield {"arguments": ["--master", "yarn", option, text]}
            yield {"arguments": ["--master", "yarn"], "conf": {OPTIONS[option]: text}}
    for master in MASTERS:
        yield {"arguments": ["--master", master, "--executor-cores", "0", "--num-executors", "0"]}
    for text in ("0", "abc", "-1"):
        arguments = ["--master", "yarn", "--num-executors", text]
        yield {"arguments": arguments, "conf": {"spark.dynamicAllocation.enabled": "true"}}
    yield {"arguments": ["--master", "yarn"], "conf": {"spark.dynamicAllocation.enabled": "abc"}}
    yield {"arguments": ["--driver-memory", "0", "--executor-memory", "0", "--executor-cores", "0"]}
    yield {"arguments": ["--executor-cores", "0", "--total-executor-cores", "0", "--num-executors", "0"]}


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """`ok`; a refusal comes out as Java threw it."""
    given = [*case["arguments"], *(word for pair in case.get("conf", {}).items() for word in ("--conf", "=".join(pair)))]
    words = jvm.view.java.util.ArrayList()
    for word in [*given, "--class", "Main", "app.jar"]:
        words.add(word)
    if at_least(spark_release(jvm), "4.0"):
        sequence = jvm.view.scala.jdk.javaapi.CollectionConverters.asScala(words).toSeq()
    else:
        sequence = jvm.view.scala.collection.JavaConverters.asScalaBufferConverter(words).asScala().toSeq()
    environment = companion(jvm, "scala.collection.immutable.Map").empty().updated("HADOOP_CONF_DIR", "/")
    jvm.view.org.apache.spark.deploy.SparkSubmitArguments(sequence, environment)
    return {"value": "ok"}
