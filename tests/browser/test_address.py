"""The address holds what differs from the defaults: it can be reloaded, shared and gone back to."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect
from reader import DEFAULTS, OPENED

from sparkmem.calculators import CALCULATORS

HEAP = "spark.executor.memory"
FRACTION = "spark.memory.fraction"


def test_what_is_typed_is_in_the_address_and_only_that(reader):
    reader.go(DEFAULTS)
    reader.type(HEAP, "8g").settled()
    reader.page.wait_for_url("**/?spark.executor.memory=8g")
    reader.type(FRACTION, "0.7").settled()
    reader.page.wait_for_url("**/?spark.executor.memory=8g&spark.memory.fraction=0.7")
    reader.type(HEAP, reader.control(HEAP).evaluate("(control) => control.dataset.default"))
    reader.page.wait_for_url("**/?spark.memory.fraction=0.7")


def test_an_address_gives_the_same_answer_to_somebody_else(reader, other_reader):
    reader.go(DEFAULTS)
    reader.type(HEAP, "8g").type("spark.memory.offHeap.size", "2g").settled()
    reader.control("release").select_option("3.5")
    reader.settled()
    reader.page.wait_for_url("**release=3.5**")
    other_reader.page.goto(reader.page.url)
    other_reader.settled()
    assert other_reader.inputs() == reader.inputs() == {HEAP: "8g", "spark.memory.offHeap.size": "2g", "release": "3.5"}
    assert other_reader.answer.inner_text() == reader.answer.inner_text()
    other_reader.shows(reader.inputs())


def test_reload_restores_everything(reader):
    """What is refused as well, where it has the shape of what is meant: anything else is in no address after a while."""
    reader.go("?spark.executor.memory=8g&spark.memory.fraction=7#executor-memory").settled("none")
    reader.page.reload()
    reader.settled("none").shows({HEAP: "8g", FRACTION: "7"})
    assert reader.page.url.endswith("?spark.executor.memory=8g&spark.memory.fraction=7#executor-memory")


def test_back_and_forward_bring_their_inputs(reader):
    reader.go("?spark.executor.memory=8g").settled()
    reader.go("?spark.executor.memory=2g").settled().shows({HEAP: "2g"})
    reader.page.go_back()
    reader.settled().shows({HEAP: "8g"})
    reader.page.go_forward()
    reader.settled().shows({HEAP: "2g"})


def test_back_within_one_document(reader):
    reader.go().stage("ready")
    # The theme writes its own state once, a while after its script: amid a step back that would take the step's place.
    assert reader.sees(lambda: reader.page.evaluate("history.state"))
    reader.page.evaluate("history.pushState(null, '', '?spark.executor.memory=8g')")
    reader.settled().shows({HEAP: "8g"})
    reader.page.go_back()
    reader.settled("defaults").shows(OPENED)
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
    link = reader.page.locator(".md-content a:not(.headerlink)[href*='/?spark.executor.memory=8g#']").first
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
    if shift:
        del values["release"]  # Spark's own sentence, which repeats what was set, is that of a release
    reader.go("?" + urlencode(values)).settled("none")
    assert reader.inputs() == values
    if shift:
        expect(reader.error(FRACTION)).to_contain_text(f"The value '{values[FRACTION]}'")
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
    reader.go(DEFAULTS).stage("ready")
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


def test_the_back_button_undoes_one_edit_after_the_other(reader):
    """Typed with Enter, left with Tab, chosen, pasted and reset: an entry each; and every one brings back its answer."""
    reader.go().stage("ready")
    at_first = reader.page.evaluate("history.length")
    states = [OPENED]

    def edited(**changed):
        states.append({**states[-1], **changed} if changed else OPENED)
        reader.settled("inputs" if changed else "defaults").shows(states[-1])

    reader.type(HEAP, "8192m").control(HEAP).press("Enter")
    edited(**{HEAP: "8192m"})
    reader.type(FRACTION, "0.75").control(FRACTION).press("Tab")
    edited(**{FRACTION: "0.75"})
    reader.control("release").select_option("3.5")
    edited(release="3.5")
    reader.control(HEAP).select_text()
    reader.page.keyboard.insert_text("4g")
    reader.control(FRACTION).focus()
    edited(**{HEAP: "4g"})
    reader.reset.click()
    edited()
    assert reader.page.evaluate("history.length") == at_first + len(states) - 1
    reader.page.evaluate("globalThis.sameDocument = document.querySelector('spark-calc')")
    reader.control(FRACTION).focus()
    for state in reversed(states[:-1]):
        reader.page.go_back()
        reader.settled("defaults" if state == OPENED else "inputs").shows(state)
        assert reader.inputs() == state
    for state in states[1:]:
        reader.page.go_forward()
        reader.settled("defaults" if state == OPENED else "inputs").shows(state)
    assert reader.page.evaluate("sameDocument === document.querySelector('spark-calc')"), "the theme fetched the page anew"
    assert reader.page.evaluate("document.activeElement.name") == FRACTION, "the focus was lost"
    assert reader.problems == []


def test_back_in_the_midst_of_typing_undoes_what_was_typed(reader):
    reader.go("?spark.executor.memory=8g").settled()
    reader.type(HEAP, "16g").settled()
    reader.page.wait_for_url("**/?spark.executor.memory=16g")
    reader.page.go_back()
    reader.settled().shows({HEAP: "8g"})
    reader.page.go_forward()
    reader.settled().shows({HEAP: "16g"})


def test_what_changes_nothing_is_no_entry(reader):
    reader.go("?spark.executor.memory=8g").settled()
    entries = reader.page.evaluate("history.length")
    reader.control(HEAP).focus()
    reader.control(HEAP).press("Enter")
    reader.type(FRACTION, reader.control(FRACTION).input_value()).control(FRACTION).press("Tab")
    reader.control("release").select_option(reader.control("release").input_value())
    reader.settled().shows({HEAP: "8g"})
    # What is typed and taken back again costs one entry at most, however often.
    for _ in range(3):
        reader.type(HEAP, "9g").type(HEAP, "8g").control(HEAP).press("Enter")
        reader.settled().shows({HEAP: "8g"})
    assert reader.page.evaluate("history.length") <= entries + 2
    reader.type(HEAP, "9g").control(HEAP).press("Enter")
    reader.settled().shows({HEAP: "9g"})
    reader.page.go_back()
    reader.settled().shows({HEAP: "8g"})


def test_a_browser_that_refuses_changes_gets_the_last_one_in_the_end(reader):
    """Safari throws at the 101st change within 30 seconds; here it is any, until the test says so."""
    reader.page.add_init_script(
        """globalThis.refused = 0;
        for (const name of ["pushState", "replaceState"]) {
          const real = history[name];
          history[name] = function (...all) {
            if (globalThis.refused >= 0 && all[2]) {
              globalThis.refused += 1;
              throw new DOMException("too many", "SecurityError");
            }
            return real.apply(this, all);
          };
        }"""
    )
    reader.go(DEFAULTS).stage("ready")
    reader.type(HEAP, "8g").settled().shows({HEAP: "8g"})
    assert reader.sees(lambda: reader.page.evaluate("refused"))
    reader.page.evaluate("refused = -1")
    reader.page.wait_for_url("**/?spark.executor.memory=8g")
    assert reader.problems == []


def test_a_paste_can_be_undone(reader):
    reader.go(path="explain/").stage("ready")
    reader.control("text").click()
    for heap in ("3g", "5g"):
        reader.control("text").select_text()
        reader.page.keyboard.insert_text(f"spark.executor.memory {heap}")
        reader.control("text").blur()
        reader.page.wait_for_url(f"**/explain/?spark.executor.memory={heap}")
    reader.page.go_back()
    reader.settled()
    assert "3g" in reader.control("text").input_value()
    reader.page.go_back()
    reader.settled("defaults")
    assert reader.inputs() == {}


def test_back_to_another_page_and_forward_again(reader):
    """Edits, a walk to another page by the theme's instant navigation, and all the way back."""
    reader.go(DEFAULTS).stage("ready")
    for heap in ("8g", "9g"):
        reader.type(HEAP, heap).control(HEAP).press("Enter")
        reader.settled()
    reader.page.locator("a.md-logo").first.click()
    reader.page.wait_for_url(reader.host.url)
    expect(reader.calc).to_have_count(0)
    reader.page.go_back()
    reader.settled().shows({HEAP: "9g"})
    reader.page.go_back()
    reader.settled().shows({HEAP: "8g"})
    reader.page.go_back()
    reader.settled().shows({})
    reader.page.go_forward()
    reader.settled().shows({HEAP: "8g"})
    assert reader.problems == []


