"""``sparkmem explain FILE …``: files and standard input, what stands first, and the exit status."""

import subprocess
import sys

import pytest

FITS = "spark-submit --master yarn --executor-memory 4g --driver-memory 2g a.jar"
CASES = {
    "fits": (FITS, 0, 0, "Fits if "),
    "a risk": (f"{FITS} ".replace("4g", "33g"), 0, 1, "Fits, but risky."),
    "lost": ("spark-submit --master yarn --driver-memory 2g a.jar --executor-memory 4g", 0, 1, "Not all of it counts."),
    "nothing set": ("spark-submit --master yarn a.jar", 0, 1, "No memory is set."),
    "refused": ("spark-submit --master yarn --executor-memory 7.5g a.jar", 2, 2, "Refused by Spark"),
}


def explain(*words: str, text: str = "") -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "sparkmem", "explain", *words]
    return subprocess.run(command, input=text, capture_output=True, text=True)


@pytest.mark.parametrize(("text", "status", "strict", "verdict"), CASES.values(), ids=CASES)
def test_standard_input_and_the_exit_status(text, status, strict, verdict):
    done = explain("-", text=text)
    assert (done.returncode, done.stderr) == (status, "")
    assert done.stdout.startswith(verdict)
    assert explain("-", "--strict", text=text).returncode == strict


def test_what_was_taken_and_lost_stands_before_any_figure():
    told = explain("-", text=CASES["lost"][0]).stdout.split("\n\n")[0]
    assert "Taken: spark.driver.memory 2g" in told
    assert "Lost: spark.executor.memory (line 1: key after application)" in told


def test_several_files_are_one_configuration(tmp_path):
    (tmp_path / "spark-defaults.conf").write_text("spark.executor.memory 4g\nspark.driver.memory 3g\n")
    (tmp_path / "job.sh").write_text("spark-submit --master yarn --executor-memory 6g a.py\n")
    done = explain(str(tmp_path / "spark-defaults.conf"), str(tmp_path / "job.sh"), "--release", "3.5")
    assert "spark.executor.memory 6g" in done.stdout
    assert "spark.driver.memory 3g" in done.stdout


def test_a_text_in_quotation_marks_is_the_job_itself():
    assert explain(FITS).stdout == explain("-", text=FITS).stdout


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, content):
    if content:
        (tmp_path / "job.sh").write_bytes(content)
    done = explain(str(tmp_path / "job.sh"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "job.sh: " in done.stderr
