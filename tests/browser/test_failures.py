"""What goes wrong between the reader and Python: the page stays whole and says what its numbers are for."""

import gzip
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from reader import EDIT, OPENED, ROOT, Reader, begins, rewrite

from tools.bench.host import Host, Line

pytestmark = pytest.mark.fresh
HEAP = "spark.executor.memory"


def says_what_its_numbers_are_for(reader, sentence):
    text = reader.calc.get_attribute(f"data-text-{sentence}")
    expect(reader.status).to_contain_text(reader.calc.get_attribute("data-text-failed"))
    expect(reader.status).to_contain_text(text)
    expect(reader.retry).to_be_visible()


def test_a_blocked_file_leaves_the_page_whole_and_a_retry_works(reader):
    """One visit, in which one file after the other does not come, and the reader tries again each time."""
    for blocked in ("pyodide.asm.wasm", "stdlib.zip.gz", "pyodide.asm.mjs", "worker.mjs"):
        reader.page.context.route(f"**/assets/py/*/{blocked}", lambda route: route.abort())
        if blocked == "pyodide.asm.wasm":
            reader.go().stage("failed")
            says_what_its_numbers_are_for(reader, "opened")
            reader.shows(OPENED)
            reader.type(HEAP, "9g")
            says_what_its_numbers_are_for(reader, "defaults")
            reader.reset.click()
            says_what_its_numbers_are_for(reader, "opened")
            expect(reader.status).not_to_contain_text("not for what you entered")
            reader.type(HEAP, "9g")
        else:
            reader.retry.click()
        expect(reader.status).to_contain_text(f"{blocked} could not be fetched.")
        says_what_its_numbers_are_for(reader, "defaults")
        assert reader.control(HEAP).input_value() == "9g"
        assert reader.calc.get_attribute("data-stale") is not None
        reader.page.context.unroute_all(behavior="ignoreErrors")
    reader.retry.click()
    reader.settled().shows({**OPENED, HEAP: "9g"})
    expect(reader.retry).to_be_hidden()


def test_a_missing_file_says_which_and_what_has_no_answer_yet_is_not_printed_with_the_defaults(reader):
    reader.page.context.route("**/stdlib.zip.gz", lambda route: route.fulfill(status=404, body="gone"))
    reader.go("?spark.executor.memory=8g").stage("failed")
    expect(reader.status).to_contain_text("stdlib.zip.gz (404) could not be fetched.")
    says_what_its_numbers_are_for(reader, "defaults")
    reader.page.emulate_media(media="print")
    expect(reader.answer.locator(".sm-headline")).to_be_hidden()
    expect(reader.calc.locator(".sm-unanswered")).to_be_visible()
    reader.page.emulate_media(media="screen")
    reader.page.context.unroute_all(behavior="ignoreErrors")
    reader.page.context.route("**/stdlib.zip.gz", lambda route: route.fulfill(status=500, body="gone"))
    reader.retry.click()
    expect(reader.status).to_contain_text("stdlib.zip.gz (500) could not be fetched.")
    says_what_its_numbers_are_for(reader, "defaults")


def cannot_run(reader, lacking):
    """The page says what its browser has not, and offers nothing that cannot help."""
    reader.go("?spark.executor.memory=8g").stage("failed")
    expect(reader.status).to_contain_text(f"This browser has no {lacking}")
    expect(reader.status).to_contain_text(reader.calc.get_attribute("data-text-defaults"))
    expect(reader.retry).to_be_hidden()


@pytest.mark.parametrize("lacking", ["WebAssembly", "DecompressionStream"])
def test_a_browser_in_which_python_cannot_run_is_told_what_it_lacks(context_of, host, lacking):
    context = context_of()
    begins(context, f"delete globalThis.{lacking};\n")
    cannot_run(Reader(context.new_page(), host), lacking)


def test_a_browser_without_module_workers_is_told_so(reader):
    reader.page.add_init_script(
        "{ const Genuine = Worker; globalThis.Worker = class { constructor(address) { return new Genuine(address); } }; }"
    )
    cannot_run(reader, "module workers")


