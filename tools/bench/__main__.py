"""Times and bytes of the built site, against a plain Pyodide page with the same package.

    python -m tools.bench [--rounds 7] [--line office] [--json build/bench.json]

The two take turns, each round in fresh browser profiles; medians; a ratio is between medians of the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import BrowserType, sync_playwright

from tools.bench import diagnosis, edits, eventlog, model, plain
from tools.bench.host import NO_LIMIT, OFFICE, Host, Line
from tools.bench.managers import operations_per_second, watched
from tools.bench.visits import Stay, Target, stay, visits

ROOT = Path(__file__).parents[2]
PAGE = "memory/executor-heap/"
LINES = {"none": NO_LIMIT, "office": OFFICE}
VISITS = ("cold", "second visit", "third visit")


def main() -> int:
    """Prints the table and writes the JSON."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--line", choices=LINES, default="none", help="office is made by the server: 50 Mbit/s, 40 ms")
    parser.add_argument("--edits", type=int, default=500, help="on the page of each calculator")
    parser.add_argument("--edits-only", action="store_true", help="nothing but those")
    parser.add_argument("--calculator", default="", help="with --edits-only, one of them")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "bench.json")
    parser.add_argument("--no-build", action="store_true", help="leave the build time out")
    parser.add_argument("--model", action="store_true", help="the package in CPython alone, without site and browser")
    parser.add_argument("--texts", action="store_true", help="texts of failures alone, in the page and on the command line")
    parser.add_argument("--event-logs", action="store_true", help="event logs alone, in CPython and in the page")
    parser.add_argument("--event-log", type=Path, metavar="FILE", help="the log that is repeated, not packed")
    options = parser.parse_args()
    if options.model:
        print(_figures(model.report()))
        return 0

    site = ROOT / "site"
    if not (site / PAGE / "index.html").is_file():
        print("there is no built site: make site", file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        if options.edits_only:
            print(edits.table(edits.measure(playwright.chromium, site, options.edits, options.calculator)))
            return 0
        if options.texts:
            print(_figures(diagnosis.in_page(playwright.chromium, site) | diagnosis.command_line()))
            return 0
        if options.event_logs:
            log = options.event_log
            print(_figures(eventlog.command_line(log) | eventlog.in_page(playwright.chromium, site, log)))
            return 0
        report = _measure(playwright.chromium, site, LINES[options.line], options.rounds)
        report |= watched(playwright.chromium, site)
        report["edits"] = edits.measure(playwright.chromium, site, options.edits)
        report |= diagnosis.in_page(playwright.chromium, site)
        report |= eventlog.in_page(playwright.chromium, site, options.event_log)
    report |= diagnosis.command_line()
    report |= eventlog.command_line(options.event_log)
    report["operations of a memory manager, per s"] = operations_per_second()
    report |= model.report()
    if not options.no_build:
        report["build of the pages, warm, s"] = _build_seconds()
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(report, indent=1) + "\n")
    print(_table(report))
    return 0


def _measure(chromium: BrowserType, site: Path, line: Line, rounds: int) -> dict[str, Any]:
    times: dict[str, list[list[tuple[float, int]]]] = {"site": [], "plain": []}
    stays: list[Stay] = []
    with Host(site, line) as site_host, Host(plain.make(ROOT / "build" / "bench-plain"), line) as plain_host:
        targets = [Target("plain", plain_host), Target("site", site_host, PAGE)]
        for number in range(rounds):
            for target in targets:
                times[target.name].append(visits(chromium, target, len(VISITS)))
            stays.append(stay(chromium, targets[1], 200 if number == 0 else 20))
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return _report(times, stays, line, rounds)


def _report(times: dict[str, list[list[tuple[float, int]]]], stays: list[Stay], line: Line, rounds: int) -> dict[str, Any]:
    first: dict[str, Any] = {}
    for index, name in enumerate(VISITS):
        ms = {target: median(round_[index][0] for round_ in times[target]) for target in times}
        kb = {target: median(round_[index][1] for round_ in times[target]) / 1000 for target in times}
        first[name] = {
            "plain ms": ms["plain"],
            "site ms": ms["site"],
            "ratio": ms["site"] / ms["plain"],
            "plain kB": kb["plain"],
            "site kB": kb["site"],
            "all plain ms": [round_[index][0] for round_ in times["plain"]],
            "all site ms": [round_[index][0] for round_ in times["site"]],
        }
    placed = [ms for one in stays for ms in one.edits_placed_ms]
    painted = [ms for one in stays for ms in one.edits_painted_ms]
    return {
        "line": line.name,
        "rounds": rounds,
        "first answer": first,
        "click after 3 s, ms": median(one.click_ms for one in stays),
        "next page of the visit, ms": median(one.next_page_ms for one in stays),
        "recalculation, in the page, p95 ms": quantiles(placed, n=20)[-1],
        "recalculation, painted, p95 ms": quantiles(painted, n=20)[-1],
        "page without the runtime, kB": median(one.page_bytes for one in stays) / 1000,
        "runtime before idle, bytes": max(one.runtime_bytes_before_idle for one in stays),
    }


def _build_seconds() -> float:
    """The pages alone, in a folder of their own: the runtime is not made again when nothing changed."""
    start = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", ROOT / "build" / "bench-site"],
        cwd=ROOT,
        check=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    return time.monotonic() - start


MEANING = """\
first answer   from the start of the navigation to an address with inputs until the answer is painted
kB             sent by the server until then, headers included, 1000 bytes each
click          the page open for 3 s without inputs; from the first input event until the answer is painted
next page      the same, after walking to another page and back without a new document
recalculation  from an input event until the answer is in the page, and until it is painted (95th percentile)
edits          random ones on each calculator's page: work is until the answer is in the page, and the frame that draws it;
               painted is by the clock, the wait for that frame included; processor is what an edit and the pause behind it
               cost in all processes of the browser
operations     a trace of 10,000 operations on both memory modes, replayed in CPython; processor time, best of seven
script         200 operations on the page of the memory manager: from the input event until they are told and painted;
               the table of all steps follows; a step of them, from the click until it is laid out (medians)
event log      a real one repeated with new ids, processor time, best of five; in the page by the clock, from the choice of
               the file until the answer is there; a plain parse is json.loads of each line, in the same run
before idle    bytes of the runtime asked for before the page's first idle moment after load"""


def _table(report: dict[str, Any]) -> str:
    lines = [
        f"line: {report['line']}; medians of {report['rounds']} rounds in fresh profiles",
        "",
        f"{'first answer':14}{'plain ms':>10}{'site ms':>10}{'ratio':>8}{'plain kB':>10}{'site kB':>10}",
    ]
    for name, row in report["first answer"].items():
        lines.append(
            f"{name:14}{row['plain ms']:10.0f}{row['site ms']:10.0f}{row['ratio']:8.2f}"
            f"{row['plain kB']:10.0f}{row['site kB']:10.0f}"
        )
    single = {name: value for name, value in report.items() if isinstance(value, int | float) and name != "rounds"}
    return "\n".join([*lines, "", _figures(single), "", edits.table(report["edits"]), "", MEANING])


def _figures(report: dict[str, float]) -> str:
    return "\n".join(f"{name:60}{value:10.2f}" for name, value in report.items())


if __name__ == "__main__":
    sys.exit(main())
