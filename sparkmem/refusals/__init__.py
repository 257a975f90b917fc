"""The register of refusals: what Spark, spark-submit, the JVM and cluster managers say of settings that they do not take."""
