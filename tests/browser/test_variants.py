"""What would change, in the page: never older than it says, a link that makes a choice, keyboard, phones, axe."""

import json

import pytest
from accessible import axe_in_both_schemes, too_wide_at
from playwright.sync_api import expect
from reader import PATIENCE_MS

from sparkmem.browser import variants

PAGE = "explain/"
TEXT = "spark-submit --master yarn --executor-memory 4g app.jar"


@pytest.fixture
def explaining(reader):
    reader.go(path=PAGE)
    return reader


def part(reader, name):
    return reader.page.locator(f"#explain-variants--{name}")


def row(reader, name):
    return reader.page.locator(f'[data-variant="{name}"]')


def paste(reader, text):
    reader.control("text").fill(text)
    return reader.settled()


def fresh(reader, name="collectors"):
    def here_and_fresh():
        part(reader, name).scroll_into_view_if_needed()  # again: what stands above it grows when its own answer comes
        return part(reader, name).get_attribute("data-stale") is None

    assert reader.sees(here_and_fresh)
    return reader


def test_the_example_needs_no_scripts(reader_of):
    reader = reader_of(java_script_enabled=False).go(path=PAGE)
    assert row(reader, "gc-g1").locator("[aria-current]").inner_text() == "G1"
    expect(row(reader, "gc-parallel")).to_contain_text("−910 MiB")
    expect(row(reader, "cluster-manager-kubernetes-cluster")).to_contain_text("8,704 MiB")


@pytest.mark.costly("axe by all its rules, in both schemes")
def test_a_table_is_what_python_renders_for_the_job_and_axe_finds_nothing(explaining):
    paste(explaining, TEXT)
    for name in ("collectors", "releases", "cluster-managers"):
        fresh(explaining, name)
        request = {"calculator": "explain", "page": PAGE, "inputs": {"text": TEXT}, "table": name}
        expected = json.loads(variants(json.dumps(request)))["html"]
        compare = "(rows, html) => [comparable(rows.innerHTML), comparable(html)]"
        shown, wanted = part(explaining, name).locator("[data-rows]").evaluate(compare, expected)
        assert shown == wanted, name
    assert explaining.problems == []
    assert axe_in_both_schemes(explaining.page, "spark-variants") == {}


def test_it_is_marked_as_old_from_the_edit_until_its_own_answer(explaining):
    fresh(paste(explaining, TEXT))
    watched = """(part, patience) => new Promise((done) => {
      const seen = [];
      const end = performance.now() + patience;
      const box = document.querySelector("textarea");
      const look = () => {
        seen.push([
          part.hasAttribute("data-stale"),
          part.querySelector("[data-old]").checkVisibility(),
          part.textContent.includes("7,282 MiB"),
          box.value.includes("8g"),
        ]);
        if (part.hasAttribute("data-stale") && performance.now() < end) return;
        clearInterval(clock);
        done(seen);
      };
      const clock = setInterval(look, 5);
      box.value = box.value.replace("4g", "8g");
      box.dispatchEvent(new Event("input", { bubbles: true }));
    })"""
    seen = part(explaining, "collectors").evaluate(watched, PATIENCE_MS)
    assert [True, True, False, True] in seen
    assert seen[-1] == [False, False, True, True]
    assert all(old == said for old, said, _, _ in seen)
    assert all(old or new for old, _, new, edited in seen if edited)


def test_it_waits_for_a_pause_and_for_being_seen(explaining):
    asked = """(element) => { globalThis.calls = [];
      const ask = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (message) { calls.push(message.call); return ask.call(this, message); };
    }"""
    explaining.calc.evaluate(asked)
    explaining.page.evaluate("scrollTo(0, 0)")
    for size in ("5g", "6g", "7g"):
        paste(explaining, TEXT.replace("4g", size))
    explaining.page.wait_for_timeout(900)
    assert "variants" not in explaining.page.evaluate("calls")
    fresh(explaining)
    assert "variants" in explaining.page.evaluate("calls")


