"""Edits on every calculator's page: the work from an input event until its answer is painted.

Work is what somebody has to do, and not what waiting for the next frame takes:

    answered  from the input event until the answer is in the page: the handler, the way to the worker
              and back, Python, and putting its HTML in place
    drawn     the frame that shows it, from its first callback until it is painted: style, layout, paint

Each is taken inside the page, by its own clock; a loaded machine makes both longer.  The answer is in view, and
every edit changes what its field holds.  What an edit costs in all, the pause behind it too, is the processor time
of all processes of the browser: whoever edits once and looks pays for what waits until then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import BrowserType, Page

from sparkmem.calculators import CALCULATORS
from sparkmem.input import Input
from sparkmem.stops import STOPS
from tools.bench import requests
from tools.bench.host import NO_LIMIT, Host
from tools.bench.visits import browser, fresh_profile, process_of
from tools.suite.processor import seconds_of

SEED = 20261125
WARMING = 20
"""Edits that are not counted: the browser compiles what it runs often."""

PAUSED = 12
"""Edits with a pause behind each, of which the processor time is taken."""
_PAUSE_MS = 900  # until what waits for a pause is done

_ELEMENT = re.compile(r'<spark-calc[^>]* calculator="([a-z-]+)"')

_EDIT = """async ([name, value]) => {
  const element = document.querySelector("spark-calc");
  const control = element.querySelector(`[name="${name}"]`);
  if (control.value === value) return null;
  control.value = value;
  const start = performance.now();
  const placed = new Promise((done) => {
    const look = () => {
      if (element.hasAttribute("data-stale")) return;
      observer.disconnect();
      done(performance.now());
    };
    const observer = new MutationObserver(look);
    observer.observe(element, { attributes: true, attributeFilter: ["data-stale"] });
  });
  control.dispatchEvent(new Event("input", { bubbles: true }));
  const handled = performance.now();
  control.dispatchEvent(new Event("change", { bubbles: true })); // as who leaves the field: a refusal waits no longer
  // An answer that stands for these inputs already, as that of the build, is there at once.
  const answered = element.hasAttribute("data-stale") ? await placed : handled;
  return new Promise((done) => requestAnimationFrame(() => {
    const frame = performance.now();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const end = performance.now();
      done({ handled: handled - start, answered: answered - start, drawn: end - frame, painted: end - start });
    };
    port2.postMessage(0);
  }));
}"""


_IN_VIEW = """() => {
  const { top } = document.querySelector("spark-calc [data-answer]").getBoundingClientRect();
  scrollBy({ top: top - innerHeight * 0.4, behavior: "instant" });
}"""
"""As a reader has it who edits: the end of the form above, the answer below."""


def pages(site: Path) -> dict[str, str]:
    """A page of each calculator: where there are several, the longest, which the browser has most to do with."""
    found: dict[str, list[Path]] = {}
    for path in sorted(site.rglob("index.html")):
        if match := _ELEMENT.search(path.read_text()):
            found.setdefault(match[1], []).append(path)
    longest = {name: max(paths, key=lambda path: path.stat().st_size) for name, paths in found.items()}
    return {name: f"{path.parent.relative_to(site).as_posix()}/" for name, path in longest.items()}


def edits(name: str, random: Random) -> Iterator[tuple[str, str]]:
    """Edits of a calculator's form without end, one field each; most of them a pasted text where there is a box."""
    fields = [item for item in CALCULATORS[name].inputs if item.in_form and item.unit != "lines"]
    box = next((item for item in CALCULATORS[name].inputs if item.unit == "lines"), None)
    while True:
        item = random.choice(fields)
        yield (box.name, _pasted(random)) if box and random.random() < 0.8 else (item.name, _value(item, random))


def _value(item: Input, random: Random) -> str:
    if item.choices:
        return random.choice(item.choices)[0]
    if item.name in STOPS:
        return random.choice(STOPS[item.name].offered(item.default))
    if item.name == "number":
        return random.choice(requests.NUMBERS)
    return random.choice((item.example, item.default))


def _pasted(random: Random) -> str:
    """A command as people paste it."""
    keys = [key for key in STOPS if key.startswith(("spark.executor.", "spark.driver.", "spark.memory."))]
    chosen = random.sample(keys, random.randint(1, 6))
    settings = " ".join(f"--conf {key}={random.choice(STOPS[key].texts)}" for key in chosen)
    manager = random.choice(("yarn", "k8s://https://host:6443", "spark://host:7077"))
    return f"spark-submit --master {manager} --deploy-mode {random.choice(('client', 'cluster'))} {settings} job.py"


def measure(chromium: BrowserType, site: Path, count: int, only: str = "") -> dict[str, Any]:
    """Of each calculator, 95th percentiles and medians [ms]."""
    report = {}
    with Host(site, NO_LIMIT) as host:
        for name, path in pages(site).items():
            if only and name != only:
                continue
            with fresh_profile() as profile, browser(chromium, profile) as page:
                page.goto(host.url + path, wait_until="load")
                page.wait_for_selector("spark-calc[data-stage=ready]", timeout=120_000)
                all_edits = edits(name, Random(SEED))
                report[name] = {"page": path, **_figures(_times(page, all_edits, count))}
                report[name]["processor, ms"] = _processor_ms(page, all_edits, process_of(profile))
    return report


def _times(page: Page, all_edits: Iterator[tuple[str, str]], count: int) -> list[Mapping[str, float]]:
    """Of so many edits that change what their field holds [ms]."""
    page.wait_for_timeout(3000)  # the rest of the package comes, and the picture of Python's memory is kept
    page.evaluate(_IN_VIEW)
    timed = (time for edit in all_edits if (time := page.evaluate(_EDIT, list(edit))))
    return list(islice(timed, WARMING + count))[WARMING:]


def _processor_ms(page: Page, all_edits: Iterator[tuple[str, str]], browser: int | None) -> float:
    """Of all processes of the browser, for an edit and the pause behind it [ms]; not a number where that cannot be seen."""
    if browser is None:
        return float("nan")
    page.wait_for_timeout(_PAUSE_MS)
    before, made = seconds_of(browser), 0
    while made < PAUSED:
        if page.evaluate(_EDIT, list(next(all_edits))):
            made += 1
            page.wait_for_timeout(_PAUSE_MS)
    return (seconds_of(browser) - before) / PAUSED * 1000


def _figures(times: list[Mapping[str, float]]) -> dict[str, float]:
    series = {
        "work": [time["answered"] + time["drawn"] for time in times],
        "answered": [time["answered"] for time in times],
        "drawn": [time["drawn"] for time in times],
        "painted": [time["painted"] for time in times],
    }
    p95 = {f"{name}, p95 ms": quantiles(values, n=20)[-1] for name, values in series.items()}
    return {"edits": len(times), **p95, **{f"{name}, median ms": median(values) for name, values in series.items()}}


def table(report: Mapping[str, Mapping[str, Any]]) -> str:
    """One line for each calculator."""
    head = f"{'edits':18}{'':6}{'work':>16}{'answered':>18}{'drawn':>16}{'painted':>18}{'processor':>12}"
    lines = [head, f"{'':18}{'':6}" + f"{'p95 ms  median':>17}" * 4 + f"{'ms':>12}"]
    for name, row in report.items():
        shown = ("work", "answered", "drawn", "painted")
        figures = "".join(f"{row[f'{what}, p95 ms']:9.1f}{row[f'{what}, median ms']:8.1f}" for what in shown)
        lines.append(f"{name:18}{row['edits']:6}{figures}{row['processor, ms']:12.1f}  {row['page']}")
    return "\n".join(lines)
