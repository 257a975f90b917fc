"""Every page with a calculator, for everybody: the keyboard alone, a screen reader, no scripts, no motion, and paper."""

import json
import re
from itertools import takewhile

import pytest
from calculator_pages import DIFFERENT, PAGES, html
from playwright.sync_api import expect

from sparkmem.browser import answer
from sparkmem.calculators import CALCULATORS
from sparkmem.render.openings import opening
from sparkmem.requests.addressed import addressed, passing
from sparkmem.requests.query import query

SCRIPTLESS = ("memory/executor-heap/", "calculators/fit-node/", "explain/")
"""The one that most pages are about, and those with the largest pictures, forms and tables."""

FOCUSABLE = """(element) => [...element.querySelectorAll(
    "input, select, textarea, button, summary, a[href], [tabindex='0']"
  )].filter((e) => e.checkVisibility({ contentVisibilityAuto: false, visibilityProperty: true }) && e.tabIndex >= 0)"""
NUMBERED = f"""(element) => {{
  globalThis.focusable = ({FOCUSABLE})(element);
  return focusable.map((e) => `${{e.localName}} ${{e.id || e.name || e.textContent.trim().slice(0, 40)}}`);
}}"""
# From the first of them on, the place of each that gets the focus; -1 for what is none of them.
FOLLOWED = """() => {
  globalThis.focusedPlaces = [];
  addEventListener("focusin", ({ target }) => focusedPlaces.push(focusable.indexOf(target)));
  focusable[0].focus();
}"""
SHOWN = """(all) => all.filter((e) => {
  const { width, height } = e.getBoundingClientRect();
  return width > 0 && height > 0 && e.checkVisibility({ visibilityProperty: true });
}).map((e) => e.outerHTML.slice(0, 120))"""

ALONE = """
  .md-content__inner > :not(h1, :has(> spark-calc)) { display: none !important; }
  .md-content__inner > * { break-after: auto !important; }"""


def test_there_is_a_page_for_every_calculator():
    assert set(PAGES.values()) == set(CALCULATORS)


def opened(page):
    """The build's answer."""
    return reply(page, opening(page, PAGES[page]))


def opened_inputs(page):
    calculator = CALCULATORS[PAGES[page]]
    return passing(calculator) | addressed(calculator.run(opening(page, calculator.id))[1])


def reply(page, inputs):
    return json.loads(answer(json.dumps({"calculator": PAGES[page], "page": page, "inputs": inputs})))


@pytest.mark.parametrize("page", DIFFERENT)
def test_everybody_has_the_same_page(reader_of, page):
    """One load: what a screen reader hears, where the keyboard leads, the sheets of paper, and an answer that is said.

    That each part of the package is enough, tests/site/test_runtime.py asks without a browser, and of the largest one
    test_picture.py in one.
    """
    reader = reader_of(reduced_motion="reduce")
    reader.go(path=page, wait_until="load").stage("ready")
    a_screen_reader_hears_what_each_control_is_and_what_it_holds(reader)
    folded(reader)
    the_keyboard_alone_reaches_every_control_and_every_formula(reader)
    folded(reader)
    a_calculation_has_a_sheet_of_its_own(reader, page)
    folded(reader)
    the_answer_is_announced_and_nothing_moves(reader, page)


def folded(reader):
    """All but the groups of figures: without them no key would reach a formula."""
    opened = reader.calc.locator("details[open]:not(.sm-of)")
    opened.evaluate_all("(all) => all.forEach((details) => { details.open = false; })")
    expect(opened).to_have_count(0)


def the_keyboard_alone_reaches_every_control_and_every_formula(reader):
    reader.calc.locator("form summary").first.focus()
    reader.page.keyboard.press("Enter")
    expect(reader.calc.locator("form details").first).to_have_attribute("open", "")
    wanted = reader.calc.evaluate(NUMBERED)
    reader.calc.evaluate(FOLLOWED)
    for _ in wanted:  # as if the key were held down
        reader.page.keyboard.down("Tab")
    reader.page.keyboard.up("Tab")
    places = takewhile(lambda place: place >= 0, reader.page.evaluate("focusedPlaces"))
    assert [wanted[place] for place in places] == wanted
    formula = reader.answer.locator(".sm-row summary").first
    formula.focus()
    reader.page.keyboard.press("Enter")
    expect(reader.answer.locator(".sm-row details[open] dd").first).to_be_visible()


