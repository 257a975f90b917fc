"""The driver's heap, and what may come to it: results of tasks, and tables that it broadcasts."""

from sparkmem.spark.settings.entry import Entry

DRIVER_MEMORY = Entry("spark.driver.memory", "DRIVER_MEMORY", "MiB", "1g")
MAX_RESULT_SIZE = Entry("spark.driver.maxResultSize", "MAX_RESULT_SIZE", "bytes", "1g")
MAX_BROADCAST_TABLE_SIZE = Entry(
    "spark.sql.maxBroadcastTableSize", "MAX_BROADCAST_TABLE_SIZE", "bytes", "8589934592",
    path="sql/catalyst/src/main/scala/org/apache/spark/sql/internal/SQLConf.scala", declared="4.1",
)  # fmt: skip
