"""Event logs: how fast a large one is read in CPython and in the page, beside a plain parse of every line.

The log is a real one repeated with new ids: that of ``--event-log FILE``, else the tasks of those kept logs of real Spark
in which none failed, after all their other lines.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import BrowserType

from tools.bench import plain
from tools.bench.host import NO_LIMIT, Host
from tools.bench.memory import watched_memory
from tools.bench.visits import browser
from tools.node import run_node

ROOT = Path(__file__).parents[2]
LOGS = ROOT / "tests" / "eventlogs"
PAGE = "read-a-run/"
WHOLE, PART, IN_PAGE = 1_000_000_000, 100_000_000, 100_000_000
ROUNDS = 5
TOGETHER = 2
"""Processes: as many as the smallest machine has cores."""
_ID = re.compile(rb'(?<=[{,])("(?:Stage|Task|RDD|Job) ID":)(\d+)')

_READ = """
import json, re, resource, sys, time
from sparkmem.eventlog.processes import Processes
if __name__ == "__main__":
    many, start, clock = int(sys.argv[2]), time.process_time(), time.perf_counter()
    with Processes(many) as readers:
        run = readers.read_log([(sys.argv[1], "")]).run()
    megabytes = run.read.bytes / 1e6
    found = [megabytes / (time.process_time() - start), megabytes / (time.perf_counter() - clock)]
    most = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
    each = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if many > 1 else 0
    print(json.dumps([*found, (most + many * each) / 1000]))
"""
_PLAIN = """
import json, sys, time
start, size = time.process_time(), 0
with open(sys.argv[1], "rb") as file:
    for line in file:
        size += len(line)
        json.loads(line)
