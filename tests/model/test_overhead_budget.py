"""The budget of the memory overhead: its parts add up, more is never less, and no pasted text comes back."""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sparkmem
from sparkmem.browser import answer as page_answer
from sparkmem.calculators import CALCULATORS
from sparkmem.jvm.gc_structures import gc_structures
from sparkmem.jvm.native_flags import ARM, native_flags
from sparkmem.jvm.native_memory import Unreadable, read_native_memory
from sparkmem.release import JAVA_VERSIONS, RELEASES
from sparkmem.render.picture import kind_of
from sparkmem.size import KIB, MIB

CALCULATOR = CALCULATORS["overhead-budget"]
CASES = tomllib.loads((Path(__file__).parents[1] / "cases/overhead-budget.toml").read_text())["case"]
LIMITS = ("-limit", "-reserved")

PASTED = """\
4711:

Native Memory Tracking:

Total: reserved=2806352KB +1024KB, committed=1502208KB +9216KB

-                 Java Heap (reserved=1048576KB, committed=1048576KB)
                            (mmap: reserved=1048576KB, committed=1048576KB)
-                     Class (reserved=1056946KB, committed=12288KB)
                            (classes #21289 +23)
-                    Thread (reserved=94208KB, committed=8192KB)
                            (thread #90)
-                      Code (reserved=247766KB, committed=40960KB)
-                        GC (reserved=102400KB, committed=82944KB)
-                     Other (reserved=131072KB +8192KB, committed=131072KB +8192KB)
-                    Symbol (reserved=24576KB, committed=24576KB)
-                 Metaspace (reserved=153600KB +1024KB, committed=153600KB +1024KB)
"""


def answer(inputs: dict[str, str]) -> dict:
    found = sparkmem.evaluate({"calculator": "overhead-budget", "inputs": inputs})
    assert "errors" not in found, found
    return found


def rows(inputs: dict[str, str]) -> dict[str, dict]:
    return {row["id"]: row for row in answer(inputs)["rows"]}


def budget(inputs: dict[str, str]) -> int:
    return rows(inputs)["overhead-budget"]["bytes"]


def notes(inputs: dict[str, str]) -> list[str]:
    return [note["id"] for note in answer(inputs)["notes"]]


def headline(inputs: dict[str, str]) -> str:
    return CALCULATOR.run(inputs)[0].headline


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    found = rows(case["given"])
    assert {id: found[id]["bytes"] / MIB for id in case["expect"]} == case["expect"]
    assert not set(case.get("absent", ())) & set(found)
    assert headline(case["given"]).startswith(case.get("verdict", ""))
    assert case["from"]


SETTINGS = st.fixed_dictionaries({
    "release": st.sampled_from(list(RELEASES)), "process": st.sampled_from(["executor", "driver"]),
    "cluster-manager": st.sampled_from(["yarn", "kubernetes", "standalone"]),
    "deploy-mode": st.sampled_from(["client", "cluster"]), "language": st.sampled_from(["jvm", "python", "r"]),
    "gc": st.sampled_from(["", "g1", "parallel", "serial", "z", "shenandoah"]),
    "java": st.sampled_from(["", *map(str, JAVA_VERSIONS)]),
    "spark.executor.memory": st.integers(512, 200_000).map("{}m".format),
    "spark.driver.memory": st.integers(512, 200_000).map("{}m".format),
    "spark.executor.cores": st.integers(1, 32).map(str), "threads": st.sampled_from(["", "1", "90", "4000"]),
    "safety-margin": st.integers(0, 50).map(str), "native-memory": st.sampled_from(["", PASTED]),
})  # fmt: skip


@given(SETTINGS)
def test_the_parts_add_up_and_the_value_to_set_is_enough(inputs):
    found = rows(inputs)  # a breakdown that does not add up raises
    needed = found["overhead-budget"]["bytes"]
    if "overhead-missing" in found:
        assert found["memory-overhead"]["bytes"] + found["overhead-missing"]["bytes"] == needed
    if "overhead-to-set" in found:
        key = f"spark.{inputs['process']}.memoryOverhead"
        assert needed <= found["overhead-to-set"]["bytes"] < needed + MIB
        enough = {**inputs, key: f"{found['overhead-to-set']['bytes'] // MIB}m"}
        again = rows(enough)
        assert "overhead-missing" not in again
        assert "Enough: " in headline(enough)
        assert again["overhead-budget"]["bytes"] == needed
        assert again["memory-overhead"]["bytes"] == found["overhead-to-set"]["bytes"]
    else:
        assert found["memory-overhead"]["bytes"] == 0


@given(SETTINGS, st.integers(1, 5000), st.integers(1, 5000))
def test_more_threads_never_need_less(inputs, fewer, more):
    fewer, more = sorted((fewer, more))
    few, many = (rows(inputs | {"threads": str(count), "native-memory": ""}) for count in (fewer, more))
    for id in ("thread-stacks", "thread-stacks-reserved", "overhead-budget"):
        assert few[id]["bytes"] <= many[id]["bytes"]
    assert few["thread-stacks"]["bytes"] <= few["thread-stacks-reserved"]["bytes"]


