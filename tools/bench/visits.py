"""What a reader does, with a clock running inside the page."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserType, Page

from tools.bench.host import Host

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
OPTIONS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
ON_THE_PAGE_SECONDS = 4.0
"""How long a reader stays after the first answer; browsers store compiled code in that time."""

CLOCK = """
(() => {
  const bench = (globalThis.bench = { idle: 0, began: false });
  addEventListener("load", () => requestIdleCallback(() => { bench.idle = performance.timeOrigin + performance.now(); }));
  const painted = (then) => requestAnimationFrame(() => setTimeout(() => then(performance.now())));
  new MutationObserver(() => {
    if (!bench.began && document.querySelector("[data-answer-for=inputs]")) {
      bench.began = true;
      painted((at) => { document.documentElement.dataset.firstAnswer = at; });
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-answer-for"] });
  // Types a value; milliseconds from the input event until the answer is in the page, and until it is painted.
  bench.edit = (name, value) => new Promise((resolve) => {
    const element = document.querySelector("spark-calc");
    const control = element.querySelector(`[name="${name}"]`);
    control.value = value;
    const start = performance.now();
    const observer = new MutationObserver(() => {
      if (element.hasAttribute("data-stale") || element.dataset.answerFor !== "inputs") return;
      observer.disconnect();
      const placed = performance.now();
      painted((at) => resolve({ placed: placed - start, painted: at - start }));
    });
    observer.observe(element, { attributes: true, attributeFilter: ["data-stale", "data-answer-for"] });
    control.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
"""


@dataclass(frozen=True)
class Target:
    """A page that answers for the inputs in its address."""

    name: str
    host: Host
    path: str = ""

    @property
    def plain_address(self) -> str:
        """The page without inputs."""
        return self.host.url + self.path

    @property
    def address(self) -> str:
        """The page with an input, so that it answers without being touched."""
        return f"{self.plain_address}?spark.executor.memory=8g"


@contextmanager
def browser(chromium: BrowserType, profile: Path) -> Iterator[Page]:
    """A page in a newly started browser with the given profile."""
    context = chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=OPTIONS, viewport={"width": 1280, "height": 900}
    )
    context.add_init_script(CLOCK)
    try:
        yield context.pages[0] if context.pages else context.new_page()
    finally:
        context.close()


def process_of(profile: Path) -> int | None:
    """The browser that was started with a profile, the one that has started its others; None where that cannot be seen."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = path.read_bytes().split(b"\0")
            if f"--user-data-dir={profile}".encode() in words and not any(word.startswith(b"--type=") for word in words):
                return int(path.parent.name)
    return None


@contextmanager
def fresh_profile() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def first_answer(page: Page, target: Target) -> tuple[float, int]:
    """From the start of the navigation until the answer is painted (ms), and bytes over the wire until then."""
    target.host.sent.clear()
    page.goto(target.address, wait_until="commit")
    first = page.wait_for_selector("html[data-first-answer]", state="attached", timeout=120_000)
    sent = target.host.bytes_sent()
    milliseconds = float(first.get_attribute("data-first-answer")) if first else float("nan")
    page.wait_for_timeout(ON_THE_PAGE_SECONDS * 1000)
    return milliseconds, sent


def visits(chromium: BrowserType, target: Target, count: int) -> list[tuple[float, int]]:
    """`first_answer` of the first, second, … visit, the browser being closed between them."""
    results = []
    with fresh_profile() as profile:
        for _ in range(count):
            with browser(chromium, profile) as page:
                results.append(first_answer(page, target))
    return results


@dataclass(frozen=True)
class Stay:
    """One reader who reads for three seconds, calculates, walks to another page and back, calculates."""

    click_ms: float
    next_page_ms: float
    edits_placed_ms: list[float]
    edits_painted_ms: list[float]
    page_bytes: int
    runtime_bytes_before_idle: int


def stay(chromium: BrowserType, target: Target, edits: int) -> Stay:
    """Measures of one stay, in a fresh profile. The page is opened without inputs."""
    chance = random.Random(20261122)
    target.host.sent.clear()
    with fresh_profile() as profile, browser(chromium, profile) as page:
        page.goto(target.plain_address, wait_until="load")
        page.wait_for_timeout(3000)
        sent, idle = list(target.host.sent), page.evaluate("bench.idle") / 1000
        click = _edit(page, "12g")
        samples = [_edit(page, f"{chance.randrange(1024, 65536)}m") for _ in range(edits)]
        page.evaluate("globalThis.sameDocument = true")
        page.click("a.md-logo")
        page.wait_for_selector("spark-calc", state="detached")
        page.go_back()
        page.wait_for_selector("spark-calc[data-stage=ready]")
        page.click("spark-calc button[type=reset]")
        following = _edit(page, "9g")
        if not page.evaluate("globalThis.sameDocument === true"):
            following = {"painted": float("nan")}  # the page was loaded anew: not instant navigation
    runtime = [response for response in sent if "/assets/py/" in response.path]
    return Stay(
        click_ms=click["painted"],
        next_page_ms=following["painted"],
        edits_placed_ms=[sample["placed"] for sample in samples],
        edits_painted_ms=[sample["painted"] for sample in samples],
        page_bytes=sum(response.bytes for response in sent) - sum(response.bytes for response in runtime),
        runtime_bytes_before_idle=sum(response.bytes for response in runtime if response.asked < idle),
    )


def _edit(page: Page, value: str) -> dict[str, float]:
    result: dict[str, float] = page.evaluate("(value) => bench.edit('spark.executor.memory', value)", value)
    return result
