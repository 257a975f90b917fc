"""Heaps of JVMs that nobody gave an -Xmx, against running ones."""

import json
from pathlib import Path

import pytest

import sparkmem
from sparkmem.jvm.collectors import java_heap
from sparkmem.jvm.flags import HeapFlags, heap_flags
from sparkmem.jvm.without_xmx import memory_for_shares, unasked_heap
from sparkmem.size import GIB, MIB
from tools.oracle import no_xmx

RECORDED = json.loads((Path(__file__).parent / no_xmx.FILE).read_text())
STARTED = [row for row in RECORDED["rows"] if "refused" not in row]


def test_every_question_was_asked_and_few_were_refused():
    answers = ("maxMemory", "MaxHeapSize", "InitialHeapSize", "refused")
    asked = [{name: row[name] for name in row if name not in answers} for row in RECORDED["rows"]]
    assert asked == list(no_xmx.questions())
    assert RECORDED["command"] == no_xmx.COMMAND
    assert len(STARTED) >= 170


def test_no_heap_differs_from_a_real_jvm():
    machine = RECORDED["machine"]["memoryBytes"]
    differences = []
    for row in STARTED:
        flags, gc, java = heap_flags(row["flags"]), row["gc"], row["java"]
        taken = unasked_heap(machine, flags, gc, java)
        heap = java_heap(taken.size_bytes, gc, java, flags, memory_for_shares(machine, flags, java))
        said = {"maxMemory": heap.max_memory_bytes, "MaxHeapSize": heap.max_heap_bytes,
                "InitialHeapSize": heap.initial_bytes}  # fmt: skip
        differences += [f"{row}: {said}"] if said != {name: row[name] for name in said} else []
    assert not differences, "\n".join(differences)


def test_between_250_and_500_mib_more_memory_changes_nothing():
    rows = {(row["java"], row["flags"]): row["maxMemory"] for row in STARTED if row["gc"] == "g1"}
    for java in (11, 17, 21, 25):
        sizes = [rows[java, f"-XX:MaxRAM={size}"] // MIB for size in ("240m", "250m", "400m", "499m", "512m", "600m")]
        assert sizes == [120, 126, 126, 126, 128, 150]


@pytest.mark.parametrize(
    ("inputs", "note"),
    [
        ({"heap": "none", "machine-memory": "400m"}, "plateau"),
        ({"heap": "none", "machine-memory": "200m", "jvm-flags": "-XX:MaxRAMPercentage=75"}, "small-memory"),
        ({"heap": "4g", "jvm-flags": "-XX:MaxRAMPercentage=75"}, "shares-idle"),
        ({"heap": "none", "machine-memory": "4g", "jvm-flags": "-XX:MaxRAMPercentage=75"}, None),
    ],
)
def test_the_calculator_says_which_share_decides(inputs, note):
    found = sparkmem.evaluate({"calculator": "jvm-heap", "inputs": {"gc": "g1", **inputs}})
    ids = {one["id"] for one in found["notes"]} & {"plateau", "small-memory", "shares-idle"}
    assert ids == ({note} if note else set())


def test_a_large_machine_is_not_taken_whole():
    """By rule: no machine of more than 128 GiB was at hand."""
    assert unasked_heap(256 * GIB, HeapFlags(), "g1", 17).size_bytes == 32178700288
    assert unasked_heap(256 * GIB, HeapFlags(), "z", 17).size_bytes == 32210157568, "as Java 11 does, which was asked"
    assert unasked_heap(256 * GIB, heap_flags("-XX:MaxRAMPercentage=50"), "g1", 17).size_bytes == 128 * GIB


def test_a_heap_that_is_given_twice_is_refused():
    found = sparkmem.evaluate({"calculator": "jvm-heap", "inputs": {"heap": "none", "jvm-flags": "-Xmx1g"}})
    assert [error["input"] for error in found["errors"]] == ["heap"]
