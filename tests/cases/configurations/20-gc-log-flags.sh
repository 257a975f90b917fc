dist/bin/bigdl.sh -- spark-submit \
--conf 'spark.executor.extraJavaOptions=-XX:+PrintGCTimeStamps -XX:+PrintGCDetails'
