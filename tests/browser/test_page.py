"""Every page for everybody: keyboard, screen reader, phone, dark, print, forced colours; and instant navigation."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from accessible import CHANGING, PHONE, SCHEMES, too_wide_at
from looks import ARTICLE, faults_in_every_look, faults_of_a_state, faults_on_a_phone
from playwright.sync_api import expect
from reader import CALCULATOR, DEFAULTS, OPENED, SITEMAP
from walks import chosen, named, together, walked, walks

HEAP = "spark.executor.memory"
NO_SUCH = "there/is/no/such/page/"
CHOSEN = chosen()
WALKS, OTHER_WALKS = walks(CHOSEN.whole + CHOSEN.living, 10), walks(CHOSEN.other_living, 16)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def on_a_phone(reader_of):
    return reader_of(viewport={"width": PHONE, "height": 800}, color_scheme="light")


@pytest.mark.costly("ten pages, asked by axe by all its rules, at two widths and in both schemes")
@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_a_page_has_no_fault_in_any_look(on_a_phone, walk):
    """What is wrong is named by the page, and the look in which it is seen."""
    known: set[int] = set()
    looked_at = {
        path: faults_in_every_look(on_a_phone.page, known, None if path in CHOSEN.whole else ARTICLE)
        for path in walked(on_a_phone, walk)
    }
    assert {path: faults for path, faults in looked_at.items() if faults} == {}


@pytest.mark.costly("a dozen articles, asked by axe by all its rules, at two widths and in both schemes")
def test_an_article_has_no_fault_in_any_look(on_a_phone):
    page = together(on_a_phone, CHOSEN.still)
    assert faults_in_every_look(page, set(), ARTICLE) == {}, named(page, CHOSEN.still)


def test_the_page_for_what_is_not_there_has_no_fault_in_any_look(on_a_phone):
    on_a_phone.go(path=NO_SUCH, wait_until="load")
    assert faults_in_every_look(on_a_phone.page, set()) == {}


@pytest.mark.parametrize("walk", OTHER_WALKS.values(), ids=OTHER_WALKS)
def test_pages_of_the_same_parts_have_no_fault(on_a_phone, walk):
    """Of their parts, the colours have been looked at above, and how they stand on a wide screen."""
    known: set[int] = set()
    looked_at = {path: faults_on_a_phone(on_a_phone.page, known) for path in walked(on_a_phone, walk)}
    assert {path: faults for path, faults in looked_at.items() if faults} == {}


def test_articles_of_the_same_parts_have_no_fault(on_a_phone):
    page = together(on_a_phone, CHOSEN.other_still)
    assert faults_on_a_phone(page, set()) == {}, named(page, CHOSEN.other_still)


ROWS = {
    "link-name": ('<li><a href="#a">one</a> of many</li>', '<li><a href="#a"></a> of many</li>', ""),
    "label": ('<li><label for="#">a</label> <input id="#"></li>', '<li><label for="a">a</label> <input id="b"></li>', ""),
    "list": ("<li>one of many</li>", "<div>one of many</div>", ""),
    "target-size": (
        "<li><button>o</button><button>p</button></li>", "<li><button>o</button><button>p</button></li>",
        "button { width: 10px; height: 10px; padding: 0; margin: 20px } li:last-child button { margin: 0 }",
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", ROWS)
def test_a_fault_in_the_last_of_many_rows_is_found(on_a_phone, rule):
    one, last, styles = ROWS[rule]
    rows = "".join(one.replace('"#"', f'"row-{number}"') for number in range(40))
    on_a_phone.page.set_content(f"<style>{styles}</style><article><ul>{rows}{last}</ul></article>")
    [(found, _)] = faults_on_a_phone(on_a_phone.page, set())["axe"]
    assert found == rule
    assert on_a_phone.page.locator("li, div").count() <= 4


@pytest.mark.costly("axe by all its rules, in each state and in both schemes")
def test_axe_finds_nothing_in_the_calculators_states(reader):
    known: set[int] = set()
    reader.go("?spark.executor.memory=lots&spark.memory.fraction=most").settled("none")
    assert faults_of_a_state(reader.page, known, CHANGING) == {}, "errors"
    reader.reset.click()
    reader.type(HEAP, "9g").settled()
    for formula in reader.answer.locator("details").all():
        formula.evaluate("(details) => { details.open = true; }")
    expect(reader.answer.locator(".sm-row dl:empty")).to_have_count(0)  # the reasons come in a pause
    assert faults_of_a_state(reader.page, known, CHANGING) == {}, "formulas"
    reader.page.evaluate("async (module) => { (await import(module)).engine.fail('for a test'); }", reader.engine())
    reader.stage("failed")
    assert faults_of_a_state(reader.page, known, CHANGING) == {}, "failed"


def test_keyboard_alone(reader):
    """From the top of the page: to the field, a value, to a formula, open it; and back to the defaults."""
    reader.go().stage("ready")
    focused = "document.activeElement.name || document.activeElement.localName + '.' + (document.activeElement.type ?? '')"

    def tab_to(wanted, most=80):
        for _ in range(most):
            reader.page.keyboard.press("Tab")
            if reader.page.evaluate(focused) == wanted:
                return
        raise AssertionError(f"{wanted} was not reached in {most} steps")

    tab_to(HEAP)
    reader.page.keyboard.press("ControlOrMeta+a")
    reader.page.keyboard.type("9g")
    reader.settled()
    assert reader.page.evaluate(focused) == HEAP, "the answer took the focus"
    reader.page.keyboard.press("Enter")
    reader.settled()
    tab_to("button.reset")
    tab_to("summary.")
    reader.page.keyboard.press("Enter")
    expect(reader.answer.locator("details[open] dd").first).to_be_visible()
    for _ in range(80):
        reader.page.keyboard.press("Shift+Tab")
        if reader.page.evaluate(focused) == "button.reset":
            break
    reader.page.keyboard.press("Space")
    reader.settled("defaults").shows(OPENED)


def test_the_focus_is_visible(reader):
    reader.go()
    for part in (reader.control(HEAP), reader.control("release"), reader.reset, reader.answer.locator("summary").first):
        part.focus()
        reader.page.keyboard.press("Shift+Tab")
        reader.page.keyboard.press("Tab")
        outline = part.evaluate(
            "(e) => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth, s.boxShadow]; }"
        )
        assert outline[0] != "none" or outline[2] != "none", (part, outline)
    mark = reader.page.locator(".md-content a.sm-source").first
    mark.focus()  # by the keyboard, as the page is used so by now
    shown = mark.evaluate("(e) => { const s = getComputedStyle(e, '::after'); return [s.position, s.content]; }")
    assert shown == ["fixed", f'"{mark.get_attribute("title")}"']


SPOKEN = """(status) => {
  globalThis.spoken = [];
  new MutationObserver(() => status.textContent && spoken.push(status.textContent))
    .observe(status, { childList: true, characterData: true, subtree: true });
}"""


def test_the_result_is_announced_once_the_reader_pauses(reader):
    slowly = {"const WORKING_DELAY_MS = 150;": "const WORKING_DELAY_MS = 60_000;"}  # however long a key or an answer takes
    slowly |= {"const SUMMARY_DELAY_MS = 600;": "const SUMMARY_DELAY_MS = 6000;"}
    reader.rewritten("spark-calc.mjs", slowly)
    reader.go(DEFAULTS).settled()
    assert reader.status.get_attribute("role") == "status"
    reader.status.evaluate(SPOKEN)
    reader.control(HEAP).select_text()
    for key in "8192m":
        reader.page.keyboard.press(key)
        reader.page.wait_for_selector("spark-calc:not([data-stale])")  # its answer has come, and would be said
    reader.settled()
    expect(reader.status).to_have_text(reader.shown_summary())
    assert reader.page.evaluate("spoken") == [reader.shown_summary()]
    reader.type(HEAP, "lots").settled("none")
    expect(reader.status).to_have_text(reader.shown_summary())


def test_nothing_scrolls_sideways_where_every_formula_is_open(reader_of):
    reader = reader_of(viewport={"width": 320, "height": 800})
    reader.go("?spark.executor.memory=8191m&spark.memory.offHeap.size=123456m").settled()
    for formula in reader.answer.locator("details").all():
        formula.evaluate("(details) => { details.open = true; }")
    assert too_wide_at(reader.page, 320, 1280) == {}


def test_touch_targets_are_large_enough_on_a_phone(reader_of):
    reader = reader_of(viewport={"width": 360, "height": 740}, has_touch=True)
    reader.go()
    heights = reader.calc.locator("input, select, button:not([hidden]), summary").evaluate_all(
        """(all) => all.filter((e) => e.checkVisibility())
            .map((e) => [e.name || e.localName, e.getBoundingClientRect().height])"""
    )
    assert [pair for pair in heights if pair[1] < 24] == []
    rows = reader.calc.locator(".sm-row summary").evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().height)")
    assert min(height for height in rows if height) >= 44, "rows stand one upon the other: a thumb needs more"


def test_dark_and_light_differ_and_both_can_be_read(reader_of):
    """The browser's wish is heeded while the page is open too."""
    reader = reader_of(color_scheme="light").go()
    colours = {}
    for scheme, name in SCHEMES.items():
        reader.page.emulate_media(color_scheme=scheme)
        reader.page.wait_for_selector(f"body[data-md-color-scheme={name}]")
        colours[scheme] = reader.control(HEAP).evaluate(
            "(e) => [getComputedStyle(e).color, getComputedStyle(document.body).backgroundColor]"
        )
    assert colours["light"][0] != colours["dark"][0]
    assert colours["light"][1] != colours["dark"][1]


