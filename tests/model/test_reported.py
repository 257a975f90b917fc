"""What a text itself reports takes "Fits" away, in the words of the diagnosis; what it only speaks of does not."""

import json

import pytest

from sparkmem import evaluate
from sparkmem.browser import answer
from sparkmem.configuration.lost import REPORTED
from sparkmem.configuration.reported import REPORTS
from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.families import findings
from tests.rows import each

COMMAND = "spark-submit --master yarn --deploy-mode cluster --driver-memory 4g --executor-memory 8g a.jar\n\n"
SAID = {
    "oom-killed": "Last State: Terminated\n  Reason: OOMKilled\n  Exit Code: 137",
    "yarn-physical-limit": "Container killed by YARN for exceeding memory limits. 9.1 GB of 9 GB physical memory used.",
    "heap-space": "java.lang.OutOfMemoryError: Java heap space",
    "gc-overhead": "java.lang.OutOfMemoryError: GC overhead limit exceeded",
    "direct-buffer-memory": "java.lang.OutOfMemoryError: Direct buffer memory",
    "metaspace": "java.lang.OutOfMemoryError: Metaspace",
    "native-thread": "java.lang.OutOfMemoryError: unable to create native thread",
    "unable-to-acquire-memory": "SparkOutOfMemoryError: Unable to acquire 65536 bytes of memory, got 0",
    "broadcast-build-memory": "Not enough memory to build and broadcast the table to all worker nodes.",
    "max-result-size": "Total size of serialized results of 90 tasks (1025.3 MiB) is bigger than"
    " spark.driver.maxResultSize (1024.0 MiB)",
    "evicted-memory": "The node was low on resource: memory. Container executor was using 9Gi, request is 4Gi.",
    "cgroup-oom": "Memory cgroup out of memory: Killed process 4242 (java) total-vm:9437184kB, anon-rss:8388608kB",
    "bad-alloc": "terminate called after throwing an instance of 'std::bad_alloc'",
    "errno-12": "OpenJDK warning: os::commit_memory failed; error='Cannot allocate memory' (errno=12)",
    "exit-137": "ExecutorLostFailure (executor 3 exited caused by one of the running tasks) Exit status: 137",
    "exit-143": "Container exited with a non-zero exit code 143",
    "exit-52": "Executor 4 exited with exit code 52",
    "python-worker-crashed": "org.apache.spark.SparkException: Python worker exited unexpectedly (crashed)",
    "memory-error-unknown": "The driver ran out of memory again.",
    "executor-lost": "ERROR TaskSchedulerImpl: Lost executor 7 on w3: Remote RPC client disassociated.",
    "heartbeat-timeout": "Executor heartbeat timed out after 124567 ms",
}
NOT_SAID = (
    "# raised it to avoid OOMKilled pods",
    "exit code 137 means that the kernel killed it",
    "spark.executor.extraJavaOptions -XX:+ExitOnOutOfMemoryError",
    "The executors may be OOMKilled without this.",
    "It died with java.lang.OutOfMemoryError: Java heap space at 2g; now it works.",
    "If executors fail with `java.lang.OutOfMemoryError: Java heap space`, raise their heap.",
    "## Troubleshooting\n\n- OOMKilled: raise the overhead\n- exit code 137: the same",
    "OOMKilled before. Raising the overhead fixed it.",
    "What fixed it for us: the executors had been OOMKilled at 4g.",
    "## Problem\nReason: OOMKilled\n\n## Solution\nThe overhead, which solved it.",
)
GOES_ON = (
    "It works on small data, but here the pod is OOMKilled.",
    "Reason: OOMKilled\nIt works with a smaller input though.",
    "Reason: OOMKilled\nNothing fixed it so far.",
    "Reason: OOMKilled\nHow can this be fixed by settings, would that be solved by more memory?",
    "The skew is gone, that fixed the slow stage.\n\nToday: Reason: OOMKilled",
    "GC overhead limit exceeded at 4g, 8g fixed it. Now the pod is OOMKilled.",
    "## Job A\nReason: OOMKilled\n\n## Job B\nIt was slow, more cores fixed it.",
)


def explain(text):
    return evaluate({"calculator": "explain", "inputs": {"text": text}})


@each(REPORTS)
def test_each_report_takes_fits_away(id):
    found = explain(COMMAND + SAID[id])
    (lost,) = [one for one in found["read"]["lost"] if one["id"] == REPORTED]
    assert (lost["key"], lost["line"]) == (id, 4 if id == "oom-killed" else 3)
    assert found["verdict"].startswith(f"Fits, but risky. The text itself reports a failure: {REPORTS[id][0]}.")


@each(REPORTS)
def test_the_diagnosis_finds_the_same(id):
    told = {one.finding.id for one in diagnosed(COMMAND + SAID[id]).findings}
    assert id in findings()
    assert id in told or id == "memory-error-unknown", told


@pytest.mark.parametrize("words", NOT_SAID)
def test_what_may_be_or_is_over_is_no_report(words):
    found = explain(COMMAND + words)
    assert not [one for one in found["read"]["lost"] if one["id"] == REPORTED]
    assert "Fits" in found["verdict"]
    assert "reports" not in found["verdict"]


@pytest.mark.parametrize("words", GOES_ON)
def test_what_ended_elsewhere_ends_no_report(words):
    (lost,) = [one for one in explain(COMMAND + words)["read"]["lost"] if one["id"] == REPORTED]
    assert lost["key"] == "oom-killed"


def test_a_shell_says_that_a_process_was_killed():
    for line in ("Killed", "./run.sh: line 7:  4121 Killed                  spark-submit"):
        (lost,) = [one for one in explain(COMMAND + line)["read"]["lost"] if one["id"] == REPORTED]
        assert lost["key"] == "exit-137"


def test_an_address_says_it_too_and_only_with_names_of_ours():
    pasted = json.loads(answer(json.dumps({"calculator": "explain", "inputs": {"text": COMMAND + SAID["oom-killed"]}})))
    assert pasted["address"]["lost"] == "failure-reported:oom-killed"
    opened = json.loads(answer(json.dumps({"calculator": "explain", "inputs": pasted["address"]})))
    assert opened["summary"] == pasted["summary"]
    assert "Reported:</b> <code>oom-killed</code> (line 4)" in pasted["html"]
    assert "what-happened/" in pasted["html"]
    wrong = evaluate({"calculator": "explain", "inputs": {"lost": "failure-reported:hunter2"}})
    assert wrong["errors"][0]["input"] == "lost"
    assert "hunter2" not in wrong["errors"][0]["message"]
