"""Form in, answer out."""

import json
import random

import pytest
from playwright.sync_api import expect
from reader import DEFAULTS, EDIT, OPENED, python_answer

from sparkmem.calculators import CALCULATORS

HEAP = "spark.executor.memory"
FRACTION = "spark.memory.fraction"


def test_a_changed_input_changes_the_numbers(reader):
    reader.go(DEFAULTS).settled()
    before = reader.answer.inner_text()
    reader.type(HEAP, "8g").settled()
    assert reader.answer.inner_text() != before
    reader.shows({HEAP: "8g"})
    assert "8,589,934,592" in reader.answer.inner_text()


def test_the_page_is_for_its_example_before_anything_is_typed(reader):
    reader.go().stage("ready")
    assert reader.calc.get_attribute("data-answer-for") == "defaults"
    assert reader.calc.get_attribute("data-stale") is None
    reader.shows(OPENED)


def test_a_select_changes_the_numbers(reader):
    reader.go()
    reader.control("gc").select_option(label="Serial")
    reader.settled().shows(reader.inputs())


def test_a_bad_value_shows_its_error_at_the_field_and_leaves_no_number(reader):
    reader.go(DEFAULTS)
    reader.type(HEAP, "8g").settled()
    reader.type(HEAP, "eight gigs").settled("none")
    expected = python_answer_error(reader, HEAP, "eight gigs")
    expect(reader.error(HEAP)).to_have_text(expected)
    assert reader.control(HEAP).input_value() == "eight gigs"
    assert reader.control(HEAP).get_attribute("aria-invalid") == "true"
    assert reader.error(HEAP).get_attribute("id") in reader.control(HEAP).get_attribute("aria-describedby").split()
    assert "8,589,934,592" not in reader.answer.inner_text()
    expect(reader.calc.locator(f'[data-field="{HEAP}"] [data-hint]')).to_have_text("", use_inner_text=True)
    reader.shows({HEAP: "eight gigs"})


def python_answer_error(reader, name, value):
    return " ".join(error["said"] for error in python_answer({name: value})["errors"] if error["input"] == name)


def test_half_a_number_is_no_fault_until_the_reader_pauses(reader):
    """Nothing turns red, and the answer stays where it is; the sentence then says what to write."""
    reader.hasty(3000).go(DEFAULTS).settled()  # so that a slow machine does not take as long as the pause
    before = reader.answer.bounding_box()["height"]
    reader.control(HEAP).evaluate(EDIT, "8")
    reader.page.wait_for_timeout(200)
    assert reader.control(HEAP).get_attribute("aria-invalid") is None
    assert reader.answer.bounding_box()["height"] == before
    reader.settled("none")
    expect(reader.error(HEAP)).to_contain_text("Write 8g")
    expect(reader.answer.locator(".sm-faults")).to_contain_text("System memory 8388608 must be at least 471859200")
    reader.edit(HEAP, "8g")
    expect(reader.error(HEAP)).to_be_hidden()


def test_what_decides_nothing_is_out_of_the_way_and_what_holds_something_is_not(reader):
    reader.go(path="calculators/container-request/").stage("ready")
    reader.calc.locator(".sm-further > summary").click()
    factor, minimum = reader.control("spark.kubernetes.memoryOverheadFactor"), reader.control("yarn-minimum-allocation")
    expect(factor).to_be_hidden()
    expect(minimum).to_be_visible()
    reader.control("cluster-manager").select_option("kubernetes")
    expect(factor).to_be_visible()
    expect(minimum).to_be_hidden()
    factor.fill("abc")
    reader.control("cluster-manager").select_option("yarn")
    expect(factor).to_be_visible()


def test_a_click_on_an_area_leads_to_its_row(reader):
    reader.go().stage("ready")
    reader.answer.locator(".sm-part[data-row=reserved-memory]").click()
    expect(reader.answer.locator("#executor-memory-answer--reserved-memory")).to_have_attribute("open", "")
    expect(reader.answer.locator("#executor-memory-answer--reserved-memory dd").first).to_be_visible()


def test_two_bad_values_are_both_named(reader):
    reader.go()
    reader.type(HEAP, "lots").type(FRACTION, "most").settled("none")
    for name in (HEAP, FRACTION):
        expect(reader.error(name)).to_be_visible()
        assert name in reader.answer.inner_text()
    assert reader.calc.locator("[aria-invalid=true]").count() == 2


def test_a_mended_value_takes_its_error_away(reader):
    reader.go(DEFAULTS)
    reader.type(HEAP, "lots").settled("none")
    reader.type(HEAP, "2g").settled()
    expect(reader.error(HEAP)).to_be_hidden()
    assert reader.control(HEAP).get_attribute("aria-invalid") is None
    reader.shows({HEAP: "2g"})


def test_reset_brings_back_form_answer_hints_and_address(reader):
    reader.go("?spark.executor.memory=8g&spark.memory.fraction=most").settled("none")
    reader.reset.click()
    reader.settled("defaults").shows(OPENED)
    assert reader.inputs() == OPENED
    assert reader.calc.locator("[aria-invalid=true]").count() == 0
    reader.page.wait_for_url(reader.host.url + "memory/executor-heap/")
    fresh = reader.page.context.new_page()
    fresh.goto(reader.page.url)
    hints = "(hints) => hints.map((hint) => hint.innerHTML)"
    assert reader.calc.locator("[data-hint]").evaluate_all(hints) == fresh.locator("[data-hint]").evaluate_all(hints)


