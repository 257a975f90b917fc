"""The model against what real Spark and real JVMs answered: not one difference."""

import json
from collections import Counter
from pathlib import Path

import pytest
import replay
import replay_containers

MODULES = (replay, replay_containers)

HERE = Path(__file__).parent
SPARK = sorted(HERE.glob("spark-*.json"))


def recordings():
    for file in SPARK:
        recording = json.loads(file.read_text())
        major, minor, _ = recording["release"].split(".")
        yield pytest.param(recording, f"{major}.{minor}", id=recording["release"])


@pytest.mark.parametrize(("recording", "release"), list(recordings()))
def test_no_answer_differs_from_real_spark(recording, release):
    compared, differences = Counter(), []
    for case in recording["cases"]:
        asked = next((module for module in MODULES if module.comparable(case)), None)
        if asked is None:
            continue
        compared[case["kind"], "error" in case] += 1
        said, real = asked.said(case, release), asked.recorded(case)
        if said != real:
            differences.append(f"{case['id']} {case}: the model says {said}")
    assert not differences, f"{len(differences)} of {compared.total()} differ:\n" + "\n".join(differences[:20])
    assert compared["umm", False] >= 300
    assert compared["umm", True] >= 100
    assert compared["bytes", False] + compared["bytes", True] >= 100


def test_no_heap_differs_from_a_real_jvm():
    recording = json.loads((HERE / "heap.json").read_text())
    differences = []
    for row in recording["rows"]:
        said = replay.heap_said(row, recording["machine"])
        if said != replay.heap_recorded(row):
            differences.append(f"{row}: the model says {said}")
    assert not differences, f"{len(differences)} of {len(recording['rows'])} differ:\n" + "\n".join(differences[:20])
    assert len(recording["rows"]) >= 1500


def test_every_release_of_the_model_was_recorded():
    from sparkmem.release import RELEASES

    recorded = {json.loads(file.read_text())["release"] for file in SPARK}
    missing = [r.witness for r in RELEASES.values() if r.witness not in recorded]
    assert not missing, f"no recording of {missing}: run make oracle RELEASE=…"
