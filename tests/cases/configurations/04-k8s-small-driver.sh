k exec spark -c spark -- ./bin/spark-submit \
--master k8s://http://127.0.0.1:8001 \
--deploy-mode cluster \
--conf spark.executor.instances=1 \
--conf spark.kubernetes.executor.request.cores=0.2 \
--conf spark.driver.memory=512m \
--conf spark.kubernetes.namespace=${my_namespace} \
local:///app.jar 10
