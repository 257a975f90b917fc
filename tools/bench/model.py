"""Times of the package itself, in CPython: its import, an answer of each calculator, many requests at once."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import mean, median
from typing import Any

from sparkmem import evaluate
from sparkmem.browser import answer
from sparkmem.calculators import CALCULATORS
from tools.bench import requests

ROOT = Path(__file__).parents[2]
SEARCHES = {"ui-number": "over heaps and collectors", "fit-node": "over heaps", "release-diff": "over releases"}
"""Calculators that try many answers to find theirs."""

BATCH = 10_000
SEED = 20261122


def report() -> dict[str, float]:
    """Each figure by its name."""
    found = {"import over bare Python, ms": _import_ms()}
    for name in CALCULATORS:
        search = f", a search {SEARCHES[name]}" if name in SEARCHES else ""
        found[f"evaluate {name}{search}, ms"] = _evaluate_ms(name)
    found.update(_configurations_ms())
    found[f"batch of {BATCH:,} mixed requests, s"] = _batch_seconds()
    return found


def _import_ms(rounds: int = 15) -> float:
    """Medians of interpreters that import it and of bare ones, in turn."""
    bare, full = [], []
    for _ in range(rounds):
        bare.append(_run_ms("pass"))
        full.append(_run_ms("import sparkmem"))
    return median(full) - median(bare)


def _run_ms(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    return (time.perf_counter() - start) * 1000


def _evaluate_ms(name: str, count: int = 300) -> float:
    """The median over requests as the batch has them, refused ones included."""
    random, times = Random(SEED), []
    while len(times) < count:
        request = requests.request(random)
        if request["calculator"] == name:
            start = time.perf_counter()
            evaluate(request)
            times.append((time.perf_counter() - start) * 1000)
    return median(times)


def _configurations_ms(rounds: int = 20) -> dict[str, float]:
    """Means over the configurations of others, each read anew: the text before it was another."""
    folder = ROOT / "tests" / "cases" / "configurations"
    texts = [path.read_text() for path in sorted(folder.iterdir()) if path.name != "sources.json"]
    requests = [{"calculator": "explain", "page": "explain/", "inputs": {"text": text}} for text in texts]
    asked = [json.dumps(request) for request in requests]
    named = f"explain over {len(texts)} configurations"
    return {
        f"evaluate {named}, ms": _mean_ms(evaluate, requests, rounds),
        f"answer for the page, {named}, ms": _mean_ms(answer, asked, rounds),
    }


def _mean_ms(face: Callable[[Any], object], requests: Sequence[Any], rounds: int) -> float:
    """The mean over requests of the median over rounds, in each of which all are asked in turn."""
    times: list[list[float]] = [[] for _ in requests]
    for _ in range(rounds):
        for request, taken in zip(requests, times, strict=True):
            start = time.perf_counter()
            face(request)
            taken.append((time.perf_counter() - start) * 1000)
    return mean(map(median, times))


def _batch_seconds() -> float:
    """The command line as people run it, its start included."""
    text = "".join(f"{line}\n" for line in requests.lines(BATCH, SEED))
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "sparkmem", "batch"], input=text, text=True, capture_output=True, check=True, cwd=ROOT
    )
    seconds = time.perf_counter() - start
    if done.stdout.count("\n") != BATCH or done.stderr:
        raise SystemExit(f"batch: {done.stdout.count(chr(10))} answers to {BATCH} requests; {done.stderr[:400]}")
    return seconds
