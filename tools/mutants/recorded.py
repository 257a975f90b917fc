"""A thin slice of what real Spark and real JVMs answered, for changes of the arithmetic: make test replays all of it."""

import json
import re
from pathlib import Path

import pytest
import replay
import replay_containers
import test_manager_sizes
import test_traces as real_traces

from sparkmem.spark.containers.yarn import granted_mib

RECORDED = Path(__file__).parents[2] / "tests" / "oracle"
MODULES = {kind: module for module in (replay, replay_containers) for kind in module.KINDS}
EACH = 40
"""One case of so many of a kind and release; of what has fewer, half a dozen."""
TRACES = 9
"""One trace of so many."""


def _slices():
    for file in sorted(RECORDED.glob("spark-*.json")):
        release, by_kind = file.stem.removeprefix("spark-").rpartition(".")[0], {}
        for case in json.loads(file.read_text())["cases"]:
            by_kind.setdefault(case["kind"], []).append(case)
        for kind, cases in by_kind.items():
            thin = cases[:: max(1, min(EACH, len(cases) // 6))]
            worded = {_wording(case): case for case in reversed(cases) if "error" in case}.values()
            yield pytest.param(release, [*thin, *worded], id=f"{kind}-{release}")


def _wording(case):
    """The text of a refusal without what differs from value to value: of each wording one case is taken."""
    return re.sub(r"'[^']*'|\"[^\"]*\"|[0-9.]+", "", case["error"]["message"])[:60]


SLICES = list(_slices())
HEAPS = json.loads((RECORDED / "heap.json").read_text())
ROUNDING = [row for row in json.loads((RECORDED / "rounding.json").read_text())["rows"] if row["step"] > 0]


@pytest.mark.parametrize(("release", "cases"), SLICES)
def test_spark(release, cases):
    for case in cases:
        asked = MODULES[case["kind"]]
        assert asked.said(case, release) == asked.recorded(case)


@pytest.mark.parametrize(("release", "cases"), [each for each in SLICES if each.id.startswith(("umm", "static"))])
def test_managers(release, cases):
    for case in cases:
        if "spark.testing.memory" in case["conf"] and "spark.memory.unmanagedMemoryPollingInterval" not in case["conf"]:
            assert test_manager_sizes.said(case, release) == test_manager_sizes.recorded(case)


@pytest.mark.parametrize("release", real_traces.FILES)
@pytest.mark.parametrize("part", range(4))
def test_traces(release, part):
    for case in real_traces.recording(release)["cases"][part :: 4 * TRACES]:
        said = real_traces.replayed(release, case)
        assert said == case["answer"]


@pytest.mark.parametrize("part", range(8))
def test_heaps(part):
    for row in HEAPS["rows"][part::32]:
        assert replay.heap_said(row, HEAPS["machine"]) == replay.heap_recorded(row)


def test_rounding():
    for row in ROUNDING:
        assert granted_mib(row["asked"], row["minimum"], row["step"], row["maximum"]) == row["granted"]