@given(SETTINGS, st.integers(512, 100_000), st.integers(0, 100_000))
def test_more_heap_cores_margin_or_off_heap_never_need_less(inputs, heap, more):
    inputs = inputs | {"native-memory": "", "gc": inputs["gc"] or "g1"}
    key = f"spark.{inputs['process']}.memory"
    keys = ("gc-structures", "direct-memory", "metaspace", "thread-stacks")
    small, large = rows(inputs | {key: f"{heap}m"}), rows(inputs | {key: f"{heap + more}m"})
    assert all(small[id]["bytes"] <= large[id]["bytes"] for id in keys)
    cores = str(int(inputs["spark.executor.cores"]) + more % 7)
    assert budget(inputs) <= budget(inputs | {"spark.executor.cores": cores})
    assert budget(inputs) <= budget(inputs | {"safety-margin": str(int(inputs["safety-margin"]) + more % 9)})
    assert budget(inputs) <= budget(inputs | {"native-libraries": f"{more}m"})


@pytest.mark.parametrize("java", JAVA_VERSIONS)
@pytest.mark.parametrize("gc", ["g1", "parallel", "serial", "z", "shenandoah"])
def test_collectors_grow_with_the_heap_and_the_processors(gc, java):
    for processors in (1, 2, 8, 64):
        sizes = [gc_structures(gc, java, mib * MIB, processors) for mib in (1, 300, 512, 1000, 5000, 16384, 500_000)]
        assert sizes == sorted(sizes)
        assert sizes[2] <= gc_structures(gc, java, 512 * MIB, processors + 8)


def test_a_stack_on_arm_reserves_twice_as_much_and_touches_no_more():
    x86, arm = rows({"threads": "100"}), rows({"threads": "100", "architecture": ARM})
    assert arm["thread-stacks-reserved"]["bytes"] == 2 * x86["thread-stacks-reserved"]["bytes"]
    assert arm["thread-stacks"]["bytes"] == x86["thread-stacks"]["bytes"]
    assert native_flags("-Xss64k", ARM).stack_bytes == 64 * KIB
    assert "stacks-are-virtual" in notes({"threads": "100"})


@pytest.mark.parametrize(("options", "said"), [
    ("-Xss100k", "The Java thread stack size specified is too small. Specify at least 136k"),
    ("-XX:MaxDirectMemorySize=big", "Improperly specified VM option 'MaxDirectMemorySize=big'"),
    ("-XX:ReservedCodeCacheSize=1m", "Invalid ReservedCodeCacheSize: 1024K. Must be at least InitialCodeCacheSize=2496K."),
])  # fmt: skip
@pytest.mark.parametrize("process", ["executor", "driver"])
def test_what_the_jvm_refuses_is_said_in_its_words_at_the_option(process, options, said):
    key = f"spark.{process}.extraJavaOptions"
    (error,) = sparkmem.evaluate({"calculator": "overhead-budget", "inputs": {"process": process, key: options}})["errors"]
    assert (error["input"], error["message"], error["by"]) == (key, said, "JVM")


@pytest.mark.parametrize(("name", "text"), [
    ("threads", "0"), ("threads", "many"), ("threads", "99999999"), ("safety-margin", "-1"), ("safety-margin", "x"),
    ("metaspace", "100q"), ("native-libraries", "2000p"), ("spark.executor.cores", "0"), ("spark.task.cpus", "0"),
    ("spark.reducer.maxSizeInFlight", "x"), ("cluster-manager", "local"), ("spark.executor.memory", "0"),
    ("native-memory", "hello"),
])  # fmt: skip
def test_what_cannot_be_read_is_named(name, text):
    errors = sparkmem.evaluate({"calculator": "overhead-budget", "inputs": {name: text, "release": "4.0"}})["errors"]
    assert [error["input"] for error in errors] == [name]
    assert errors[0]["message"]


