"""Claims about the machine and the JVM that were shown by running JVMs and Spark's classes, from the recordings."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sparkmem.jvm import flag_names
from sparkmem.jvm.dead_flags import GONE_IN
from sparkmem.jvm.defaults import JVM_DEFAULTS
from sparkmem.size import GIB, KIB, MIB

RECORDED = Path(__file__).parent
JAVAS = [11, 17, 21, 25]


@cache
def load(name: str) -> dict[str, Any]:
    return json.loads((RECORDED / name).read_text())


def heaps(**wanted: Any) -> list[dict[str, Any]]:
    """Rows of heap.json with these values; a value of None stands for a field that is absent."""
    return [row for row in load("heap.json")["rows"] if all(row.get(name) == value for name, value in wanted.items())]


def flag(name: str, java: int) -> dict[str, Any]:
    """What one Java did with one flag."""
    (row,) = (row for row in load("flags.json")["flags"] if row["flag"] == name and row["java"] == java)
    return row


def defaults(java: int) -> dict[str, str]:
    (row,) = (row for row in load("flags.json")["defaults"] if row["java"] == java)
    return row


def test_a_flag_s_name_is_one_that_a_jvm_knows():
    """No other name enters an address: it may be a secret."""
    known = {name for row in load("flags.json")["names"] for name in row["names"].split()}
    assert {row["java"] for row in load("flags.json")["names"]} == {11, 17, 21, 25}
    assert set(flag_names._NAMES.split()) == known - set(GONE_IN)
    assert not flag_names.is_flag("Hunter2")


def test_flags_recording_says_where_it_is_from():
    recording = load("flags.json")
    assert recording["command"] == "python -m tools.oracle flags"
    assert [int(java) for java in recording["jvms"]] == JAVAS
    assert all(f"{java}." in version for java, version in recording["jvms"].items())
    assert len(recording["flags"]) >= 25 * len(JAVAS)


@pytest.mark.parametrize("java", JAVAS)
@pytest.mark.parametrize("name", JVM_DEFAULTS)
def test_defaults_are_those_of_running_jvms(name, java):
    """ThreadStackSize is in KiB."""
    recorded = float(defaults(java)[name]) * (KIB if name == "ThreadStackSize" else 1)
    assert recorded == JVM_DEFAULTS[name].at("4.3")


@pytest.mark.parametrize("java", JAVAS)
def test_metaspace_has_no_limit_unasked(java):
    assert int(defaults(java)["MaxMetaspaceSize"]) > 1 << 60


@pytest.mark.parametrize("java", JAVAS)
def test_one_processor_gets_serial_and_two_get_g1(java):
    rows = heaps(java=java, gc="default", xmx="4g")
    chosen = {row["flags"]: row["chosen"] for row in rows if row.get("flags", "").startswith("-XX:ActiveProcessorCount")}
    assert chosen["-XX:ActiveProcessorCount=1"] == "serial"
    assert chosen["-XX:ActiveProcessorCount=2"] == chosen["-XX:ActiveProcessorCount=16"] == "g1"


@pytest.mark.parametrize("java", JAVAS)
def test_collectors_report_different_heaps_for_the_same_xmx(java):
    reported = {row["gc"]: row["maxMemory"] for row in heaps(java=java, xmx="4g", flags=None) if row["gc"] != "default"}
    assert reported["g1"] == reported["z"] == reported["shenandoah"] == 4 * GIB
    assert reported["parallel"] < reported["serial"] < 4 * GIB
    assert reported["parallel"] == 3817865216


@pytest.mark.parametrize("java", JAVAS)
def test_heap_starts_far_below_xmx_unless_xms_says(java):
    (row,) = heaps(java=java, gc="g1", xmx="32g", flags=None)
    assert row["InitialHeapSize"] < row["MaxHeapSize"] / 32
    (full,) = heaps(java=java, gc="g1", xmx="1g", flags="-Xms1g")
    assert full["InitialHeapSize"] == full["MaxHeapSize"] == GIB


@pytest.mark.parametrize("java", JAVAS)
def test_compressed_references_end_below_32_gib(java):
    largest = {row["gc"]: row["largestMiB"] for row in load("flags.json")["compressed"] if row["java"] == java}
    assert largest.pop("z") == 0, "ZGC has no references of four bytes"
    assert all(31 * 1024 < mib < 32 * 1024 for mib in largest.values())


DEAD = ["-XX:+G1SummarizeConcMark", "-XX:+PrintGCDateStamps", "-XX:+PrintGCTimeStamps", "-XX:+UseGCLogFileRotation",
        "-XX:+PrintAdaptiveSizePolicy", "-XX:+UseParNewGC"]


@pytest.mark.parametrize("java", JAVAS)
@pytest.mark.parametrize("name", DEAD)
def test_flags_of_java_8_stop_a_later_jvm(name, java):
    alone = flag(name, java)["alone"]
    assert not alone["starts"]
    assert alone["said"] == f"Unrecognized VM option '{name.removeprefix('-XX:+')}'"


@pytest.mark.parametrize("java", JAVAS)
@pytest.mark.parametrize("name", DEAD)
def test_ignoring_unrecognized_options_lets_the_jvm_start(name, java):
    assert flag(name, java)["ignoring"] == {"starts": True}


def test_maxpermsize_is_ignored_with_a_warning_on_11_and_stops_17():
    assert "Ignoring option MaxPermSize; support was removed in 8.0" in flag("-XX:MaxPermSize=256m", 11)["alone"]["said"]
    assert not any(flag("-XX:MaxPermSize=256m", java)["alone"]["starts"] for java in (17, 21, 25))


def test_cms_ended_between_11_and_17():
    assert flag("-XX:+UseConcMarkSweepGC", 11)["alone"]["starts"]
    assert not any(flag("-XX:+UseConcMarkSweepGC", java)["alone"]["starts"] for java in (17, 21, 25))


def test_zgc_is_experimental_on_11_even_where_unknown_flags_are_ignored():
    assert not flag("-XX:+UseZGC", 11)["ignoring"]["starts"]
    assert all(flag("-XX:+UseZGC", java)["alone"] == {"starts": True} for java in (17, 21, 25))


def test_executors_pass_over_unknown_flags_since_3_3():
    for row in load("flags.json")["executors"]:
        since_3_3 = tuple(map(int, row["release"].split(".")))[:2] >= (3, 3)
        assert row["starts"] == since_3_3, row["release"]
        assert row["executor"].startswith("-XX:+IgnoreUnrecognizedVMOptions") == since_3_3
        assert row["executor"].endswith(row["given"])


RELEASES = sorted(path.stem.removeprefix("spark-") for path in RECORDED.glob("spark-*.json"))


def validated(release: str, key: str, options: str) -> dict[str, Any]:
    """What the release said when its driver checked this one setting."""
    (case,) = (case for case in load(f"spark-{release}.json")["cases"]
               if case["kind"] == "validate" and case["conf"] == {key: options})
    return case


@pytest.mark.parametrize("release", RELEASES)
def test_xmx_in_the_executors_java_options_is_refused(release):
    refused = validated(release, "spark.executor.extraJavaOptions", "-Xmx2g")["error"]["message"]
    assert "is not allowed to specify max heap memory settings (was '-Xmx2g'). Use spark.executor.memory instead." in refused


@pytest.mark.parametrize("release", RELEASES)
def test_xms_in_the_executors_java_options_is_taken(release):
    assert validated(release, "spark.executor.extraJavaOptions", "-Xms2g")["answer"] == {"value": "ok"}


@pytest.mark.parametrize("release", RELEASES)
def test_xmx_in_the_drivers_java_options_is_not_looked_at_there(release):
    assert validated(release, "spark.driver.extraJavaOptions", "-Xmx2g")["answer"] == {"value": "ok"}


@pytest.mark.parametrize("java", JAVAS)
def test_old_generation_is_two_thirds_of_a_heap_of_generations(java):
    for gc in ("serial", "parallel"):
        (row,) = heaps(java=java, gc=gc, xmx="4g", flags=None)
        assert abs(row["pools"]["old"] - 4 * GIB * 2 / 3) < MIB


@pytest.mark.parametrize("java", JAVAS)
def test_g1_has_no_fixed_old_generation(java):
    (row,) = heaps(java=java, gc="g1", xmx="4g", flags=None)
    assert "pools" not in row
    assert 0.59 * 4 * GIB < row["MaxNewSize"] <= 0.6 * 4 * GIB
