"""What spark-submit says where it starts no driver: the model's words are those of the real one."""

import subprocess

import pytest

from sparkmem.spark.containers.submit_checks import deploy_mode_refusal
from tools.oracle import packages
from tools.oracle.jvm import BRIEF, executable
from tools.oracle.releases import JAVA

RELEASE = "4.3.0"


@pytest.mark.parametrize(("manager", "master", "language", "file"), [
    ("local", "local", "jvm", "app.jar"),
    ("standalone", "spark://h:7077", "python", "app.py"),
    ("standalone", "spark://h:7077", "r", "app.R"),
])  # fmt: skip
def test_cluster_mode_is_refused_in_these_words(manager, master, language, file, tmp_path):
    jars = packages.unpacked(f"spark-{RELEASE}")
    submit = [str(executable(JAVA[RELEASE])), *BRIEF, "-cp", f"{jars}/*", "org.apache.spark.deploy.SparkSubmit"]
    asked = ["--master", master, "--deploy-mode", "cluster", "--class", "App", str(tmp_path / file)]
    done = subprocess.run([*submit, *asked], env={"SPARK_HOME": str(tmp_path)}, capture_output=True, text=True, check=False)
    said, _ = deploy_mode_refusal(manager, "cluster", language)
    assert said
    assert f"org.apache.spark.SparkException: {said}\n" in done.stderr
    assert done.returncode == 1
