"""The jvm-heap calculator: every heap that was recorded, and the answer the other way round."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sparkmem
from sparkmem.jvm.collectors import COLLECTORS
from sparkmem.release import JAVA_VERSIONS

RECORDING = json.loads((Path(__file__).parents[1] / "oracle" / "heap.json").read_text())
POOLS = {"old": "old-generation", "eden": "eden-space", "survivor": "survivor-space"}


def answer(**inputs: str) -> dict:
    return sparkmem.evaluate({"calculator": "jvm-heap", "inputs": {k.replace("_", "-"): v for k, v in inputs.items()}})


def sizes(**inputs: str) -> dict[str, int]:
    found = answer(**inputs)
    assert "errors" not in found, found
    return {row["id"]: row["bytes"] for row in found["rows"]}


def asked(row: dict) -> dict[str, str]:
    flags = row.get("flags", "")
    processors = re.search(r"ActiveProcessorCount=(\d+)", flags)
    return {
        "heap": row["xmx"],
        "gc": "" if row["gc"] == "default" else row["gc"],
        "java": str(row["java"]),
        "jvm-flags": flags,
        "processors": processors[1] if processors else str(RECORDING["machine"]["processors"]),
        "machine-memory": str(RECORDING["machine"]["memoryBytes"]),
    }


def test_every_recorded_heap_comes_out_to_the_byte():
    wrong, pools = [], 0
    for row in RECORDING["rows"]:
        found = answer(**asked(row))
        if "refused" in row:
            if [error["message"] for error in found.get("errors", [])] != [row["refused"]]:
                wrong.append((row, found))
            continue
        rows = {r["id"]: r.get("bytes") for r in found["rows"]}
        real = {
            "jvm-max-memory": row["maxMemory"],
            "max-heap-size": row["MaxHeapSize"],
            "initial-heap": row["InitialHeapSize"],
        }
        if "G1HeapRegionSize" in row:
            real |= {"region-size": row["G1HeapRegionSize"], "young-generation": row["MaxNewSize"]}
        if "pools" in row:
            pools += 1
            real |= {POOLS[pool]: size for pool, size in row["pools"].items()} | {"young-generation": row["MaxNewSize"]}
        if any(rows.get(name) != size for name, size in real.items()):
            wrong.append((row, rows))
    assert not wrong, f"{len(wrong)} of {len(RECORDING['rows'])} differ: {wrong[:3]}"
    assert pools >= 800


jvms = {"gc": st.sampled_from(list(COLLECTORS)), "java": st.sampled_from([str(v) for v in JAVA_VERSIONS])}


class TestEveryAnswer:
    @given(st.integers(8 << 10, 1 << 30).map(lambda kib: f"{kib}k"), jvms["gc"], jvms["java"])
    def test_parts_add_up(self, heap, gc, java):
        rows = sizes(heap=heap, gc=gc, java=java)
        assert rows["heap-held-back"] + rows["jvm-max-memory"] == rows["max-heap-size"]
        if "old-generation" in rows:
            young = rows["eden-space"] + rows["survivor-space"] + rows["other-survivor-space"]
            assert young == rows["young-generation"]
            assert young + rows["old-generation"] == rows["max-heap-size"]

    @given(
        st.integers(16 << 20, 1 << 41),
        jvms["gc"],
        jvms["java"],
        st.sampled_from(["", "-Xms1g", "-XX:NewRatio=1", "-Xmn64m"]),
    )
    def test_the_least_xmx_reports_enough_and_one_mib_less_does_not(self, wanted, gc, java, flags):
        rows = sizes(max_memory=str(wanted), gc=gc, java=java, jvm_flags=flags)
        assert rows["jvm-max-memory"] == rows["least-xmx-max-memory"] >= wanted
        less = answer(heap=f"{(rows['least-xmx'] >> 20) - 1}m", gc=gc, java=java, jvm_flags=flags)
        if "rows" in less:
            assert {r["id"]: r.get("bytes") for r in less["rows"]}["jvm-max-memory"] < wanted

    @given(st.dictionaries(st.sampled_from(["heap", "jvm-flags", "max-memory", "processors", "gc"]), st.text(max_size=20)))
    def test_any_text_gets_an_answer_or_its_errors(self, inputs):
        found = answer(**inputs)
        assert ("rows" in found) != ("errors" in found)


@pytest.mark.parametrize(("first", "full"), [("4g", True), ("4094m", False), ("1g", False)])
def test_a_heap_starts_full_only_where_all_of_it_is_taken_at_the_start(first, full):
    found = answer(heap="4g", gc="parallel", jvm_flags=f"-Xms{first}")
    (initial,) = [row for row in found["rows"] if row["id"] == "initial-heap"]
    assert (initial["because"] == "all of the heap") is full
    assert ("starts-full" in {note["id"] for note in found["notes"]}) is full


class TestFlags:
    @pytest.mark.parametrize(
        ("java", "gc", "heap", "flags", "young"),
        [
            # options that contradict each other, as -XX:+PrintFlagsFinal showed them settled
            (25, "serial", "1135m", "-Xmn410m -XX:SurvivorRatio=11 -XX:NewSize=820224k", 839909376),
            (25, "parallel", "478m", "-Xms249m -XX:NewSize=400384k", 261619712),
            (21, "parallel", "4362m", "-Xms681m -XX:NewSize=3075072k", 1524629504),
            (11, "parallel", "2873m", "-Xmn909m -XX:MaxNewSize=804964k", 953155584),
        ],
    )
    def test_contradictions_are_settled_as_the_jvm_settles_them(self, java, gc, heap, flags, young):
        machine = str(RECORDING["machine"]["memoryBytes"])
        if java == 21:
            flags = flags.replace("-Xms681m", "-Xms4362m -Xms681m")
        assert sizes(java=str(java), gc=gc, heap=heap, jvm_flags=flags, machine_memory=machine)["young-generation"] == young

    @pytest.mark.parametrize(
        ("inputs", "message"),
        [
            ({"heap": "4x"}, "Invalid maximum heap size: -Xmx4x"),
            ({"heap": "0"}, "Invalid maximum heap size: -Xmx0"),
            ({"heap": "1m"}, "Too small maximum heap"),
            ({"jvm_flags": "-Xms1k"}, "Too small initial heap"),
            ({"jvm_flags": "-Xmn0"}, "Invalid initial young generation size: -Xmn0"),
            ({"jvm_flags": "-XX:NewRatio=x"}, "Improperly specified VM option 'NewRatio=x'"),
            ({"jvm_flags": "-XX:NewRatio=0", "gc": "serial"}, "Invalid young gen ratio specified"),
            (
                {"jvm_flags": "-XX:SurvivorRatio=0", "gc": "serial"},
                "uintx SurvivorRatio=0 is outside the allowed range [ 1 ... 18446744073709551613 ]",
            ),
        ],
    )
    def test_refusals_are_the_jvms_own_words(self, inputs, message):
        (error,) = answer(**inputs)["errors"]
        assert (error["message"], error["by"]) == (message, "JVM")

    def test_xmx_among_the_flags_is_the_heap(self):
        assert sizes(jvm_flags="-Xmx2g") == sizes(heap="2g")
        (error,) = answer(jvm_flags="-Xmx2g", heap="4g")["errors"]
        assert error["input"] == "heap"
