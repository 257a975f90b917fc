"""Several texts, or several containers of a pod: which of them is the cause, and stands first."""

import pytest

from sparkmem.diagnosis.diagnose import diagnosed, diagnosed_stream
from sparkmem.diagnosis.families import read
from sparkmem.diagnosis.lines import of_text
from sparkmem.requests.diagnosis import diagnosis_dict
from tests.model.failures import ids_in


def known(*entries):
    basis = {"title": "t", "says": "s", "kind": "cause"}
    return read({"small": [basis | {"text": [{"text": f"this is the text of {one['id']}."}]} | one for one in entries]})


def ids(found, *said):
    text = "\n".join(f"2024-01-05 10:00:{at:02} this is the text of {id}." for at, id in enumerate(said))
    return [one.finding.id for one in diagnosed_stream(of_text(text), found).findings]


def test_what_explains_stands_before_what_it_explains_then_the_earlier():
    small = known(
        {"id": "fetch-failed", "kind": "consequence"}, {"id": "lost", "kind": "consequence", "explains": ["fetch-failed"]},
        {"id": "full", "explains": ["lost"]}, {"id": "other"}, {"id": "note", "kind": "context"},
    )  # fmt: skip
    assert ids(small, "note", "fetch-failed", "lost", "other", "full") == ["other", "full", "lost", "fetch-failed", "note"]
    assert ids(small, "fetch-failed", "full", "lost", "other") == ["full", "other", "lost", "fetch-failed"]


def test_causes_that_explain_each_other_end():
    small = known({"id": "one", "explains": ["two"]}, {"id": "two", "explains": ["one"]})
    assert sorted(ids(small, "two", "one")) == ["one", "two"]


def test_what_is_generic_gives_way_to_what_is_not():
    small = known({"id": "killed", "generic": True}, {"id": "full"}, {"id": "vague", "gives-way": ["full"]})
    assert ids(small, "killed", "vague") == ["vague"]
    assert ids(small, "killed", "vague", "full") == ["full"]
    assert ids(small, "killed") == ["killed"]


ENDED_IN_A_POD = """Lost executor 1 on 10.1.4.7: The executor with id 1 exited with exit code 0(success).
  container name: log-shipper
  container image: registry.example/fluentd:1.16
  container state: terminated
  exit code: 0
  termination reason: Completed
  container name: spark-kubernetes-executor
  container image: registry.example/spark:3.4.1
  container state: terminated
  container started at: 2024-09-25T02:32:17Z
  container finished at: 2024-09-25T02:35:28Z
  exit code: {}
"""


@pytest.mark.parametrize(("code", "id"), [
    (52, "exit-52"), (137, "k8s-sigkill"), (143, "exit-143"), (0, "k8s-executor-exited"),
])  # fmt: skip
def test_of_several_containers_in_a_pod_sparks_own_says_how_it_ended(code, id):
    assert ids_in(ENDED_IN_A_POD.format(code))[0] == id


def test_a_description_of_several_containers_gives_the_limit_and_the_end_of_sparks():
    text = """Name: etl-exec-4
Containers:
  log-shipper:
    State: Terminated
      Reason: Completed
      Exit Code: 0
    Limits:
      memory: 64Mi
  spark-kubernetes-executor:
    State: Terminated
      Reason: Error
      Exit Code: 52
    Limits:
      memory: 8602Mi
  proxy:
    Limits:
      memory: 32Mi
"""
    (pod,) = diagnosed(text).moments
    assert [one.bytes for one in pod.held] == [8602 * 2**20]
    assert pod.says[-1] == "It ended with Error, exit code 52."


@pytest.mark.parametrize(("text", "id"), [
    ("Error from Python:Command failed with exit code 10", "glue-exit-10"),
    ("GlueException: Command failed with exit code 10. ExecutorLostFailure (executor 12 exited caused by one of the"
     " running tasks) Reason: Remote RPC client disassociated. Likely due to containers exceeding thresholds.",
     "executor-lost"),
    (" ELIFECYCLE  Command failed with exit code 101.\nerror: the build of the site failed, see above", "exit-101"),
])  # fmt: skip
def test_a_code_that_platforms_and_builds_write_is_a_shell_jobs_with_its_own_number_alone(text, id):
    assert next((one["id"] for one in diagnosis_dict(diagnosed(text))["findings"]), "") == id
