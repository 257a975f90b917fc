"""The table of shapes in the page: sorted by pointer, keyboard and field; a shape taken over; addresses; phones; axe."""

import json
from urllib.parse import parse_qsl

import pytest
from accessible import CHANGING
from looks import faults_of_a_state
from playwright.sync_api import expect
from reader import DEFAULTS, Reader

from sparkmem.browser import answer

PAGE = "calculators/fit-node/"
NODE = "?node-memory=57344m&yarn-minimum-allocation=32"


class Chooser(Reader):
    """Somebody with the page about nodes open."""

    def shows(self, inputs):
        """Fails unless the answer is, to the letter, what Python renders for these inputs."""
        asked = {"calculator": "fit-node", "page": PAGE, "inputs": inputs}
        compare = "(answer, html) => [comparable(whole(answer)), comparable(html)]"
        shown, expected = self.answer.evaluate(compare, json.loads(answer(json.dumps(asked)))["html"])
        assert shown == expected

    def head(self, name):
        return self.answer.get_by_role("columnheader", name=name, exact=True)

    def by(self, name):
        """The button in a column's head."""
        return self.head(name).get_by_role("button")

    def column(self, number):
        """The figures of a column, in the order in which they stand."""
        cells = self.answer.locator(f".sm-shapes tbody tr > :nth-child({number})").all_inner_texts()
        return [float(text.splitlines()[0].replace(",", "")) for text in cells]

    def sorted_by(self):
        """The heads that say that they are sorted, and how."""
        return self.answer.locator("[aria-sort]").evaluate_all(
            "(h) => h.map((e) => [e.innerText.split('\\n')[0], e.ariaSort])"
        )


@pytest.fixture
def chooser(reader_of):
    reader = reader_of(Chooser)
    reader.go(DEFAULTS, PAGE).settled()
    return reader


def test_the_table_is_sorted_by_pointer_field_and_keyboard(chooser):
    """One after the other in one visit."""
    chooser.stage("ready")
    assert chooser.sorted_by() == [["How many", "ascending"]]
    a_click_on_a_head_sorts_and_another_turns_it_round(chooser)
    the_default_order_comes_back(chooser)
    the_field_sorts_too(chooser)
    sorting_by_keyboard_keeps_the_focus_on_the_head(chooser)
    the_new_order_is_said(chooser)
    nothing_is_shown_that_was_not_asked_for(chooser)
    assert chooser.problems == []


def a_click_on_a_head_sorts_and_another_turns_it_round(chooser):
    chooser.by("Largest heap").click()
    chooser.settled().shows({"sort": "heap-down"})
    assert chooser.column(3) == sorted(chooser.column(3), reverse=True)
    assert chooser.sorted_by() == [["Largest heap", "descending"]]
    assert chooser.control("sort").input_value() == "heap-down"
    chooser.by("Largest heap").click()
    chooser.settled().page.wait_for_url("**/fit-node/?sort=heap")
    chooser.shows({"sort": "heap"})
    assert chooser.sorted_by() == [["Largest heap", "ascending"]]


def the_default_order_comes_back(chooser):
    chooser.by("How many").click()
    chooser.settled().shows({})
    assert chooser.page.evaluate("document.activeElement.dataset.key") == "by-executors"
    chooser.page.wait_for_url(f"**/fit-node/{DEFAULTS}")


def the_field_sorts_too(chooser):
    chooser.control("sort").select_option("heap-per-core-down")
    chooser.settled().shows({"sort": "heap-per-core-down"})
    assert chooser.sorted_by() == [["Heap per core", "descending"]]