def a_screen_reader_hears_what_each_control_is_and_what_it_holds(reader):
    reader.calc.locator("form details").first.evaluate("(details) => { details.open = true; }")
    session = reader.page.context.new_cdp_session(reader.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()  # else the browser goes on to keep the tree up to date
    said = [(node["role"]["value"], node.get("name", {}).get("value", ""), node) for node in nodes if not node["ignored"]]
    roles = ("textbox", "combobox", "slider", "button", "DisclosureTriangle", "link", "progressbar", "searchbox")
    assert [role for role, name, _ in said if role in roles and not name] == []
    sliders = [(name, node) for role, name, node in said if role == "slider"]
    assert len(sliders) == reader.calc.locator("input[type=range]:visible").count(), "what decides nothing is hidden"
    fields = {name for role, name, _ in said if role == "textbox"}
    for name, node in sliders:
        assert any(field.startswith(name.removesuffix(", slider")) for field in fields)
        spoken = {entry["name"]: entry["value"].get("value") for entry in node["properties"]}.get("valuetext", "")
        assert re.search("[a-z0-9]", str(spoken)), f"{name} has no value that can be heard"
    assert reader.status.get_attribute("role") == "status"


def the_answer_is_announced_and_nothing_moves(reader, page):
    slider = reader.calc.locator(".sm-fields > .sm-field input[type=range]:visible").first
    if slider.count() == 0:  # it stands where the reader has to open something first
        reader.calc.locator("form details").first.evaluate("(details) => { details.open = true; }")
    slider.focus()
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    reader.page.wait_for_selector("spark-calc:not([data-stale])")
    moving = reader.page.evaluate(
        "document.getAnimations()"
        ".filter((a) => a.timeline === document.timeline && a.effect.target.closest('spark-calc'))"
        ".map((a) => a.effect.target.className)"
    )
    assert moving == []
    expect(reader.status).to_have_text(reply(page, reader.inputs())["summary"])


@pytest.mark.parametrize("page", PAGES)
def test_a_page_comes_with_the_answer_for_what_its_form_opens_with(page):
    assert opened(page)["html"] in html(page)


NOTE = re.compile(r"<spark-calc.*?<noscript>\s*<p[ >].*?</noscript>.*?</spark-calc>", re.DOTALL)


def test_a_page_says_what_it_lacks_without_scripts():
    assert [page for page in PAGES if not NOTE.search(html(page))] == []


def test_complete_without_scripts(reader_of):
    """What stands there is the answer for what the form opens with, on every page as the two tests above find it."""
    reader = reader_of(java_script_enabled=False)
    for page in SCRIPTLESS:
        reader.go(path=page)
        expect(reader.calc.locator("noscript p")).to_be_visible()
        expect(reader.answer.locator(".sm-headline")).to_have_text(opened(page)["summary"])
        assert reader.answer.locator(".sm-row").count() == opened(page)["html"].count('class="sm-row ')
        formula = reader.answer.locator(".sm-row details").first
        formula.locator("summary").click()
        expect(formula.locator("dd").first).to_be_visible()
        assert reader.calc.locator("input[type=range]").evaluate_all(SHOWN) == []


TWO_SHEETS = {"fit-node", "explain", "release-diff"}
"""These have pictures and tables for more than one sheet, or answers for two."""
LATE_IN_A_LONG_LIST = ".sm-rows:has(> .sm-row:nth-child(25)) > .sm-row:nth-child(n + 13)"
"""On paper these have no formula: a calculation is two sheets at most."""
A4 = {"format": "A4", "margin": dict.fromkeys(("top", "bottom", "left", "right"), "12mm"), "print_background": True}


def a_calculation_has_a_sheet_of_its_own(reader, page):
    alone = reader.page.add_style_tag(content=ALONE)
    reader.frames()
    own = sheets(reader.page.pdf(**A4))
    assert own <= (2 if PAGES[page] in TWO_SHEETS else 1)
    alone.evaluate("(style) => style.remove()")
    if page == DIFFERENT[0]:
        assert sheets(reader.page.pdf(**A4)) > own, "what stands around it was printed too"
    lasting = f"{reader.page.url}?{query(opened_inputs(page))}#{PAGES[page]}-calculator"
    shown = f"{lasting} ·" if len(lasting) <= 240 else f"{reader.page.url} ·"
    expect(reader.calc.locator("[data-printed]")).to_have_text(re.compile(rf"{re.escape(shown)} 20\d\d-\d\d-\d\d( · .*)?$"))
    reader.page.emulate_media(media="print")
    formulas = reader.answer.locator(f".sm-row:not({LATE_IN_A_LONG_LIST}) dd:first-of-type")
    assert formulas.count() == reader.answer.locator(f".sm-row:not({LATE_IN_A_LONG_LIST})").count()
    assert len(formulas.evaluate_all(SHOWN)) == formulas.count(), "a formula is folded away on paper"
    for_a_screen = ".md-header, .md-sidebar, .sm-form button, .sm-take, .sm-slider, .sm-help"
    assert reader.page.locator(for_a_screen).evaluate_all(SHOWN) == []
    reader.page.emulate_media(media="screen")


def sheets(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
