"""What a run of the tests costs is measured and kept, and a test that costs much says why."""

import json
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import budget
from tools.kept import keep, kept
from tools.suite import dealt, processor, record, recorder

pytest_plugins = ["pytester"]

_CONFTEST = f"""
import sys

sys.path.insert(0, {str(Path(__file__).parents[1])!r})
from tools.suite.recorder import Recorder

def pytest_configure(config):
    config.pluginmanager.register(Recorder(config, config.rootpath / "suite.json", limit_seconds=0.05))
"""
_TESTS = """
import subprocess, sys, time
import pytest

def work(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass

@pytest.fixture(scope="session")
def shared():
    work(0.15)

def test_light(shared):
    pass

def test_named():
    work(0.08)

def test_heavy():
    subprocess.run([sys.executable, "-c", "import time\\nwhile time.process_time() < 0.2: pass"], check=True)

@pytest.mark.costly("it has to")
def test_explained():
    work(0.1)

@pytest.mark.costly
def test_without_a_reason():
    work(0.1)
"""
_ENDED_AT_LAST = """
import os, signal, subprocess, sys
import pytest

INNER = "import time\\nwhile time.process_time() < 0.25: pass\\nprint(flush=True)\\ntime.sleep(60)"
OUTER = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {INNER!r}])"
OUTER += "; print(p.pid, flush=True); p.wait()"

@pytest.fixture(scope="session")
def browser():
    outer = subprocess.Popen([sys.executable, "-c", OUTER], stdout=subprocess.PIPE, text=True)
    inner = int(outer.stdout.readline())
    yield outer
    outer.kill()
    outer.wait()
    outer.stdout.close()
    os.kill(inner, signal.SIGKILL)

def test_with_a_browser(browser):
    browser.stdout.readline()
"""


@pytest.fixture
def suite(pytester):
    """A function that runs five tests, of which three cost too much; the result, and what was written down, if anything."""
    pytester.makeini("[pytest]\ntestpaths = .\nmarkers = costly(reason): as in ours\naddopts = -p no:hypothesispytest")
    pytester.makeconftest(_CONFTEST)
    pytester.makepyfile(test_inner=_TESTS)

    def run(*arguments: str):
        result = pytester.runpytest_subprocess(*arguments)
        path = pytester.path / "suite.json"
        return result, json.loads(path.read_text()) if path.exists() else None

    return run


@pytest.mark.parametrize("workers", ["-n0", "-n2"])
def test_each_test_and_each_shared_fixture_is_measured_and_the_unexplained_named(suite, workers):
    result, found = suite(workers)
    result.assert_outcomes(passed=5)
    named = [line for line in result.outlines if "s of processor time: make it cheaper, or say why" in line]
    assert sorted(line.partition("::")[2].partition(":")[0] for line in named) == [
        "test_heavy", "test_named", "test_without_a_reason",
    ]  # fmt: skip
    spent = {nodeid.partition("::")[2]: seconds for nodeid, seconds in found["tests"].items()}
    assert spent["test_light"] < 0.05, "what is shared is nobody's"
    assert 0.08 <= spent["test_named"] < 0.2 <= spent["test_heavy"], "processes that a test started count"
    ((fixture, (seconds, times)),) = found["fixtures"].items()
    assert fixture.endswith("::shared")
    assert seconds >= 0.15
    assert times == 1
    assert found["failed"] == 0
    assert found["processor_seconds"] >= sum(spent.values()) + seconds


@pytest.mark.parametrize("workers", ["-n0", "-n1"])
def test_what_a_browser_took_that_all_tests_share_counts_when_it_has_been_ended(suite, pytester, workers):
    pytester.makepyfile(test_inner=_ENDED_AT_LAST)
    _, found = suite(workers)
    (spent,) = found["tests"].values()
    assert spent >= 0.2
    assert found["processor_seconds"] >= 0.22


@pytest.mark.parametrize("part", [["-k", "light or named"], ["test_inner.py::test_light"]])
def test_a_part_of_the_suite_is_not_kept_as_the_whole(suite, part):
    result, found = suite("-n0", *part)
    assert result.ret == 0
    assert found is None


def test_a_check_knows_what_a_test_cost_in_any_run_and_leaves_out_what_it_is_told(suite, pytester, monkeypatch):
    suite("-n0", "-k", "light")
    known = record.costs(pytester.path / "costs.json")
    assert [name.partition("::")[2] for name in known] == ["test_light"]
    left = pytester.path / "left.json"
    left.write_text(json.dumps([*known]))
    monkeypatch.setenv(budget.LEFT, str(left))
    monkeypatch.setenv("PYTHONPATH", str(record.ROOT))
    result, _ = suite("-n0", "-p", "tests.budget", "-k", "light or named")
    result.assert_outcomes(passed=1, deselected=4)
    assert {name.partition("::")[2] for name in record.costs(pytester.path / "costs.json")} == {"test_light", "test_named"}


