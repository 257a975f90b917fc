"""The experiments: what each states must hold for the figures that were recorded, and for a few that are measured now.

The statements are checks in the folder of that name, by group.  The recordings are in lab.json (`make lab` makes
them again); the quick experiments also run here, on the JVM of this machine.
"""

import json
import tempfile
import tomllib
from pathlib import Path

import pytest
from statements import CHECKS, GROUPS, RUNS, Run

from tests.rows import each
from tools.lab import java, record
from tools.lab.experiment import EXPERIMENTS
from tools.oracle import packages

ROOT = Path(__file__).parents[2]
QUICK = sorted(experiment.id for experiment in EXPERIMENTS.values() if experiment.quick)


@each(RUNS, lambda row: f"{row['id']}:{row['on']}")
def test_what_an_experiment_states_holds_for_its_figures(row):
    CHECKS[row["id"]](Run(row["figures"], row["java"], row["spark"]))


@pytest.mark.parametrize("experiment_id", QUICK)
def test_what_a_quick_experiment_states_holds_on_the_jvm_of_this_machine(experiment_id):
    jvm = java.installed()
    if jvm.major not in (11, 17, 21, 25):  # what is stated was measured on these
        jvm = java.of(17)
    CHECKS[experiment_id](Run(EXPERIMENTS[experiment_id].measure(jvm), jvm.version))


def test_every_experiment_has_a_check_and_every_check_an_experiment():
    assert set(CHECKS) == set(EXPERIMENTS)
    assert len(EXPERIMENTS) >= 25
    assert len(QUICK) >= 5


def test_each_group_has_its_checks_in_a_module_of_its_own():
    groups = tomllib.loads((ROOT / "content" / "experiments.toml").read_text())["group"]
    assert {name: sorted(checks) for name, checks in GROUPS.items()} == {
        group["id"].removeprefix("experiments-").replace("-", "_"): sorted(group["experiments"]) for group in groups
    }


def test_every_run_of_every_experiment_is_recorded_and_nothing_else():
    wanted = sorted((experiment.id, on) for experiment in EXPERIMENTS.values() for on in experiment.on)
    assert [(row["id"], row["on"]) for row in RUNS] == wanted, "run make lab ARGS=--new"


@each(RUNS, lambda row: f"{row['id']}:{row['on']}")
def test_a_recording_says_what_was_run_on_what(row):
    experiment = EXPERIMENTS[row["id"]]
    assert {name: row[name] for name in ("question", "statement", "ran")} == {
        name: value for name, value in record.words(experiment).items() if name != "id"}, "run make lab ARGS=--texts"
    assert row["first"] == (row["on"] == experiment.on[0])
    assert row["command"] == f'make lab ARGS="{row["id"]}:{row["on"]}"'
    kind, _, version = row["on"].partition("-")
    assert row["spark"] == (version if kind == "spark" else None)
    if kind == "java":
        assert row["java"].startswith(f"{version}.")
    assert row["figures"]
    for figure in row["figures"].values():
        assert len(figure) == 1
        assert set(figure) <= {"bytes", "count", "ratio", "text", "yes"}


def test_no_recording_names_a_path_or_a_host():
    text = record.PATH.read_text()
    for path in (Path.home(), Path.cwd(), packages.CACHE, tempfile.gettempdir()):
        assert f"{path}/" not in text
    assert json.loads(text)["command"] == "make lab"
    assert record.PATH.parent == Path(__file__).parent
