"""Requests as people and programs send them: of every calculator, a tenth of them malformed, the same for a seed."""

from __future__ import annotations

import json
from random import Random

from sparkmem.calculators import CALCULATORS
from sparkmem.input import Input

SIZES = ("512m", "1g", "1536m", "2g", "4g", "5g", "8g", "12g", "16g", "28g", "32g", "48g", "64g")
FRACTIONS = ("0.1", "0.2", "0.3", "0.5", "0.6", "0.75", "0.8")
COUNTS = ("1", "2", "3", "4", "5", "8", "16")
NUMBERS = ("366.3 MiB", "434.4 MiB", "956.6 MB", "2.2 GiB", "912.3 MiB", "8.4 GiB", "4.1 GB", "455501414", "17.8 GiB")
MACHINES = ({"platform": "emr", "machine-type": "m5.4xlarge"}, {"platform": "eks", "machine-type": "m5.xlarge"},
            {"platform": "gke", "machine-type": "e2-standard-8"}, {"node-memory": "64g", "node-cores": "16"})  # fmt: skip

_BY_UNIT = {"size": SIZES, "number": FRACTIONS, "count": COUNTS}


def lines(count: int, seed: int) -> list[str]:
    """So many lines: nine in ten are requests that make sense, the tenth is not."""
    random = Random(seed)
    return [malformed(random) if number % 10 == 9 else json.dumps(request(random)) for number in range(count)]


def request(random: Random) -> dict[str, object]:
    """A request of one calculator with some of its inputs; a few of them are refused, as in life."""
    name = random.choice(list(CALCULATORS))
    offered = [item for item in CALCULATORS[name].inputs if item.in_form]
    drawn = random.sample(offered, random.randint(0, min(5, len(offered))))
    inputs = {item.name: text for item in drawn if (text := _text(random, item))}
    if name == "ui-number":
        inputs["number"] = random.choice(NUMBERS)
    if name == "fit-node":
        inputs = {key: text for key, text in inputs.items() if key.startswith("spark.")} | random.choice(MACHINES)
    return {"calculator": name, "inputs": inputs}


def _text(random: Random, item: Input) -> str:
    if item.choices:
        return random.choice(item.choices)[0]
    return random.choice(_BY_UNIT.get(item.unit, (item.example, item.default)))


def malformed(random: Random) -> str:
    """A line that is no request, or one that nobody can answer; never the same fault for long."""
    good = request(random)
    text = json.dumps(good)
    odd = random.choice(["-1g", "1.5g", "x", "", " ", "9" * 400, "1e999", "\ud800", "é<&\"'", "\x00", "NaN", "０x10"])
    name = random.choice([item.name for item in CALCULATORS[str(good["calculator"])].inputs])
    return random.choice(
        [
            "", " ", "null", "true", "[]", "{}", '"text"', "3", "NaN", "1" * 5000, "[" * 100_000, '{"a":' * 2000,
            text[: random.randrange(len(text))], text + text, text.replace('"', "'"), "\ufeff" + text, text + "\x00",
            json.dumps({"calculator": "no-such"}), json.dumps({"calculator": ["executor-memory"]}),
            json.dumps({"calculator": None, "inputs": {}}), json.dumps(good | {"inputs": [1, 2]}),
            json.dumps(good | {"inputs": "x"}),
            json.dumps(good | {"inputs": {name: random.choice([1, None, True, {}, []])}}),
            json.dumps(good | {"inputs": {"": "", "spark.executor.memry": "1g"}}),
            json.dumps(good | {"inputs": {name: odd}}), json.dumps(good | {"inputs": {name: odd, "release": "1.6"}}),
        ]
    )  # fmt: skip