def test_a_killed_worker_is_noticed_and_replaced(reader):
    reader.page.clock.install()
    reader.go("?spark.executor.memory=8g").settled()
    next(worker for worker in reader.page.workers if worker.url.endswith("worker.mjs")).evaluate("self.close()")
    reader.control(HEAP).evaluate(EDIT, "9g")
    reader.page.clock.run_for(30_000)
    expect(reader.retry).to_be_visible()
    for text in ("refused", "cause-silent", "stale"):
        expect(reader.status).to_contain_text(reader.calc.get_attribute(f"data-text-{text}"))
    reader.shows({HEAP: "8g"})
    assert reader.answer.get_attribute("aria-busy") == "true"
    reader.stage("ready")  # another Python, which is not asked by itself for what the last one died of
    assert reader.calc.get_attribute("data-stale") is not None
    reader.retry.click()
    reader.settled().shows({HEAP: "9g"})
    expect(reader.retry).to_be_hidden()


def test_a_worker_killed_while_it_loads_is_noticed(reader):
    reader.page.clock.install()
    reader.hold("**/pyodide.asm.wasm")
    reader.go("?spark.executor.memory=8g").stage("loading")
    next(worker for worker in reader.page.workers if worker.url.endswith("worker.mjs")).evaluate("self.close()")
    reader.page.clock.run_for(45_000)
    reader.stage("failed")
    says_what_its_numbers_are_for(reader, "defaults")
    expect(reader.status).to_contain_text(reader.calc.get_attribute("data-text-cause-silent"))


def test_a_download_that_never_ends_is_noticed(reader):
    impatient = {"const STALLED_AFTER_MS = 30_000;": "const STALLED_AFTER_MS = 2000;"}
    rewrite(reader.page.context, "**/worker.mjs", impatient)
    reader.hold("**/pyodide.asm.wasm")
    reader.go("?spark.executor.memory=8g").stage("failed")
    says_what_its_numbers_are_for(reader, "defaults")
    expect(reader.status).to_contain_text("Nothing of pyodide.asm.wasm has arrived for half a minute")


def test_a_slow_line_shows_stage_and_progress_answers_for_the_newest_input_and_is_not_taken_for_a_dead_one(context_of):
    # The WebAssembly is what comes last: of its 3.5 MB five seconds are left when all else has come, more than the patience.
    with Host(ROOT / "site", Line("slower", 4e6 / 8, 0.02)) as host:
        reader = Reader(context_of().new_page(), host)
        impatient = {"const STALLED_AFTER_MS = 30_000;": "const STALLED_AFTER_MS = 3000;"}
        rewrite(reader.page.context, "**/worker.mjs", impatient)
        reader.go("?spark.executor.memory=8g", wait_until="commit").stage("loading")
        stage_and_progress_are_shown(reader)
        reader.settled().shows({HEAP: "9g"})
        expect(reader.calc.locator("[data-progress]")).to_be_hidden()


def stage_and_progress_are_shown(reader):
    """Until Python is there; meanwhile something else is typed."""
    bar = reader.calc.locator("[data-progress]")
    expect(bar).to_be_visible()
    expect(reader.status).to_have_text(reader.calc.get_attribute("data-text-loading"))
    assert reader.answer.get_attribute("aria-busy") == "true"
    fractions = []
    reader.type(HEAP, "9g")
    while reader.calc.get_attribute("data-stage") == "loading":
        fractions.append(bar.evaluate("(bar) => bar.position"))
        time.sleep(0.2)
    assert fractions == sorted(fractions)
    assert len(set(fractions)) > 5
    assert max(fractions) <= 1


