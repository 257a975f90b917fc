"""Logs that real Spark wrote on purpose (tools/runs): the true cause first, no warning where nothing was wrong."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from sparkmem.eventlog.fold import empty, feed_all, verdict
from sparkmem.eventlog.reading import read_log
from sparkmem.eventlog.stage_line import short_stage
from sparkmem.eventlog.task_end import success_of
from sparkmem.runs.report import Report, as_dict, report
from tools.runs.jobs import JOBS

KEPT = Path(__file__).parents[1] / "eventlogs"
LOGS = sorted(path.name.removesuffix(".gz") for path in KEPT.glob("*.gz"))
FAILING = [name for name in LOGS if JOBS[name.rpartition("-")[0]].expect]
HEALTHY = [name for name in LOGS if not JOBS[name.rpartition("-")[0]].expect]


def read(name: str) -> Report:
    return report(read_log([(str(KEPT / f"{name}.gz"), "")]).run())


@pytest.mark.parametrize("name", LOGS)
def test_it_is_read_to_its_end_and_each_executor_is_explained_to_the_byte(name):
    found = read(name)
    assert (found.run.read.bad, found.run.read.complete) == (0, True)
    assert found.run.release.said == name.rpartition("-")[2]
    executors = [found.reconciled[one.id] for one in found.run.workers if one.maxima]
    assert executors or JOBS[name.rpartition("-")[0]].master.startswith("local[")
    assert [one.reason for one in executors if one.how != "equal"] == []
    driver = found.reconciled["driver"]
    assert driver.how in ("equal", "otherwise")  # its heap is on no line of the log where a program started it
    json.dumps(as_dict(found))


@pytest.mark.parametrize("name", LOGS)
def test_each_task_that_succeeded_takes_the_short_way_and_says_what_it_says_read_whole(name):
    lines = gzip.decompress((KEPT / f"{name}.gz").read_bytes()).splitlines()
    ends = [line for line in lines if b'"Task End Reason":{"Reason":"Success"}' in line[:300]]
    assert all(success_of(line, 0, len(line)) for line in ends)
    short, whole = empty(), empty()
    feed_all(short, b"\n".join(ends), (1, 1))
    feed_all(whole, b"\n".join(json.dumps(json.loads(line)).encode() for line in ends), (1, 1))
    assert verdict(whole) == replace(verdict(short), read=verdict(whole).read)


@pytest.mark.parametrize("name", FAILING)
def test_the_true_cause_is_the_first_finding(name):
    first = read(name).findings[0]
    assert (first.id, first.kind) == (JOBS[name.rpartition("-")[0]].expect, "cause")


def test_what_is_said_again_in_other_words_is_no_second_cause():
    assert [one.id for one in read("direct-memory-4.3.0").warnings] == ["direct-memory", "executor-lost"]  # exit code 52
    assert [one.id for one in read("result-too-large-3.5.9").warnings] == ["result-too-large"]


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_run_has_no_warning(name):
    assert [one.id for one in read(name).warnings] == []


def test_there_are_failures_of_every_kind_and_healthy_runs():
    kinds = {"heap-full", "execution-short", "storage-short", "python-worker", "direct-memory", "skew", "killed"}
    for release in ("3.5.9", "4.3.0"):
        told = {JOBS[name.removesuffix(f"-{release}")].expect for name in LOGS if name.endswith(release)}
        assert told >= {*kinds, "python-worker-crashed", ""}


@pytest.mark.parametrize("name", LOGS)
def test_nothing_of_a_machine_is_in_it(name):
    text = gzip.decompress((KEPT / f"{name}.gz").read_bytes()).decode()
    assert '"User":"somebody"' in text
    assert not [word for word in ("/root", "/home", "/tmp", "/usr", "/opt", "/var") if f'{word}/' in text]


@pytest.mark.parametrize("name", LOGS)
def test_what_is_cut_out_of_a_stage_is_asked_by_nobody(name):
    lines = gzip.decompress((KEPT / f"{name}.gz").read_bytes()).splitlines()
    stages = [line for line in lines if b'{"Event":"SparkListenerStage' in line[:40]]
    short, whole = empty(), empty()
    feed_all(short, b"\n".join(stages), (1, 1))
    feed_all(whole, b"\n".join(json.dumps(json.loads(line)).encode() for line in stages), (1, 1))
    assert verdict(whole) == replace(verdict(short), read=verdict(whole).read)
    kept = [line for line in stages if b'"Use Memory":true' in line]
    assert all(b'"RDD Info"' in short_stage(line) for line in kept)
    assert sum(map(len, map(short_stage, stages))) < sum(map(len, stages)) or kept


def test_a_stage_that_ends_too_soon_is_not_made_whole():
    line = b'{"Event":"SparkListenerStageSubmitted","Stage Info":{"Stage ID":1},"Properties":{"a":"b","c'
    for text in (line, line + b'"}', line + b'":"d"}'):
        state = empty()
        feed_all(state, text, (1, 1))
        assert (state.bad, state.stages) == (1, {})
