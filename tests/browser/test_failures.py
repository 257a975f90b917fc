"""What goes wrong between the reader and Python: the page stays whole and says what its numbers are for."""

import pytest
from playwright.sync_api import expect
from reader import Reader

pytestmark = pytest.mark.fresh
HEAP = "spark.executor.memory"


def says_what_its_numbers_are_for(reader, sentence):
    text = reader.calc.get_attribute(f"data-text-{sentence}")
    expect(reader.status).to_contain_text(reader.calc.get_attribute("data-text-failed"))
    expect(reader.status).to_contain_text(text)
    expect(reader.retry).to_be_visible()


@pytest.mark.parametrize("blocked", ["pyodide.asm.wasm", "stdlib.zip.gz", "pyodide.asm.mjs", "worker.mjs"])
def test_a_blocked_file_leaves_the_page_whole_and_a_retry_works(reader, blocked):
    reader.page.context.route(f"**/assets/py/*/{blocked}", lambda route: route.abort())
    reader.go().stage("failed")
    says_what_its_numbers_are_for(reader, "defaults")
    reader.shows({})
    reader.type(HEAP, "8g")
    says_what_its_numbers_are_for(reader, "defaults")
    assert reader.control(HEAP).input_value() == "8g"
    assert reader.calc.get_attribute("data-stale") is not None
    reader.page.context.unroute_all()
    reader.retry.click()
    reader.settled().shows({HEAP: "8g"})
    expect(reader.retry).to_be_hidden()


DOUBT = ".sm-doubt"


@pytest.mark.parametrize("answer", ["abort", "404"])
@pytest.mark.parametrize(("path", "element", "whose"), [
    ("memory/executor-heap/", "spark-calc", "the defaults"),
    ("explain/", "spark-variants", "the example"),
    ("memory-manager/", "spark-watch", "the first preset"),
])  # fmt: skip
def test_where_the_pages_own_script_does_not_run_the_page_says_whose_its_numbers_are(reader, answer, path, element, whose):
    come = "**/assets/calc*/*.mjs"
    reader.page.context.route(come, lambda route: route.abort() if answer == "abort" else route.fulfill(status=404))
    reader.go(f"?{HEAP}=9g", path)
    doubt = reader.page.locator(f"{element} {DOUBT}")
    expect(doubt).to_be_visible()
    expect(doubt).to_contain_text(f"The numbers are for {whose}")
    reader.page.emulate_media(media="print")
    expect(doubt).to_be_visible()
    reader.page.emulate_media(media="screen")
    reader.page.context.unroute_all()
    reader.page.reload()
    expect(doubt).to_be_hidden()
    reader.page.emulate_media(media="print")
    expect(doubt).to_be_hidden()


def test_what_has_no_answer_yet_is_not_printed_with_the_defaults(reader):
    reader.page.context.route("**/stdlib.zip.gz", lambda route: route.fulfill(status=404))
    reader.go("?spark.executor.memory=9g").stage("failed")
    reader.page.emulate_media(media="print")
    expect(reader.answer.locator(".sm-headline")).to_be_hidden()
    expect(reader.calc.locator(".sm-unanswered")).to_be_visible()


@pytest.mark.parametrize("status", [404, 500])
def test_a_missing_file_says_which(reader, status):
    reader.page.context.route("**/stdlib.zip.gz", lambda route: route.fulfill(status=status, body="gone"))
    reader.go("?spark.executor.memory=8g").stage("failed")
    expect(reader.status).to_contain_text("stdlib.zip.gz")
    says_what_its_numbers_are_for(reader, "defaults")


def test_a_file_that_is_not_what_it_should_be(reader):
    """A proxy's login page, in place of the standard library."""
    reader.page.context.route("**/stdlib.zip.gz", lambda route: route.fulfill(body="<html>log in"))
    reader.go("?spark.executor.memory=8g").stage("failed")
    says_what_its_numbers_are_for(reader, "defaults")
    reader.page.context.unroute_all()
    reader.retry.click()
    reader.settled().shows({HEAP: "8g"})


def test_webassembly_switched_off(context_of, host):
    context = context_of()
    context.route(
        "**/worker.mjs",
        lambda route: (
            response := route.fetch(),
            route.fulfill(response=response, body="delete globalThis.WebAssembly;\n" + response.text()),
        ),
    )
    reader = Reader(context.new_page(), host)
    reader.go("?spark.executor.memory=8g").stage("failed")
    says_what_its_numbers_are_for(reader, "defaults")


def test_a_killed_worker_is_noticed_and_replaced(reader):
    reader.page.clock.install()
    reader.go("?spark.executor.memory=8g").settled()
    next(worker for worker in reader.page.workers if worker.url.endswith("worker.mjs")).evaluate("self.close()")
    reader.type(HEAP, "9g")
    reader.page.clock.run_for(30_000)
    reader.stage("failed")
    says_what_its_numbers_are_for(reader, "stale")
    reader.shows({HEAP: "8g"})
    assert reader.answer.get_attribute("aria-busy") == "true"
    reader.retry.click()
    reader.settled().shows({HEAP: "9g"})


def test_a_download_that_never_ends_is_noticed(reader):
    reader.page.clock.install()
    reader.page.context.route("**/pyodide.asm.wasm", lambda route: None)
    reader.go("?spark.executor.memory=8g").stage("loading")
    reader.page.clock.run_for(80_000)
    assert reader.calc.get_attribute("data-stage") == "loading"
    # The other files still arrive, and each sign of life gives the silent one its full time again.
    for _ in range(20):
        if reader.calc.get_attribute("data-stage") == "failed":
            break
        reader.page.clock.run_for(20_000)
    reader.stage("failed")
    says_what_its_numbers_are_for(reader, "defaults")


def test_python_that_raises_is_a_failure_with_its_cause(reader):
    reader.go("?spark.executor.memory=8g").settled()
    reader.page.evaluate(
        "async (module) => { (await import(module)).engine.ask('answer', 'not json').catch(() => {}); }", reader.engine()
    )
    reader.stage("failed")
    expect(reader.status).to_contain_text("JSONDecodeError")
    reader.retry.click()
    reader.stage("ready").type(HEAP, "9g").settled().shows({HEAP: "9g"})


def test_without_scripts_the_page_is_whole(reader_of):
    reader = reader_of(java_script_enabled=False)
    reader.go("?spark.executor.memory=8g")
    assert "1,073,741,824" in reader.answer.inner_text()
    note = reader.calc.locator("noscript")
    expect(note).to_be_visible()
    assert "defaults" in note.inner_text()
    assert reader.control(HEAP).input_value() == "1g"
    formula = reader.answer.locator("details").first
    formula.locator("summary").click()
    expect(formula.locator("dd").first).to_be_visible()
    assert reader.runtime_requests() == []
