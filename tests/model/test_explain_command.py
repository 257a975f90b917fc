"""``sparkmem explain FILE …``: files and standard input, what stands first, and the exit status."""

import os
import subprocess
import sys

import pytest

from tests.model.commands import Said, said

FITS = "spark-submit --master yarn --executor-memory 4g --driver-memory 2g a.jar"
CASES = {
    "fits": (FITS, 0, 0, "Fits if "),
    "a risk": (f"{FITS} ".replace("4g", "33g"), 0, 1, "Fits, but risky."),
    "lost": ("spark-submit --master yarn --driver-memory 2g a.jar --executor-memory 4g", 0, 1, "Not all of it counts."),
    "nothing set": ("spark-submit --master yarn a.jar", 0, 1, "No memory is set."),
    "refused": ("spark-submit --master yarn --executor-memory 7.5g a.jar", 2, 2, "Refused by Spark"),
}


def explain(*words: str, text: str = "") -> Said:
    return said("explain", *words, text=text)


@pytest.mark.parametrize(("text", "status", "strict", "verdict"), CASES.values(), ids=CASES)
def test_standard_input_and_the_exit_status(text, status, strict, verdict):
    done = explain("-", text=text)
    assert (done.returncode, done.stderr) == (status, "")
    assert done.stdout.split("\n\n")[1].startswith(verdict)
    assert explain("-", "--strict", text=text).returncode == strict


def test_what_was_taken_and_lost_stands_before_any_figure():
    told = explain("-", text=CASES["lost"][0]).stdout.split("\n\n")[0]
    assert "Taken: spark.driver.memory 2g" in told
    assert "Lost: spark.executor.memory (line 1: key after application)" in told


def test_a_size_that_another_line_overrides_is_named_beside_what_holds():
    told = explain("-", text="spark.executor.memory 4g\nspark.serializer a\nspark.executor.memory 6g\n").stdout
    assert "\nOverridden: spark.executor.memory (line 1: spark.executor.memory on line 3" in told
    for same in ("", "spark.executor.memory 4g\n"):
        assert "Overridden" not in explain("-", text=f"spark.executor.memory 4g\n{same}").stdout


def test_several_files_are_one_configuration(tmp_path):
    (tmp_path / "spark-defaults.conf").write_text("spark.executor.memory 4g\nspark.driver.memory 3g\n")
    (tmp_path / "job.sh").write_text("spark-submit --master yarn --executor-memory 6g a.py\n")
    done = explain(str(tmp_path / "spark-defaults.conf"), str(tmp_path / "job.sh"), "--release", "3.5")
    assert "spark.executor.memory 6g" in done.stdout
    assert "spark.driver.memory 3g" in done.stdout


def test_a_text_in_quotation_marks_is_the_job_itself():
    assert explain(FITS).stdout == explain("-", text=FITS).stdout
    unspaced = '[{"Classification":"spark-defaults","Properties":{"spark.executor.memory":"9g"}}]'
    assert "Taken: spark.executor.memory 9g" in explain(unspaced).stdout


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, content):
    if content:
        (tmp_path / "job.sh").write_bytes(content)
    done = explain(str(tmp_path / "job.sh"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "job.sh: " in done.stderr


def test_the_answer_is_eighty_columns_wide_and_draws_each_container_to_scale():
    lines = explain(f"{FITS} x", "--node-memory", "16g").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    heads = [at for at, line in enumerate(lines) if line.startswith(("Executor container", "Driver: Heap"))]
    executor, driver = (lines[at + 1] for at in heads)
    assert (len(executor), len(driver)) == (80, 80 * 2048 // 5120)
    assert set(executor) == set("▚░█▓▒·")
    figures = explain(FITS, "--figures").stdout
    assert "(4,294,967,296 - 314,572,800) × 0.6, cut to whole bytes" in figures
    assert "cut to whole bytes" not in "\n".join(lines)


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colour_is_for_a_terminal_that_wants_it(environment, coloured):
    """A pseudo-terminal of its own: what comes out of its other end."""
    outer, inner = os.openpty()
    command = [sys.executable, "-m", "sparkmem", "explain", FITS]
    own = {**{k: v for k, v in os.environ.items() if k != "NO_COLOR"}, "TERM": "xterm-256color", **environment}
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=inner, env=own) as process:
        os.close(inner)
        text = b""
        while chunk := _read(outer):
            text += chunk
    assert process.returncode == 0
    os.close(outer)
    assert (b"\x1b[" in text) is coloured
    assert b"Executor container" in text
    assert b"\x1b[" not in explain(FITS).stdout.encode()


def _read(end: int) -> bytes:
    try:
        return os.read(end, 65536)
    except OSError:  # Linux says so when the last writer is gone
        return b""


def test_what_to_paste_instead_is_said_once():
    done = explain("-", text="Worker pods restart all the time. Reason: OOMKilled.\n")
    assert done.returncode != 0
    first, change = done.stderr.splitlines()
    assert first == "this looks like the end of a container"
    assert change.strip().startswith("look it up with sparkmem diagnose")
