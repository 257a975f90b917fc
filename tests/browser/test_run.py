"""Event logs in the page: dropped, chosen, pasted, in folders, several, cancelled, refused, linked; nothing is kept."""

import base64
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
SPILLS, FULL, EXAMPLE = (
    LOGS / f"{name}.gz" for name in ("sort-spills-3.5.9", "executor-out-of-memory-4.3.0", "cache-of-large-records-3.5.9")
)
A4_MM = {"width": "210mm", "height": "297mm"}
# Everything that the browser may have kept for this site, as one text.
KEPT = """async () => {
  const stores = [{ ...localStorage }, { ...sessionStorage }, history.state];
  const found = [location.href, document.cookie, JSON.stringify(stores)];
  for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) found.push(url);
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => { indexedDB.open(name).onsuccess = ({ target }) => done(target.result); });
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store).getAll();
      found.push(name, await new Promise((done) => { all.onsuccess = () => done(JSON.stringify(all.result)); }));
    }
    database.close();
  }
  return found.join("\\n");
}"""
# Where each of some words stands among all that the browser holds for this site: texts, and the bytes of whatever is kept.
FOUND_IN = """async (words) => {
  const found = {};
  const look = (where, text) => { for (const word of words) if (text.includes(word)) (found[word] ??= []).push(where); };
  const bytes = async (where, body) => look(where, new TextDecoder("latin1").decode(await body.arrayBuffer()));
  const inside = async (where, value) => {
    if (value instanceof Blob) await bytes(where, value);
    else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) await bytes(where, new Blob([value]));
    else if (value && typeof value === "object") for (const one of Object.values(value)) await inside(where, one);
    else look(where, String(value));
  };
  look("address", location.href + decodeURIComponent(location.href));
  look("cookie", document.cookie);
  look("history", JSON.stringify(history.state) ?? "");
  for (const [where, store] of Object.entries({ localStorage, sessionStorage })) look(where, JSON.stringify({ ...store }));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      look("cache", name + request.url);
      await bytes("cache", await cache.match(request));
    }
  }
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => { indexedDB.open(name).onsuccess = ({ target }) => done(target.result); });
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store).getAll();
      await inside("database", await new Promise((done) => { all.onsuccess = () => done(all.result); }));
    }
    database.close();
  }
  const files = async (folder) => {
    for await (const [name, one] of folder.entries()) {
      look("files", name);
      await (one.kind === "file" ? one.getFile().then((file) => bytes("files", file)) : files(one));
    }
  };
  await files(await navigator.storage.getDirectory());
  return found;
}"""
# Something is let fall on the page, as a hand does it: files that stand in the base64 of their bytes, or a text.
CARRY = """async ([how, files, text]) => {
  const carried = new DataTransfer();
  for (const [name, content] of files) {
    carried.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], name));
  }
  if (text) carried.setData("text/plain", text);
  const about = { bubbles: true, cancelable: true, [how === "paste" ? "clipboardData" : "dataTransfer"]: carried };
  const event = how === "paste" ? new ClipboardEvent("paste", about) : new DragEvent(how, about);
  return !document.querySelector("[data-drop]").dispatchEvent(event);
}"""


def file_of(name, content):
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


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
        given = [file_of(one.name, one.read_bytes()) if isinstance(one, Path) else one for one in files]
        self.page.locator("[data-files]").set_input_files(given)
        return self

    def carry(self, how, *files, text=""):
        """Whether the page has taken it."""
        given = [(file.name, base64.b64encode(file.read_bytes()).decode()) for file in files]
        return self.page.evaluate(CARRY, [how, given, text])

    def answered(self):
        self.page.wait_for_selector("spark-run[data-answered]")
        return self

    def refused(self, words):
        self.page.wait_for_selector("spark-run[data-refused]")
        expect(self.status).to_contain_text(words)
        assert self.status.bounding_box()["height"] > 10  # it is to be seen, not only to be heard
        return self

    @property
    def first(self):
        return self.page.locator("[data-finding]").first.get_attribute("data-finding")

    @property
    def headline(self):
        return self.page.locator("[data-answer] > .sm-headline")


