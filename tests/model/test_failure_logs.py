"""Whole logs that real Spark wrote on purpose (tools/runs/texts): the true cause first, none where all was well."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest

from sparkmem.diagnosis.diagnose import Diagnosis, diagnosed
from sparkmem.diagnosis.finding import CAUSE, KINDS
from tools.runs.failures import FAILURES

KEPT = Path(__file__).parents[1] / "logs"
LOGS = sorted(path.name.removesuffix(".gz") for path in KEPT.glob("*.gz"))
FAILING = [name for name in LOGS if FAILURES[name.rpartition("-")[0]].expect]
HEALTHY = [name for name in LOGS if not FAILURES[name.rpartition("-")[0]].expect]


@cache
def text(name: str) -> str:
    return gzip.decompress((KEPT / f"{name}.gz").read_bytes()).decode()


@cache
def read(name: str) -> Diagnosis:
    return diagnosed(text(name))


KINDS_KEPT, HEALTHY_KEPT, LINES_OF_HEALTHY = 12, 5, 150
REFUSED = ("executor-memory-refused", "off-heap-without-size")
"""Jobs that fail before there is an executor."""
DRIVER_ALONE = ("python-worker-killed-3.5.9", "healthy-aggregation")
"""Logs that were kept before the files of executors were."""


def test_no_kind_of_failure_is_kept_of_one_release_alone():
    kinds = {release: {FAILURES[name.rpartition("-")[0]].expect for name in FAILING if name.endswith(release)}
             for release in ("4.3.0", "3.5.9")}  # fmt: skip
    assert kinds["4.3.0"] == kinds["3.5.9"]
    assert len(kinds["4.3.0"]) >= KINDS_KEPT
    assert len(HEALTHY) >= HEALTHY_KEPT


@pytest.mark.parametrize("name", FAILING)
def test_the_true_cause_is_first_and_consequences_are_below_it(name):
    found = read(name)
    first = found.first
    assert (first.finding.id, first.finding.kind) == (FAILURES[name.rpartition("-")[0]].expect, CAUSE)
    kinds = [KINDS.index(one.finding.kind) for one in found.findings]
    assert kinds == sorted(kinds)


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_log_has_no_cause(name):
    assert [one.finding.id for one in read(name).causes] == []


def test_no_line_of_a_healthy_log_is_a_cause_by_itself():
    """As somebody pastes the one line that looks bad; of lines that differ in numbers alone, one."""
    lines = {re.sub(r"[0-9]+", "0", line): line for name in HEALTHY for line in text(name).splitlines() if line.strip()}
    assert len(lines) >= LINES_OF_HEALTHY
    wrong = [line for line in lines.values() if any(one.finding.kind == CAUSE for one in diagnosed(line).findings)]
    assert wrong == []


@pytest.mark.parametrize("name", FAILING)
def test_the_driver_alone_says_that_something_failed_and_no_other_cause(name):
    found = diagnosed(text(name).partition("==> executor-")[0])
    assert found.findings
    assert {one.finding.id for one in found.causes} <= {one.finding.id for one in read(name).causes}


@pytest.mark.parametrize("name", LOGS)
def test_driver_and_executors_are_in_it_and_nothing_of_a_machine(name):
    found = text(name)
    assert found.startswith("==> driver/stderr <==\n")
    assert ("\n==> executor-0/stderr <==\n" in found) == (not name.startswith((*REFUSED, *DRIVER_ALONE)))
    assert [word for word in ("/root", "/home", "/tmp", "/usr", "/opt", "/var", "/work") if f"{word}/" in found] == []
    assert set(re.findall(r"OS info (.*)", found)) <= {"Linux, 6.1, amd64"}
    assert set(re.findall(r"acls to: (\w+)", found)) <= {"somebody"}
    assert set(re.findall(r"process name: [0-9]+@(\S+)", found)) <= {"worker-1"}
    assert set(re.findall(r"(?<![\w.:-])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![\w.])", found)) <= {"127.0.0.1", "0.0.0.0"}
