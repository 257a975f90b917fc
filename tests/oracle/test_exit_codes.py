"""Exit codes and limits outside the heap: the model and the pages against what real classes and JVMs did."""

import json
from functools import cache
from pathlib import Path

import pytest

from sparkmem.facts import FACTS
from sparkmem.release import RELEASES
from sparkmem.spark.ends.exit_code import JVM, SIGNAL, YARN
from sparkmem.spark.ends.exit_codes import EXIT_CODES, by_code, explained

RECORDED = Path(__file__).parent
MINOR = {release.witness: name for name, release in RELEASES.items()}
MIB = 1 << 20


@cache
def exits() -> dict:
    return json.loads((RECORDED / "exit-codes.json").read_text())


@cache
def direct() -> dict:
    return json.loads((RECORDED / "direct-memory.json").read_text())


def said(release: str, name: str) -> dict:
    """A row of a release: the names of a class (by its last part), or the texts of a method."""
    for row in exits()["rows"]:
        names = (row.get("said"), row.get("owner", "").rpartition(".")[2])
        if row.get("release") == RELEASES[release].witness and name in names:
            return row.get("names") or row["texts"]
    raise AssertionError(f"{name} was not recorded at {release}")


def ended(how: str) -> dict:
    return next(row for row in exits()["rows"] if row.get("exit") == how)


def test_every_release_was_asked():
    assert {row["release"] for row in exits()["rows"] if "release" in row} == set(MINOR)
    assert len(exits()["rows"]) > 80


@pytest.mark.parametrize("release", RELEASES)
class TestNames:
    @pytest.mark.parametrize("owner", ["SparkExitCode", "ExecutorExitCode"])
    def test_spark_names_these_codes_and_no_others(self, release, owner):
        ours = {code.name: code.code for code in EXIT_CODES if code.owner == owner and code.known(release)}
        assert ours == said(release, owner)

    def test_application_master_names_these_codes(self, release):
        ours = {code.name: code.code for code in EXIT_CODES if code.owner == "ApplicationMaster" and code.known(release)}
        recorded = {name: code for name, code in said(release, "ApplicationMaster").items() if name.startswith("EXIT_")}
        assert ours == {name: code for name, code in recorded.items() if code}

    def test_yarn_names_these_statuses(self, release):
        ours = {code.name: code.code for code in EXIT_CODES if code.kind == YARN and code.known(release)}
        assert {"SUCCESS": 0, **ours} == said(release, "ContainerExitStatus")

    def test_spark_explains_them_in_these_words(self, release):
        for code, text in said(release, "explainExitCode").items():
            assert explained(int(code), release) == text


class TestSignals:
    def test_a_jvm_ends_with_128_and_the_signal(self):
        for code in EXIT_CODES:
            if code.kind == SIGNAL and code.name != "SIGSEGV":
                assert ended(code.name)["status"] == code.code, code.name

    def test_a_jvm_answers_a_segmentation_fault_by_aborting(self):
        assert ended("SIGSEGV") == {"exit": "SIGSEGV", "status": 134, "bySignal": True}
        assert ended("-XX:-CreateCoredumpOnCrash, SIGSEGV")["status"] == 1

    def test_the_jvms_own_ways_out(self):
        for code in EXIT_CODES:
            if code.kind == JVM:
                assert ended(code.name)["status"] == code.code, code.name
        assert ended("-XX:+CrashOnOutOfMemoryError")["status"] == 134

    def test_exit_143_may_be_an_out_of_memory_error(self):
        assert ended("-XX:OnOutOfMemoryError=kill %p")["status"] == ended("SIGTERM")["status"] == 143

    def test_sigkill_leaves_no_word(self):
        assert ended("SIGKILL")["bySignal"]
        assert not ended("SIGTERM")["bySignal"], "the JVM runs its hooks and exits by itself"