@pytest.fixture
def run(reader_of):
    return reader_of(RunReader)


@pytest.mark.costly("two logs, an address and three copies in one visit")
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
    expect(run.page.locator("[data-explain]")).to_have_attribute("href", re.compile(r"/explain/\?.*against="))
    run.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    said = run.page.locator("[data-said]")
    formats = {"postmortem": "for a postmortem", "spark-submit": "spark-submit", "emr": "EMR's clusters run YARN"}
    for format, words in formats.items():
        run.page.locator("[data-format]").select_option(format)
        run.page.locator("[data-copy]").click()
        expect(said).to_contain_text(words)
    assert re.search(r"--executor-memory \d+m", run.page.evaluate("navigator.clipboard.readText()"))

    assert run.carry("dragover", FULL)
    assert run.carry("drop", FULL)
    expect(run.headline).to_have_text("The heap was full.")
    run.answered()
    assert run.page.url != address
    told = run.page.locator("[data-finding=heap-full] a", has_text="heap")
    expect(told.first).to_have_attribute("href", re.compile(r"^\.\./errors/[a-z0-9-]+/$"))

    run.page.goto(address, wait_until="load")
    run.answered()
    expect(run.answer).to_contain_text(size)
    expect(run.answer).to_contain_text("the log itself is not in it")
    expect(run.page.locator(".sm-picture")).to_contain_text("The log has no figure of what was in it.")
    expect(run.page.locator("[data-explain]")).to_have_attribute("href", re.compile(r"/explain/\?.*against="))
    assert run.problems == []


def told_apart():
    """A log with a word of its own wherever a log has words."""
    said = {
        "SparkListenerApplicationStart": {"App Name": "marked-name", "App ID": "marked-id", "User": "marked-user",
                                          "Timestamp": 1},
        "SparkListenerEnvironmentUpdate": {"Spark Properties": {"spark.marked.key": "/marked/path"},
                                           "System Properties": {"marked.property": "marked-property"}},
        "SparkListenerExecutorAdded": {"Executor ID": "7", "Executor Info": {"Host": "marked-host", "Total Cores": 1}},
        "SparkListenerExecutorRemoved": {"Executor ID": "7", "Timestamp": 9, "Removed Reason": "marked-reason exit 137"},
        "SparkListenerStageSubmitted": {"Stage Info": {"Stage ID": 7, "Stage Name": "marked-stage"}},
        "org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart": {"description": "select marked-query"},
    }  # fmt: skip
    lines = [json.dumps({"Event": name} | inside, separators=(",", ":")) for name, inside in said.items()]
    log = gzip.decompress(SPILLS.read_bytes()).decode() + "\n".join(lines)
    words = {*re.findall(r"marked[-.]\w+|/marked/path", "".join(lines)), "marked-file"}
    return file_of("marked-file", log.encode()), sorted(words)


@pytest.mark.fresh
@pytest.mark.costly("a profile of its own, and all bytes that the browser keeps for the site")
def test_no_word_of_a_log_is_kept_by_the_browser(run):
    log, words = told_apart()
    run.go().choose(log).answered()
    expect(run.answer).to_contain_text("marked-name")  # it was read
    run.page.wait_for_timeout(2500)  # the picture of Python's memory is kept a second after Python has started
    run.page.evaluate("document.cookie = 'planted=marked-cookie'; localStorage.planted = 'marked-text'")
    found = run.page.evaluate(FOUND_IN, [*words, "marked-cookie", "marked-text", "sparkmem"])
    assert (found.pop("marked-cookie"), found.pop("marked-text")) == (["cookie"], ["localStorage"])
    assert "files" in found.pop("sparkmem")  # Python's memory, as it was before the log
    assert found == {}


