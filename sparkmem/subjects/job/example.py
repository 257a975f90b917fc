"""The example that stands in the box before a reader pastes anything."""

PAGE = "explain/"
EXAMPLE = """\
spark-submit \\
  --master yarn --deploy-mode cluster \\
  --driver-memory 4g \\
  --executor-memory 8g --executor-cores 4 \\
  --conf spark.executor.memoryOverhead=512m \\
  --conf spark.memory.offHeap.size=2g \\
  job.py
"""
NO_SETTINGS = "settings"
LOST_SETTINGS = "lost"
