"""Failures that are not about memory: which kind they are, and what is to be done first."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.render.headline import headline
from sparkmem.requests.diagnosis import diagnosis_dict

TASK = "24/08/27 22:00:51 ERROR Executor: Exception in task 3522.0 in stage 202.0 (TID 169730)\n"
CALL = "py4j.protocol.Py4JJavaError: An error occurred while calling o41.csv.\n: "
S3 = "com.amazonaws.services.s3.model.AmazonS3Exception: {} (Service: Amazon S3; Status Code: {}; Error Code: {})"


@pytest.mark.parametrize(("text", "title", "first"), [
    (TASK + S3.format("Slow Down", 503, "503 Slow Down"), "A store asked for fewer requests", "fewer requests at once"),
    (TASK + S3.format("Please reduce your request rate.", 503, "SlowDown"), "A store asked for fewer requests", "fewer"),
    (TASK + S3.format("Access Denied", 403, "AccessDenied"), "A right or a credential is missing", "who the caller is"),
    (f"{CALL}java.lang.RuntimeException: java.lang.ClassNotFoundException: Class org.apache.hadoop.fs.s3a.S3AFileSystem not"
     " found", "A class is missing", "hadoop-aws, of the release of the hadoop-client jars"),
    (f"{CALL}java.lang.ClassNotFoundException: org.postgresql.Driver", "A class is missing", "PostgreSQL's JDBC driver, by"),
    ('Exception in thread "main" java.lang.NoClassDefFoundError: org/apache/spark/A', "A class is missing", "the jar that"),
    (f"{CALL}java.lang.NoSuchMethodError: com.google.common.base.Preconditions.checkArgument(ZLjava/lang/String;)V",
     "Jars of different releases are mixed", "two releases of one library"),
    (f"{CALL}org.apache.spark.sql.AnalysisException: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column cannot be resolved.",
     "The query is wrong", "the name and the position"),
    (f"{CALL}org.apache.spark.sql.AnalysisException: Path does not exist: file:/x", "A file or a path is not there", "the"),
    (f"{TASK}java.lang.NumberFormatException: For input string: \"x\"", "A value does not have the form", "the value or"),
    (f"{TASK}java.lang.NullPointerException: null", "A fault of the program", "the first frame of the program's"),
    (f"{CALL}org.apache.spark.SparkException: Task not serializable\nCaused by: java.io.NotSerializableException: a.B",
     "Something in a task cannot be sent", "what the function refers to"),
])  # fmt: skip
def test_what_is_not_about_memory_is_told_for_what_it_is(text, title, first):
    found = diagnosed(text)
    assert found.first.finding.id == "program-exception"
    assert found.first.finding.title.startswith(title)
    assert found.first.commands("")[0]["what"].startswith(first)
    assert found.first.changes == []
    assert headline(diagnosis_dict(found)).endswith("which is not about memory.")


def test_an_exception_of_no_known_kind_keeps_the_general_words():
    first = diagnosed(f"{TASK}com.acme.RateException: no rate").first
    assert first.finding.title == "An exception that is not about memory ended the program"


def test_what_ran_out_of_memory_is_no_other_kind():
    text = f"{TASK}java.lang.OutOfMemoryError: Java heap space\n{TASK}java.lang.NullPointerException: null"
    assert diagnosed(text).first.finding.id == "heap-space"
