"""By which words a text tells whose Spark it is, the surest first."""

from sparkmem.configuration.clue import Clue, clue

SIGNS: tuple[tuple[str, str, Clue], ...] = (
    ("vendor", "databricks", clue(
     ("databricks", "Databricks", "node_type_id", "spark_version", "new_cluster", ".x-", "nodeTypeId", "dbutils.", "DBR "),
     r"\bspark\.databricks\.(?!delta\.(?!preview))\w|\bdatabricks_|\bDatabricksSession\b|\bdatabricks\.connect\b|"
     r"\bdatabricks\.[A-Z]\w{1,40}\(|\bnodeTypeId\b|\bdbutils\.\w|\bDBR \d|\b[dD]atabricks [rR]untime\b|"
     r"\b(?:[oO]n|[iI]n|[uU]sing) (?:Azure |AWS )?[dD]atabricks\b(?!,| or |/)|\bDatabricks (?:cluster|job|notebook)|"
     r"\b\d{1,2}\.\d{1,2}\.x-(?:\w+-){0,4}scala2\.1[0-3]|"
     r"\b(?:node_type_id|new_cluster)\b[\"']?\s{0,3}[:=]|\bspark_version\b[\"']?\s{0,3}[:=]\s{0,3}[\"']?\d{1,2}\.\d{1,2}\.x\b")),
    ("vendor", "emr-serverless", clue(
     ("emr-serverless", "EmrServerless", "emrserverless", "EMR Serverless", "parkSubmit"),
     r"\bemr-?serverless\b|EmrServerless|\baws_emrserverless\w{0,40}|\bEMR Serverless\b|\"sparkSubmit\"\s{0,3}:\s{0,3}\{"
     r"|\b[jJ]ob_?[dD]river\b[\"']?\s{0,3}[:=]\s{0,3}\{\s{0,60}[\"']?[sS]parkSubmit[\"']?\s{0,3}[:=]\s{0,3}\{")),
    ("vendor", "emr-on-eks", clue(
     ("emr-containers", "emrcontainers", "EmrContainer", "SubmitJobDriver", "submit_job_driver", "EMR on EKS",
      "parkSubmitParameters\""),
     r"\bemr-containers\b|\b(?:aws_)?emrcontainers|\bEmrContainer\w|"
     r"\b[sS]parkSubmitJobDriver\b|\bspark_submit_job_driver\b|\bEMR on EKS\b"
     r"|\"[sS]parkSubmitParameters\"\s{0,3}:\s{0,3}\"(?=[^\n\"]{0,900}\bspark\.kubernetes\.)")),
    ("vendor", "sagemaker", clue(("sagemaker", "smspark", "PySparkProcessor", "SparkJarProcessor"),
     r"\bsagemaker\.spark\b|\bsagemaker-spark-processing\b|\b(?:PySpark|SparkJar)Processor\b|\bsmspark-submit\b")),
    ("vendor", "emr", clue(
     ("aws emr", "command-runner.jar", "emr-", "EMR", " emr", "maximizeResourceAllocation", "Classification"),
     r"\baws emr\b|\bEMR[- :]{1,2}(?:release |version )?[4-7]\.\d|"
     r"\b(?:[oO]n|[uU]sing|an?) (?:AWS |Amazon )?(?:EMR|emr)\b(?!,| or |/|-)|"
     r"\bcommand-runner\.jar\b|\bemr-[4-7]\.\d{1,2}(?:\.\d{1,2})?|\bmaximizeResourceAllocation\b"
     r"|[\"']?Classification[\"']?\s{0,3}[:=]")),
    ("vendor", "glue", clue(("glue", "Glue", "worker_type", "WorkerType", "CfnJob", ".1X", ".2X", ".4X", ".8X"),
     r"\b(?:aws|AWS) [gG]lue\b|\b[gG]lue (?:job|ETL|[2-5]\.\d)|\bG\.[1248]X\b|"
     r"%(?:glue_version|worker_type)\b|\bawsglue\b|\bGlueContext\b|\bWorkerType\b"
     r"|\baws_glue_job\b|\bGlueVersion\b|\bglueetl\b|\bglue\.CfnJob\b|\bglue_version\b|\bGlueJobOperator\b")),
    ("vendor", "dataproc-serverless", clue(
     ("dataproc", "Dataproc", "Batch", "_batch", "Serverless for Apache Spark"),  # Batch of its REST API, v1
     r"\bgcloud (?:beta |alpha )?dataproc batches\b|\bgoogle_dataproc_batch\b|\bDataprocCreateBatchOperator\b"
     r"|\b[dD]ataproc (?:[sS]erverless|batch(?:es)?)\b|\bServerless for Apache Spark\b|\bdataproc-serverless\b"
     r"|(?<![\w.])spark\.dataproc\.(?:driver|executor)\.(?:compute|disk|resource)\.\w"
     r"|\b(?:pyspark|spark|sparkR|sparkSql)Batch\b[\"']?\s{0,3}[:=]|\b(?:pyspark|spark|spark_r|spark_sql)_batch\b[\"']?\s{0,3}[:=]")),
    ("vendor", "yandex", clue(("yc dataproc", "yandex_dataproc"), r"\byc dataproc\b|\byandex_dataproc_\w")),
    ("vendor", "dataproc", clue(("dataproc", "Dataproc", "pyspark_job", "parkJob", "managedCluster"),
     r"\bgoogle_dataproc_(?:job|cluster|workflow_template)\b|"
     r"\bgcloud dataproc\b|(?<!\byc )\b[dD]ataproc (?:cluster|batch|[sS]erverless|[12]\.\d)|"
     r"\b[oO]n (?:GCP )?[dD]ataproc\b(?!,| or |/)|"
     r"\bdataproc\.\w|\bDataproc[A-Z]\w|\bpyspark_job\b|\b(?:pys|s)parkJob\b|\bmanagedCluster\b")),
    ("vendor", "synapse", clue(("synapse", "Synapse", "igDataPool", "StatementMeta("),
     r"\bStatementMeta\([A-Za-z]|\b(?:Azure Synapse|Synapse (?:notebook|Spark|pool|workspace))|"
     r"\bazuresynapse\b|\bazurerm_synapse_\w|\baz synapse\b|\bspark\.synapse\.|\bbigDataPools\b|\btargetBigDataPool\b")),
    ("vendor", "fabric", clue(("abric", "spark.ms.", "defaultLakehouse"),
     r"\bspark\.fabric\.|\bfabric\.microsoft\b|\bspark\.ms\.autotune\b|\b(?:Microsoft|MS) Fabric\b"
     r"|\bfabric_spark_[a-z_]{3,40}|\b(?:(?:[iI]n|[oO]n) |[fF]rom )Fabric\b(?!,| or |/)"
     r"|(?m:^)[ \t]*[\"']defaultLakehouse[\"']\s{0,3}:|\b[fF]abric (?:\w{1,20}, )?[rR]untime \d"
     r"|\bFabric(?:'?s)? (?:notebooks?|[wW]eb UI|workspace|environments?|[sS]park|capacity|[lL]akehouse|portal)\b")),
    ("vendor", "azureml", clue(("azureml", "azure.ai.ml", "Azure ML", "Azure Machine Learning", "AzureML"),
     r"\bazureml(?:://|/sdk|\.azure)|\bazureml\.net/|\bazure\.ai\.ml\b|\b(?:Azure ?ML|Azure Machine Learning)\b")),
    ("vendor", "dataproc", clue(("spark:spark.",), r"(?<![\w.:-])spark:spark\.[a-z]\w+")),  # the file that a property is for
    ("vendor", "hdinsight", clue(("hdinsight", "HDInsight", "restAuthCredential"),
     r"\bHDInsight\b|\bhdinsight\b|\bazurehdinsight\b|\brestAuthCredential\.")),
)  # fmt: skip
