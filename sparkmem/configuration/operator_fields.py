"""The fields of an operator's SparkApplication, and the settings that they stand for."""

KINDS = ("SparkApplication", "ScheduledSparkApplication")
TYPES = {"Java": "jvm", "Scala": "jvm", "Python": "python", "R": "r"}
"""Languages by the field ``type``."""
FIELDS = {
    "driver": {
        "cores": "spark.driver.cores",
        "coreRequest": "spark.kubernetes.driver.request.cores",
        "coreLimit": "spark.kubernetes.driver.limit.cores",
        "memory": "spark.driver.memory",
        "memoryOverhead": "spark.driver.memoryOverhead",
        "javaOptions": "spark.driver.extraJavaOptions",
    },
    "executor": {
        "cores": "spark.executor.cores",
        "coreRequest": "spark.kubernetes.executor.request.cores",
        "coreLimit": "spark.kubernetes.executor.limit.cores",
        "memory": "spark.executor.memory",
        "memoryOverhead": "spark.executor.memoryOverhead",
        "javaOptions": "spark.executor.extraJavaOptions",
        "instances": "spark.executor.instances",
    },
    "dynamicAllocation": {
        "enabled": "spark.dynamicAllocation.enabled",
        "initialExecutors": "spark.dynamicAllocation.initialExecutors",
        "minExecutors": "spark.dynamicAllocation.minExecutors",
        "maxExecutors": "spark.dynamicAllocation.maxExecutors",
    },
}