def test_a_secret_behind_a_value_is_in_no_address(reader):
    """A number, a size, a switch, a flag that sizes memory go into the address; whatever else was typed may be a secret."""
    reader.go().stage("ready")
    reader.edit("spark.executor.extraJavaOptions", "-XX:+UseG1GC -Dpassword=hunter2 -Xss4m")
    reader.edit("spark.memory.fraction", "0.7")
    reader.type(HEAP, "8g --conf spark.hadoop.fs.s3a.secret.key=hunter2").settled("none")
    reader.page.wait_for_url("**spark.memory.fraction=0.7**")
    reader.page.wait_for_timeout(600)
    assert "hunter2" not in reader.page.url
    assert "spark.executor.extraJavaOptions=-XX%3A%2BUseG1GC+-Xss4m" in reader.page.url
    assert "fs.s3a" not in reader.page.url
    assert f"{HEAP}=not-kept" in reader.page.url, "a reload would answer for another heap"


def test_a_text_that_no_address_holds_is_missed_after_a_reload(reader):
    """It may be a secret; what stood there is not answered for as if nothing had."""
    reader.go(DEFAULTS).stage("ready")
    reader.type(HEAP, "abc").settled("none")
    reader.edit("spark.executor.extraJavaOptions", "-XX:+UseG1GC -XX:MaxDirectMemorySize=abc", "none")
    reader.page.wait_for_url(f"**{HEAP}=not-kept**")
    reader.page.wait_for_url("**UseG1GC+not-kept**")
    reader.page.reload()
    for name, value in ((HEAP, "not-kept"), ("spark.executor.extraJavaOptions", "-XX:+UseG1GC not-kept")):
        expect(reader.error(name)).to_have_text(re.compile("ype it again: what was written here is in no address"))
        assert reader.control(name).input_value() == value
    reader.settled("none").edit("spark.executor.extraJavaOptions", "", "none")
    reader.edit(HEAP, "8g").shows({HEAP: "8g"})
    expect(reader.error(HEAP)).to_be_hidden()
