"""Sizes on the pages of the web UI that JavaScript fills in: formatBytes of Spark's utils.js, run by Node."""

import json
import re
from collections.abc import Iterator
from random import Random
from typing import Any

from ...node import run_node
from ..jvm import Jvm

KIND = "uiBytes"
RANDOM_CASES = 20

NUMBERS = [0, 1, -1, 999, 1000, 1023, 1024, 1025, 1049, 1050, 1075, 1076, 1126, 1948, 1949, 9949, 9950, 384093388, 455501414,
           723936870, 2388236697, 999949, 999950, 999999, 1048524, 1048525, (1 << 53) - 1, (1 << 63) - 1]


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    for number in NUMBERS:
        yield {"in": str(number)}
    for power in range(2, 6):
        for number in (1000**power - 1, 1000**power, 1024**power - 1, 1024**power, 1024**power + 1):
            yield {"in": str(number)}
    for _ in range(RANDOM_CASES):
        yield {"in": str(int(2 ** random.uniform(0, 50)))}


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    """The text for a number of bytes, which JavaScript takes as a double."""
    call = f"console.log(formatBytes(Number({json.dumps(case['in'])}), 'display'));"
    return {"value": run_node("--eval", f"{_script(jvm)}\n{call}", capture=True).removesuffix("\n")}


def _script(jvm: Jvm) -> str:
    """The page's script out of Spark's jar; a module since 4.0, of which only the list of exports is left out."""
    resource = jvm.view.java.lang.ClassLoader.getSystemResourceAsStream("org/apache/spark/ui/static/utils.js")
    script = bytes(resource.readAllBytes()).decode()
    return re.sub(r"^export \{[^}]*\};?", "", script, flags=re.MULTILINE)
