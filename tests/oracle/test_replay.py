"""The model against what real Spark and real JVMs answered: not one difference."""

import json
from collections import Counter
from pathlib import Path

import pytest
import replay
import replay_containers
from test_recordings import refused

import sparkmem
from sparkmem.calculators import CALCULATORS
from sparkmem.spark.containers.yarn import granted_mib

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


class TestRounding:
    ROWS = json.loads((HERE / "rounding.json").read_text())["rows"]
    RULED = tuple(row for row in ROWS if row["step"] > 0)

    def test_no_container_differs_from_yarn_s(self):
        said = [granted_mib(row["asked"], row["minimum"], row["step"], row["maximum"]) for row in self.RULED]
        differences = [(row, mib) for row, mib in zip(self.RULED, said, strict=True) if mib != row["granted"]]
        assert not differences
        assert len(self.RULED) >= 1000
        assert {row["calculator"] for row in self.RULED} == {"default", "dominant"}

    def test_the_calculator_grants_the_same(self):
        """Heap and nothing else: the overhead is given as 0.  Above its maximum YARN is not even asked."""
        asked = 0
        for row in self.RULED[::4]:
            if row["asked"] > row["maximum"] or not row["minimum"]:
                continue
            asked += 1
            fair = {"yarn-scheduler": "fair", "yarn-increment-allocation": str(row["step"])}
            result = CALCULATORS["container-request"].alone({
                "spark.executor.memory": f"{row['asked']}m", "spark.executor.memoryOverhead": "0",
                "spark.driver.memory": "1m", "spark.driver.memoryOverhead": "0", "deploy-mode": "cluster",
                "yarn-minimum-allocation": str(row["minimum"]), "yarn-maximum-allocation": str(row["maximum"]),
                **({} if row["step"] == row["minimum"] else fair),
            })  # fmt: skip
            (limit,) = [line.size_bytes for line in result.rows() if line.id == "container-limit"]
            assert limit == row["granted"] << 20, row
        assert asked >= 150

    def test_a_step_of_0_has_no_rule_and_is_refused(self):
        """Hadoop 2 grants nothing; Hadoop 3 takes the minimum, and its two calculators differ where that is 0 too."""
        rows = [row for row in self.ROWS if row["step"] == 0]
        followed = [row["granted"] == granted_mib(row["asked"], row["minimum"], row["minimum"] or 1, row["maximum"])
                    for row in rows]  # fmt: skip
        assert 0 < sum(followed) < len(rows)
        for name in ("yarn-minimum-allocation", "yarn-increment-allocation"):
            (error,) = sparkmem.evaluate({"calculator": "container-request", "inputs": {name: "0"}})["errors"]
            assert error["input"] == name


def test_every_release_of_the_model_was_recorded():
    from sparkmem.release import RELEASES

    recorded = {recording["release"] for recording in RECORDINGS}
    missing = [r.witness for r in RELEASES.values() if r.witness not in recorded]
    assert not missing, f"no recording of {missing}: run make oracle RELEASE=…"
