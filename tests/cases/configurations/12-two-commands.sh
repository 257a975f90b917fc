# RUN locally
bin/spark-submit \
    --master k8s://https://192.168.64.11:8443 \
    --deploy-mode cluster \
    --conf spark.executor.instances=3\
    app1.py

# RUN script from HDFS
bin/spark-submit \
    --master k8s://https://192.168.64.11:8443 \
    --deploy-mode cluster \
    --conf spark.executor.instances=3\
    app1.py
