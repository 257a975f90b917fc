"""The recordings themselves: complete, honest about their origin, and made from the seed they name.

That the model gives the same answers is tested elsewhere; here is only what a recording must be
for that test to mean something.  No JVM is started.
"""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tools.oracle import heap, jvm, record, rounding
from tools.oracle.releases import JAVA, at_least

RECORDED = Path(__file__).parent
RELEASES = sorted(path.stem.removeprefix("spark-") for path in RECORDED.glob("spark-*.json"))
LEAST_CASES = {"umm": 300, "bytes": 300, "confget": 300, "static": 120, "profile": 150, "yarn": 150, "k8s": 150,
               "standalone": 120, "validate": 120}
SMALL_KINDS = {"uiBytes": 60, "constants": 30}
"""Kinds whose cases are few or never refused."""

MOST_BYTES = 1_200_000
"""Of one release's file: it is read in every run of the tests and kept in the repository."""


@cache
def load(name: str) -> dict:
    return json.loads((RECORDED / name).read_text())


def cases(release: str, kind: str) -> list[dict]:
    return [case for case in load(f"spark-{release}.json")["cases"] if case["kind"] == kind]


def exists(kind: str, release: str) -> bool:
    """The legacy manager went with 2.4; resource profiles came with 3.1."""
    return {"static": not at_least(release, "3.0"), "profile": at_least(release, "3.1")}.get(kind, True)


def refused(case: dict) -> bool:
    """Whether Spark refused a part of a case, or all of it."""
    parts = case.get("answer", {})
    return "error" in case or any(name.endswith("Error") for name in parts) or isinstance(parts.get("verify"), dict)


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

    @pytest.mark.parametrize("kind", LEAST_CASES)
    def test_enough_cases_and_a_fifth_of_them_refused(self, release, kind):
        asked = cases(release, kind)
        if not exists(kind, release):
            assert not asked
            return
        assert len(asked) >= LEAST_CASES[kind]
        assert len(asked) / 5 <= sum(map(refused, asked)) <= len(asked) * 2 / 3

    def test_small_kinds_are_there(self, release):
        assert all(len(cases(release, kind)) >= least for kind, least in SMALL_KINDS.items())

    def test_file_is_not_large(self, release):
        assert (RECORDED / f"spark-{release}.json").stat().st_size <= MOST_BYTES

    def test_every_collector_was_asked_for_its_page_size(self, release):
        answered = Counter(case["gc"] for case in cases(release, "umm") if "answer" in case)
        assert min(answered[gc] for gc in jvm.COLLECTORS) >= 20

    def test_pools_add_up_to_the_region(self, release):
        for case in cases(release, "umm"):
            if "answer" in case:
                pools = case["answer"]
                assert pools["onHeapStoragePool"] + pools["onHeapExecutionPool"] == pools["maxHeapMemory"], case["id"]
                assert pools["offHeapStoragePool"] + pools["offHeapExecutionPool"] == pools["maxOffHeapMemory"], case["id"]


def int_of(mib: int) -> int:
    """The low 32 bits, signed, which is what a JVM keeps of a long that it casts to an int."""
    return (mib + (1 << 31)) % (1 << 32) - (1 << 31)


