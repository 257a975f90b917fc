"""What spark-submit says where it starts no driver: the model's words are those of the real one."""

from collections.abc import Iterator

import pytest

from sparkmem.spark.containers.submit_checks import deploy_mode_refusal
from tools.oracle import packages
from tools.oracle.jvm import BRIEF, Jvm
from tools.oracle.releases import JAVA

RELEASE = "4.3.0"


@pytest.fixture(scope="module")
def real() -> Iterator[Jvm]:
    """One JVM for all: to load what spark-submit is takes it longer than to refuse."""
    with Jvm(JAVA[RELEASE], BRIEF, packages.unpacked(f"spark-{RELEASE}")) as jvm:
        yield jvm


@pytest.mark.parametrize(("manager", "master", "language", "file"), [
    ("local", "local", "jvm", "app.jar"),
    ("standalone", "spark://h:7077", "python", "app.py"),
    ("standalone", "spark://h:7077", "r", "app.R"),
])  # fmt: skip
def test_cluster_mode_is_refused_in_these_words(real, manager, master, language, file, tmp_path):
    asked = ["--master", master, "--deploy-mode", "cluster", "--class", "App", str(tmp_path / file)]
    with pytest.raises(real.java_error) as thrown:
        real.view.org.apache.spark.deploy.SparkSubmit().doSubmit(real.array("java.lang.String", *asked))
    said, _ = deploy_mode_refusal(manager, "cluster", language)
    assert said
    assert thrown.value.java_exception.toString() == f"org.apache.spark.SparkException: {said}"
