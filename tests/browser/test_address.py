"""The address holds what differs from the defaults: it can be reloaded, shared and gone back to."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect
from reader import Reader

from sparkmem.calculators import CALCULATORS

HEAP = "spark.executor.memory"
FRACTION = "spark.memory.fraction"


def test_what_is_typed_is_in_the_address_and_only_that(reader):
    reader.go()
    reader.type(HEAP, "8g").settled()
    reader.page.wait_for_url("**/?spark.executor.memory=8g")
    reader.type(FRACTION, "0.7").settled()
    reader.page.wait_for_url("**/?spark.executor.memory=8g&spark.memory.fraction=0.7")
    reader.type(HEAP, reader.control(HEAP).evaluate("(control) => control.defaultValue"))
    reader.page.wait_for_url("**/?spark.memory.fraction=0.7")


def test_an_address_gives_the_same_answer_to_somebody_else(reader, context_of):
    reader.go()
    reader.type(HEAP, "8g").type("spark.memory.offHeap.size", "2g").settled()
    reader.control("release").select_option("3.5")
    reader.settled()
    reader.page.wait_for_url("**release=3.5**")
    other = Reader(context_of().new_page(), reader.host)
    other.page.goto(reader.page.url)
    other.settled()
    assert other.inputs() == reader.inputs() == {HEAP: "8g", "spark.memory.offHeap.size": "2g", "release": "3.5"}
    assert other.answer.inner_text() == reader.answer.inner_text()
    other.shows(reader.inputs())


def test_reload_restores_everything(reader):
    reader.go("?spark.executor.memory=8g&spark.memory.fraction=most#executor-memory").settled("none")
    reader.page.reload()
    reader.settled("none").shows({HEAP: "8g", FRACTION: "most"})
    assert reader.page.url.endswith("?spark.executor.memory=8g&spark.memory.fraction=most#executor-memory")


def test_back_and_forward_bring_their_inputs(reader):
    reader.go("?spark.executor.memory=8g").settled()
    reader.go("?spark.executor.memory=2g").settled().shows({HEAP: "2g"})
    reader.page.go_back()
    reader.settled().shows({HEAP: "8g"})
    reader.page.go_forward()
    reader.settled().shows({HEAP: "2g"})


def test_back_within_one_document(reader):
    reader.go().stage("ready")
    reader.page.evaluate("history.pushState(null, '', '?spark.executor.memory=8g')")
    reader.settled().shows({HEAP: "8g"})
    reader.page.go_back()
    reader.settled("defaults").shows({})
    reader.page.go_forward()
    reader.settled().shows({HEAP: "8g"})


def test_foreign_parameters_and_the_fragment_are_left_alone(reader):
    reader.go("?utm=a%20b&flag&spark.executor.memory=8g#executor-memory").settled()
    reader.type(HEAP, "9g").settled()
    reader.page.wait_for_url("**/?utm=a%20b&flag&spark.executor.memory=9g#executor-memory")
    reader.reset.click()
    reader.page.wait_for_url("**/?utm=a%20b&flag#executor-memory")


def test_a_section_link_keeps_what_was_typed(reader):
    """The theme makes links absolute when a page opens; this one once brought back the inputs of that moment."""
    reader.go("?spark.executor.memory=8g").settled()
    reader.type(HEAP, "9g").settled()
    link = reader.page.locator(".md-content h2 a.headerlink").first
    link.scroll_into_view_if_needed()
    fragment = link.evaluate("(link) => link.hash")
    link.click()
    reader.page.wait_for_url(f"**/?spark.executor.memory=9g{fragment}")
    assert reader.inputs() == {HEAP: "9g"}
    reader.settled().shows({HEAP: "9g"})


def test_an_old_address_with_a_choice_that_is_no_longer_offered(reader):
    reader.go("?release=1.6").settled("none")
    assert reader.control("release").input_value() == "1.6"
    expect(reader.error("release")).to_be_visible()
    reader.control("release").select_option("3.5")
    reader.settled().shows({"release": "3.5"})


SCRIPTS = [
    '"><img src=x onerror=alert(1)>',
    "</spark-calc><script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "'-alert(1)-'",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("shift", range(2))
def test_values_from_the_address_are_data(reader, shift):
    dialogs = []
    reader.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    names = [item.name for item in CALCULATORS["executor-memory"].inputs if item.in_form]
    values = {name: SCRIPTS[(index + shift) % len(SCRIPTS)] for index, name in enumerate(names)}
    reader.go("?" + urlencode(values)).settled("none")
    assert reader.inputs() == values
    elements = reader.calc.locator("*").evaluate_all("(all) => all.map(({ localName }) => localName)")
    assert {"img", "script", "svg", "iframe"}.isdisjoint(elements)
    assert reader.page.locator("[data-status] *, [data-error] *").count() == 0
    reader.shows(values)
    assert dialogs == []


def test_the_address_may_be_changed_often(reader):
    """Browsers refuse a page that changes its address hundreds of times in some seconds."""
    reader.page.add_init_script(
        "globalThis.changes = 0; const replace = history.replaceState;"
        "history.replaceState = function (...all) { changes += 1; return replace.apply(this, all); };"
    )
    reader.go().stage("ready")
    reader.control(HEAP).evaluate(
        """async (control) => {
          for (let i = 1; i <= 200; i += 1) {
            control.value = `${i + 500}m`;
            control.dispatchEvent(new Event("input", { bubbles: true }));
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        }"""
    )
    reader.page.wait_for_url("**/?spark.executor.memory=700m")
    assert reader.page.evaluate("changes") < 20