@pytest.mark.costly("axe in both schemes, and sheets of paper")
def test_the_example_is_fetched_when_asked_works_in_every_look_and_the_next_log_needs_no_line(run):
    requests = []
    run.page.on("request", lambda request: requests.append(request.url))
    run.go()
    assert not [url for url in requests if ".gz" in url and "/py/" not in url]
    run.page.locator("[data-example]").click()
    run.answered()
    assert sum(url.endswith(f"/run/{EXAMPLE.name}") for url in requests) == 1
    assert run.page.url.endswith("?run=example")
    expect(run.answer).to_contain_text("This is an example")
    assert run.first == "heap-full"
    lines = run.page.locator(".sm-timeline")
    expect(lines).to_contain_text("Executor 1")
    expect(lines).to_contain_text("lost: Command exited with code 52")
    expect(run.page.locator(".sm-timeline b")).to_have_count(2)

    assert axe_in_both_schemes(run.page) == {}
    assert too_wide_at(run.page, 390, 1280) == {}
    assert sheets(run.page) <= 2

    run.page.context.set_offline(True)
    try:
        assert run.carry("paste", text=gzip.decompress(SPILLS.read_bytes()).decode())
        expect(run.headline).to_have_text("Execution memory was short: tasks spilled.")
    finally:
        run.page.context.set_offline(False)


