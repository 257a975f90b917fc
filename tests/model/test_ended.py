"""How a process ended, in the words of schedulers, shells, operators and people, where no known text says it."""

import signal
import subprocess
import sys

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.ended import said


@pytest.mark.parametrize(("text", "id", "process"), [
    ("""Containers:
  spark-kubernetes-executor:
    State:          Terminated
      Reason:       Error
      Exit Code:    137
      Started:      Sat, 01 Mar 2025 08:00:00 +0000
    Ready:          False
    Restart Count:  0""", "k8s-sigkill", "executor"),
    ("""Name:         rollup-51c-driver
Labels:       spark-role=driver
    Last State:     Terminated
      Reason:       Error
      Exit Code:    52""", "exit-52", "driver"),
    ("    State:          Terminated\n      Reason:       Error\n      Exit Code:    52\n      Started:      today",
     "exit-52", "not told"),
    ("applicationState:\n  errorMessage: 'driver container failed with ExitCode: 137, Reason: Error'\n"
     "  state: FAILED\n  pod: rollup-51c-driver", "k8s-sigkill", "driver"),
    ("systemd[1]: spark-history.service: Main process exited, code=killed, status=9/KILL\n"
     "systemd[1]: spark-history.service: Failed with result 'signal'.", "exit-137", "not told"),
    ("[2025-03-01, 08:11:09 UTC] {local_task_job_runner.py:228} INFO - Task exited with return code Negsignal.SIGKILL\n"
     "[2025-03-01, 08:11:09 UTC] {taskinstance.py:3301} INFO - 0 downstream tasks scheduled", "exit-137", "not told"),
    ("./nightly.sh: line 14: 30922 Killed                  spark-submit --master local[8] rollup.py\n"
     "./nightly.sh: line 15: report: command not found", "exit-137", "driver"),
    ("./nightly.sh: line 14: 30922 Killed                  spark-submit --deploy-mode cluster rollup.py\n"
     "./nightly.sh: line 15: report: command not found", "exit-137", "not told"),
    ("[Stage 7:======>                                              (11 + 8) / 96]\nKilled", "exit-137", "not told"),
    ("subprocess.CalledProcessError: Command '['spark-submit', 'rollup.py']' died with <Signals.SIGSEGV: 11>.\n"
     "During handling of the above exception, another exception occurred:", "exit-139", "not told"),
    ("morning all, since the new feature went in the exec pods of the nightly rollup get OOMKilled after about ten"
     " minutes, with 6g and the usual overhead; nothing in the logs", "oom-killed", "not told"),
    ("NAME                 READY   STATUS    RESTARTS   AGE\nrollup-51c-driver    1/1     Running   0          12m\n"
     "rollup-51c-exec-4    0/1     Evicted   0          9m", "pod-evicted", "executor"),
], ids=lambda value: value[:30] if isinstance(value, str) else None)  # fmt: skip
def test_what_ended_is_told_whoever_says_it(text, id, process):
    first = diagnosed(text).first
    assert (first.finding.id, first.process) == (id, process)
    assert first.certainty == ("said" if id == "pod-evicted" else "possible")


@pytest.mark.parametrize("text", [
    "    State:          Terminated\n      Reason:       Completed\n      Exit Code:    0\n    Restart Count:  0",
    "spec:\n  onExitCodes:\n    operator: In\n    values: [137, 143]\n# unless exit code 137; expected exit code 52",
    'curl: (52) Empty reply from server\nProcess completed with exit code 52 after the download of the fixture was tried',
    "vendor driver says: error code 52, the session of the warehouse is closed, see the manual of the vendor",
    '"State": {"Status": "exited", "OOMKilled": false, "ExitCode": 1}, "Name": "warehouse", "RestartCount": 3',
    "The connection was terminated by the peer with status 9; 137 tasks were killed, and exit code: 137.5 was never seen",
    '- alert: PodOOMKilled\n  expr: kube_pod_container_status_last_terminated_reason{reason="OOMKilled"} == 1\n  for: 1m',
])  # fmt: skip
def test_what_only_looks_like_an_end_is_none(text):
    assert diagnosed(text).causes == []


def test_an_end_is_heard_only_where_nothing_else_is_a_cause():
    text = "ERROR Executor: Exception in task 1.0\njava.lang.OutOfMemoryError: Metaspace\nexit code: 137\nKilled"
    assert [one.finding.id for one in diagnosed(text).findings] == ["metaspace"]


def test_the_same_end_is_counted_and_numbers_of_signals_are_one():
    killed = "a.sh: line 3: 77 Killed\n" + "a.sh: line 9: 78 Killed\n" * 3
    found = diagnosed(killed + "Task exited with return code -9\n" + "x\n" * 90)
    assert [(one.finding.id, one.line, one.times) for one in found.findings] == [("exit-137", 1, 5)]


def test_each_way_to_say_a_signal_comes_to_its_code():
    ways = [b"return code -15", b"status=15/TERM", b"code=killed, status=15/TERM", b"exit status 143", b"killed by SIGTERM"]
    assert [said(way) for way in ways] == [[143], [], [143], [143], [143]]


@pytest.mark.parametrize(("number", "id"), [
    (signal.SIGKILL, "exit-137"), (signal.SIGTERM, "exit-143"), (signal.SIGSEGV, "exit-139"), (signal.SIGABRT, "exit-134"),
])  # fmt: skip
def test_what_a_python_program_makes_of_a_signal_is_told_as_the_signal(number, id):
    """Of a child that a signal ends Python says the negative number, and ends with it in eight bits where it goes on so."""
    dies = [sys.executable, "-c", f"import os; os.kill(os.getpid(), {int(number)})"]
    negative = subprocess.call(dies)
    passes_on = f"import subprocess, sys; sys.exit(subprocess.call({dies!r}))"
    in_eight_bits = subprocess.call([sys.executable, "-c", passes_on])
    assert (negative, in_eight_bits) == (-number, 256 - number)
    told = (f"{negative}", f"exit code {negative}", f"{in_eight_bits}", f"exit code {in_eight_bits}",
            f"launcher of the rollup: exiting\nProcess exited with exit code {in_eight_bits}\nnothing more")  # fmt: skip
    for text in told:
        first = diagnosed(text).first
        assert (first.finding.id, first.certainty) == (id, "possible")
        assert f"-{int(number)} is signal {int(number)} as Python" in first.says
    assert f"{256 - number} is -{int(number)} in eight bits" in first.says


@pytest.mark.parametrize("text", ["exit code 99", "exit status: 248", "the process exited with code 251", "exit code -7"])
def test_a_code_that_no_table_has_is_not_guessed_by_the_words_beside_it(text):
    assert diagnosed(text).findings == ()


def test_a_code_that_stands_as_it_is_known_needs_no_reason():
    first = diagnosed("exit code 137").first
    assert first.says == first.finding.says
