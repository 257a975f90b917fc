"""An event log in the page: chosen, dropped as a folder, cancelled, refused, shared by its digest; nothing of it is kept."""

import gzip
import json
import re
from pathlib import Path

import pytest
from accessible import axe_in_both_schemes, too_wide_at
from playwright.sync_api import expect
from reader import PATIENCE_MS

PAGE = "read-a-run/"
LOGS = Path(__file__).parents[1] / "eventlogs"
SPILLS, FULL = (LOGS / f"{name}.gz" for name in ("sort-spills-3.5.9", "executor-out-of-memory-4.3.0"))
# Everything that the browser may have kept for this site, as one text.
KEPT = """async () => {
  const found = [location.href, document.cookie, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
  for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) found.push(url);
  return found.join("\\n");
}"""


class RunReader:
    """Somebody with an event log."""

    def __init__(self, page, host):
        self.page, self.host = page, host
        page.set_default_timeout(PATIENCE_MS)
        self.problems = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda said: said.type in ("error", "warning") and self.problems.append(said.text))
        self.element = page.locator("spark-run")
        self.answer, self.status = page.locator("[data-answer]"), page.locator("[data-status]")

    def leave(self):
        """Leaves nothing behind."""

    def go(self, query=""):
        self.page.goto(f"{self.host.url}{PAGE}{query}", wait_until="load")
        return self

    def choose(self, *files):
        self.page.locator("[data-files]").set_input_files([str(file) if isinstance(file, Path) else file for file in files])
        return self

    def answered(self):
        self.page.wait_for_selector("spark-run[data-answered]")
        return self

    @property
    def first(self):
        return self.page.locator("[data-finding]").first.get_attribute("data-finding")


@pytest.fixture
def run(reader_of):
    return reader_of(RunReader)


def file(name, text):
    return {"name": name, "mimeType": "text/plain", "buffer": text if isinstance(text, bytes) else text.encode()}


def test_a_log_is_read_shared_by_its_digest_and_replaced_by_another(run):
    run.go().choose(SPILLS).answered()
    assert run.first == "execution-short"
    expect(run.page.locator(".sm-marks")).to_contain_text("Spark memory on the heap")
    expect(run.answer).to_contain_text("Change spark.executor.memory")
    asked = run.page.evaluate(KEPT)
    assert re.search(r"\?run=[\w\-]+", asked)
    log = gzip.decompress(SPILLS.read_bytes()).decode()
    event = next(json.loads(line) for line in log.splitlines() if "ApplicationStart" in line[:60])
    assert not [word for word in (event["App ID"], event["App Name"], "127.0.0.1:7077", "somebody") if word in asked]
    address = run.page.url
    needed = run.page.locator("table", has_text="Execution memory").first.inner_text()
    size = re.search(r"([\d.,]+ MiB)", needed)[1]

    run.page.locator("[data-head-room]").select_option("0.5")
    expect(run.answer).to_contain_text("spark.executor.memory 2")
    link = run.page.locator("[data-explain]")
    assert "against=" in link.get_attribute("href")

    run.choose(FULL)
    expect(run.page.locator("[data-finding]").first).to_have_attribute("data-finding", "heap-full")
    run.answered()
    assert run.page.url != address
    told = run.page.locator("[data-finding=heap-full] a", has_text="heap")
    expect(told.first).to_have_attribute("href", re.compile(r"^\.\./errors/[a-z0-9-]+/$"))

    run.page.goto(address, wait_until="load")
    run.answered()
    expect(run.answer).to_contain_text(size)
    expect(run.answer).to_contain_text("the log itself is not in it")
    assert run.problems == []


def test_what_is_no_log_is_refused_and_the_next_one_read(run):
    run.go().choose(file("notes.txt", "<b>hello</b>\n"))
    run.page.wait_for_selector("spark-run[data-refused]")
    expect(run.status).to_contain_text("no event of Spark")
    run.choose(FULL).answered()
    assert run.first == "heap-full"


def test_parts_of_a_rolling_log_are_put_in_order(run):
    lines = gzip.decompress(FULL.read_bytes()).splitlines(keepends=True)
    names = ["events_10_app", "events_2_app", "events_1_app"]
    pieces = [lines[20:], lines[5:20], lines[:5]]
    run.go().choose(*[file(name, b"".join(piece)) for name, piece in zip(names, pieces, strict=True)]).answered()
    assert run.first == "heap-full"
    expect(run.answer).to_contain_text("4.3.0")


# The second piece of a file comes when it is let go: no log has to be so long that a reader is faster than Python.
HOLD = """() => {
  const own = Blob.prototype.arrayBuffer;
  const held = new Promise((go) => { globalThis.letGo = go; });
  let asked = 0;
  Blob.prototype.arrayBuffer = async function () {
    if (++asked === 2) await held;
    return own.call(this);
  };
}"""


def test_a_log_can_be_cancelled_between_its_pieces_and_says_how_far_it_is(run, tmp_path):
    lines = gzip.decompress(SPILLS.read_bytes()).splitlines(keepends=True)
    task = next(line for line in lines if b"TaskEnd" in line[:40])
    (tmp_path / "large").write_bytes(b"".join(lines) + task * (1_500_000 // len(task)))
    run.go().page.evaluate(HOLD)
    run.choose(tmp_path / "large")
    expect(run.status).to_contain_text("Reading large: 1.0 of ")
    expect(run.status).to_contain_text("MB a second")
    run.page.locator("[data-cancel]").click()
    run.page.evaluate("letGo()")
    expect(run.status).to_contain_text("Cancelled")
    assert run.answer.inner_text() == ""
    assert "run=" not in run.page.url
    run.choose(FULL).answered()
    assert run.first == "heap-full"


@pytest.mark.costly("axe by all its rules, in both schemes")
def test_the_answer_has_no_fault_and_fits_a_phone(run):
    run.go().choose(SPILLS).answered()
    assert axe_in_both_schemes(run.page) == {}
    assert too_wide_at(run.page, 390) == {}
