"""Logs of five collectors on Java 17 and 25, of a program that held a third of its heap and of one that held nearly all."""

import gzip
from pathlib import Path

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.requests.diagnosis import diagnosis_dict

KEPT = sorted((Path(__file__).parents[1] / "logs" / "collectors").glob("*.gz"))
"""-Xmx128m, 40 and 112 MiB of arrays of 64 KiB held while others came and went; ``humongous`` arrays of 900 KiB."""
FULL = {"live-set-near-heap", "collector-behind", "heap-space"}
NOT_QUITE = {"G1-starving", "Shenandoah-starving"}
"""After a full collection G1 had 113 of 128 MiB, less than nine tenths; Shenandoah ended before it, out of regions."""


def read(path):
    return gzip.decompress(path.read_bytes()).decode()


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_full_heap_is_told_of_the_log_of_any_collector_and_no_other(path):
    name = path.stem.rpartition("-")[0]
    causes = {one.finding.id for one in diagnosed(read(path)).causes}
    assert causes == set() if "starving" not in name or name in NOT_QUITE else bool(causes & FULL)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_what_collections_left_is_a_table_for_every_collector(path):
    (moment,) = diagnosed(read(path)).moments
    sizes = {one.name: one.bytes for one in moment.held}
    assert 120 * 2**20 < sizes["heap"] <= 130 * 2**20
    if "healthy" in path.stem:
        assert all("is full" not in words for words in moment.says)


def test_a_log_is_read_piece_by_piece_as_it_is_whole():
    text = read(next(path for path in KEPT if path.stem == "Z-starving-25"))
    once, twice = (diagnosis_dict(diagnosed(many))["moments"][0] for many in (text, text * 9))
    assert once["held"] == twice["held"]


def test_stalls_of_zgc_are_counted_and_are_no_cause_where_little_lives():
    found = diagnosed(read(next(path for path in KEPT if path.stem == "Z-healthy-17")))
    assert any("Threads waited for memory 30 times" in words for words in found.moments[0].says)
    assert [one.finding.id for one in found.findings] == ["allocation-stall"]


HEARTBEAT = "24/09/02 05:00:51 ERROR Executor: Exit as unable to send heartbeats to driver more than 60 times"
PARALLEL = "[Full GC (Ergonomics) [PSYoungGen: {young}K->{left}K(699392K)] [ParOldGen: 1398272K->{old}K(1398272K)] "
PARALLEL += "{before}K->{after}K(2097664K), [Metaspace: 81002K->81002K(1120256K)], 21.5 secs]"
UNIFIED = """[90.1s][info][gc,heap] GC(9) PSYoungGen: {young}K->{left}K(699392K)
[90.1s][info][gc,heap] GC(9) ParOldGen: 1398272K->{old}K(1398272K)
[90.1s][info][gc] GC(9) Pause Full (Ergonomics) {before}M->{after}M(2048M) 21500.000ms"""
SERIAL = "[Full GC (Allocation Failure) 9.1: [Tenured: 1398272K->{old}K(1398272K), 9.1 secs] "
SERIAL += "{before}K->{after}K(2097664K), 9.1 secs]"


def log_of(form, left, old):
    many = 1024 if form is UNIFIED else 1
    young = left + 900
    return form.format(young=young, left=left, old=old, before=(young + 1398272) // many, after=(left + old) // many)


@pytest.mark.parametrize("form", [PARALLEL, UNIFIED, SERIAL], ids=["parallel", "unified", "serial"])
def test_an_old_generation_without_room_is_a_full_heap_though_the_young_one_has_some(form):
    """The old one takes all that lives while it has room: what is left in the young one after a full collection has none."""
    found = diagnosed(f"{log_of(form, 420000, 1398272)}\n{HEARTBEAT}")
    assert [one.finding.id for one in found.findings] == ["live-set-near-heap", "heartbeat-unanswered"]
    assert (found.findings[1].follows, found.findings[1].changes) == ("live-set-near-heap", [])
    assert any("full even after" in words for words in found.moments[0].says)


@pytest.mark.parametrize(("left", "old"), [(0, 1398272), (420000, 1198272)], ids=["young one empty", "old one has room"])
@pytest.mark.parametrize("form", [PARALLEL, UNIFIED, SERIAL], ids=["parallel", "unified", "serial"])
def test_a_generation_that_has_room_is_no_full_heap(form, left, old):
    found = diagnosed(f"{log_of(form, left, old)}\n{HEARTBEAT}")
    assert found.causes == []
    assert found.moments[0].as_dict()["says"][-1].startswith("That is the live set: ")


def test_a_log_of_generations_counts_a_collection_once():
    assert diagnosed(log_of(UNIFIED, 420000, 1398272)).moments[0].says[0] == "1 collection, 1 of them full."


def test_an_executor_that_stood_in_its_own_collections_heard_nothing_of_the_driver_for_that():
    text = "[31.5s][info][gc] GC(7) Pause Full (G1 Compaction Pause) 4090M->4021M(4096M) 14021.0ms\n"
    text += "24/09/02 05:00:51 WARN Executor: Issue communicating with driver in heartbeater"
    found = diagnosed(text)
    assert [(one.finding.id, one.follows) for one in found.findings] == [
        ("live-set-near-heap", ""), ("heartbeat-unanswered", "live-set-near-heap"),
    ]  # fmt: skip


def test_a_heap_that_is_full_in_the_log_of_a_broadcast_is_the_drivers():
    text = "[Full GC (Allocation Failure)  2021M->2011M(2048M), 8.1 secs]\n"
    text += "24/09/02 05:00:51 ERROR BroadcastExchangeExec: Could not execute broadcast in 300 secs."
    first, then = diagnosed(text).findings
    assert (first.finding.id, first.process, then.follows) == ("live-set-near-heap", "driver", "live-set-near-heap")
    assert [one["key"] for one in first.changes] == ["spark.driver.memory"]


@pytest.mark.parametrize(("old", "after"), [
    ("[ParOldGen: 1398000K->1398101K(1398272K)]", 1398101), ("[Tenured: 1398000K->1398101K(1398272K), 1.9 secs]", 1398101),
])  # fmt: skip
def test_an_advised_heap_gives_an_old_generation_with_half_as_much_room_again(old, after):
    line = f"31.8: [Full GC (Ergonomics) {old} 1459012K->{after}K(1510112K), [Metaspace: 912K->912K(1056768K)], 2.1 secs]"
    first = diagnosed(line).first
    heap = int(first.changes[0]["value"].removesuffix("m"))
    assert first.finding.id == "live-set-near-heap"
    assert heap * 2 / 3 >= 1.5 * after / 1024 > (heap - 1) * 2 / 3