def sheets(page):
    """How many sheets of A4 the page takes."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True, **A4_MM)))


def test_what_is_no_log_is_refused_and_several_logs_are_compared(run):
    run.go().choose(file_of("notes.txt", b"<b>hello</b>\n")).refused("no event of Spark")
    run.choose(file_of("empty", b"")).refused("no event of Spark")
    run.choose(SPILLS, FULL, file_of("notes.txt", b"<b>hello</b>\n")).answered()
    expect(run.headline).to_have_text("2 runs, side by side.")
    expect(run.answer).to_contain_text("notes.txt: no event of Spark")
    rows = run.page.locator("[data-answer] > .sm-run-scroll tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.last).to_contain_text("The heap was full")
    expect(run.page.locator("[data-run]")).to_have_count(2)
    assert every_column_is_in_sight(run.page)
    expect(run.page.locator("[data-explain]")).to_have_attribute("href", re.compile(r"release=4\.3.*against=.*3\.5"))
    run.page.reload(wait_until="load")
    run.answered()
    expect(run.headline).to_have_text("2 runs, side by side.")
    expect(run.answer).to_contain_text("run 2: The heap was full")
    run.choose(FULL)
    expect(run.headline).to_have_text("The heap was full.")


def every_column_is_in_sight(page):
    """On a phone the names of rows stay while the rest is scrolled to; on paper, where nothing scrolls, all is there."""
    page.set_viewport_size({"width": 390, "height": 844})
    table = page.locator("[data-answer] > .sm-run-scroll")
    name = table.locator("tbody th").first
    before = name.bounding_box()["x"]
    assert table.evaluate("(one) => { one.scrollLeft = 200; return one.scrollLeft; }") == 200
    stays = name.bounding_box()["x"] == before
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 without its margins
    over = page.locator(".sm-run-scroll").evaluate_all("(all) => all.map((one) => one.scrollWidth - one.clientWidth)")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    return stays and max(over) <= 0


def test_a_folder_with_a_log_in_parts_is_one_log_in_its_order(run, tmp_path):
    lines = gzip.decompress(FULL.read_bytes()).splitlines(keepends=True)
    folder = tmp_path / "eventlog_v2_app"
    folder.mkdir()
    for name, piece in (("events_10_app", lines[20:]), ("events_2_app", lines[5:20]), ("events_1_app", lines[:5])):
        (folder / name).write_bytes(b"".join(piece))
    (folder / "appstatus_app").touch()
    run.go().page.locator("input[data-folder]").set_input_files(str(folder))
    run.answered()
    assert run.first == "heap-full"
    expect(run.answer).to_contain_text("4.3.0")
    assert run.page.locator("[data-run]").count() == 0


# The second piece of a file comes when it is let go: no log has to be so long that a reader is faster than Python.
HOLD = """() => {
  const own = ReadableStreamBYOBReader.prototype.read;
  const held = new Promise((go) => { globalThis.letGo = go; });
  let asked = 0;
  ReadableStreamBYOBReader.prototype.read = async function (view) {
    if (view.byteOffset === 0 && ++asked === 2) await held;
    return own.call(this, view);
  };
}"""
# How many large buffers the page makes, or is given by the browser, while it reads.
BUFFERS = """() => {
  globalThis.buffers = 0;
  const own = Blob.prototype.arrayBuffer;
  Blob.prototype.arrayBuffer = function () { buffers += 1; return own.call(this); };
  globalThis.ArrayBuffer = class extends ArrayBuffer {
    constructor(bytes) { super(bytes); buffers += 1; }
  };
}"""
NO_BUFFER_OF_OURS = """() => {
  const own = Blob.prototype.stream;
  Blob.prototype.stream = function () { return own.call(this).pipeThrough(new TransformStream()); };
}"""


def _long(path, size):
    """A log of some megabytes."""
    lines = gzip.decompress(SPILLS.read_bytes()).splitlines(keepends=True)
    task = next(line for line in lines if b"TaskEnd" in line[:40])
    path.write_bytes(b"".join(lines) + task * (size // len(task)))
    return path


def test_a_log_is_read_into_the_same_few_buffers_again_and_again(run, tmp_path):
    run.go().page.evaluate(BUFFERS)
    run.page.locator("[data-files]").set_input_files(_long(tmp_path / "large", 12_000_000))
    run.answered()
    assert run.first == "execution-short"
    assert 1 <= run.page.evaluate("buffers") <= 4  # with Python, waiting there, coming from the disk, and what is at the end


def test_where_a_browser_fills_no_buffer_of_ours_a_log_is_read_all_the_same(run, tmp_path):
    run.go().page.evaluate(NO_BUFFER_OF_OURS)
    run.page.locator("[data-files]").set_input_files(_long(tmp_path / "large", 2_500_000))
    run.answered()
    assert run.first == "execution-short"


CHANGES = {
    "emptied": lambda whole: b"",
    "shorter": lambda whole: whole[: len(whole) // 2],
    "written again": lambda whole: whole,
    "longer": lambda whole: whole + b" " * 1_000_000,
}


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES)
def test_a_file_that_changes_while_it_is_read_is_refused_with_its_name(run, tmp_path, changed):
    large = _long(tmp_path / "large", 12_000_000)
    run.go().page.evaluate(HOLD)
    run.page.locator("[data-files]").set_input_files(large)
    expect(run.page.locator("[data-figures]")).to_contain_text("1.0 of ")
    large.write_bytes(changed(large.read_bytes()))
    run.page.evaluate("letGo()")
    run.refused("large could not be read: it was moved or changed")


def test_a_log_can_be_cancelled_between_its_pieces_and_says_how_far_it_is(run, tmp_path):
    run.go().page.evaluate(HOLD)
    run.choose(_long(tmp_path / "large", 1_500_000))
    expect(run.page.locator("[data-figures]")).to_contain_text("1.0 of ")
    expect(run.page.locator("[data-figures]")).to_contain_text("MB a second")
    expect(run.status).to_have_text("Reading large.")
    run.page.locator("[data-cancel]").click()
    run.page.evaluate("letGo()")
    expect(run.status).to_contain_text("Cancelled")
    assert run.answer.inner_text() == ""
    assert "run=" not in run.page.url
    run.choose(FULL).answered()
    assert run.first == "heap-full"


@pytest.mark.fresh
def test_where_python_does_not_start_the_page_says_why_and_reads_the_log_when_it_does(run):
    run.page.context.route("**/stdlib.zip.gz", lambda route: route.fulfill(status=404))
    run.go().choose(FULL)
    run.page.wait_for_selector("spark-run[data-stage=failed]")
    expect(run.status).to_contain_text("Python could not be started in this page.")
    expect(run.status).to_contain_text("stdlib.zip.gz (404) could not be fetched.")
    run.page.context.unroute_all()
    run.page.locator("[data-retry]").click()
    run.answered()
    assert run.first == "heap-full"


@pytest.mark.fresh
@pytest.mark.parametrize("where", ["what-happened/", ""])
def test_other_boxes_say_it_too(run, where):
    run.page.context.route("**/stdlib.zip.gz", lambda route: route.fulfill(status=404))
    run.page.goto(f"{run.host.url}{where}", wait_until="load")
    run.page.locator("textarea[name=text]").fill("java.lang.OutOfMemoryError: Java heap space")
    expect(run.status.first).to_contain_text("stdlib.zip.gz (404) could not be fetched.")
