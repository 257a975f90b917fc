PYSPARK_PYTHON=python3 spark-submit --master local[*] --executor-memory 6G \
--conf "spark.memory.offHeap.enable=true" \
--conf "spark.memory.offHeap.size=3g" \
--conf "spark.yarn.executor.memoryOverhead=0.1 * (spark.executor.memory + spark.memory.offHeap.size)" \
--conf "spark.executor.extraJavaOptions=-XX:ParallelGCThreads=4 -XX:+UseParallelGC" \
job.py