def test_print_shows_inputs_answer_and_bars(reader):
    reader.go("?spark.executor.memory=8g").settled()
    reader.page.emulate_media(media="print")
    expect(reader.control(HEAP)).to_be_visible()
    expect(reader.answer.locator(".sm-headline")).to_be_visible()
    expect(reader.answer.locator(".sm-value").first).to_be_visible()
    bars = reader.answer.locator(".sm-bar > *, .sm-bars > *, figure [style]").evaluate_all(
        "(all) => all.map((e) => [e.getBoundingClientRect().width, getComputedStyle(e).printColorAdjust])"
    )
    assert bars, "there is no picture"
    assert max(width for width, _ in bars) > 50
    assert {adjust for _, adjust in bars} == {"exact"}, "browsers leave backgrounds out when they print"


@pytest.mark.starting
def test_print_before_an_answer_has_come_says_so_and_leaves_the_manual_out(reader):
    held = reader.hold("**/pyodide.asm.wasm")
    reader.go("?spark.executor.memory=8g", wait_until="domcontentloaded")
    reader.page.wait_for_selector("spark-calc[data-stale]")
    reader.page.emulate_media(media="print")
    manual = reader.page.locator(".md-content h2:visible")
    expect(reader.calc.locator(".sm-unanswered")).to_be_visible()
    expect(reader.answer).to_be_hidden()
    assert reader.control(HEAP).input_value() == "8g"
    expect(manual).to_have_count(0)
    held.let_go()
    reader.settled()
    expect(manual).to_have_count(0)
    reader.edit(HEAP, "lots", "none")
    expect(reader.calc.locator(".sm-faults")).to_be_visible()
    expect(manual).to_have_count(0)


