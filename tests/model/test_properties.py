"""What must hold of every calculator alike, whatever is asked."""

from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

import sparkmem
from sparkmem.answer.breakdown import Breakdown, line_of
from sparkmem.calculators import CALCULATORS
from sparkmem.errors import BadInputs
from sparkmem.release import RELEASES
from tools.bench import requests

HEAP = {
    "executor-memory": "spark.executor.memory",
    "container-request": "spark.executor.memory",
    "pyspark-memory": "spark.executor.memory",
    "legacy-memory": "spark.executor.memory",
    "task-memory": "spark.executor.memory",
    "driver-memory": "spark.driver.memory",
    "jvm-heap": "heap",
}
"""The input of each calculator that is the heap; the others ask backwards, compare, or divide a node."""

NOT_GIVEN = {"yarn-rounding", "driver-yarn-rounding", "am-yarn-rounding"}
"""What is left of YARN's step: the container that it is part of is never smaller."""

PROMISED_TWICE = {"more-than-the-heap", "margins-overlap", "fraction-above-one"}

VARIED = {
    "gc": ["g1", "parallel", "serial", "z", "shenandoah"],
    "java": ["11", "17", "21", "25"],
    "cluster-manager": ["yarn", "kubernetes", "standalone"],
    "deploy-mode": ["client", "cluster"],
    "language": ["jvm", "python", "r"],
    "spark.memory.fraction": ["0.01", "0.3", "0.6", "0.75", "0.999", "1"],
    "spark.memory.storageFraction": ["0", "0.1", "0.5", "0.99"],
    "spark.memory.offHeap.size": ["0", "1g", "5000m"],
    "spark.executor.cores": ["1", "3", "5", "16"],
    "spark.executor.extraJavaOptions": ["-XX:NewRatio=1", "-XX:NewRatio=4", "-Xmn300m", "-XX:SurvivorRatio=4", "-Xms512m"],
    "spark.executor.memoryOverheadFactor": ["0.05", "0.1", "0.4"],
    "spark.executor.pyspark.memory": ["512m", "2g"],
    "yarn-minimum-allocation": ["1", "32", "1024", "3000"],
}


@st.composite
def heaps(draw):
    """A calculator, inputs beside the heap, and two heaps [MiB], the smaller one first."""
    name = draw(st.sampled_from(list(HEAP)))
    offered = CALCULATORS[name].by_name
    varied = {key: st.sampled_from(texts) for key, texts in VARIED.items() if key in offered}
    inputs = draw(st.fixed_dictionaries({}, optional=varied))
    inputs["release"] = "2.4" if name == "legacy-memory" else draw(st.sampled_from(list(RELEASES)))
    smaller = draw(st.integers(700, 200_000))
    return name, inputs, smaller, smaller + draw(st.one_of(st.integers(1, 64), st.integers(1, 20_000)))


def sizes(name: str, inputs: dict[str, str], heap_mib: int) -> dict[str, int]:
    found = sparkmem.evaluate({"calculator": name, "inputs": {**inputs, HEAP[name]: f"{heap_mib}m"}})
    assert "errors" not in found, found
    return {row["id"]: row["bytes"] for row in found["rows"] if "bytes" in row}


@example(("task-memory", {"release": "4.3"}, 200_000, 260_000))  # a pool of more than 128 GiB
@settings(max_examples=250)
@given(heaps())
def test_more_heap_never_gives_less_of_anything(asked):
    name, inputs, smaller, larger = asked
    before, after = sizes(name, inputs, smaller), sizes(name, inputs, larger)
    shared = before.keys() & after.keys() - NOT_GIVEN
    assert len(shared) >= 3
    assert {row: (before[row], after[row]) for row in shared if after[row] < before[row]} == {}


def checked(part) -> int:
    """The parts of a breakdown added up anew, at every depth; how many sums were compared."""
    if not isinstance(part, Breakdown):
        return 0
    assert sum(line_of(one).size_bytes or 0 for one in part.parts) == part.total.size_bytes, part.total
    return 1 + sum(checked(one) for one in part.parts)


def test_parts_add_up_in_every_answer():
    """Over requests of all calculators; an answer that did not add up would not even be made."""
    random, sums = Random(3), dict.fromkeys(CALCULATORS, 0)
    for _ in range(1500):
        request = requests.request(random)
        name = request["calculator"]
        try:
            result, _ = CALCULATORS[name].run(request["inputs"])
        except BadInputs:
            continue
        sums[name] += sum(checked(breakdown) for breakdown in result.breakdowns)
        negative = {line.id for line in result.rows() if (line.size_bytes or 0) < 0}
        # Nothing is below zero, except what is left where shares promise more than the heap has; a note says so.
        assert not negative or PROMISED_TWICE & {note.id for note in result.notes}, request
    assert {name for name, count in sums.items() if count >= 50} >= {
        "executor-memory", "container-request", "driver-memory", "legacy-memory", "jvm-heap", "fit-node",
    }  # fmt: skip
