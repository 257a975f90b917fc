"""What a shuffle reads of the configuration."""

from __future__ import annotations

from sparkmem.spark.settings.entry import Entry

REDUCER_MAX_SIZE_IN_FLIGHT = Entry(
    "spark.reducer.maxSizeInFlight", "REDUCER_MAX_SIZE_IN_FLIGHT", "MiB", "48m", declared="3.0",
    old_path="core/src/main/scala/org/apache/spark/shuffle/BlockStoreShuffleReader.scala",
)  # fmt: skip