class TestPasted:
    def test_each_area_is_held_against_its_part(self):
        found = rows({"native-memory": PASTED})
        assert found["nmt-metaspace"]["bytes"] == 162 * MIB
        assert "62 MiB more than the 100 MiB budgeted" in found["nmt-metaspace"]["because"]
        assert found["nmt-direct-memory"]["bytes"] == 128 * MIB
        assert found["nmt-outside-heap"]["bytes"] == 443 * MIB
        assert {"nmt-above-budget", "nmt-above-overhead", "nmt-unseen"} <= set(notes({"native-memory": PASTED}))
        assert found["nmt-growth"]["value"] == "+9 MiB"
        assert found["nmt-growth"]["because"].endswith(": Other +8 MiB, Metaspace +1 MiB")

    def test_what_is_above_a_part_is_in_the_value_to_set(self):
        plain, seen = rows({}), rows({"native-memory": PASTED})
        above = seen["seen-above-budget"]["bytes"]
        code, collector = 40 * MIB - plain["code-cache"]["bytes"], 81 * MIB - plain["gc-structures"]["bytes"]
        assert above == 62 * MIB + 64 * MIB + code + max(collector, 0)
        assert seen["overhead-budget"]["bytes"] == plain["overhead-budget"]["bytes"] + above
        assert seen["overhead-to-set"]["bytes"] >= seen["nmt-outside-heap"]["bytes"]

    def test_off_heap_memory_with_a_term_of_its_own_is_not_the_overheads(self):
        inputs = {"native-memory": PASTED, "spark.memory.offHeap.enabled": "true", "spark.memory.offHeap.size": "100m"}
        found = rows(inputs)
        assert found["nmt-in-overhead"]["bytes"] == found["nmt-outside-heap"]["bytes"] - 100 * MIB
        assert "36 MiB less than the 164 MiB budgeted" in found["nmt-direct-memory"]["because"]

    def test_what_it_cannot_see_is_added(self):
        inputs = {"native-memory": PASTED, "native-libraries": "70m", "language": "python"}
        found = rows(inputs)
        assert found["nmt-in-overhead"]["bytes"] == (443 + 70 + 2 * 48) * MIB

    def test_another_heap_and_several_summaries_are_noticed(self):
        assert "nmt-other-heap" in notes({"native-memory": PASTED, "spark.executor.memory": "4g"})
        assert "nmt-other-heap" not in notes({"native-memory": PASTED})
        assert "nmt-last" in notes({"native-memory": PASTED + PASTED})
        once, twice = (rows({"native-memory": text})["nmt-outside-heap"] for text in (PASTED, PASTED + PASTED))
        assert once == twice

    def test_as_java_8_prints_it(self):
        old = PASTED.replace("                     Other", "                  Internal")
        old = "\n".join(line for line in old.splitlines() if "Metaspace" not in line)
        assert read_native_memory(old).committed_bytes("rest") == 152 * MIB
        assert "nmt-java-8" in notes({"native-memory": old})

    def test_an_archive_of_classes_is_metaspace_with_what_is_said_of_it_or_without(self):
        for more in ("", ", readonly=12288KB"):
            line = f"-        Shared class space (reserved=16384KB, committed=13312KB{more})\n"
            found = read_native_memory(PASTED + line)
            assert found.committed_bytes("metaspace") == (162 + 13) * MIB

    def test_no_text_that_was_pasted_comes_back(self):
        secret = PASTED.replace("4711:", "4711: hunter2").replace("(thread #90)", "(thread #90) hunter2")
        request = {"calculator": "overhead-budget", "page": "calculators/overhead-budget/",
                   "inputs": {"native-memory": secret, "threads": "99"}}  # fmt: skip
        said = [json.dumps(sparkmem.evaluate(request)), page_answer(json.dumps(request))]
        bad = {**request, "inputs": {"native-memory": "hunter2 is not a summary"}}
        said += [json.dumps(sparkmem.evaluate(bad)), page_answer(json.dumps(bad))]
        assert not [text for text in said if "hunter2" in text]
        assert "native-memory" not in {item["name"] for item in answer(request["inputs"])["inputs"]}


@given(st.text(max_size=300))
def test_text_without_a_summary_is_refused(text):
    with pytest.raises(Unreadable) as raised:  # chance makes no summary of some hundred letters
        read_native_memory(text)
    assert raised.value.change


LINES = st.sampled_from([
    *PASTED.splitlines(), "Total: reserved=1, committed=1", "-  X (reserved=9KB, committed=1KB -9KB)", "(", "",
    "Total: reserved=99999999999999999999KB, committed=1KB", "- Java Heap (reserved=1MB, committed=2)",
])  # fmt: skip


@given(st.lists(LINES, max_size=25), st.sampled_from(["", "-", "> ", "\t"]))
def test_lines_in_any_order_are_read_or_refused_and_add_up(lines, before):
    try:
        found = read_native_memory("\r\n".join(before + line for line in lines))
    except Unreadable:
        return
    areas = {category.area for category in found.categories}
    assert sum(found.committed_bytes(area) for area in areas) == found.outside_bytes


@given(st.dictionaries(st.sampled_from([i.name for i in CALCULATOR.inputs]), st.text(max_size=12)))
def test_no_input_ends_in_an_error_of_ours(inputs):
    found = sparkmem.evaluate({"calculator": "overhead-budget", "inputs": inputs})
    assert "rows" in found or found["errors"]


def test_no_part_beside_the_heap_has_the_colour_of_a_region_of_spark():
    result, *_ = CALCULATOR.run({"native-libraries": "100m", "language": "python"})
    kinds = [kind_of(leaf.id) for breakdown in result.breakdowns for leaf in breakdown.leaves]
    assert len(kinds) >= 6
    assert not {*kinds} & {"storage", "execution", "offheap", "user", "heap", "reserved", "held-back"}