def sorting_by_keyboard_keeps_the_focus_on_the_head(chooser):
    chooser.by("Memory left").focus()
    focused = "document.activeElement.dataset.key"
    for order in ("memory-left", "memory-left-down", "memory-left"):
        chooser.page.keyboard.press("Enter")
        chooser.page.wait_for_url(f"**/fit-node/?sort={order}")
        chooser.settled().shows({"sort": order})
        assert chooser.page.evaluate(focused) == "by-memory-left"
    chooser.page.keyboard.press("Shift+Tab")
    assert chooser.page.evaluate(focused) == "by-container", "the focus did not stay among the heads"
    chooser.page.keyboard.press("Space")
    chooser.page.wait_for_url("**/fit-node/?sort=container")


def the_new_order_is_said(chooser):
    chooser.by("Cores left").click()
    expect(chooser.status).to_contain_text("Sensible shapes by cores left over, least first.")


def nothing_is_shown_that_was_not_asked_for(chooser):
    """Clicks faster than answers: what is not marked as stale is the answer to what the form holds."""
    seen = chooser.calc.evaluate(
        """async (element) => {
          const answer = element.querySelector("[data-answer]"), seen = [];
          const heads = ["heap", "cores-left", "heaps", "overhead", "heap", "container"];
          for (const head of heads) {
            answer.querySelector(`[data-key="by-${head}"]`).click();
            const stale = element.hasAttribute("data-stale");
            if (!stale) seen.push([inputsOf(element), answer.innerHTML]);
            await new Promise((resolve) => setTimeout(resolve, 4));
          }
          while (element.hasAttribute("data-stale")) await new Promise(requestAnimationFrame);
          seen.push([inputsOf(element), answer.innerHTML]);
          return seen;
        }"""
    )
    for inputs, html in seen:
        expected = json.loads(answer(json.dumps({"calculator": "fit-node", "page": PAGE, "inputs": inputs})))["html"]
        assert chooser.answer.evaluate("(_, [shown, wanted]) => agrees(shown, wanted)", [html, expected]), inputs
    assert chooser.inputs()["sort"] in ("container", "container-down")


def test_an_address_brings_the_order_along(chooser, reader_of):
    chooser.go(f"{NODE}&sort=heap-per-core-down", PAGE).settled()
    chooser.shows({"node-memory": "57344m", "yarn-minimum-allocation": "32", "sort": "heap-per-core-down"})
    chooser.page.reload()
    chooser.settled()
    assert chooser.column(9) == sorted(chooser.column(9), reverse=True)
    other = reader_of(Chooser, profile="another")
    other.page.goto(chooser.page.url)
    other.settled()
    assert other.column(9) == chooser.column(9)


def test_a_shape_is_taken_over_into_the_form(chooser):
    chooser.go(NODE, PAGE).settled()
    use = chooser.answer.get_by_role("button", name="Use: 3 executors of 5 cores")
    use.focus()
    chooser.page.keyboard.press("Enter")
    chooser.settled()
    shape = {"executors-per-node": "3", "spark.executor.cores": "5", "spark.executor.memory": "17368m"}
    inputs = {"node-memory": "57344m", "yarn-minimum-allocation": "32"} | shape
    assert chooser.inputs() == inputs
    chooser.shows(inputs)
    expect(chooser.answer.locator(".sm-headline")).to_have_text(
        "3 executors of 17,368 MiB and 5 cores fit; 32 MiB and 1 core are left over."
    )
    chosen = chooser.answer.get_by_role("button", name="Chosen: 3 executors of 5 cores")
    expect(chosen).to_be_focused()
    expect(chosen).to_have_attribute("aria-disabled", "true")
    chooser.page.wait_for_url(
        "**/?node-memory=57344m&spark.executor.memory=17368m&spark.executor.cores=5&executors-per-node=3&yarn-minimum-allocation=32"
    )
    boxes = chooser.answer.locator(".sm-node-box")
    assert boxes.count() == 3


def test_one_core_on_standalone_is_one_core_and_not_all_of_them(chooser):
    """The form shows 1 where nothing is said, and standalone then gives an executor every core."""
    chooser.go("?cluster-manager=standalone", PAGE).settled()
    chooser.answer.get_by_role("button", name="Use: 16 executors of 1 core").click()
    chooser.settled()
    expect(chooser.answer.locator(".sm-headline")).to_contain_text("16 executors of 4,096 MiB and 1 core fit")
    expect(chooser.answer.get_by_role("button", name="Chosen: 16 executors of 1 core")).to_be_visible()


