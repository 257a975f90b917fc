# Explain my job, Spark 3.5, sparkmem VERSION, 2026-01-31
# https://sparkmem.example/explain/?release=3.5&cluster-manager=yarn&node-memory=64g&deploy-mode=cluster&language=python&yarn-maximum-allocation=64g&spark.driver.memory=4g&spark.executor.cores=4&spark.executor.memory=8g&spark.executor.memoryOverhead=512m&spark.memory.offHeap.size=2g#explain-calculator
# The answer also rests on this, which has no place here:
#   release 3.5
#   node-memory 64g
#   yarn-maximum-allocation 64g
spark-submit \
  --master yarn \
  --deploy-mode cluster \
  --driver-memory 4g \
  --executor-cores 4 \
  --executor-memory 8g \
  --conf spark.executor.memoryOverhead=512m \
  --conf spark.memory.offHeap.size=2g \
  app.py