BUSY = "import time\nwhile time.process_time() < 0.3: pass\nprint(flush=True)\ninput()"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="they are seen on Linux only")
def test_processes_that_still_run_count(monkeypatch):
    alone = not processor._has_children()  # else this worker has a browser, which is looked at as long as it runs
    read = []
    stat = processor._stat
    monkeypatch.setattr(processor, "_stat", lambda name: read.append(name) or stat(name))
    before = processor.seconds(afresh=True)
    with subprocess.Popen([sys.executable, "-c", BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as one:
        one.stdout.readline()
        assert processor.seconds() >= before + 0.2 > 0.2
        strangers = processor._strangers & set(read)  # a browser that this worker has started is none
        assert strangers
        read.clear()
        with subprocess.Popen([sys.executable, "-c", BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as another:
            another.stdout.readline()
            assert processor.seconds() >= before + 0.4, "one that came later counts as well"
            assert strangers.isdisjoint(read), "who is no child of ours is not asked each time"
            processor.seconds(afresh=True)
            assert not strangers.isdisjoint(read)
            assert processor.seconds_of(another.pid) >= 0.2
            assert processor.seconds() >= before + 0.4, "another's strangers are not ours"
            another.communicate(b"\n")
        one.communicate(b"\n")
    read.clear()
    assert processor.seconds() >= before + 0.4, "nor is it forgotten when it has ended"
    assert read == [] or not alone, "where nothing was started, nobody else is looked at"


def test_a_test_without_processes_of_its_own_is_measured_in_no_time():
    began = time.process_time()
    for _ in range(100):
        processor.seconds()
    assert time.process_time() - began < 0.1


def test_the_last_run_is_shown_with_the_commit_that_it_was_of(tmp_path):
    path = tmp_path / "build" / "suite.json"
    assert record.last_line(path) == record.NO_RECORD
    run = record.Record("abc", 1, 2, 100.0, 180.0, {"tests/a.py::b": 1.0}, {"page": (0.5, 3)})
    record.write(run, path)
    assert record.read(path) == run
    assert record.last_line(path).startswith(f"{run.line()}, 1 failed (at abc;")
    record.write(record.Record(record.commit(), 0, 2, 1.0, 1.0, {}, {}), path)
    assert "(at" not in record.last_line(path)


def test_runs_that_end_at_once_leave_a_whole_file_and_a_spoiled_one_counts_as_none(tmp_path):
    path = tmp_path / "build" / "costs.json"
    tests = {f"tests/a.py::b[{number}]": 1.0 for number in range(2000)}
    script = "import json, sys; from pathlib import Path; from tools.suite import record\n"
    script += "for _ in range(20): record.keep_costs(json.loads(sys.argv[1]), Path(sys.argv[2]))"
    parts = (dict(list(tests.items())[:count]) for count in (2000, 1000))
    runs = [subprocess.Popen([sys.executable, "-c", script, json.dumps(part), path], cwd=record.ROOT) for part in parts]
    while any(run.poll() is None for run in runs):
        assert not path.exists() or json.loads(path.read_text()), "half a file"
    assert [run.returncode for run in runs] == [0, 0]
    assert record.costs(path) == tests
    assert [file.name for file in path.parent.iterdir()] == ["costs.json"]
    for spoiled in (path.read_text() + "]", path.read_text()[:-9], "[]", "", "\x00"):
        path.write_text(spoiled)
        assert record.costs(path) == {}
        assert record.read(path) is None
        record.keep_costs({"tests/a.py::c": 2.0}, path)
        assert record.costs(path) == {"tests/a.py::c": 2.0}


def test_what_cannot_be_written_leaves_what_was_kept(tmp_path):
    keep({"a": 1}, tmp_path / "kept.json")
    with pytest.raises(TypeError):
        keep({"a": object()}, tmp_path / "kept.json")
    assert kept(tmp_path / "kept.json") == {"a": 1}
    assert [file.name for file in tmp_path.iterdir()] == ["kept.json"]


def test_the_limit_is_that_of_the_marker(pytestconfig):
    (marker,) = [line for line in pytestconfig.getini("markers") if line.startswith("costly")]
    assert f"more than {recorder.LIMIT_SECONDS} s" in marker


@pytest.mark.parametrize("workers", [1, 2, 3, 4])
def test_each_worker_begins_with_its_share_of_what_costs_much_and_ends_with_what_is_small(workers):
    files = [f"tests/{name}.py" for name in "abcdefgh" for _ in range(5)] + ["tests/many.py"] * 160
    costs = [number // 5 + 1.0 for number in range(40)] + [0.001] * 160
    order = dealt.dealt(files, costs, workers)
    assert sorted(order) == list(range(200))
    hands = [order[200 * worker // workers : 200 * (worker + 1) // workers] for worker in range(workers)]
    shares = [sum(costs[place] for place in hand) for hand in hands]
    assert max(shares) - min(shares) <= 40, "no more than the largest file"
    for hand in hands:
        assert [costs[place] for place in hand] == sorted((costs[place] for place in hand), reverse=True)
        for file in set(files):
            places = [files[place] for place in hand].count(file)
            assert file == "tests/many.py" or places in (0, 5), "tests of a file share what they set up"


def test_tests_that_run_in_one_process_stay_as_they_are():
    items = [SimpleNamespace(nodeid=nodeid) for nodeid in ("a.py::first", "b.py::second", "tests/browser/c.py::third")]
    dealing = dealt.Dealt({"b.py::second": 5.0})
    for config, order in ((SimpleNamespace(), [0, 1, 2]), (SimpleNamespace(workerinput={"workercount": 1}), [1, 2, 0])):
        found = list(items)
        dealing.pytest_collection_modifyitems(config, found)
        assert found == [items[place] for place in order]