def test_on_a_phone_the_columns_that_matter_are_seen_and_what_the_rows_are_sorted_by(reader_of):
    reader = reader_of(Chooser, viewport={"width": 320, "height": 800}, has_touch=True)
    reader.go(NODE + "&sort=heaps-down", PAGE).settled()
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 320
    region = reader.answer.get_by_role("region", name="Sensible shapes")
    heads = region.get_by_role("columnheader")
    assert heads.evaluate_all("(all) => all.map((e) => e.innerText.split('\\n')[0])") == [
        "How many", "Cores each", "Largest heap", "Container", "All heaps",
    ]  # fmt: skip
    for end in (-1, 1):
        assert region.evaluate("(r, end) => (r.scrollBy(end * r.scrollWidth, 0), r.scrollLeft > 0)", end) is (end > 0)
        both_ends_of_a_row_are_on_the_screen(reader)
    reader.by("Largest heap").tap()
    reader.settled().page.wait_for_url("**&sort=heap-down&**")
    expect(reader.head("All heaps")).to_be_hidden()
    assert region.evaluate("(r) => r.tabIndex === 0 && r.scrollWidth <= r.clientWidth"), "a figure is out of sight"
    both_ends_of_a_row_are_on_the_screen(reader)
    reader.page.set_viewport_size({"width": 1440, "height": 900})
    for head in ("All heaps", "Heap per core", "Spark memory per core"):
        expect(reader.head(head)).to_be_visible()
    assert region.evaluate("(r) => r.scrollWidth <= r.clientWidth"), "a laptop has room for all"


def both_ends_of_a_row_are_on_the_screen(reader):
    for which in ("first", "last"):
        box = reader.answer.locator(f".sm-shapes tbody tr:first-child > :{which}-child").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320, "how many and what to do have left the screen"


LOOKED_AT = (
    "?spark.executor.memory=9g&executors-per-node=2&node-memory=16g&sort=heap-down",
    "?node-memory=2t&node-cores=192",
    "?platform=eks&machine-type=m5.4xlarge&set-aside-memory=1g",
    "?spark.executor.memory=4g&spark.executor.cores=4&resource-calculator=default",
    "?node-memory=800m",
)


@pytest.mark.costly("axe by all its rules, in each state and in both schemes")
def test_axe_finds_nothing(chooser):
    """In one document, whose address changes: the form and the answer follow it."""
    chooser.stage("ready")
    known: set[int] = set()
    for query in LOOKED_AT:
        chooser.page.evaluate("(query) => history.pushState(null, '', query)", query)
        chooser.settled()
        assert chooser.inputs() == dict(parse_qsl(query.removeprefix("?")))
        assert faults_of_a_state(chooser.page, known, CHANGING) == {}, query


def test_without_scripts_the_table_is_there_in_the_default_order(reader_of):
    reader = reader_of(Chooser, java_script_enabled=False)
    reader.go(path=PAGE)
    assert reader.column(1) == [1, 2, 3, 4, 5, 8, 16]
    expect(reader.head("How many")).to_have_attribute("aria-sort", "ascending")
    expect(reader.answer.locator(".sm-shapes tbody button").first).to_be_hidden()
    assert reader.answer.locator(".sm-node-box").count() == 4


def test_print_shows_all_columns_and_no_buttons(chooser):
    chooser.page.set_viewport_size({"width": 720, "height": 900})
    chooser.page.emulate_media(media="print")
    expect(chooser.answer.locator(".sm-shapes tbody button").first).to_be_hidden()
    table = chooser.answer.locator(".sm-shapes").bounding_box()
    assert table["x"] + table["width"] <= 720
