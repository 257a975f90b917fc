"""Who was told to end has failed in nothing; and a line that is harmless gives no all-clear."""

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.render.diagnosis_reply import reply
from sparkmem.requests.diagnosis import diagnosis_dict


def test_a_known_line_that_is_harmless_is_no_all_clear():
    text = "INFO MemoryStore: MemoryStore cleared\nERROR Main: the order book is broken"
    html = reply({"text": text, "page": "what-happened/"})
    assert "Nothing that failed" not in html["html"]
    assert "No failure that is known" in html["html"]


def test_an_executor_that_was_told_to_go_was_not_short_of_memory():
    lost = "ERROR TaskSchedulerImpl: Lost executor 3 on 10.9.1.4: Executor decommission: spot instance interruption."
    first = diagnosed(lost).first
    assert (first.finding.id, first.region) == ("executor-decommissioned", "none")


def test_no_harmless_line_says_the_contrary_of_what_was_found():
    ran = '# OutOfMemoryError: Java heap space\n# -XX:OnOutOfMemoryError="kill -9 %p"\n# Executing /bin/sh -c "kill -9 7"'
    assert [one.finding.id for one in diagnosed(ran).harmless] == []
    assert [one.finding.id for one in diagnosed("-XX:OnOutOfMemoryError='kill %p'").harmless] == ["oom-kill-flag"]
    taken = "executor 12 exited unrelated to the running tasks) Reason: Container container_1_13 on host: w4 was preempted."
    assert [one.finding.id for one in diagnosed(taken).harmless] == []


_TOLD_TO_END = """\
$ kubectl describe pod rates-exec-1
    State:          Terminated
      Reason:       Error
      Exit Code:    143
$ kubectl logs rates-exec-1
24/10/04 18:30:10 INFO CoarseGrainedExecutorBackend: Driver commanded a shutdown
24/10/04 18:30:11 ERROR CoarseGrainedExecutorBackend: RECEIVED SIGNAL TERM
"""


def test_an_executor_that_the_driver_told_to_end_has_failed_in_nothing():
    told = diagnosis_dict(diagnosed(_TOLD_TO_END))
    assert (told["findings"], [one["id"] for one in told["harmless"]]) == ([], ["received-shutdown"])
    other = diagnosis_dict(diagnosed(f"{_TOLD_TO_END}java.lang.OutOfMemoryError: Java heap space\n"))
    assert other["findings"][0]["id"] == "heap-space"
