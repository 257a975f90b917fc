"""The register of refusals, asked by every calculator: none gives a figure where another refuses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sparkmem
from sparkmem.calculators import CALCULATORS
from sparkmem.refusals.job import Job
from sparkmem.refusals.register import refusals
from sparkmem.release import RELEASES

_OTHERS = ("legacy-memory", "jvm-heap")  # of another manager, and of no application
ASKING = [id for id, calculator in CALCULATORS.items() if calculator.asks_register and id not in _OTHERS]
NAMES = {id: {item.name for item in CALCULATORS[id].inputs} for id in ASKING}
KNOWN = {"language": "python", "deploy-mode": "client", "settings": "none"}
"""What the calculators that ask for it are told alike: one that does not ask takes its own for granted."""

TEXTS = {
    "spark.executor.memory": ["8g", "449m", "0", "abc", "1024", "450m", "1.5g", ""],
    "spark.executor.cores": ["4", "1", "0", "abc"],
    "spark.task.cpus": ["1", "4", "abc", "0"],
    "spark.executor.instances": ["2", "abc", "0"],
    "spark.memory.fraction": ["0.6", "1.5", "abc", "-1", "0"],
    "spark.memory.storageFraction": ["0.5", "1", "abc"],
    "spark.memory.offHeap.enabled": ["true", "false", "abc"],
    "spark.memory.offHeap.size": ["2g", "0", "-1", "abc", "1k"],
    "spark.driver.memory": ["4g", "100m", "abc", "0", "4096"],
    "spark.executor.memoryOverhead": ["1g", "abc", "-1"],
    "spark.executor.pyspark.memory": ["1g", "abc"],
    "spark.executor.extraJavaOptions": ["-XX:+UseG1GC", "-XX:MaxRAMPercentage=500", "-Xmx4g", "-XX:MaxDirectMemorySize=abc"],
    "release": ["2.4", "3.0", "3.5", "4.1", "4.3"],
    "cluster-manager": ["yarn", "kubernetes"],
    "java": ["", "17", "21"],
}  # fmt: skip
INPUTS = st.fixed_dictionaries({}, optional={name: st.sampled_from(texts) for name, texts in TEXTS.items()})


def refused(id: str, inputs: dict[str, str]) -> bool | None:
    """Whether Spark or the JVM refuses these inputs; None where only an input of ours cannot be used."""
    texts = inputs | {name: text for name, text in KNOWN.items() if name in NAMES[id]}
    answer = sparkmem.evaluate({"calculator": id, "inputs": texts})
    if "errors" in answer:
        return True if any(error["by"] != "sparkmem" for error in answer["errors"]) else None
    return answer.get("verdict", "").startswith("Refused")


@settings(max_examples=60)
@given(inputs=INPUTS, pair=st.tuples(st.sampled_from(ASKING), st.sampled_from(ASKING)))
def test_no_calculator_gives_a_figure_where_another_refuses(inputs, pair):
    shared = {name: text for name, text in inputs.items() if all(name in NAMES[id] for id in pair)}
    one, other = (refused(id, shared) for id in pair)
    assert {one, other} != {True, False}, (pair, shared)


@pytest.mark.parametrize("memory", ["449m", "0"])
def test_a_node_is_not_filled_with_executors_that_do_not_start(memory):
    inputs = {"node-memory": "64g", "node-cores": "16", "spark.executor.memory": memory}
    (of_node,) = sparkmem.evaluate({"calculator": "fit-node", "inputs": inputs})["errors"]
    asked = {"calculator": "executor-memory", "inputs": {"spark.executor.memory": memory}}
    assert of_node["change"] == "give at least 450m"
    assert of_node["message"] == sparkmem.evaluate(asked)["errors"][0]["message"]


@pytest.mark.parametrize("overhead", ["2147483647", "9999999999999999"])
def test_a_container_beyond_what_yarn_is_told_is_no_figure_of_any_calculator(overhead):
    """`fit-node` said that the smallest node has 10,000,000,000,001,024 MiB."""
    inputs = {"spark.executor.memory": "4g", "spark.executor.memoryOverhead": overhead, "cluster-manager": "yarn"}
    asked = [id for id in ASKING if inputs.keys() <= NAMES[id]]
    for id in asked:
        answer = sparkmem.evaluate({"calculator": id, "inputs": inputs})
        assert [error["input"] for error in answer.get("errors", ())] == ["spark.executor.memory"], id
        assert "more than the number holds" in answer["errors"][0]["message"]
    assert {"fit-node", "container-request", "explain"} <= set(asked)


@pytest.mark.parametrize(("conf", "key"), [
    ("spark.executor.instances=1.5", "spark.executor.instances"),
    ("spark.task.cpus=-1", "spark.task.cpus"),
    ("spark.executor.cores=1 --conf spark.task.cpus=4", "spark.executor.cores"),
    ("spark.memory.fraction=1.5", "spark.memory.fraction"),
    ("spark.executor.extraJavaOptions=-XX:MaxMetaspaceSize=0", "spark.executor.extraJavaOptions"),
    ("spark.executor.extraJavaOptions=-XX:G1NewSizePercent=20", "spark.executor.extraJavaOptions"),
    ("spark.driver.extraJavaOptions=-XX:G1NewSizePercent=20", "spark.driver.extraJavaOptions"),
    ("spark.dynamicAllocation.enabled=true --conf spark.dynamicAllocation.minExecutors=10"
     " --conf spark.dynamicAllocation.maxExecutors=2", "spark.dynamicAllocation.minExecutors"),
])  # fmt: skip
def test_a_verdict_refuses_each_once_and_says_what_to_write(conf, key):
    text = f"spark-submit --master yarn --conf {conf} --class a.B b.jar"
    answer = sparkmem.evaluate({"calculator": "explain", "inputs": {"text": text}})
    assert answer["verdict"].startswith("Refused by ")
    (said,) = [note["text"] for note in answer["notes"] if note["id"] == "refused" and f"refuses {key}:" in note["text"]]
    assert said.endswith(".)"), "what to write instead"
    assert not any((row.get("bytes") or 0) < 0 for row in answer["rows"])


@pytest.mark.parametrize("key", ["spark.executor.instances", "spark.task.cpus"])
def test_what_is_no_number_is_lost_in_a_text_and_refused_beside_it(key):
    text = f"spark-submit --master yarn --conf {key}=abc --class a.B b.jar"
    answer = sparkmem.evaluate({"calculator": "explain", "inputs": {"text": text}})
    assert answer["verdict"] == f"Not all of it counts. Lost: {key} (value not readable)."
    answer = sparkmem.evaluate({"calculator": "explain", "inputs": {key: "abc"}})
    assert answer["verdict"].startswith("Refused by Spark 4.3: ")


def test_what_nobody_reads_is_not_refused():
    bounds = {"spark.dynamicAllocation.minExecutors": "10", "spark.dynamicAllocation.maxExecutors": "2"}
    assert not refusals(Job(bounds, "4.3", "yarn", "client"))
    assert not refusals(Job({"spark.yarn.am.memory": "abc"}, "4.3", "yarn", "cluster"))
    assert not refusals(Job({"spark.shuffle.memoryFraction": "abc"}, "3.0", "yarn"))


def test_a_jvm_that_names_one_dead_flag_is_told_all_of_them():
    options = "-XX:+PrintGCDateStamps -XX:+UseG1GC -XX:MaxPermSize=1g"
    said = refusals(Job({"spark.executor.extraJavaOptions": options}, "3.2", "yarn", java=17))
    assert [one.message for one in said] == ["Unrecognized VM option 'PrintGCDateStamps'"]
    assert said[0].change == "take out all that Java 17 does not know: PrintGCDateStamps, MaxPermSize"


def test_fits_says_what_would_hold_it_where_no_limit_is_given():
    text = "spark-submit --master yarn --executor-memory 4g --class a.B b.jar"
    unbounded = sparkmem.evaluate({"calculator": "explain", "inputs": {"text": text}})
    assert unbounded["verdict"].startswith("Fits if a node has 5,120 MiB for an executor: no limit is given.")
    bounded = sparkmem.evaluate({"calculator": "explain", "inputs": {"text": text, "node-memory": "64g"}})
    assert bounded["verdict"].startswith("Fits. ")


def test_a_risk_does_not_hide_that_no_limit_is_given():
    text = "spark-submit --master yarn --executor-memory 8g --conf spark.executor.memoryOverhead=512m --class a.B b.jar"
    said = sparkmem.evaluate({"calculator": "explain", "inputs": {"text": text}})["verdict"]
    assert said.startswith("Fits, but risky. ")
    fits = "It fits if a node has 9,216 MiB for an executor: no limit is given."
    assert said.endswith(f"{fits} Not set, so Spark's default holds: spark.driver.memory 1g.")


@pytest.mark.parametrize("manager", ["yarn", "kubernetes", "standalone", "local"])
@pytest.mark.parametrize("mode", ["client", "cluster"])
@pytest.mark.parametrize("text", ["9999999t", "8388608t", "9223372036854775807", "9223372036854775807k", "1p", "0", "-0"])
def test_a_size_at_the_end_of_what_a_number_holds_is_refused_and_breaks_nothing(manager, mode, text):
    for key in ("spark.driver.memory", "spark.executor.memory", "spark.memory.offHeap.size", "spark.yarn.am.memory"):
        for release in RELEASES:
            job = Job({key: text, "spark.memory.offHeap.enabled": "true"}, release, manager, mode, "python", java=17)
            assert all(refusal.message for refusal in refusals(job))


@pytest.mark.parametrize("release", ["3.2", "4.3"])
def test_no_calculator_is_silent_about_a_collector_that_its_java_does_not_know(release):
    """CMS on Java 17 was answered as G1 without a word; the JVM passes over it where Spark tells it to, from 3.3 on."""
    asked = 0
    for calculator in CALCULATORS.values():
        keys = [name for name in calculator.by_name if name.endswith("JavaOptions")]
        if "java" not in calculator.by_name or calculator.id in ("release-diff", "explain"):  # those tell it in an answer
            continue
        for key in keys:
            inputs = {"release": release, "java": "17", key: "-XX:+UseConcMarkSweepGC"}
            found = sparkmem.evaluate({"calculator": calculator.id, "inputs": inputs})
            errors = [error["input"] for error in found.get("errors", [])]
            said = [note["id"] for note in found.get("notes", []) if note["id"] == "dead-flag"]
            if "release" in errors:
                continue
            wanted = (True, []) if release == "3.2" else (False, ["dead-flag"])
            assert (key in errors, said) == wanted, (calculator.id, key)
            asked += 1
    assert asked >= 6
