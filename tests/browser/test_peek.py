"""The answer's first line at the lower edge of the screen, while a reader edits and cannot see the answer."""

import pytest
from accessible import axe
from playwright.sync_api import expect
from reader import Reader

HEAP = "spark.executor.memory"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def phone(context_of, host):
    return Reader(context_of(**PHONE).new_page(), host)


def bar(reader):
    return reader.page.locator(".sm-peek")


def headline(reader):
    return reader.answer.locator(".sm-headline").inner_text()


def at_the_form(reader):
    """The form fills the screen."""
    reader.calc.evaluate("(calc) => calc.scrollIntoView()")
    return reader


def test_whoever_moves_a_slider_on_a_phone_sees_what_it_does(phone):
    at_the_form(phone.go().stage("ready"))
    expect(bar(phone)).to_have_count(0)
    slider = phone.calc.locator(f'[data-field="{HEAP}"] input[type=range]')
    said = set()
    for stop in ("20", "22", "24"):
        slider.evaluate(
            "(slider, stop) => { slider.value = stop; slider.dispatchEvent(new Event('input', { bubbles: true })); }", stop
        )
        expect(bar(phone)).to_be_visible()
        phone.settled()
        expect(bar(phone)).to_have_text(headline(phone))
        said.add(headline(phone))
    assert len(said) == 3
    assert bar(phone).bounding_box()["y"] + bar(phone).bounding_box()["height"] == pytest.approx(844, abs=1)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_it_leads_to_the_answer_and_goes_when_that_can_be_read(phone):
    at_the_form(phone.go().stage("ready")).edit(HEAP, "20g")
    bar(phone).tap()
    expect(bar(phone)).to_be_hidden()
    expect(phone.answer.locator(".sm-headline")).to_be_in_viewport(ratio=1)
    at_the_form(phone)
    expect(bar(phone)).to_be_visible()
    phone.page.locator("h2").last.scroll_into_view_if_needed()
    expect(bar(phone)).to_be_hidden()


def test_it_never_passes_an_older_answer_off_as_the_new_one(phone):
    """While Python is on its way the bar says that, as the line above the answer does."""
    held = phone.hold("**/stdlib.zip.gz")
    at_the_form(phone.go())
    phone.control(HEAP).fill("20g")
    phone.stage("loading")
    expect(bar(phone)).to_have_text(phone.status.inner_text())
    expect(bar(phone)).to_contain_text("the numbers are for the defaults")
    expect(bar(phone)).to_have_attribute("data-late", "")
    held.let_go()
    phone.settled()
    expect(bar(phone)).to_have_text(headline(phone))
    expect(bar(phone)).not_to_have_attribute("data-late", "")


def test_it_says_that_there_is_no_answer_and_that_it_is_for_the_defaults_again(phone):
    at_the_form(phone.go().stage("ready"))
    defaults = headline(phone)
    phone.control(HEAP).fill("20gg")
    phone.settled("none")
    expect(bar(phone)).to_have_text("There is no answer for what is entered.")
    phone.control(HEAP).fill("1g")
    phone.settled("defaults")
    expect(bar(phone)).to_have_text(defaults)


def test_a_comparison_is_summed_up(phone):
    phone.go("?spark.executor.memory=8g&against=").settled()
    at_the_form(phone).edit(HEAP, "20g")
    expect(bar(phone)).to_contain_text(phone.answer.locator(".sm-summary").inner_text())


def test_what_has_the_focus_does_not_lie_behind_it(phone):
    at_the_form(phone.go().stage("ready")).edit(HEAP, "20g")
    expect(bar(phone)).to_be_visible()
    phone.control(HEAP).focus()
    for _ in range(12):
        phone.page.keyboard.press("Tab")
        if not bar(phone).is_visible():
            break
        lower = phone.page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        assert lower <= bar(phone).bounding_box()["y"]


def test_a_field_at_the_lower_edge_comes_out_from_behind_it(phone):
    phone.go().stage("ready")
    phone.control(HEAP).evaluate("(field) => field.scrollIntoView({ block: 'end' })")
    phone.type(HEAP, "20g").settled()
    expect(bar(phone)).to_be_visible()
    box = phone.control(HEAP).bounding_box()
    assert box["y"] + box["height"] <= bar(phone).bounding_box()["y"]


def test_where_the_answer_stands_beside_the_form_there_is_none(reader):
    reader.go().stage("ready")
    at_the_form(reader).edit(HEAP, "20g")
    expect(reader.answer.locator(".sm-headline")).to_be_in_viewport(ratio=1)
    reader.page.wait_for_timeout(500)
    expect(bar(reader)).to_be_hidden()


def test_it_is_nothing_to_a_keyboard_to_a_screen_reader_and_on_paper(phone):
    at_the_form(phone.go().stage("ready")).edit(HEAP, "20g")
    expect(bar(phone)).to_be_visible()
    expect(bar(phone)).to_have_attribute("aria-hidden", "true")
    assert bar(phone).evaluate("(bar) => bar.tabIndex") == -1
    phone.page.emulate_media(media="print")
    expect(bar(phone)).to_be_hidden()


def test_another_page_has_none_until_it_is_edited(phone):
    with phone.page.expect_response("**/sitemap.xml"):  # from then on the theme follows links without a new document
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(context_of, host, scheme):
    phone = Reader(context_of(**PHONE, color_scheme=scheme).new_page(), host)
    at_the_form(phone.go().stage("ready")).edit(HEAP, "20g")
    expect(bar(phone)).to_be_visible()
    assert axe(phone.page) == []
