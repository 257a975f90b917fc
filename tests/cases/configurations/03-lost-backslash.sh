spark-submit --master yarn --deploy-mode cluster \
--py-files lib.zip \
--driver-cores 2 \
--driver-memory 3G \
--conf spark.driver.memoryOverhead=1G
main.py qa
