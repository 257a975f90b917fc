"""When Python is fetched, what is said meanwhile, and that the page stays quiet until then."""

import pytest
from playwright.sync_api import expect
from reader import PATIENCE_MS, SITEMAP

HEAP = "spark.executor.memory"
# The three seconds after which the theme's script comes in any case last until the test says so.
THREE_SECONDS = """{
  const ordinary = setTimeout;
  globalThis.setTimeout = (then, ms, ...more) => {
    if (ms !== 3000) return ordinary(then, ms, ...more);
    globalThis.threeSecondsPass = then;
    return 0;
  };
}"""
SAVE_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"


@pytest.fixture
def without_python(reader):
    """Python is asked for and never comes: what it is made of is the most that a first visit costs."""
    reader.python = reader.hold("**/pyodide.asm.wasm")
    return reader


@pytest.fixture
def unloaded(without_python):
    """A page whose `load` event is held back by one picture, until `reader.release()`."""
    reader = without_python
    reader.page.add_init_script(THREE_SECONDS)
    reader.page.route("**/favicon.svg", lambda route: route.continue_())
    reader.release = reader.hold("**/logo.svg").let_go
    reader.go("?h=heap", wait_until="domcontentloaded")  # a name that is no input: nothing is to be answered
    reader.page.wait_for_selector("spark-calc:defined")
    return reader


def starts(reader):
    """Whether Python is fetched, or is so soon; that it answers when it has come is what the other tests see."""
    return reader.sees(lambda: reader.python.requests)


@pytest.mark.starting
def test_nothing_of_the_runtime_is_fetched_before_the_page_has_loaded_and_the_theme_does_not_wait_for_it(unloaded):
    assert unloaded.has_theme(within=PATIENCE_MS / 1000)
    assert not unloaded.page.evaluate("globalThis.threeSecondsPass"), "it waited"
    unloaded.page.wait_for_timeout(700)
    assert unloaded.page.evaluate("document.readyState") == "interactive"
    assert unloaded.runtime_requests() == []
    unloaded.release()
    assert starts(unloaded)


@pytest.mark.starting
def test_nothing_of_the_runtime_is_fetched_before_the_page_is_idle(without_python):
    reader = without_python
    reader.page.add_init_script(
        "globalThis.asked = 0; globalThis.requestIdleCallback = (callback) => { asked += 1; globalThis.idle = callback; };"
    )
    reader.go()
    reader.page.wait_for_timeout(700)
    assert reader.runtime_requests() == []
    reader.calc.evaluate("idle()")
    assert starts(reader)


@pytest.mark.starting
def test_python_starts_where_the_browser_never_calls_a_page_idle(without_python):
    """Seen in Chromium with two pages in one process: the callback came for no page, until its time was over."""
    reader = without_python
    reader.page.add_init_script(
        "globalThis.requestIdleCallback ="
        " (callback, options) => { if (options?.timeout) setTimeout(callback, options.timeout); };"
    )
    assert starts(reader.go())


@pytest.mark.requests
def test_a_page_without_a_calculator_fetches_nothing_of_the_runtime(reader):
    reader.go(path="checked/")
    reader.page.wait_for_timeout(1000)
    assert reader.runtime_requests() == []


@pytest.mark.starting
@pytest.mark.parametrize("reach", ["pointer", "focus"])
def test_reaching_for_the_calculator_starts_python_at_once(unloaded, reach):
    if reach == "pointer":
        unloaded.calc.dispatch_event("pointerenter")
    else:
        unloaded.control(HEAP).focus()
    assert starts(unloaded)
    assert unloaded.page.evaluate("document.readyState") == "interactive"
    unloaded.release()


@pytest.mark.starting
def test_inputs_in_the_address_are_answered_before_the_theme_s_script_runs_and_the_page_has_loaded(reader):
    theme, picture = reader.hold("**/bundle.*.js"), reader.hold("**/logo.svg")
    reader.go("?spark.executor.memory=8g", wait_until="commit")
    reader.settled().shows({HEAP: "8g"})
    assert not reader.has_theme()
    expect(reader.page.locator("html.js")).to_have_count(1)
    theme.let_go()
    assert reader.has_theme(within=PATIENCE_MS / 1000)
    assert reader.page.evaluate("document.readyState") == "interactive"
    workers = [url for url in reader.runtime_requests() if url.endswith("worker.mjs")]
    assert len(workers) == 1, "the engine started a worker of its own"
    picture.let_go()


@pytest.mark.starting
def test_the_theme_s_script_does_not_wait_for_python_for_ever(reader):
    """Nor when three seconds pass, nor when a key is pressed."""
    reader.page.add_init_script(THREE_SECONDS)
    python = reader.hold("**/stdlib.zip.gz")
    for ends_it in (lambda: reader.page.evaluate("threeSecondsPass()"), lambda: reader.page.keyboard.press("Tab")):
        reader.go("?spark.executor.memory=8g", wait_until="domcontentloaded")
        reader.page.wait_for_timeout(1000)
        assert not reader.has_theme()
        ends_it()
        assert reader.has_theme(within=PATIENCE_MS / 1000)
    python.let_go()
    reader.settled().shows({HEAP: "8g"})


@pytest.mark.starting
def test_the_theme_s_script_runs_at_once_where_no_worker_can(reader):
    reader.page.add_init_script(THREE_SECONDS)
    reader.page.route("**/worker.mjs", lambda route: route.abort())
    reader.go("?spark.executor.memory=8g", wait_until="domcontentloaded")
    assert reader.has_theme(within=PATIENCE_MS / 1000)


LINKS = """globalThis.links = [...document.querySelectorAll("link[rel=stylesheet]")];
for (const link of links) link.mark = link.sheet;"""
KEPT = "links.map((link) => link.isConnected && link.sheet === link.mark)"
WHOLE = "links.map((link) => link.getAttribute('href') === link.href)"


