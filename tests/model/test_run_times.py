"""Times of a log that cannot be: each contradiction is said, and dates of any kind are survived in every face."""

import json

import pytest

from sparkmem.eventlog.fold import empty, feed_all, verdict
from sparkmem.javalang import LONG_MAX
from sparkmem.render.run.html import run_html
from sparkmem.render.run.markdown import run_markdown
from sparkmem.render.run.text import run_text
from sparkmem.runs.report import as_dict, report
from tests.model.test_eventlog import BEGINNING, line, task

DAY = 86_400_000
NOW = 1_790_000_000_000


def added(at, removed=None):
    events = [{"Event": "SparkListenerExecutorAdded", "Timestamp": at, "Executor ID": "1",
               "Executor Info": {"Host": "h", "Total Cores": 2}}]  # fmt: skip
    if removed is not None:
        events.append({"Event": "SparkListenerExecutorRemoved", "Timestamp": removed, "Executor ID": "1"})
    return events


def stage(submitted, completed):
    info = {"Stage ID": 0, "Number of Tasks": 1, "Submission Time": submitted, "Completion Time": completed}
    return {"Event": "SparkListenerStageCompleted", "Stage Info": info}


def reported(*events, started=NOW):
    start = {"Event": "SparkListenerApplicationStart", "App Name": "a", "App ID": "b", "Timestamp": started}
    state = empty()
    feed_all(state, b"\n".join(map(line, (BEGINNING[0], start, *events))), (1, 1))
    return report(verdict(state))


def doubts(found):
    return next((one.says for one in found.findings if one.id == "times-doubtful"), "")


@pytest.mark.parametrize(("events", "says"), [
    (added(NOW + 593 * DAY), "nothing happened for 593.0 days"),
    (added(NOW + 60_000, NOW + 1000), "1 executors were removed before they were added"),
    ([stage(NOW + 9000, NOW + 3000)], "1 stages ended before they began"),
    ([*added(NOW + 2 * DAY), stage(NOW + 1000, NOW + 2000), task(1, launch=NOW + 1000, finish=NOW + 2000)],
     "1 of 1 stages ended before any executor was added, the first by 2.0 days"),
    (added(253_386_000_000_000), "events are of the year 9999"),
    (added(5), "events are of the year 1970"),
])  # fmt: skip
def test_what_cannot_be_is_said(events, says):
    assert says in doubts(reported(*events))


def test_a_usual_run_has_none():
    ran = [stage(NOW + 6000, NOW + 9 * DAY), task(1, launch=NOW + 6000, finish=NOW + 7000)]
    usual = [*added(NOW + 5000, NOW + 9 * DAY), *ran]
    assert doubts(reported(*usual)) == ""


@pytest.mark.parametrize("at", [1, 253_386_000_000_000, (1 << 46) - 1, LONG_MAX])
def test_dates_of_any_kind_are_survived_in_every_face(at):
    found = reported(*added(at), stage(at, at), task(1, peak=5, launch=at, finish=at), started=at)
    assert run_text(found)
    assert run_markdown(found)
    assert run_html(found, "read-a-run/")
    assert json.dumps(as_dict(found))