@pytest.mark.parametrize("release", RELEASES)
class TestContainers:
    """What must hold whatever the formulas are; the formulas themselves are the model's."""

    def test_terms_of_a_profile_add_up(self, release):
        for case in cases(release, "profile"):
            if "answer" in case:
                terms = case["answer"]
                names = ("executorMemoryMiB", "memoryOverheadMiB", "memoryOffHeapMiB", "pysparkMemoryMiB")
                assert sum(terms[name] for name in names) == terms["totalMemMiB"], case["id"]

    def test_application_master_gets_its_memory_and_its_overhead(self, release):
        for case in cases(release, "yarn"):
            if "answer" in case:
                master = case["answer"]
                assert int_of(master["amMemoryMiB"] + master["amMemoryOverheadMiB"]) == master["amContainerMiB"], case["id"]

    def test_yarn_verifies_the_container_that_it_asks_for(self, release):
        sides = set()
        for case in cases(release, "yarn"):
            container = case.get("answer", {}).get("executorContainerMiB", -1)
            if container >= 0 and "requests" not in case and "maxAllocationMiB" in case:
                largest = max(container, case["answer"]["amContainerMiB"])
                fits = case["answer"]["verify"] == "ok"
                assert fits == (largest <= case["maxAllocationMiB"]), case["id"]
                sides.add((fits, abs(largest - case["maxAllocationMiB"]) <= 1))
        assert {(True, True), (False, True)} <= sides, "no case at the border"

    def test_yarn_is_asked_in_both_modes_and_for_both_languages(self, release):
        answered = Counter((case["clusterMode"], case["python"]) for case in cases(release, "yarn") if "answer" in case)
        assert min(answered[mode, python] for mode in (True, False) for python in (True, False)) >= 5

    def test_pods_are_given_what_they_request(self, release):
        answered: Counter[str] = Counter()
        for case in cases(release, "k8s"):
            for name, memory in case["answer"].items():
                if isinstance(memory, str):
                    request, limit = memory.split("/")
                    assert request == limit
                    assert request.endswith("Mi"), case["id"]
                    answered[name, case["mainResource"]] += 1
        pods = ("driverMemory", "executorMemoryClusterMode", "executorMemoryClientMode")
        assert min(answered[pod, language] for pod in pods for language in ("java", "python", "r")) >= 10

    def test_no_answer_about_a_container_is_the_same_for_all(self, release):
        kinds = {"yarn": "executorContainerMiB", "k8s": "executorMemoryClientMode", "standalone": "executorMemoryMiB"}
        for kind, name in kinds.items():
            answers = {case.get("answer", {}).get(name) for case in cases(release, kind)}
            assert len(answers) >= 40, f"{kind}: settings do not reach Spark"


@pytest.mark.parametrize("release", RELEASES)
class TestSmallKinds:
    def test_heap_options_are_refused_in_executor_options(self, release):
        said = {case["conf"].get("spark.executor.extraJavaOptions"): case.get("error", {}).get("message", "ok")
                for case in cases(release, "validate")}
        assert "spark.executor.extraJavaOptions is not allowed to specify max heap memory settings" in said["-Xmx2g"]
        assert "spark.executor.extraJavaOptions is not allowed to set Spark options" in said["-Dspark.memory.fraction=0.5"]
        assert said["-XX:MaxHeapSize=2g"] == "ok"

    def test_reserved_memory(self, release):
        (reserved,) = (case["answer"]["value"] for case in cases(release, "constants")
                       if case.get("name", "").endswith("RESERVED_SYSTEM_MEMORY_BYTES"))
        assert reserved == 300 << 20

    def test_page_shows_powers_of_its_unit(self, release):
        shown = {case["in"]: case["answer"]["value"] for case in cases(release, "uiBytes")}
        expected = ("976.6 KiB", "1 MiB") if at_least(release, "3.0") else ("1 MB", "1 MB")
        assert (shown["1000000"], shown["1048576"]) == expected


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

    def test_first_size_of_a_heap_was_varied(self):
        rows = [row for row in load("heap.json")["rows"] if "maxMemory" in row]
        for java in heap.JAVAS:
            mine = [row for row in rows if row["java"] == java and row["gc"] == "parallel"]
            assert {flags for row in mine if "MaxRAM=" in (flags := row.get("flags", ""))} >= set(heap.SHARES_OF_A_MACHINE)
            assert any(row["MaxHeapSize"] >> 1 < row["InitialHeapSize"] < row["MaxHeapSize"] for row in mine)

    def test_no_more_is_reported_than_the_heap_has(self):
        for row in load("heap.json")["rows"]:
            if "maxMemory" in row:
                assert row["maxMemory"] <= row["MaxHeapSize"], row


class TestRounding:
    def test_seed_gives_the_same_rows_again(self):
        recording = load("rounding.json")
        asked = [{name: row[name] for name in row if name not in ("hadoop", "granted")} for row in recording["rows"]]
        assert asked == list(rounding.questions(recording["seed"])) * len(recording["hadoop"])
        assert recording["command"] == f"python -m tools.oracle rounding --seed {recording['seed']}"

    def test_hadoop_2_and_3_were_asked(self):
        assert {version[0] for version in load("rounding.json")["hadoop"].values()} == {"2", "3"}
