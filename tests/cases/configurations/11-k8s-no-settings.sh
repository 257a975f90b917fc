bin/spark-submit \
    --master k8s://https://192.168.199.249:6443 \
    --deploy-mode cluster \
    --name pi \
    local:///app.jar
