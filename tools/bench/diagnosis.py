"""Texts of failures: 100 MB on the command line, and a megabyte of each hostile kind in the page."""

from __future__ import annotations

import gzip
import itertools
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import BrowserType

from tools.bench.host import NO_LIMIT, Host
from tools.bench.hostile import texts
from tools.bench.visits import browser

ROOT = Path(__file__).parents[2]
LOGS = ROOT / "tests" / "logs"
PAGE = "what-happened/"
SIZE = 100_000_000

_MEASURE = """async (text) => {
  const element = document.querySelector("spark-diagnose"), area = element.querySelector("[name=text]");
  const answered = () => new Promise((done) => {
    const observer = new MutationObserver(() => {
      if (element.hasAttribute("data-stale")) return;
      observer.disconnect();
      done(performance.now());
    });
    observer.observe(element, { attributes: true, attributeFilter: ["data-stale"] });
  });
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  area.select();
  const start = performance.now();
  const taken = !area.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData }));
  if (!taken) {
    area.value = text;
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return await answered() - start;
}"""


def command_line() -> dict[str, float]:
    """Processor time and the most memory of ``sparkmem diagnose`` over real logs, repeated with other numbers."""
    with tempfile.NamedTemporaryFile("w", suffix=".log") as file:
        size = 0
        for text in _logs():
            size += file.write(text)
            if size >= SIZE:
                break
        file.flush()
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        began = time.perf_counter()
        command = [sys.executable, "-m", "sparkmem", "diagnose", file.name, "--json"]
        said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
        clock = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if json.loads(said)["read"]["bytes"] < SIZE or not json.loads(said)["findings"]:
        raise SystemExit("diagnose did not read the whole log")
    return {
        "diagnose 100 MB on the command line, processor s": used.ru_utime - before,
        "diagnose 100 MB on the command line, clock s": clock,
        "diagnose 100 MB on the command line, MB at most": used.ru_maxrss / 1000,
    }


def _logs() -> Iterator[str]:
    """The kept logs of real Spark again and again, each time with other numbers in clocks, ids and sizes."""
    kept = [gzip.decompress(path.read_bytes()).decode() for path in sorted(LOGS.glob("*.gz"))]
    for round in itertools.count(1):
        for text in kept:
            yield re.sub(r":(\d\d) ", lambda match, by=round: f":{(int(match[1]) + by) % 60:02} ", text)


def in_page(chromium: BrowserType, site: Path) -> dict[str, float]:
    """The longest time from a paste of one megabyte to its answer, and which text that was."""
    with Host(site, NO_LIMIT) as host, tempfile.TemporaryDirectory() as profile, browser(chromium, Path(profile)) as page:
        page.goto(host.url + PAGE)
        page.wait_for_selector("spark-diagnose[data-stage=ready]", timeout=120_000)
        page.evaluate(_MEASURE, "Java heap space")
        times = {name: page.evaluate(_MEASURE, text) for name, text in texts().items()}
    slowest = max(times, key=lambda name: times[name])
    return {f"diagnose 1 MB in the page, at most, ms ({slowest})": times[slowest]}