def test_what_python_raises_and_what_is_fetched_later_and_does_not_come_costs_no_more_than_what_needs_it(reader):
    reader.page.context.route("**/sparkmem.zip.gz", lambda route: route.fulfill(status=404))
    reader.page.context.route("**/take.mjs*", lambda route: route.abort())
    reader.go("?spark.executor.memory=8g").settled()
    copying = reader.calc.locator("[data-take=panel]")
    copying.click()
    expect(reader.calc.locator("[data-take-status]")).to_contain_text("could not be loaded")
    reader.page.context.unroute("**/take.mjs*")
    copying.click()
    reader.calc.locator("[data-format=markdown]").click()
    expect(reader.calc.locator("[data-copy-said]")).to_contain_text("sparkmem.zip.gz (404) could not be fetched.")
    reader.type(HEAP, "7g").settled().shows({HEAP: "7g"})
    reader.page.context.unroute_all(behavior="ignoreErrors")
    reader.calc.locator("[data-format=markdown]").click()
    expect(reader.calc.locator("[data-copy-shown]")).to_be_visible()
    what_python_raises_is_the_fault_of_that_request_alone(reader)


def what_python_raises_is_the_fault_of_that_request_alone(reader):
    ask = """async (module) => {
      const { engine } = await import(module);
      return engine.ask("answer", "hunter2 is not JSON").catch(({ why }) => why);
    }"""
    why = reader.page.evaluate(ask, reader.engine())
    assert why == {"kind": "raised", "about": "JSONDecodeError", "remedy": "again"}
    reader.type(HEAP, "9g").settled().shows({HEAP: "9g"})
    expect(reader.retry).to_be_hidden()


def test_after_the_site_was_published_anew_the_page_offers_what_helps(reader):
    reader.page.context.route("**/assets/py/*/*", lambda route: route.fulfill(status=404))
    reader.page.context.route("**/assets/py/manifest.json", lambda route: route.fulfill(json={"hash": "another"}))
    reader.go("?spark.executor.memory=8g").stage("failed")
    expect(reader.status).to_contain_text(reader.calc.get_attribute("data-text-remedy-renewed"))
    expect(reader.retry).to_have_text("Load the page again")
    reader.page.context.unroute_all(behavior="ignoreErrors")
    reader.retry.click()
    reader.settled().shows({HEAP: "8g"})


def test_a_file_that_is_not_what_it_should_be_answers_nothing(reader):
    """A proxy's login page in place of the standard library, and files of which one byte is another."""
    reader.page.context.route("**/stdlib.zip.gz", lambda route: route.fulfill(body="<html>log in"))
    reader.go("?spark.executor.memory=8g").stage("failed")
    says_what_its_numbers_are_for(reader, "defaults")
    for file in ("sparkmem-executor-memory.zip.gz", "pyodide.asm.wasm"):
        served = altered(reader, file)
        reader.retry.click()
        expect(reader.status).to_contain_text(f"{file} did not arrive as this site has published it")
        assert served
        reader.shows(OPENED)
    reader.page.context.unroute_all(behavior="ignoreErrors")
    reader.retry.click()
    reader.settled().shows({HEAP: "8g"})


def altered(reader, file):
    """Has this file, and no other, come with one byte changed; how often it has."""
    served = []

    def serve(route):
        [published] = reader.host.site.glob(f"assets/py/*/{urlsplit(route.request.url).path.rpartition('/')[2]}")
        data = published.read_bytes()
        data = gzip.compress(one_byte_changed(gzip.decompress(data))) if file.endswith(".gz") else one_byte_changed(data)
        served.append(file)
        route.fulfill(body=data, content_type="application/wasm" if file.endswith(".wasm") else "application/gzip")

    reader.page.context.unroute_all(behavior="ignoreErrors")
    reader.page.context.route(f"**/{file}", serve)
    return served


def one_byte_changed(data):
    """The same but for the name that a message of it has: it runs, and would answer."""
    place = data.rindex(b"memory")
    return data[:place] + b"mEmory" + data[place + 6 :]


def test_without_scripts_the_page_is_whole(reader_of):
    reader = reader_of(java_script_enabled=False)
    reader.go("?spark.executor.memory=9g")
    assert "8,589,934,592" in reader.answer.inner_text()
    note = reader.calc.locator("noscript")
    expect(note).to_be_visible()
    assert "example" in note.inner_text()
    assert reader.control(HEAP).input_value() == "8g"
    formula = reader.answer.locator("details").first
    formula.locator("summary").click()
    expect(formula.locator("dd").first).to_be_visible()
    assert reader.runtime_requests() == []
