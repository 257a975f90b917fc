"""The memory managers of the model: operations in CPython, and a long script in the page."""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import BrowserType

from tools.bench.host import NO_LIMIT, Host
from tools.bench.visits import browser

PAGE = "memory-manager/"
OPERATIONS = 10_000
LINES = 200
ROUNDS = 7

_MEASURE = """async (scripts) => {
  const element = document.querySelector("spark-watch"), area = element.querySelector("[name=script]");
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
  const told = (script) => new Promise((done) => {
    area.value = script;
    const start = performance.now();
    const observer = new MutationObserver(async () => {
      if (element.hasAttribute("data-stale")) return;
      observer.disconnect();
      done(await painted() - start);
    });
    observer.observe(element, { attributes: true, attributeFilter: ["data-stale"] });
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const scripts_ms = [], steps_ms = [];
  for (const script of scripts) {
    scripts_ms.push(await told(script));
    while (element.querySelector("[data-table][aria-busy]")) await painted();
    await painted();
  }
  for (let step = 0; step < 40; step++) {
    const start = performance.now();
    element.querySelector("[data-move=on]").click();
    element.getBoundingClientRect();
    steps_ms.push(performance.now() - start);
    await painted();
  }
  return [scripts_ms.slice(1), steps_ms];
}"""


def operations_per_second() -> float:
    """How many operations of one long trace are replayed in a second of processor time, at best."""
    from sparkmem.spark.managers.trace import replay

    trace = {
        "conf": {"spark.testing.memory": str(4 << 30), "spark.memory.offHeap.size": "1g"},
        "ops": _operations(random.Random(20261125)),
    }
    best = 0.0
    for _ in range(ROUNDS):
        start = time.process_time()
        replay(trace)
        best = max(best, OPERATIONS / (time.process_time() - start))
    return best


def _operations(chance: random.Random) -> list[list[Any]]:
    """Blocks and tasks in turn, of sizes that keep both pools full: a seventh of them evict."""
    found: list[list[Any]] = []
    names = ["put"] * 4 + ["acqExec"] * 4 + ["relExec"] * 2 + ["relTask", "get", "get", "remove", "acqUnroll", "relUnroll"]
    for number in range(OPERATIONS):
        name, mode = chance.choice(names), chance.choice(["on", "on", "on", "off"])
        size, task = chance.randrange(1 << 20, 60 << 20), chance.randrange(8)
        block = f"rdd_{chance.randrange(6)}_{chance.randrange(number + 1)}"
        values = {
            "put": [f"rdd_{chance.randrange(6)}_{number}", size, mode], "acqExec": [size, task, mode],
            "relExec": [size, task, mode], "relTask": [task], "acqUnroll": [block, size // 4, mode],
            "relUnroll": [size // 4, mode],
        }  # fmt: skip
        found.append([name, *values.get(name, [block])])
    return found


def watched(chromium: BrowserType, site: Path) -> dict[str, float]:
    """Milliseconds until a script of 200 operations is told and its scene painted, and for one step of it."""
    scripts = ["\n".join(_script(random.Random(number))) for number in range(ROUNDS + 1)]
    with Host(site, NO_LIMIT) as host, tempfile.TemporaryDirectory() as profile, browser(chromium, Path(profile)) as page:
        page.goto(host.url + PAGE)
        page.wait_for_selector("spark-watch[data-stage=ready]", timeout=120_000)
        scripts_ms, steps_ms = page.evaluate(_MEASURE, scripts)
    return {"script of 200 operations, painted, ms": median(scripts_ms), "a step of it, ms": median(steps_ms)}


def _script(chance: random.Random) -> list[str]:
    forms = ("cache rdd_{r}_{n} {s}m", "task {t} asks {s}m", "task {t} releases {s}m", "task {t} ends", "use rdd_{r}_{o}")
    return [
        chance.choice(forms).format(
            r=chance.randrange(5), n=number, o=number // 2, s=chance.randrange(5, 80), t=chance.randrange(4)
        )
        for number in range(LINES)
    ]
