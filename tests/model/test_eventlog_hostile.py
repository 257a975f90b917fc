"""Logs that mean no good: packed ones cut at any byte, a million executors, deep, huge and negative, markup in names."""

import gzip
import json
import re

import pytest

from sparkmem.eventlog.codecs import MAGICS, codec_of, decoder
from sparkmem.eventlog.errors import UnreadableLog
from sparkmem.eventlog.fold import empty, feed_all, verdict
from sparkmem.eventlog.reading import Reading
from sparkmem.eventlog.run import Executor
from sparkmem.eventlog.state import MOST_EXECUTORS
from sparkmem.render.run.html import run_html
from sparkmem.render.run.markdown import run_markdown
from sparkmem.render.run.text import run_text
from sparkmem.runs.digest import digest_of, read_digest
from sparkmem.runs.report import as_dict, report
from tests.model.test_eventlog import BEGINNING, line, read, task
from tests.model.test_eventlog_apart import zstd_of
from tests.model.test_eventlog_packing import stored

TEXT = b"\n".join(map(line, [*BEGINNING, task(1, peak=100)])) + b"\n"
CODECS = ["gz", "lz4", "snappy", "lzf", "zstd"]


def packed(codec):
    return gzip.compress(TEXT) if codec == "gz" else zstd_of(TEXT, 300) if codec == "zstd" else stored(codec, TEXT, 300)


def try_all(run):
    """All that is made of a run, in each form."""
    found = report(run)
    json.dumps(as_dict(found), allow_nan=False)
    html = "".join(run_html(found, "read-a-run/"))
    assert read_digest(digest_of(found).text) is not None
    return run_text(found), run_markdown(found), html


def of(data):
    """What is read of bytes: a run, or the word that they are no log."""
    reading = Reading()
    reading.begin()
    try:
        reading.feed(data)
        reading.end()
        return reading.run()
    except UnreadableLog as error:
        return error.message


@pytest.mark.parametrize("codec", CODECS)
def test_a_packed_log_that_is_cut_at_any_byte_is_read_as_far_as_it_goes(codec):
    whole = packed(codec)
    every = max(1, len(whole) // 250)
    read_on = 0
    for size in [*range(40), *range(40, len(whole), every)]:
        run = of(whole[:size])
        if isinstance(run, str):
            assert re.search("no event|compressed with zstd", run), run
            continue
        assert run.read.lines >= read_on or codec == "gz"
        read_on = run.read.lines
        cut = [why for _, why in run.read.faults]
        assert cut or TEXT[: run.read.bytes].endswith(b"\n")  # what ends between two blocks is whole, as far as anyone knows
    assert isinstance(of(whole), str) or not of(whole).read.faults


@pytest.mark.parametrize("codec", CODECS)
def test_what_begins_as_a_codec_and_is_none_is_said(codec):
    for noise in (b"", b"\0" * 400, b"\xff" * 400, TEXT):
        assert isinstance(of(MAGICS[codec] + noise), str)


@pytest.mark.parametrize("codec", CODECS)
def test_a_byte_that_is_changed_anywhere_raises_nothing(codec):
    whole = bytearray(packed(codec))
    for at in range(0, len(whole), max(1, len(whole) // 120)):
        for put in (0, 255, whole[at] ^ 1):
            before, whole[at] = whole[at], put
            of(bytes(whole))
            whole[at] = before


def test_a_codec_in_a_codec_is_no_log():
    assert "no event" in of(gzip.compress(gzip.compress(TEXT)))
    assert codec_of(gzip.compress(TEXT)) == "gz"
    assert not list(decoder("gz").feed(b""))


def test_however_many_executors_there_are_no_more_is_kept_and_each_form_is_short_and_soon(monkeypatch):
    lost = b'{"Event":"SparkListenerExecutorRemoved","Timestamp":%d,"Executor ID":"%d","Removed Reason":"lost %d"}\n'
    state, place, kept = empty(), 1, list[int]()
    for start in range(0, 2 * MOST_EXECUTORS, MOST_EXECUTORS // 4):
        lines = b"".join(lost % (number, number, number) for number in range(start, start + MOST_EXECUTORS // 4))
        place += feed_all(state, lines, (1, place))
        kept.append(len(state.executors) + len(state.texts))
    assert max(kept) <= MOST_EXECUTORS * 5 // 4 + 1
    run = verdict(state)
    assert (len(run.executors), run.read.left_out) == (MOST_EXECUTORS, ("executors",))
    looks, peak = [], Executor.peak
    monkeypatch.setattr(Executor, "peak", lambda one, name: looks.append(name) or peak(one, name))
    assert max(map(len, try_all(run))) < 2_000_000
    assert len(looks) <= 100 * MOST_EXECUTORS, "all executors are gone through for each row"


HUGE = [1 << 63, -1, -(1 << 80), 10**300, 1e300, -0.5, True, None, "9" * 400, [], {}]


@pytest.mark.parametrize("value", HUGE, ids=lambda value: str(value)[:12])
def test_a_number_that_none_can_be_is_survived_wherever_it_stands(value):
    def spoilt(node):
        if isinstance(node, dict):
            return {key: spoilt(inner) if key != "Event" else inner for key, inner in node.items()}
        return [spoilt(inner) for inner in node] if isinstance(node, list) else value if type(node) is int else node

    stage = {"Event": "SparkListenerStageCompleted", "Stage Info": {
        "Stage ID": 1, "Stage Attempt ID": 0, "Number of Tasks": 9, "Submission Time": 5, "Completion Time": 99,
        "Accumulables": [{"ID": 1, "Name": "peak memory", "Value": 5}]}}  # fmt: skip
    events = [*BEGINNING, task(1, peak=5), stage, {"Event": "SparkListenerApplicationEnd", "Timestamp": 9}]
    for spoil in range(len(events)):
        try_all(read([spoilt(event) if at == spoil else event for at, event in enumerate(events)]))
    try_all(read([spoilt(event) for event in events]))


MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>&lt;'\"`|*[a](javascript:1)\u202e\x00\x1b[31m"


def test_markup_in_any_name_is_text_in_each_form():
    gone = {"Event": "SparkListenerExecutorRemoved", "Timestamp": 900, "Executor ID": MARKUP, "Removed Reason": MARKUP}
    stage = {"Stage ID": 1, "Stage Name": MARKUP, "Failure Reason": MARKUP}
    start = [
        {**BEGINNING[0], "Spark Version": f"3.5.9{MARKUP}"}, {**BEGINNING[1], "App Name": MARKUP, "App ID": MARKUP},
        {**BEGINNING[2], "Spark Properties": {"spark.executor.memory": MARKUP, f"spark.{MARKUP}": MARKUP}}, *BEGINNING[3:],
        {"Event": "SparkListenerStageCompleted", "Stage Info": stage},
    ]  # fmt: skip
    failed = task(1, reason={"Reason": "x", "Message": MARKUP}, executor=MARKUP)
    _, markdown, html = try_all(read([*start, gone, failed]))
    assert "onerror" in html
    assert not re.search(r"<(script|img)", html)
    assert "onerror" in markdown
    assert not re.search(r"(?<!\\)(<(script|img)|\]\(javascript)", markdown)