def test_forced_colours_keep_bars_and_fields(reader_of):
    reader = reader_of(forced_colors="active")
    reader.go("?spark.executor.memory=8g").settled()
    expect(reader.answer.locator(".sm-headline")).to_be_visible()
    outlined = reader.answer.locator("figure [style]").evaluate_all(
        "(all) => all.map((e) => getComputedStyle(e))"
        ".filter((s) => s.borderStyle !== 'none' || s.forcedColorAdjust === 'none').length"
    )
    assert outlined > 0, "bars that are only a background are invisible here"


def test_reduced_motion_moves_nothing(reader_of):
    reader = reader_of(reduced_motion="reduce")
    reader.go("?spark.executor.memory=8g").settled()
    reader.type(HEAP, "9g").settled()
    moving = reader.page.evaluate(
        "document.getAnimations()"
        ".filter((a) => a.effect.target.closest('spark-calc') && a.effect.getTiming().duration > 50).length"
    )
    assert moving == 0


@pytest.mark.starting
def test_instant_navigation_keeps_the_document_and_python(reader):
    with reader.page.expect_response(SITEMAP):
        reader.go("?spark.executor.memory=8g").settled()
    reader.page.evaluate("globalThis.sameDocument = true")
    workers = [worker.url for worker in reader.page.workers]

    reader.page.locator("a.md-logo").first.click()
    reader.page.wait_for_url(reader.host.url)
    expect(reader.calc).to_have_count(0)
    reader.page.go_back()
    reader.settled().shows({HEAP: "8g"})
    assert reader.page.url.endswith("?spark.executor.memory=8g")
    reader.type(HEAP, "9g").settled().shows({HEAP: "9g"})

    reader.page.locator("a.md-logo").first.click()
    reader.page.wait_for_url(reader.host.url)
    expect(reader.calc).to_have_count(0)  # until then the links are still those of the page before
    reader.page.locator(f'.md-content a[href*="{CALCULATOR}"]').first.click()
    reader.stage("ready").type(HEAP, "7g").settled().shows({**OPENED, HEAP: "7g"})

    assert reader.page.evaluate("globalThis.sameDocument") is True, "the page was loaded anew"
    assert [worker.url for worker in reader.page.workers] == workers
    fetched = reader.runtime_requests()
    assert len(fetched) == len(set(fetched)), "something was fetched again"
    assert reader.problems == []


