"""``sparkmem diagnose`` and what the page is told: files of any size, three skins, and no name or word too many."""

import json
import re

import pytest

from sparkmem.__main__ import main
from sparkmem.browser import diagnose, diagnosis_copied, job_in
from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.render.diagnosis import diagnosis_markdown, diagnosis_text
from sparkmem.requests.diagnosis import diagnosis_dict
from sparkmem.requests.recognised import recognised

KILLED = (
    "23/11/07 10:59:24 WARN TaskSetManager: Lost task 3.0 in stage 2.0 (TID 41) (db-7.corp.internal executor 1):"
    " ExecutorLostFailure (executor 1 exited caused by one of the running tasks) Reason: Container killed by YARN for"
    " exceeding physical memory limits. 5.5 GB of 5.5 GB physical memory used."
    " Consider boosting spark.executor.memoryOverhead."
)
SECRETS = ("db-7", "hunter2", "10.1.2.3", "ada")
LOG = f"conf password=hunter2 from 10.1.2.3 by /home/ada/job.py\n{KILLED}\n"


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "driver.log"
    path.write_text(LOG)
    return str(path)


def said(capsys, *words):
    assert main(["diagnose", *words]) == 0
    return capsys.readouterr().out


def test_the_text_begins_with_the_first_cause(capsys, log):
    text = said(capsys, log)
    assert text.startswith("First cause: ")
    assert "line 2, 2023-11-07 10:59:24, executor 1" in text
    assert "5.5GB, 5,632 MiB, 5,905,580,032 bytes" in text
    assert text.rstrip().endswith("kinds of failure were looked for.")


def test_the_json_has_the_public_names(capsys, log):
    found = json.loads(said(capsys, log, "--json"))
    assert set(found) == {"findings", "harmless", "read", "by-words", "moments"}
    first, *rest = found["findings"]
    assert (first["id"], first["process"], first["region"]) == ("yarn-physical-limit", "executor", "container")
    assert first["numbers"] == {"used": 5905580032, "limit": 5905580032}
    assert [one["id"] for one in rest if one["follows"] == first["id"]] == ["executor-lost"]
    assert found["read"] | {"known": 0, "manager": ""} == {"lines": 2, "bytes": len(LOG), "known": 0, "manager": ""}


def test_the_markdown_leaves_names_out_unless_they_are_asked_for(capsys, log):
    text = said(capsys, log, "--markdown")
    assert not [secret for secret in SECRETS if secret in text]
    assert "HOST-1" in text
    assert "db-7.corp.internal" in said(capsys, log, "--markdown", "--names")


def test_several_files_are_read_one_after_the_other(capsys, log, tmp_path):
    (tmp_path / "executor.log").write_text("ERROR Executor: x\njava.lang.OutOfMemoryError: Java heap space")
    found = json.loads(said(capsys, str(tmp_path / "executor.log"), log, "--json"))
    assert {"heap-space", "yarn-physical-limit"} <= {one["id"] for one in found["findings"]}
    assert found["read"]["lines"] == 4


def test_a_quoted_text_and_a_bare_code_are_read(capsys):
    assert said(capsys, "java.lang.OutOfMemoryError: Java heap space").startswith("First cause: ")
    assert "exit-52" in said(capsys, "exit code 52")


@pytest.mark.parametrize(
    ("word", "id"), [("OOMKilled", "oom-killed"), ("137", "exit-137"), ("java.lang.OutOfMemoryError", "heap-space")]
)
def test_one_word_that_is_no_file_is_a_text(capsys, word, id):
    assert f"[{id}]" in said(capsys, word)


def test_a_file_that_is_not_there_is_named(capsys):
    assert main(["diagnose", "no-such.log"]) == 2
    assert "no-such.log: No such file" in capsys.readouterr().err


def test_the_page_s_address_holds_ids_and_numbers_and_gives_the_same_again():
    reply = json.loads(diagnose(json.dumps({"text": LOG, "page": "what-happened/"})))
    address = reply["address"]["found"]
    assert address == "yarn-physical-limit~used=5905580032~limit=5905580032,executor-lost"
    again = json.loads(diagnose(json.dumps({"found": address, "page": "what-happened/"})))
    assert (again["summary"], again["region"], again["address"]) == (reply["summary"], reply["region"], reply["address"])