print(json.dumps([size / 1e6 / (time.process_time() - start)]))
"""
_PLAIN_IN_PAGE = """async (log) => {
  const { loadPyodide } = await import("./pyodide.mjs");
  const pyodide = await loadPyodide();
  pyodide.globals.set("log", new Uint8Array(await (await fetch(log)).arrayBuffer()));
  return pyodide.runPython(`
import json, time
whole = log.to_bytes()
start = time.perf_counter()
for line in whole.split(b"\\\\n"):
    if line:
        json.loads(line)
len(whole) / 1e6 / (time.perf_counter() - start)`);
}"""
_CHOSEN = """() => new Promise((done) => {
  const element = document.querySelector("spark-run"), input = element.querySelector("[data-files]");
  const tasks = [0];
  new PerformanceObserver((list) => { for (const one of list.getEntries()) tasks.push(one.duration); })
    .observe({ entryTypes: ["longtask"] });
  input.addEventListener("change", () => {
    const start = performance.now();
    new MutationObserver(() => {
      if (element.hasAttribute("data-answered")) done([performance.now() - start, Math.max(...tasks)]);
    }).observe(element, { attributes: true });
  }, { capture: true, once: true });
})"""


def repeated(source: Path | None, size: int) -> Iterator[bytes]:
    """Pieces of a log that is so long, from a real one [bytes]."""
    logs = [source.read_bytes()] if source else [gzip.decompress(path.read_bytes()) for path in sorted(LOGS.glob("*.gz"))]
    usual = [log for log in logs if source or b'"Failed":true' not in log]
    lines = b"".join(usual).splitlines(keepends=True)
    tasks = [line for line in lines if line.startswith(b'{"Event":"SparkListenerTask')]
    yield (head := b"".join(line for line in lines if not line.startswith(b'{"Event":"SparkListenerTask')))
    parts = _ID.split(b"".join(lines if source else tasks))  # text, key, id, text, key, id, ..., text
    numbers = [int(number) for number in parts[2::3]]
    done, again = len(head), 0
    while done < size:
        parts[2::3] = [b"%d" % (number + 100_000 * again) for number in numbers]
        again += 1
        piece = b"".join(parts)
        done += len(piece)
        yield piece


def command_line(source: Path | None = None) -> dict[str, float]:
    """A gigabyte in CPython: the best of several rounds in processor time, in turn with a plain parse of a part of it."""
    with tempfile.TemporaryDirectory() as folder:
        whole, part = Path(folder, "whole"), Path(folder, "part")
        for path, size in ((whole, WHOLE), (part, PART)):
            with path.open("wb") as file:
                file.writelines(repeated(source, size))
        read, parsed = list[list[float]](), list[list[float]]()
        for _ in range(ROUNDS):
            read.append(_run(_READ, part))
            parsed.append(_run(_PLAIN, part))
        gigabyte, together = _run(_READ, whole), _run(_READ, whole, TOGETHER)
    rate, by_lines = max(one[0] for one in read), max(one[0] for one in parsed)
    return {
        "event log of 100 MB, CPython, MB/s": rate,
        "event log of 1 GB, CPython, MB/s": gigabyte[0],
        "event log of 1 GB, CPython, MB of memory at most": gigabyte[2],
        "event log of 1 GB, CPython, by the clock, MB/s": gigabyte[1],
        f"the same with {TOGETHER} processes, by the clock, MB/s": together[1],
        f"the same with {TOGETHER} processes, MB of memory of all": together[2],
        "event log, a plain parse of every line, CPython, MB/s": by_lines,
        "event log, times as fast as a plain parse, CPython": rate / by_lines,
    }


def _run(code: str, path: Path, processes: int = 1) -> list[float]:
    words = [sys.executable, "-c", code, str(path), str(processes)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT)
    return list(json.loads(done.stdout))


def in_page(chromium: BrowserType, site: Path, source: Path | None = None) -> dict[str, float]:
    """The page, from the choice of a file until the answer is there: plain, out of zstd, and a plain parse in Pyodide."""
    with tempfile.TemporaryDirectory() as folder:
        logs = {name: Path(folder, name) for name in ("log", "log.zstd", "gigabyte", "gigabyte.zstd")}
        for name, size in (("log", IN_PAGE), ("gigabyte", WHOLE)):
            with logs[name].open("wb") as file:
                file.writelines(repeated(source, size))
            _pack(logs[name], logs[f"{name}.zstd"])
        size = logs["log"].stat().st_size / 1e6
        bare = plain.make(ROOT / "build" / "bench-plain")
        (bare / "log").write_bytes(logs["log"].read_bytes()[: 20_000_000].rpartition(b"\n")[0])
        chosen = {name: _choose(chromium, site, path, Path(folder, f"profile-{name}")) for name, path in logs.items()}
        with Host(bare, NO_LIMIT) as host, browser(chromium, Path(folder, "profile")) as page:
            page.goto(host.url + "pyodide.mjs")  # any text; the log itself would be a download
            by_lines = page.evaluate(_PLAIN_IN_PAGE, "log")
        (bare / "log").unlink()
        gigabyte = logs["gigabyte"].stat().st_size / 1e6
    return {
        "event log, page, MB/s": size / chosen["log"].milliseconds * 1000,
        "event log, page, out of zstd, MB/s": size / chosen["log.zstd"].milliseconds * 1000,
        "event log, page, longest task of the main thread, ms": max(one.longest for one in chosen.values()),
        "event log, a plain parse of every line, Pyodide, MB/s": by_lines,
        "event log of 1 GB, page, MB/s": gigabyte / chosen["gigabyte"].milliseconds * 1000,
        "event log of 1 GB, page, out of zstd, MB/s": gigabyte / chosen["gigabyte.zstd"].milliseconds * 1000,
        "page with Python, MB of memory": min(one.before for one in chosen.values()),
        "event log of 1 GB, page, MB of memory at most": chosen["gigabyte"].most,
        "event log of 1 GB, page, out of zstd, MB of memory at most": chosen["gigabyte.zstd"].most,
    }


class Chosen(NamedTuple):
    """How long a log took, and the longest task of the main thread [ms]; the page's memory before, and at most [MB]."""

    milliseconds: float
    longest: float
    before: float
    most: float


def _choose(chromium: BrowserType, site: Path, path: Path, profile: Path) -> Chosen:
    """The best of two, after one for Python to start; the memory of all of them."""
    times = []
    with Host(site, NO_LIMIT) as host, browser(chromium, profile) as page:
        page.goto(host.url + PAGE)
        page.wait_for_selector("spark-run")
        page.locator("[data-files]").focus()
        page.wait_for_selector("spark-run[data-stage=ready]")
        with watched_memory(profile) as memory:
            for _ in range(2 if path.stat().st_size > 2 * IN_PAGE else 3):
                page.evaluate(f"() => {{ globalThis.chosen = ({_CHOSEN})(); }}")
                page.locator("[data-files]").set_input_files(path)
                times.append(tuple(page.evaluate("() => globalThis.chosen")))
    return Chosen(*min(times[1:]), memory.first, memory.most)


def _pack(log: Path, packed: Path) -> None:
    """As Spark writes it: frames one after another."""
    script = (
        "const { readFileSync, writeFileSync } = require('fs'), { zstdCompressSync } = require('zlib');"
        "const [, from, to] = process.argv, whole = readFileSync(from), frames = [];"
        "for (let at = 0; at < whole.length; at += 1 << 20)"
        " frames.push(zstdCompressSync(whole.subarray(at, at + (1 << 20))));"
        "writeFileSync(to, Buffer.concat(frames));"
    )
    run_node("-e", script, log, packed)
