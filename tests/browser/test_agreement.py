"""The page's own Python and CPython give the same answer to the same question."""

import json
import random
import subprocess
import sys

from reader import PATIENCE_MS, ROOT

from sparkmem import evaluate
from sparkmem.calculators import CALCULATORS

CALCULATOR = CALCULATORS["executor-memory"]


def random_inputs(chance):
    """Some inputs set at random: mostly what people write, sometimes what nobody should."""
    inputs = {}
    for item in chance.sample(CALCULATOR.inputs, chance.randrange(1, 6)):
        if item.choices:
            values = [value for value, _ in item.choices]
        elif item.name.startswith("spark.executor.extra"):
            values = ["-XX:+UseParallelGC", "-XX:+UseZGC", "-XX:G1HeapRegionSize=16m -XX:+UseG1GC", "-Xmx4g", "nonsense"]
        elif "raction" in item.name:
            values = [f"{chance.random():.3f}", "0", "1", "-0.1", "x"]
        elif item.unit in ("count", "number"):
            values = [str(chance.randrange(1, 64)), "0", "1.5", "-3"]
        else:
            values = [
                f"{chance.randrange(1, 2 ** chance.randrange(3, 17))}{chance.choice(['', 'k', 'm', 'g', 'mb', 'GiB'])}",
                str(chance.randrange(2 ** chance.randrange(28, 38))),
                "",
                "1.5g",
                "8 g",
            ]
        inputs[item.name] = chance.choice([*values[:1] * 6, *values])
    return inputs


def test_a_hundred_random_inputs_get_the_same_answer_in_the_pages_worker(reader):
    chance = random.Random(20261122)
    requests = [{"calculator": CALCULATOR.id, "inputs": random_inputs(chance)} for _ in range(100)]
    expected = [evaluate(request) for request in requests]
    good = sum("errors" not in answer for answer in expected)
    assert 30 <= good <= 90, f"{good} of 100 have an answer: a poor mixture"

    reader.go().stage("ready")
    answers = reader.page.evaluate(
        """async ([module, requests, patience]) => {
          const { engine } = await import(module);
          const late = new Promise((_, fail) => setTimeout(() => fail(new Error("a question has no answer")), patience));
          return Promise.race([late, Promise.all(requests.map((request) => engine.ask("evaluate_json", request)))]);
        }""",
        [reader.engine(), [json.dumps(request) for request in requests], PATIENCE_MS],
    )
    assert [json.loads(answer) for answer in answers] == expected


def test_the_command_line_says_what_the_page_shows(reader):
    inputs = {"spark.executor.memory": "8g", "spark.memory.fraction": "0.7", "release": "3.5"}
    options = [word for name, value in inputs.items() for word in (f"--{name}", value)]
    run = subprocess.run(
        [sys.executable, "-m", "sparkmem", CALCULATOR.id, *options, "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(run.stdout) == evaluate({"calculator": CALCULATOR.id, "inputs": inputs})
    reader.go("?" + "&".join(f"{name}={value}" for name, value in inputs.items())).settled()
    for row in json.loads(run.stdout)["rows"]:
        shown = reader.answer.locator(f'details[id="{CALCULATOR.id}-answer--{row["id"]}"]')
        if shown.count() and row.get("bytes") is not None:
            assert f"{row['bytes']:,} bytes" in shown.inner_text()
    assert reader.answer.locator("details").count() >= 8