@pytest.mark.parametrize("found", ["", "no-such", "heap-space~used=<b>", "~", "heap-space," * 500, "exit-137~code=é"])
def test_an_address_that_is_not_ours_does_no_harm(found):
    reply = json.loads(diagnose(json.dumps({"found": found})))
    assert reply["ok"]
    assert "<b>" not in reply["html"].replace("<b>Cause:</b>", "").replace("<b>Consequence:</b>", "")


def test_what_stands_in_a_text_is_escaped():
    reply = json.loads(diagnose(json.dumps({"text": f"<script>x</script> {KILLED} <img src=x>"})))
    assert "<script" not in reply["html"]
    assert "<img" not in reply["html"]


def test_what_is_copied_has_no_names():
    text = json.loads(diagnosis_copied(json.dumps({"text": LOG, "site": "https://example.org/"})))["text"]
    assert not [secret for secret in SECRETS if secret in text]
    assert "](https://example.org/" in text


@pytest.mark.parametrize(("region", "process", "marked"), [
    ("heap", "executor", 4), ("overhead/native", "executor", 1), ("metaspace", "driver", None), ("disk", "none", None),
])  # fmt: skip
def test_the_memory_that_ran_out_is_marked_in_the_job_of_the_text(region, process, marked):
    text = "--master yarn --executor-memory 8g"
    asked = {"text": text, "region": region, "process": process, "page": "what-happened/"}
    html = json.loads(job_in(json.dumps(asked)))["html"]
    assert (html.count("sm-marked") if html else None) == marked
    assert ("spark.executor.memory=8g" in html) == bool(html)


@pytest.mark.parametrize(("text", "process"), [
    (KILLED, "executor"), ("--master yarn --deploy-mode cluster", "executor"), ("--executor-memory 8g", "driver"),
    ("--conf spark.app.name=x", "not told"),
])  # fmt: skip
def test_no_container_is_drawn_with_figures_that_are_nobodys(text, process):
    asked = {"text": text, "region": "container", "process": process, "page": "what-happened/"}
    assert json.loads(job_in(json.dumps(asked)))["html"] == ""


@pytest.mark.parametrize(("text", "way"), [
    ("spark-submit --master yarn --executor-memory 8g a.py", "../explain/?cluster-manager=yarn&amp;language=python&amp;"
     "spark.executor.memory=8g#explain"),
    ("spark.memory.fraction 2", "../explain/?spark.memory.fraction=2#explain"),
    ("executors have 10 GB each", "../explain/?spark.executor.memory=10g#explain"),
    ("nobody knows why", ""), ("", ""),
])  # fmt: skip
def test_a_configuration_leads_to_the_page_that_reads_it(text, way):
    asked = {"text": text, "failed": False, "region": "", "process": "", "page": "what-happened/"}
    html = json.loads(job_in(json.dumps(asked)))["html"]
    assert (f'href="{way}"' in html) if way else html == ""


def test_who_which_memory_and_how_sure_are_said_with_their_labels_everywhere():
    page = json.loads(diagnose(json.dumps({"text": KILLED, "page": "what-happened/"})))["html"]
    told = diagnosis_dict(diagnosed(KILLED))
    for text in (re.sub("<[^>]+>", "", page), diagnosis_text(told), diagnosis_markdown(told)):
        assert "Process: executor · Memory that ran out: container · How sure: the text says so" in text


@pytest.mark.parametrize(("text", "kind"), [
    (KILLED, "failure"), (f"spark.executor.memory 8g\n{KILLED}", "failure"), ("spark.executor.memory 8g", "configuration"),
    ('{"Event":"SparkListenerLogStart","Spark Version":"4.3.0"}', "event-log"), ("434.4 MiB", "number"),
    ("137", "exit-code"),
    ("WARN Executor: Managed memory leak detected; size = 4456448 bytes, TID = 1034", "failure"), ("a walk", "unknown"),
])  # fmt: skip
def test_a_text_is_recognised(text, kind):
    assert recognised(text).kind == kind