def test_instant_navigation_where_the_site_was_not_built_for(reader, tmp_path):
    """On another port and in another folder, from a host that sends files as they are: a preview, a mirror."""
    (tmp_path / "mirror").symlink_to(reader.host.site, target_is_directory=True)
    handler = partial(_Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as plain:
        Thread(target=plain.serve_forever, args=(0.05,), daemon=True).start()
        there = f"http://127.0.0.1:{plain.server_port}/mirror/"
        try:
            with reader.page.expect_response(SITEMAP):
                reader.page.goto(f"{there}start-here/")
            reader.page.evaluate("globalThis.sameDocument = true")
            reader.page.locator("a.md-logo").first.click()
            expect(reader.page.locator("spark-paste")).to_have_count(1)
            assert reader.page.url == there
            assert reader.page.evaluate("globalThis.sameDocument") is True, "the page was loaded anew"
        finally:
            reader.page.goto("about:blank")
            plain.shutdown()


@pytest.mark.starting
def test_walking_away_while_python_loads(reader):
    python = reader.hold("**/stdlib.zip.gz")
    with reader.page.expect_response(SITEMAP):
        reader.go("?spark.executor.memory=8g", wait_until="load").stage("loading")
        reader.page.locator("a.md-logo").first.hover()
    reader.page.locator("a.md-logo").first.click()
    reader.page.wait_for_url(reader.host.url)
    reader.page.go_back()
    reader.stage("loading")
    python.let_go()
    reader.settled().shows({HEAP: "8g"})
    assert len([url for url in reader.runtime_requests() if url.endswith(".wasm")]) == 1


def test_a_link_with_inputs_within_one_document(reader):
    """The theme follows such a link without a new page: the form has to follow too."""
    reader.go().stage("ready")
    reader.page.evaluate(
        """() => {
          const link = document.createElement("a");
          link.href = "?spark.executor.memory=8g#executor-memory-calculator";
          link.textContent = "an executor of 8g";
          document.querySelector("spark-calc").after(link);
        }"""
    )
    reader.page.get_by_role("link", name="an executor of 8g").click()
    reader.settled().shows({HEAP: "8g"})
    reader.page.go_back()
    reader.settled("defaults").shows(OPENED)
