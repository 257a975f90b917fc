"""The answer's first line at the lower edge of the screen, while a reader edits and cannot see the answer."""

import pytest
from accessible import CHANGING, axe_in_both_schemes
from playwright.sync_api import expect
from reader import EDIT, SITEMAP

HEAP = "spark.executor.memory"
# A phone whose keyboard is out: the inputs that matter fill what it leaves.
PHONE = {"viewport": {"width": 390, "height": 400}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def phone(reader_of):
    return reader_of(**PHONE)


# Another edit, and what the bar shows from when it has turned grey until it shows the answer.
LATE = """(name) => new Promise((done) => {
  const [bar, calculator] = [".sm-peek", "spark-calc"].map((one) => document.querySelector(one));
  const seen = [];
  new MutationObserver(() => {
    seen.push([bar.hasAttribute("data-late"), bar.textContent]);
    if (!bar.hasAttribute("data-late")) setTimeout(() => done([...seen, [false, bar.textContent]]), 200);
  }).observe(bar, { attributeFilter: ["data-late"] });
  const control = calculator.querySelector(`[name="${name}"]`);
  control.value = "40g";
  control.dispatchEvent(new Event("input", { bubbles: true }));
})"""


def bar(reader):
    return reader.page.locator(".sm-peek")


def headline(reader):
    return reader.answer.locator(".sm-headline").inner_text()


def at_the_form(reader):
    """The form fills the screen."""
    reader.calc.evaluate("(calc) => calc.scrollIntoView()")
    return reader


@pytest.mark.costly("axe by all its rules, in both schemes, in a visit with all that a bar does")
def test_a_reader_who_edits_on_a_phone_has_the_first_line_at_the_lower_edge_which_is_nothing_to_a_keyboard(phone):
    at_the_form(phone.go().stage("ready"))
    example = headline(phone)
    expect(bar(phone)).to_have_count(0)
    whoever_moves_a_slider_sees_what_it_does(phone)
    it_says_that_there_is_no_answer_and_that_it_is_for_the_example_again(phone, example)
    phone.edit(HEAP, "20g")
    expect(bar(phone)).to_be_visible()
    what_has_the_focus_does_not_lie_behind_it(phone)
    it_does_not_pull_the_page_back_from_where_the_reader_goes(phone)
    assert axe_in_both_schemes(at_the_form(phone).page, CHANGING) == {}
    it_leads_to_the_answer_and_goes_when_that_can_be_read(phone)
    at_the_form(phone)
    it_is_nothing_to_a_keyboard_to_a_screen_reader_and_on_paper(phone)


def whoever_moves_a_slider_sees_what_it_does(phone):
    slider = phone.calc.locator(f'[data-field="{HEAP}"] input[type=range]')
    said = set()
    for stop in ("20", "22", "24"):
        slider.evaluate(EDIT, stop)
        expect(bar(phone)).to_be_visible()
        phone.settled()
        expect(bar(phone)).to_have_text(headline(phone))
        said.add(headline(phone))
    assert len(said) == 3
    assert bar(phone).bounding_box()["y"] + bar(phone).bounding_box()["height"] == pytest.approx(400, abs=1)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


def it_says_that_there_is_no_answer_and_that_it_is_for_the_example_again(phone, example):
    phone.control(HEAP).fill("20gg")
    phone.settled("none")
    expect(bar(phone)).to_have_text("There is no answer for what you entered.")
    phone.control(HEAP).fill("8g")
    phone.settled("defaults")
    expect(bar(phone)).to_have_text(example)


def what_has_the_focus_does_not_lie_behind_it(phone):
    phone.control(HEAP).focus()
    places = """() => [document.activeElement, document.querySelector(".sm-peek")].map((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return [top, bottom];
    })"""
    for _ in range(6):
        phone.page.keyboard.press("Tab")
        (_, lower), (upper, _) = phone.page.evaluate(places)
        assert 0 < lower <= upper


def it_does_not_pull_the_page_back_from_where_the_reader_goes(phone):
    """A row in the answer, and then a field above, have the focus while the reader scrolls up, and the bar comes."""
    for focused in (phone.answer.locator(".sm-row summary").first, phone.control(HEAP)):
        focused.focus()
        phone.answer.locator(".sm-row").last.scroll_into_view_if_needed()
        expect(bar(phone)).to_be_hidden()
        before = phone.page.evaluate("scrollY")
        while not bar(phone).is_visible():
            now = phone.page.evaluate(
                "async () => { scrollBy(0, -60); await new Promise(requestAnimationFrame); return scrollY; }"
            )
            assert before - 60 <= now < before
            before = now
        phone.page.wait_for_timeout(300)
        assert phone.page.evaluate("scrollY") == before


def it_leads_to_the_answer_and_goes_when_that_can_be_read(phone):
    bar(phone).tap()
    expect(bar(phone)).to_be_hidden()
    expect(phone.answer.locator(".sm-headline")).to_be_in_viewport(ratio=1)
    at_the_form(phone)
    expect(bar(phone)).to_be_visible()
    phone.page.locator("h2").last.scroll_into_view_if_needed()
    expect(bar(phone)).to_be_hidden()


def it_is_nothing_to_a_keyboard_to_a_screen_reader_and_on_paper(phone):
    expect(bar(phone)).to_be_visible()
    expect(bar(phone)).to_have_attribute("aria-hidden", "true")
    assert bar(phone).locator("a, button, input, [tabindex]").count() == 0
    phone.page.emulate_media(media="print")
    assert bar(phone).evaluate("(bar) => { bar.hidden = false; return getComputedStyle(bar).display; }") == "none"


@pytest.mark.starting
def test_it_never_passes_an_older_answer_off_as_the_new_one(phone):
    """While Python is on its way the bar says that, as the line above the answer does."""
    held = phone.hold("**/stdlib.zip.gz")
    at_the_form(phone.go())
    phone.control(HEAP).fill("20g")
    phone.stage("loading")
    expect(bar(phone)).to_have_text(phone.status.inner_text())
    expect(bar(phone)).to_contain_text("the numbers are for the example")
    expect(bar(phone)).to_have_attribute("data-late", "")
    held.let_go()
    phone.settled()
    expect(bar(phone)).to_have_text(headline(phone))
    expect(bar(phone)).not_to_have_attribute("data-late", "")


def test_a_late_answer_is_waited_for_in_words(phone):
    at_the_form(phone.late().go().stage("ready")).edit(HEAP, "20g")
    expect(bar(phone)).to_have_text(headline(phone))
    seen = phone.page.evaluate(LATE, HEAP)
    late = {words for late, words in seen if late}
    assert late == {phone.calc.get_attribute("data-text-working")}
    assert {words for late, words in seen if not late} == {headline(phone)}


def test_a_comparison_is_summed_up(phone):
    phone.go("?spark.executor.memory=8g&against=").settled()
    at_the_form(phone).edit(HEAP, "20g")
    expect(bar(phone)).to_contain_text(phone.answer.locator(".sm-summary").inner_text())


def test_a_field_at_the_lower_edge_comes_out_from_behind_it(phone):
    phone.go().stage("ready")
    phone.control(HEAP).evaluate("(field) => (field.focus(), field.scrollIntoView({ block: 'end' }))")
    phone.edit(HEAP, "20g")  # in one go: at another keystroke the browser would bring the field out by itself
    expect(bar(phone)).to_be_visible()
    box = phone.control(HEAP).bounding_box()
    assert box["y"] + box["height"] <= bar(phone).bounding_box()["y"]


@pytest.mark.parametrize("top", [60, 640])
def test_where_the_answer_stands_beside_the_form_there_is_none(reader, top):
    """Not even where the answer's first line is still below the screen: it comes into sight with the form."""
    reader.go().stage("ready")
    reader.calc.evaluate("(calc, top) => scrollBy(0, calc.getBoundingClientRect().top - top)", top)
    reader.edit(HEAP, "20g")
    expect(bar(reader)).to_have_count(1)
    reader.page.wait_for_timeout(500)
    expect(bar(reader)).to_be_hidden()


def test_another_page_has_none_until_it_is_edited(phone):
    with phone.page.expect_response(SITEMAP):
        phone.go().stage("ready")
    phone.page.evaluate("globalThis.sameDocument = true")
    at_the_form(phone).edit(HEAP, "20g")
    expect(bar(phone)).to_be_visible()
    phone.page.locator(".md-nav a[href$='explain/']").first.evaluate("(link) => link.click()")
    expect(phone.page.locator("h1")).to_contain_text("Explain my job")
    expect(bar(phone)).to_be_hidden()
    at_the_form(phone).control("text").fill("--executor-memory 20g")
    phone.settled()
    expect(bar(phone)).to_have_text(headline(phone))
    assert phone.page.evaluate("globalThis.sameDocument")