def test_the_theme_starts_without_having_the_page_styled_again(reader):
    theme = reader.hold("**/bundle.*.js")
    reader.go(wait_until="commit")
    reader.page.wait_for_selector("spark-calc:defined")
    sheets = reader.page.evaluate(f"{LINKS} links.length")
    marked = reader.page.locator("html").get_attribute("class")
    theme.let_go()
    assert reader.has_theme(within=PATIENCE_MS / 1000)
    assert reader.page.evaluate(KEPT) == [True] * sheets
    assert reader.page.locator("html").get_attribute("class") == marked


@pytest.mark.fresh
@pytest.mark.parametrize("way", ["a link", "back"])
def test_style_sheets_stay_where_another_page_is_shown_without_a_new_document(reader, way):
    with reader.page.expect_response(SITEMAP):
        reader.go(path="checked/")
    if way == "back":
        for step in ("replaceState(null, '', '../reference/glossary/')", "pushState(null, '', '../checked/')"):
            reader.page.evaluate(f"history.{step}")
    sheets = reader.page.evaluate(f"{LINKS} links.length")
    assert reader.page.evaluate(WHOLE) == [False] * sheets, "the theme has written their addresses"
    if way == "back":
        reader.page.go_back()
    else:
        reader.page.locator("a.md-logo").first.click()
    expect(reader.page.locator("article h1")).not_to_have_id("checked")
    assert reader.page.evaluate(WHOLE) == [True] * sheets
    assert reader.page.evaluate("links.every((link) => link.isConnected && link.sheet)")
    assert reader.page.evaluate("document.styleSheets.length") == sheets


@pytest.mark.starting
def test_an_early_worker_that_cannot_be_loaded_is_said_at_the_calculator(reader):
    reader.page.route("**/worker.mjs", lambda route: route.abort())
    reader.go("?spark.executor.memory=8g").stage("failed")
    expect(reader.retry).to_be_visible()
    reader.page.unroute("**/worker.mjs")
    reader.retry.click()
    reader.settled().shows({HEAP: "8g"})


@pytest.mark.starting
def test_a_page_s_first_answer_waits_for_its_own_part_alone_and_another_page_s_for_the_rest(reader):
    """The rest is not there when the other page asks; that and one more are answered by the same Python."""
    held = reader.hold("**/sparkmem.zip.gz")
    with reader.page.expect_response(SITEMAP):
        reader.go("?spark.executor.memory=8g").settled().shows({HEAP: "8g"})
    reader.type(HEAP, "lots").settled("none")
    assert reader.sees(lambda: held.requests), "the rest of the package was never asked for"
    fetched = [url.rsplit("/", 1)[-1] for url in reader.runtime_requests()]
    packages = [name for name in fetched if name.startswith("sparkmem")]
    assert packages == ["sparkmem-executor-memory.zip.gz", "sparkmem.zip.gz"]
    to_another_page(reader, "calculators/container-request/")
    reader.type(HEAP, "9g")
    held.let_go()
    answered_by_the_first_worker(reader)
    to_another_page(reader, "calculators/jvm-heap/")  # when all of the package has come before
    reader.type("heap", "9g")
    answered_by_the_first_worker(reader)


def to_another_page(reader, path):
    reader.page.locator(f'a[href$="{path}"]').first.evaluate("(link) => link.click()")
    expect(reader.page.locator(f"spark-calc[calculator={path.split('/')[1]}]")).to_have_count(1)


def answered_by_the_first_worker(reader):
    reader.settled()
    assert len([url for url in reader.runtime_requests() if url.endswith("worker.mjs")]) == 1


@pytest.mark.starting
def test_save_data_fetches_nothing_before_use_and_asks_first_where_the_address_has_inputs(reader):
    reader.page.add_init_script(SAVE_DATA)
    python = reader.hold("**/worker.mjs")
    reader.go()
    reader.calc.hover()
    reader.control(HEAP).focus()
    reader.page.wait_for_timeout(1000)
    assert reader.runtime_requests() == []
    assert reader.calc.get_attribute("data-stage") == "idle"
    reader.type(HEAP, "8g")
    assert reader.sees(lambda: python.requests), "an edit fetches it"
    before = len(reader.runtime_requests())
    reader.go("?spark.executor.memory=9g")
    expect(reader.retry).to_be_visible()
    expect(reader.retry).to_have_text(reader.calc.get_attribute("data-text-start"))
    expect(reader.status).to_have_text(reader.calc.get_attribute("data-text-ask"))
    assert reader.calc.get_attribute("data-stale") is not None
    reader.page.wait_for_timeout(700)
    assert len(reader.runtime_requests()) == before
    python.let_go()
    reader.retry.click()
    reader.settled().shows({HEAP: "9g"})
    expect(reader.retry).to_be_hidden()


@pytest.mark.fresh
def test_no_request_leaves_the_origin_in_a_whole_visit(reader):
    reader.go()
    reader.type(HEAP, "9g").settled()
    reader.type(HEAP, "lots").settled("none")
    reader.reset.click()
    reader.page.locator("a.md-logo").first.click()
    reader.page.wait_for_url(reader.host.url)
    reader.page.get_by_role("searchbox", name="Search").or_(
        reader.page.locator("[data-md-component=search-query]")
    ).first.fill("heap")
    reader.page.wait_for_timeout(500)
    reader.go(path="checked/")
    reader.page.wait_for_load_state("load")
    foreign = [url for url in reader.requests if not url.startswith((reader.host.origin, "data:", "blob:"))]
    assert foreign == []
    assert len(reader.requests) > 20
    assert reader.problems == []
