"""The model against what real Spark and real JVMs answered: not one difference."""

import json
from collections import Counter
from pathlib import Path

import pytest
import replay
import replay_containers
from test_recordings import refused

HERE = Path(__file__).parent
RECORDINGS = [json.loads(file.read_text()) for file in sorted(HERE.glob("spark-*.json"))]

UNSEEN_OVERFLOWS = json.loads((HERE / "overflows.json").read_text())
"""By release, the cases in which a sum of Spark's overflows unseen: Spark asks for a container of some other size,
the model says which, and the calculator refuses.  Nothing else is known not to agree; the page "checked" counts them."""


def recordings():
    for recording in RECORDINGS:
        major, minor, _ = recording["release"].split(".")
        yield pytest.param(recording, f"{major}.{minor}", id=recording["release"])


MODULES = {kind: module for module in (replay, replay_containers) for kind in module.KINDS}


@pytest.mark.parametrize(("recording", "release"), list(recordings()))
def test_no_answer_differs_from_real_spark(recording, release):
    """Every recorded case, of every kind: each field of the answer, and each refusal to the letter."""
    differences, unseen = [], []
    for case in recording["cases"]:
        asked = MODULES[case["kind"]]
        said, real = asked.said(case, release), asked.recorded(case)
        if said != real:
            differences.append(f"{case['id']} {case}: the model says {said}")
        elif asked is replay_containers and asked.overflows(case, release):
            unseen.append(case["id"])
    assert not differences, f"{len(differences)} of {len(recording['cases'])} differ:\n" + "\n".join(differences[:20])
    assert unseen == UNSEEN_OVERFLOWS[recording["release"]]


def test_every_recorded_kind_is_replayed_and_every_replay_has_its_cases():
    kinds = {case["kind"] for recording in RECORDINGS for case in recording["cases"]}
    assert kinds == set(MODULES)
    texts = {case["error"]["message"] for recording in RECORDINGS for case in recording["cases"] if "error" in case}
    assert len(texts) >= 1000, "refusals are compared by their texts: there must be many"


def test_enough_was_recorded_and_a_fifth_of_it_refused():
    counts = {recording["release"]: Counter(map(refused, recording["cases"])) for recording in RECORDINGS}
    for release, count in counts.items():
        assert count.total() >= 500, release
        assert count[True] >= count.total() / 5, release
    assert sum(count.total() for count in counts.values()) >= 6000


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

    recorded = {recording["release"] for recording in RECORDINGS}
    missing = [r.witness for r in RELEASES.values() if r.witness not in recorded]
    assert not missing, f"no recording of {missing}: run make oracle RELEASE=…"
