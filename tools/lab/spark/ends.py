"""How executors end whose heap is full, with each of the JVM's flags that answer an OutOfMemoryError."""

from collections import Counter

from ..experiment import Figures, count, experiment
from .context import Spark
from .executor import CLUSTER, MEMORY, removal

RUNS = 5
FLAGS = {
    "plain": "",
    "kill": "-XX:OnOutOfMemoryError='kill %p'",
    "kill-9": "-XX:OnOutOfMemoryError='kill -9 %p'",
    "exit": "-XX:+ExitOnOutOfMemoryError",
}
"""The second is what Spark gives executors on YARN; the third stands in platforms' defaults."""


@experiment(
    "executor-ends-by-flag",
    question="With which code does an executor end whose heap is full, when its JVM has a flag for that?",
    statement="Without a flag 52, from Spark's own handler.  With `OnOutOfMemoryError='kill -9 %p'` 137, every time.  With "
              "`kill %p` 143 as a rule: the signal and Spark's handler run at the same time.  With "
              "ExitOnOutOfMemoryError 3.",
    ran=f"local-cluster[1,2,512], spark.executor.memory=512m, spark.task.maxFailures=1; a function that fills the heap, "
        f"{RUNS} times with each flag in spark.executor.extraJavaOptions; the reasons on the Executors page",
    on=("spark-4.3.0",),
)
def executor_ends_by_flag(release: str) -> Figures:
    figures: Figures = {"runs": count(RUNS)}
    for name, flag in FLAGS.items():
        codes = Counter(_code(release, flag) for _ in range(RUNS))
        figures |= {f"{name}-{code}": count(number) for code, number in sorted(codes.items())}
    return figures


def _code(release: str, flag: str) -> int:
    """The code that the driver names when the heap of its one executor was filled."""
    settings = {**MEMORY, "spark.task.maxFailures": "1", "spark.executor.extraJavaOptions": flag}
    with Spark(release, CLUSTER, settings) as spark:
        spark.failure(spark.longs(1, 1).mapPartitions(spark.view.probes.UserMap(False)).collect)
        return int(removal(spark, set()).removeprefix("Command exited with code "))
