spark-submit --master yarn --deploy-mode cluster --driver-memory 8g --executor-memory 8g --num-executors 15 --executor-cores 5 app.jar