@pytest.mark.parametrize("release", RELEASES)
class TestYarn:
    def test_what_the_allocator_says_of_a_container_over_its_memory(self, release):
        text = said(release, "processCompletedContainers")["-104"]["text"]
        assert "5.5 GB of 5 GB physical memory used." in text
        advice = "spark.yarn.executor.memoryOverhead or disabling" if release == "2.4" else "spark.executor.memoryOverhead."
        assert f"Consider boosting {advice}" in text

    def test_advice_to_switch_off_the_virtual_check_came_with_physical_kills_only_in_2_4(self, release):
        text = said(release, "processCompletedContainers")["-104"]["text"]
        assert ("vmem-check-enabled" in text) == (release == "2.4")

    def test_executors_end_themselves_at_an_out_of_memory_error(self, release):
        assert said(release, "addOutOfMemoryErrorArgument") == {"options": "-XX:OnOutOfMemoryError='kill %p'"}

    def test_which_endings_count_against_the_application(self, release):
        rows = said(release, "processCompletedContainers")
        counted = {int(status) for status, row in rows.items() if row["byApplication"]}
        assert counted == {-1000, -109, -108, -104, -103, 1, 52, 134, 137, 139, 143}

    def test_defaults_of_yarn(self, release):
        defaults = said(release, "YarnConfiguration")
        assert defaults["DEFAULT_NM_VMEM_PMEM_RATIO"] == pytest.approx(FACTS["NM_VMEM_PMEM_RATIO"].at(release))
        assert defaults["DEFAULT_RM_SCHEDULER_MINIMUM_ALLOCATION_MB"] * MIB == FACTS["YARN_MINIMUM_ALLOCATION"].at(release)
        assert defaults["DEFAULT_RM_SCHEDULER_MAXIMUM_ALLOCATION_MB"] * MIB == FACTS["YARN_MAXIMUM_ALLOCATION"].at(release)
        assert defaults["DEFAULT_NM_CONTAINER_MON_INTERVAL_MS"] == FACTS["NM_CONTAINER_MON_INTERVAL_MS"].at(release)
        assert defaults["DEFAULT_NM_PMEM_CHECK_ENABLED"] is defaults["DEFAULT_NM_VMEM_CHECK_ENABLED"] is True

    def test_kubernetes_describes_137_as_possibly_memory(self, release):
        if RELEASES[release].number < (3, 2):
            return
        described = said(release, "describeExitCode")
        assert described["137"] == "137(SIGKILL, possible container OOM)"
        assert described["52"] == "52(JVM OOM)"
        assert described["143"] == "143(unexpected)"


@pytest.mark.parametrize("release", [name for name, r in RELEASES.items() if r.number >= (3, 5)])
def test_rocksdb_is_unbounded_unless_asked(release):
    defaults = said(release, "RocksDBConf")
    assert defaults["boundedMemoryUsage"] is False
    assert defaults["totalMemoryUsageMB"] * MIB == FACTS["ROCKSDB_MAX_MEMORY"].at(release)
    assert defaults["blockCacheSizeMB"] * MIB == FACTS["ROCKSDB_BLOCK_CACHE"].at(release)


class TestDirectMemory:
    def test_limit_holds_for_nio_buffers(self):
        for row in direct()["rows"]:
            assert ("limit: 67108864" in row["nio"]) == bool(row["limit"]), row

    def test_limit_does_not_hold_for_off_heap_memory_of_spark(self):
        limited = [row for row in direct()["rows"] if row["limit"]]
        assert len(limited) >= 7
        assert {row["execution"] for row in limited} == {row["storage"] for row in limited} == {"granted"}

    def test_netty_may_take_as_much_as_the_heap(self):
        for row in direct()["rows"]:
            assert row["nettyLimit"] == (64 * MIB if row["limit"] else row["maxMemory"]), row

    def test_netty_counts_for_itself_since_4_0(self):
        for row in direct()["rows"]:
            assert row["nettyCountsForItself"] == (RELEASES[MINOR[row["release"]]].number >= (4, 0)), row


def test_anchors_differ():
    ids = [code.id for code in EXIT_CODES]
    assert len(set(ids)) == len(ids)
    assert by_code(-104).source().url.endswith("ContainerExitStatus.java")
