"""The register of refusals against what the real classes and real JVMs said: not one difference, to the letter."""

import json
from collections import Counter
from pathlib import Path

import pytest
import replay_flags
import replay_refusals

from sparkmem.release import RELEASES
from sparkmem.spark.settings.keys import KEYS
from tools.oracle import refusals, refused_flags, taken

HERE = Path(__file__).parent
RECORDING = json.loads((HERE / "refusals.json").read_text())
FLAGS = json.loads((HERE / "refused-flags.json").read_text())["rows"]
ASKED = [(case, outcome, release) for case in RECORDING["cases"] for outcome in case["said"]
         for release in outcome["releases"].split()]  # fmt: skip
KINDS = tuple(dict.fromkeys(case["kind"] for case in RECORDING["cases"]))


@pytest.mark.parametrize("kind", KINDS)
def test_no_refusal_differs_from_real_spark(kind):
    differences = []
    for case, outcome, release in ASKED:
        if case["kind"] == kind:
            said, real = replay_refusals.said(case, release.rpartition(".")[0]), replay_refusals.recorded(outcome)
            if said != real:
                differences.append(f"{release} {case}: the model says {said!r}, Spark {real!r}")
    assert not differences, f"{len(differences)} differ:\n" + "\n".join(differences[:10])


def test_no_flag_is_refused_in_other_words_than_a_real_jvm_s():
    differences = []
    for row in FLAGS:
        for options, java, real in replay_flags.recorded(row):
            said = replay_flags.said(options, java)
            if said != real:
                differences.append(f"Java {java} {options}: the model says {said!r}, the JVM {real!r}")
    assert not differences, f"{len(differences)} differ:\n" + "\n".join(differences[:10])


class TestWhatWasAsked:
    def test_every_key_that_is_taken(self):
        assert set(taken.SHAPES) == {key.name for key in KEYS.values() if key.memory}
        assert {case["key"] for case in RECORDING["cases"] if case["kind"] == "reading"} == set(taken.SHAPES)

    def test_four_hundred_refusals_and_more_of_each_release(self):
        refused = Counter(release for _, outcome, release in ASKED if "error" in outcome)
        assert set(refused) == set(RECORDING["jvms"])
        assert refused.total() >= 3000
        assert {release.rpartition(".")[0] for release in refused} == set(RELEASES), "each release was asked"
        assert min(refused.values()) >= 400

    def test_no_question_is_left_that_the_seed_does_not_ask(self):
        seed = RECORDING["seed"]
        wanted = {json.dumps(case) for release in RECORDING["jvms"] for case in refusals.questions(release, seed)}
        kept = {json.dumps({name: case[name] for name in case if name != "said"}) for case in RECORDING["cases"]}
        assert kept == wanted

    def test_flags_on_every_java(self):
        assert [row["flags"] for row in FLAGS] == refused_flags.questions()
        javas = Counter(java for row in FLAGS for said in row["said"] for java in said["java"])
        assert set(javas) == {11, 17, 21, 25}
        assert sum(said["status"] != 0 for row in FLAGS for said in row["said"]) >= 100
