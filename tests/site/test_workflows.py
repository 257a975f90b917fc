"""What runs on every push may do no more than it needs, and is what it was when somebody looked at it."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def jobs():
    return [(path.stem, name, job) for path in WORKFLOWS for name, job in yaml.safe_load(path.read_text())["jobs"].items()]


def test_nothing_is_granted_to_a_whole_workflow():
    assert len(WORKFLOWS) >= 2
    for path in WORKFLOWS:
        assert yaml.safe_load(path.read_text())["permissions"] == {}, path


def test_only_deploy_may_write_and_it_runs_nothing_of_ours():
    writers = {name: job for _, name, job in jobs() if "write" in job["permissions"].values()}
    assert set(writers) == {"deploy"}
    assert writers["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert not [step for step in writers["deploy"]["steps"] if "run" in step]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_each_action_is_one_commit_and_says_which_version_that_is(workflow):
    used = re.findall(r"uses: *(\S+)(.*)", workflow.read_text())
    assert used
    for action, comment in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action


def test_no_checkout_leaves_its_token_behind():
    steps = [step for _, _, job in jobs() for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert steps
    assert all(step["with"]["persist-credentials"] is False for step in steps)


def test_what_is_pinned_is_looked_after():
    watched = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text())["updates"]
    assert {one["package-ecosystem"]: one["directory"] for one in watched} == {
        "github-actions": "/",
        "pip": "/requirements",
        "npm": "/",
    }
