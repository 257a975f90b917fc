"""One release live: fresh questions, put to the real classes on a JVM and to the model in the same minute.

The recordings hold every release in place; this shows that they can still be made, and that the model agrees on
cases that nobody has seen.  Jars and JVM come through pip, once, into build/oracle.
"""

import os
import secrets
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
import replay
import replay_containers

from sparkmem.spark.containers.yarn import granted_mib
from sparkmem.spark.settings.config import TEST_MEMORY
from sparkmem.spark.settings.register import entries
from tools.oracle import record, rounding, vocabulary
from tools.oracle.jvm import COLLECTORS
from tools.oracle.kinds import all_kinds, confget

RELEASE = "4.3.0"
MINOR = RELEASE.rpartition(".")[0]
CASES = {
    "umm": 150, "bytes": 80, "confget": 80, "profile": 50, "yarn": 50, "k8s": 50,
    "standalone": 30, "validate": 30, "constants": 10, "uiBytes": 5,
}  # fmt: skip
MODULES = {kind: module for module in (replay, replay_containers) for kind in module.KINDS}

VALUES = {
    "text": ["java", "python", "r", "x", "", " java"],
    "ms": ["1s", "0", "-1", "5m", "2min", "3h", "1d", "999us", "-1500us", "1.5s", " 1S ", "1 s", "x", "", "7x", "+1s",
           "9223372036854775807d", "-9223372036854775807d", "9223372036854775808", "9223372036854775807us"],
    "boolean": vocabulary.SWITCHES,
    "int": ["1", "0", "-1", "+5", " 7 ", "2147483647", "2147483648", "1.0", "x", ""],
    "long": ["1", "0", "-1", "+5", " 7 ", "9223372036854775807", "9223372036854775808", "1.0", "x", ""],
    "double": vocabulary.FRACTIONS,
    "bytes": vocabulary.SIZES,
    "MiB": vocabulary.SIZES,
}  # fmt: skip
"""By kind of entry, for the keys that were not recorded."""

NOT_OF_CORE = ("spark.sql.", "spark.task.cpus")
"""Entries that the core does not register, and the one whose value is no number of Java's own."""


@pytest.fixture
def seed() -> int:
    """Another one each time; ORACLE_SEED asks the same questions again."""
    return int(os.environ.get("ORACLE_SEED") or secrets.randbelow(1 << 32))


def chosen(seed: int) -> list[dict]:
    """Questions of every kind; of those that have both, the ones that are drawn come last, and are preferred.

    Under G1 and one other collector, since each costs a JVM with all of Spark; the recordings have all of them.
    """
    random, found = Random(seed), []
    collectors = {"g1", random.choice(sorted({*COLLECTORS} - {"g1"}))}
    questions = [case for case in record.questions(RELEASE, seed) if case.get("gc", "g1") in collectors]
    for kind, count in CASES.items():
        mine = [case for case in questions if case["kind"] == kind]
        drawn = mine[-2 * count :]
        found += random.sample(drawn, min(count, len(drawn)))
    for entry in entries(MINOR).values():
        if entry.key not in confget.KEYS and not entry.key.startswith(NOT_OF_CORE):
            case = {"kind": "confget", "id": entry.key, "key": entry.key}
            texts = random.sample(VALUES[entry.kind], min(len(VALUES[entry.kind]), 20))
            # By default spark.testing.memory is what the JVM that is asked reports.
            found += [case] if entry is not TEST_MEMORY else []
            found += [{**case, "value": text} for text in texts]
    return found


def answered(cases: list[dict], roundings: list[dict]) -> Iterator[tuple[str, dict, object, object]]:
    """Each question's kind, the question with its answer, what the model says, what the real classes say."""
    kinds = {kind.KIND: kind for kind in all_kinds()}
    for real, group in record.by_collector(RELEASE, cases):
        for case in group:
            asked, found = MODULES[case["kind"]], {**case, **record.outcome(real, kinds[case["kind"]], case)}
            yield case["kind"], found, asked.said(case, MINOR), asked.recorded(found)
        for question in roundings:
            said = granted_mib(question["asked"], question["minimum"], question["step"], question["maximum"])
            yield "rounding", question, said, rounding.granted(real, question)
        roundings = []  # the first JVM was asked: YARN's calculators know nothing of collectors


@pytest.mark.costly("real Spark on two JVMs, one for each collector")
def test_fresh_questions_have_the_same_answers_from_real_spark(seed):
    """In one test, so that one JVM for each collector is enough, whoever runs the suite and with how many workers."""
    roundings = Random(seed).sample([q for q in rounding.questions(seed) if q["step"]], 60)
    counted: Counter[str] = Counter()
    differences = []
    for kind, found, said, real in answered(chosen(seed), roundings):
        counted[kind] += 1
        if said != real:
            differences.append(f"{kind}: {found}: the model says {said}, it is {real}")
    assert not differences, f"with ORACLE_SEED={seed}, {len(differences)} differ:\n" + "\n".join(differences[:20])
    assert counted.total() >= 500
    assert counted["rounding"] == 60
    assert set(counted) == {*CASES, "rounding"}
