./bin/spark-submit \
--master k8s://https://127.0.0.1:51081 \
--deploy-mode cluster \
--conf spark.executor.instances=1 \
--conf spark.kubernetes.container.image.pullPolicy=Never \
local:///app.jar 10000
