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