@pytest.mark.fresh
def test_typing_what_the_page_opened_with_needs_no_python(reader):
    reader.page.context.route("**/assets/py/**", lambda route: route.abort())
    reader.go()
    opened = reader.control(HEAP).input_value()
    reader.type(HEAP, "9g").stage("failed")
    reader.type(HEAP, opened).settled("defaults").shows(OPENED)


def test_hints_follow_what_is_typed(reader):
    reader.go()
    reader.type(HEAP, "8192m").settled()
    hint = reader.calc.locator(f'[data-field="{HEAP}"] [data-hint]')
    expect(hint).to_have_text(python_hint({HEAP: "8192m"}, HEAP))


def python_hint(inputs, name):
    return python_answer(inputs)["hints"][name]


def test_an_opened_formula_stays_open_and_keeps_the_focus(reader):
    reader.go("?spark.executor.memory=8g").settled()
    summary = reader.answer.locator("details[id] summary").nth(2)
    summary.click()
    opened = reader.answer.locator("details[open]").get_attribute("id")
    # The answer comes while the focus is inside the old one.
    reader.control(HEAP).evaluate(
        "(control) => { control.value = '4g'; control.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    reader.settled()
    expect(reader.answer.locator("details[open]")).to_have_id(opened)
    assert reader.page.evaluate("document.activeElement.closest('details').id") == opened
    assert "4,294,967,296" in reader.answer.inner_text()


WATCH = """(element) => {
  const answer = element.querySelector("[data-answer]");
  const seen = (globalThis.seen = new Map());
  const record = () => seen.set(JSON.stringify([inputsOf(element), answer.innerHTML]), true);
  let before;
  // What is not marked as stale; a frame in which nothing has changed says nothing new.
  const look = () => {
    if (element.hasAttribute("data-stale")) return;
    const now = JSON.stringify(inputsOf(element));
    if (now !== before) record();
    before = now;
  };
  new MutationObserver(() => { before = undefined; look(); })
    .observe(element, { subtree: true, childList: true, attributes: true, characterData: true });
  // An answer that is put in place is one to what the form holds then, marked as stale or not.
  new MutationObserver(record).observe(answer, { childList: true });
  const frame = () => { look(); requestAnimationFrame(frame); };
  frame();
}"""

TYPE_AT_RANDOM = """async (element, { edits, values }) => {
  const settled = async () => { while (element.hasAttribute("data-stale")) await new Promise(requestAnimationFrame); };
  for (const [name, index, pause] of edits) {
    const control = element.querySelector(`[name="${name}"]`);
    control.value = values[name][index];
    control.dispatchEvent(new Event("input", { bubbles: true }));
    if (pause < 0) await settled();
    else if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
  }
}"""

COMPARE = """(_, answers) => {
  const expected = new Map(answers);
  return [...seen.keys()].map((key) => JSON.parse(key))
    .filter(([inputs, html]) => !agrees(html, expected.get(JSON.stringify(inputs)))).map(([inputs]) => inputs);
}"""


@pytest.mark.costly("60 edits from before a Python of its own has started, each looked at")
@pytest.mark.starting
def test_whatever_is_typed_however_fast_no_stale_answer_is_shown(reader):
    """60 random edits, from before Python is there: at every change and in every frame the answer is the form's."""
    chance = random.Random(2)
    values = {
        HEAP: ["2g", "4g", "8192m", "bad", "1", "", "64g", "600m"],
        FRACTION: ["0.5", "0.75", "1.5", "x", "0.6"],
        "spark.memory.storageFraction": ["0.3", "0.9", "-1", "0.5"],
    }
    edits = []
    for _ in range(60):
        name = chance.choice(list(values))
        # A pause of -1 waits for the answer, the first of them for Python.
        edits.append([name, chance.randrange(len(values[name])), chance.choice([0, 0, 1, 3, 8, 20, -1, -1])])
    reader.go()
    reader.calc.evaluate(WATCH)
    reader.calc.evaluate(TYPE_AT_RANDOM, {"edits": edits, "values": values})
    reader.type(HEAP, "3g").type(FRACTION, "0.7")
    reader.page.wait_for_selector("spark-calc:not([data-stale])")
    reader.page.wait_for_timeout(100)
    shown = reader.page.evaluate("[...seen.keys()].map((key) => JSON.stringify(JSON.parse(key)[0]))")
    assert len(set(shown)) > 12, "too few answers were shown for this test to mean anything"
    answers = [[inputs, python_answer(json.loads(inputs))["html"]] for inputs in set(shown)]
    assert reader.calc.evaluate(COMPARE, answers) == []
    assert reader.problems == []


def test_every_input_of_the_form_is_known_to_the_calculator(reader):
    reader.go()
    names = reader.calc.locator("[name]").evaluate_all("(all) => all.map(({ name }) => name)")
    assert set(names) <= {item.name for item in CALCULATORS["executor-memory"].inputs}


def test_an_old_answer_loses_its_colours_only_when_the_new_one_is_late(reader):
    reader.go().stage("ready")
    silent = "async (module) => { (await import(module)).engine.ask = () => new Promise(() => {}); }"
    reader.page.evaluate(silent, reader.engine())
    seen = reader.control(HEAP).evaluate("""(control) => {
      const element = control.closest("spark-calc");
      control.value = "9g";
      control.dispatchEvent(new Event("input", { bubbles: true }));
      return ["data-stale", "data-late"].map((name) => element.hasAttribute(name));
    }""")
    assert seen == [True, False]
    expect(reader.page.locator("spark-calc[data-late]")).to_have_count(1)
    expect(reader.answer).to_have_css("filter", "grayscale(1)")
