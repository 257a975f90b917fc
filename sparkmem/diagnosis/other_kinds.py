"""What kind of failure an exception is that is not about memory, and what to do first: by its words, else by its class."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.diagnosis.other_kinds_known import KINDS, Kind

_LONGEST = 600
_SUGGESTED = re.compile(
    r"`([\w.`]{1,120})` cannot be resolved\. Did you mean one of the following\? \[`([\w.`]{1,120})`[,\]]"
)
"""A name that is not there, and the nearest that is [UNRESOLVED_COLUMN.WITH_SUGGESTION]."""
_THE_JAR, _MISSING = "the jar that has it", "ClassNotFoundException"
_OF_HADOOP = "of the release of the hadoop-client jars in $SPARK_HOME/jars"
_OF_SPARK = "for this release of Spark and Scala"
_JARS = (
    ("org.apache.hadoop.fs.s3a", f"hadoop-aws, {_OF_HADOOP} (it brings the AWS SDK)"),
    ("com.amazonaws.", "aws-java-sdk-bundle, of the release that this hadoop-aws was built with (Hadoop before 3.4)"),
    ("software.amazon.awssdk.", "the AWS SDK 2 (software.amazon.awssdk:bundle), of the release that this hadoop-aws names"),
    ("org.apache.hadoop.fs.azure", f"hadoop-azure, {_OF_HADOOP}"),
    ("com.google.cloud.hadoop.fs", "gcs-connector, for this release of Hadoop"),
    ("org.apache.spark.sql.kafka010", f"spark-sql-kafka-0-10, {_OF_SPARK}"),
    ("io.delta.", f"delta-spark (delta-core before 3.0), {_OF_SPARK}"),
    ("org.apache.iceberg.", f"iceberg-spark-runtime, {_OF_SPARK}"),
    ("org.apache.hudi.", f"hudi-spark-bundle, {_OF_SPARK}"),
    ("org.apache.spark.sql.avro", f"spark-avro, {_OF_SPARK}"),
    ("com.mysql.", "MySQL's connector (mysql-connector-j)"),
    ("org.postgresql.", "PostgreSQL's JDBC driver"),
    ("com.microsoft.sqlserver.", "SQL Server's JDBC driver"),
    ("oracle.jdbc.", "Oracle's JDBC driver"),
)
"""Which jar has the classes of a package, as the projects' own pages say."""


def kind_of(name: str, line: str) -> Kind | None:
    """The kind of what was thrown, by the words of its line or the name of its class; None where it is not known.

    >>> kind_of("AmazonS3Exception", "AmazonS3Exception: Slow Down (Service: Amazon S3; Status Code: 503").title
    'A store asked for fewer requests'
    >>> kind_of("ClassNotFoundException", "ClassNotFoundException: org.postgresql.Driver").do[:41]
    "PostgreSQL's JDBC driver, by --packages o"
    """
    text = line[:_LONGEST]
    found = next((one for one in KINDS if one.words and one.words.search(text)), None)
    found = next((one for one in KINDS if name in one.names), None) if found is None else found
    if found and (wrong := _SUGGESTED.search(text)):
        return replace(found, do=f"{wrong[2]} in the place of {wrong[1]}, which is not there: Spark itself suggests it")
    if found is None or _MISSING not in found.names:
        return found
    jar = next((jar for package, jar in _JARS if package in text or package.replace(".", "/") in text), "")
    return replace(found, do=found.do.replace(_THE_JAR, jar)) if jar else found
