"""The recordings themselves: complete, honest about their origin, and made from the seed they name.

That the model gives the same answers is tested elsewhere; here is only what a recording must be
for that test to mean something.  No JVM is started.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from tools.oracle import heap, jvm, record
from tools.oracle.releases import JAVA

RECORDED = Path(__file__).parent
RELEASES = sorted(path.stem.removeprefix("spark-") for path in RECORDED.glob("spark-*.json"))
KINDS = ["umm", "bytes", "confget"]


def load(name: str) -> dict:
    return json.loads((RECORDED / name).read_text())


def test_the_releases_that_the_site_began_with_are_recorded():
    assert {"3.5.9", "4.3.0"} <= set(RELEASES) <= set(JAVA)


@pytest.mark.parametrize("release", RELEASES)
class TestRelease:
    def test_header_says_where_the_answers_are_from(self, release):
        recording = load(f"spark-{release}.json")
        assert recording["release"] == release
        assert f"-{JAVA[release]}." in recording["jvm"], "the JVM is not the one this release is asked on"
        assert recording["command"] == f"python -m tools.oracle {release} --seed {recording['seed']}"

    def test_seed_gives_the_same_cases_again(self, release):
        recording = load(f"spark-{release}.json")
        asked = [{name: case[name] for name in case if name not in ("answer", "error")} for case in recording["cases"]]
        assert asked == record.questions(release, recording["seed"])

    def test_each_case_has_an_answer_or_an_error(self, release):
        for case in load(f"spark-{release}.json")["cases"]:
            assert ("answer" in case) != ("error" in case), case["id"]

    def test_ids_are_unique(self, release):
        (_, times), = Counter(case["id"] for case in load(f"spark-{release}.json")["cases"]).most_common(1)
        assert times == 1

    @pytest.mark.parametrize("kind", KINDS)
    def test_enough_cases_and_a_fifth_of_them_refused(self, release, kind):
        cases = [case for case in load(f"spark-{release}.json")["cases"] if case["kind"] == kind]
        refused = [case for case in cases if "error" in case]
        assert len(cases) >= 300
        assert len(cases) / 5 <= len(refused) <= len(cases) * 2 / 3

    def test_every_collector_was_asked_for_its_page_size(self, release):
        cases = load(f"spark-{release}.json")["cases"]
        answered = Counter(case["gc"] for case in cases if case["kind"] == "umm" and "answer" in case)
        assert min(answered[gc] for gc in jvm.COLLECTORS) >= 20

    def test_pools_add_up_to_the_region(self, release):
        for case in load(f"spark-{release}.json")["cases"]:
            if case["kind"] == "umm" and "answer" in case:
                pools = case["answer"]
                assert pools["onHeapStoragePool"] + pools["onHeapExecutionPool"] == pools["maxHeapMemory"], case["id"]
                assert pools["offHeapStoragePool"] + pools["offHeapExecutionPool"] == pools["maxOffHeapMemory"], case["id"]


class TestHeap:
    def test_header_names_every_jvm_and_the_machine(self):
        recording = load("heap.json")
        assert set(recording["jvms"]) == {str(java) for java in heap.JAVAS}
        assert recording["machine"]["memoryBytes"] > 0
        assert recording["command"] == f"python -m tools.oracle heap --seed {recording['seed']}"

    def test_seed_gives_the_same_rows_again(self):
        recording = load("heap.json")
        asked = [{name: row[name] for name in ("java", "gc", "xmx", "flags") if name in row} for row in recording["rows"]]
        assert asked == list(heap.combinations(recording["seed"]))

    def test_enough_rows_of_each_java_and_collector(self):
        answered = Counter((row["java"], row["gc"]) for row in load("heap.json")["rows"] if "maxMemory" in row)
        assert sum(answered.values()) >= 1450
        assert all(answered[java, gc] >= 30 for java in heap.JAVAS for gc in jvm.COLLECTORS)

    def test_default_collector_depends_on_the_processors(self):
        chosen = {(row["java"], row.get("flags", "")): row["chosen"]
                  for row in load("heap.json")["rows"] if row["gc"] == "default"}
        for java in heap.JAVAS:
            assert chosen[java, "-XX:ActiveProcessorCount=1"] == "serial"
            assert chosen[java, "-XX:ActiveProcessorCount=2"] == "g1"

    def test_no_more_is_reported_than_the_heap_has(self):
        for row in load("heap.json")["rows"]:
            if "maxMemory" in row:
                assert row["maxMemory"] <= row["MaxHeapSize"], row
