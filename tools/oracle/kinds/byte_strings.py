"""Sizes as text: JavaUtils.byteStringAs…, Utils.memoryStringToMb and Utils.bytesToString."""

from collections.abc import Iterator
from random import Random
from typing import Any

from .. import vocabulary
from ..jvm import Jvm

KIND = "bytes"
RANDOM_CASES = 120

READERS = ["asBytes", "asKb", "asMb", "asGb", "memoryStringToMb"]

ROUNDED = [0, 1, -1, 999, 1000, 1023, 1024, 2047, 2048, 2049, 2099, 2100, 2150, 2151, 2304, 2560, 2611, 2816, 3072,
           -5000, -2048, 384093388, 455501414, 1048576, 2096128, 2097151, 2097152, 2359296, 2411724, 1073741824,
           2147483647, 2147483648, 2415919104, 4294967296]
"""Numbers about the steps of bytesToString, and some whose second decimal is a 5.
Those of many bytes lie just below the half: a double rounds them up to it, a BigDecimal does not."""


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    for text in vocabulary.SIZES:
        yield {"fn": "asBytes", "in": text}
        yield {"fn": random.choice(READERS[1:]), "in": text}
    for number in ROUNDED:
        yield {"fn": "bytesToString", "in": str(number)}
    for power in (40, 41, 50, 51, 60, 61, 62, 63):
        for number in ((1 << power) - 1, 1 << power, (1 << power) + (1 << power - 4)):
            if number < 1 << 63:
                yield {"fn": "bytesToString", "in": str(number)}
    for hundredths in (205, 235, 275, 305, 745):
        for unit in (1 << 50, 1 << 60):
            yield {"fn": "bytesToString", "in": str(hundredths * unit // 100)}
    yield {"fn": "bytesToString", "in": str(-1 << 63)}
    for _ in range(RANDOM_CASES):
        function = random.choice([*READERS, "bytesToString", "bytesToString"])
        if function == "bytesToString":
            text = str(int(2 ** random.uniform(0, 63)))
        elif random.random() < 0.3:
            text = _mangled(random, vocabulary.size(random, 1, 1 << 50))
        else:
            text = vocabulary.size(random, 1, 1 << 50)
        yield {"fn": function, "in": text}


def _mangled(random: Random, text: str) -> str:
    """A size with one character more, which few forms of a size survive."""
    place = random.randrange(len(text) + 1)
    return text[:place] + random.choice("0123456789.-+ bkmgtpex_") + text[place:]


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    function, text = case["fn"], case["in"]
    if function in ("memoryStringToMb", "bytesToString"):
        utils = getattr(getattr(jvm.view.org.apache.spark.util, "Utils$"), "MODULE$")
        return {"value": getattr(utils, function)(int(text) if function == "bytesToString" else text)}
    java_utils = jvm.view.org.apache.spark.network.util.JavaUtils
    return {"value": getattr(java_utils, f"byteStringA{function[1:]}")(text)}
