"""What YARN counts more than once: a budget and an answer say so where it is so, and nowhere else."""

import pytest

from sparkmem import evaluate

EIGHT = {"spark.executor.memory": "8g"}
GENERATIONAL = "-XX:+UseZGC -XX:+ZGenerational"


def answer(calculator, **inputs):
    named = {name.replace("_", "-"): value for name, value in inputs.items()}
    return evaluate({"calculator": calculator, "inputs": {**EIGHT, **named}})


def ids(found):
    return [note["id"] for note in found["notes"]]


def counted(found):
    return sum(row["bytes"] for row in found["rows"] if row["id"] == "heap-counted-again")


@pytest.mark.parametrize(("java", "flags", "times"), [
    ("11", "", 3), ("17", "", 3), ("21", "", 3), ("25", "", 1), ("21", GENERATIONAL, 1), ("25", "-XX:-ZGenerational", 1),
])
def test_zgc_without_generations_is_budgeted_three_times_on_yarn(java, flags, times):
    found = answer("overhead-budget", gc="z", java=java, **{"spark.executor.extraJavaOptions": flags})
    assert counted(found) == (times - 1) * (8 << 30)
    assert ("heap-counted-again" in ids(found)) == (times > 1)
    short = any(row["id"] == "overhead-missing" for row in found["rows"])
    assert short == (times > 1), "what is budgeted is not enough by YARN's count"


@pytest.mark.parametrize("manager", ["kubernetes", "standalone"])
def test_others_count_it_once(manager):
    found = answer("overhead-budget", gc="z", java="17", cluster_manager=manager)
    assert counted(found) == 0
    assert "heap-counted-again" not in ids(answer("executor-memory", gc="z", java="17", cluster_manager=manager))


@pytest.mark.parametrize("gc", ["g1", "parallel", "serial", "shenandoah"])
def test_other_collectors_are_counted_once(gc):
    assert counted(answer("overhead-budget", gc=gc, java="17")) == 0
    assert "heap-counted-again" not in ids(answer("executor-memory", gc=gc, java="17"))


def test_explain_does_not_call_it_a_fit():
    text = "spark-submit --master yarn --executor-memory 8g --conf spark.executor.extraJavaOptions=-XX:+UseZGC app.jar"
    found = evaluate({"calculator": "explain", "inputs": {"text": text, "release": "3.5", "java": "17"}})
    assert "heap-counted-again" in ids(found)
    assert not found["verdict"].startswith("Fits.")
