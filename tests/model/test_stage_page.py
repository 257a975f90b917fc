"""A stage's page of the web UI: what its tasks spilled and whether they are alike, and that none of it is a failure."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.render.diagnosis import diagnosis_text
from sparkmem.requests.diagnosis import diagnosis_dict

PAGE = """Details for Stage 8 (Attempt 0)
Status: SUCCEEDED
Spill (Memory): 100.0 GiB
Spill (Disk): 10.0 GiB
Summary Metrics for 400 Completed Tasks
Metric\tMin\t25th percentile\tMedian\t75th percentile\tMax
Duration\t46 s\t55 s\t50 s\t60 s\t{longest}
GC Time\t0.4 s\t0.9 s\t{gc}\t1 s\t2 s
Aggregated Metrics by Executor
Executor ID\tAddress\tTask Time\tTotal Tasks\tFailed Tasks\tKilled Tasks\tSucceeded Tasks
1\th1:41002\t1.6 h\t101\t0\t0\t101
spark.executor.memory 6g, executor cores 4
"""


def said(longest="1.2 min", gc="1 s"):
    return diagnosis_text(diagnosis_dict(diagnosed(PAGE.format(longest=longest, gc=gc))))


def test_what_a_stage_spilled_is_told_for_each_task_and_is_no_failure():
    found = diagnosed(PAGE.format(longest="1.2 min", gc="1 s"))
    assert ([one.finding.id for one in found.findings], [one.kind for one in found.moments]) == (["spilled"], ["stage-page"])
    assert "That is 256 MiB in memory and 25.6 MiB on disk for each of 400 tasks." in said()
    assert "876.6 MiB for each of 4 tasks at once" in said()


@pytest.mark.parametrize(("given", "words"), [
    ({}, "1.4 times the median: tasks are alike, there is no skew"),
    ({"longest": "15 min"}, "18.0 times the median: one has far more to do than the others (skew)"),
    ({}, "Collections took 1.0 s of 50 s, 2.0 % of a usual task."),
    ({"gc": "9 s"}, "18.0 % of a usual task. That is much"),
])  # fmt: skip
def test_tasks_are_held_against_the_usual_one(given, words):
    assert words in said(**given)


def test_a_map_that_cannot_spill_is_harmless_and_the_end_is_quoted():
    warned = "WARN RowBasedKeyValueBatch: Calling spill() on RowBasedKeyValueBatch. Will not spill but return 0.\n"
    text = diagnosis_text(diagnosis_dict(diagnosed(f"{warned}final status: SUCCEEDED")))
    assert "No row is lost. The application ended well. (line 2: final status: SUCCEEDED)" in text
    assert f"| {warned.strip()}" in text