def test_a_closed_table_is_asked_for_when_it_is_opened(explaining):
    part(explaining, "releases").locator("summary").click()
    paste(explaining, TEXT)
    part(explaining, "releases").scroll_into_view_if_needed()
    fresh(explaining)
    explaining.page.wait_for_timeout(800)
    expect(part(explaining, "releases")).to_have_attribute("data-stale", "")
    part(explaining, "releases").locator("summary").click()
    fresh(explaining, "releases")


@pytest.mark.requests
def test_a_link_makes_the_choice_and_back_undoes_it(explaining):
    fresh(paste(explaining, TEXT))
    explaining.page.wait_for_url("**/explain/?*spark.executor.memory=4g*")
    before, requests = explaining.page.url, len(explaining.requests)
    link = row(explaining, "gc-parallel").locator("a")
    link.focus()
    explaining.page.keyboard.press("Enter")
    explaining.page.wait_for_url("**/explain/?*gc=parallel*")
    explaining.settled()
    assert explaining.control("gc").input_value() == "parallel"
    fresh(explaining)
    expect(row(explaining, "gc-parallel").locator("[aria-current]")).to_have_text("Parallel")
    expect(row(explaining, "gc-g1")).to_contain_text("+455 MiB")
    focused = explaining.page.evaluate("document.activeElement.closest('tr').dataset.variant")
    assert focused == "gc-parallel"
    assert "app.jar" not in explaining.page.url
    assert not [url for url in explaining.requests[requests:] if "?" in url]  # the address is for the page, not for its host
    explaining.page.go_back()
    explaining.page.wait_for_url(before)
    explaining.settled()
    expect(row(explaining, "gc-g1").locator("[aria-current]")).to_have_text("G1")
    explaining.calc.get_by_role("button", name="Compare from here").click()
    explaining.page.wait_for_url("**/explain/?*against=*")
    explaining.settled()
    fresh(explaining)
    row(explaining, "gc-parallel").locator("a").click()
    explaining.page.wait_for_url("**/explain/?*gc=parallel*against=*")
    explaining.settled()
    expect(explaining.answer.locator(".sm-diff-inputs")).to_contain_text("parallel")


def test_the_link_opens_the_same_elsewhere(explaining, other_reader):
    href = row(explaining, "release-3.0").locator("a").first.get_attribute("href")
    other_reader = other_reader.go(path=PAGE)
    other_reader.page.goto(explaining.host.url + PAGE + "?" + href.partition("?")[2])
    other_reader.settled()
    fresh(other_reader, "releases")
    expect(other_reader.page.locator("#explain-variants--releases tr.sm-variants-now [aria-current]")).to_have_text("3.0")


def test_what_has_no_answer_is_compared_with_nothing(explaining):
    explaining.control("text").fill("hello")
    explaining.settled("none")
    fresh(explaining)
    expect(part(explaining, "collectors")).to_contain_text("There is nothing to compare")
    assert part(explaining, "collectors").locator("table").count() == 0
    assert axe_in_both_schemes(explaining.page, "spark-variants") == {}
    explaining.reset.click()
    explaining.settled("defaults")
    fresh(explaining)
    expect(row(explaining, "gc-parallel")).to_contain_text("−910 MiB")


def test_nothing_is_wider_than_the_screen(reader_of):
    reader = reader_of(viewport={"width": 320, "height": 800}).go(path=PAGE)
    fresh(paste(reader, TEXT.replace("4g", "100m")), "cluster-managers")
    for width in (320, 390, 1280):
        assert too_wide_at(reader.page, width) == {}
        assert reader.page.locator("spark-variants").evaluate("(e) => e.scrollWidth <= e.clientWidth"), f"{width} px"


def test_no_name_of_a_collector_is_cut(reader_of):
    reader = reader_of(viewport={"width": 1440, "height": 900}, java_script_enabled=False).go(path=PAGE)
    links = part(reader, "collectors").locator("tbody th a")
    assert links.all_inner_texts() == ["Parallel", "Serial", "ZGC", "Shenandoah"]
    assert links.evaluate_all("(links) => links.map((link) => link.getClientRects().length)") == [1, 1, 1, 1]
