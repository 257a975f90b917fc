"""Two configurations side by side."""

import pytest
from playwright.sync_api import expect
from reader import DEFAULTS
from taking import HEAP, PAGES, button, clipboard, copy_as, said

AGAINST = f"**/?{HEAP}=8g&against={HEAP}%3D4g"


@pytest.fixture
def comparing(reader):
    """4g before, 8g now."""
    reader.go(f"?{HEAP}=4g", PAGES["executor-memory"]).settled()
    button(reader, "Compare from here").click()
    reader.settled()
    expect(reader.answer.locator(".sm-summary")).to_have_text("Nothing differs.")
    reader.type(HEAP, "8g").settled()
    return reader


def both(reader, before, now):
    expect(reader.answer.locator(".sm-headline-before")).to_contain_text(f"Of a heap of {before} MiB")
    expect(reader.answer.locator(".sm-headline-now")).to_contain_text(f"Of a heap of {now} MiB")


def both_answers_are_shown_and_what_differs_first(comparing):
    both(comparing, "4,096", "8,192")
    expect(comparing.answer.locator("> :first-child")).to_have_text("Heap that the JVM reports +4,096 MiB")
    expect(comparing.answer.locator(".sm-summary")).to_contain_text(f"{HEAP} differs, and ")
    row = comparing.answer.locator("tr.sm-changed", has_text="Storage region").first
    expect(row).to_contain_text("+1,228.8 MiB")
    expect(row).to_contain_text("+1,288,490,189 bytes")
    expect(comparing.answer.locator(".sm-pictures figure")).to_have_count(2)
    same = comparing.answer.locator("details.sm-unchanged", has_text="the same")
    expect(same.get_by_role("table")).to_be_hidden()
    same.locator("summary").first.click()
    expect(same.get_by_role("row", name="Reserved memory")).to_be_visible()
    widths = comparing.answer.locator(".sm-pictures .sm-bars").evaluate_all(
        "(all) => all.map((e) => Math.round(e.getBoundingClientRect().width))"
    )
    assert abs(widths[0] * 2 - widths[1]) <= 2, "one scale"
    assert comparing.problems == []


def it_is_said_once_the_reader_pauses(comparing):
    expect(comparing.status).to_contain_text(f"{HEAP} differs, and ")
    expect(comparing.status).to_contain_text("Now: Of a heap of 8,192 MiB")


def a_side_with_faults_shows_them_and_the_other_stays(comparing):
    comparing.type(HEAP, "lots").settled("none")
    expect(comparing.error(HEAP)).to_be_visible()
    expect(comparing.answer.locator(".sm-faults")).to_be_visible()
    expect(comparing.answer.get_by_role("region", name="Before")).to_contain_text("Of a heap of 4,096 MiB")
    button(comparing, "Compare from here").click()
    expect(comparing.calc.locator("[data-take-status]")).to_contain_text("has no answer")
    comparing.type(HEAP, "8g").settled()
    both(comparing, "4,096", "8,192")


def the_sides_are_swapped_and_it_ends(comparing):
    button(comparing, "Swap the sides").click()
    comparing.page.wait_for_url(f"**/?{HEAP}=4g&against={HEAP}%3D8g")
    comparing.settled()
    both(comparing, "8,192", "4,096")
    assert comparing.inputs() == {HEAP: "4g"}
    expect(comparing.answer.locator("tr.sm-changed", has_text="Storage region").first).to_contain_text("−1,228.8 MiB")
    button(comparing, "End comparison").click()
    comparing.page.wait_for_url(f"**/?{HEAP}=4g")
    comparing.settled().shows({HEAP: "4g"})
    expect(button(comparing, "Compare from here")).to_be_focused()
    expect(button(comparing, "Swap the sides")).to_be_hidden()


class TestComparison:
    def test_both_answers_are_shown_and_said_one_may_have_faults_sides_are_swapped_and_it_ends(self, comparing):
        both_answers_are_shown_and_what_differs_first(comparing)
        it_is_said_once_the_reader_pauses(comparing)
        a_side_with_faults_shows_them_and_the_other_stays(comparing)
        the_sides_are_swapped_and_it_ends(comparing)

    def test_reload_and_a_shared_address_bring_both_sides(self, comparing, other_reader):
        comparing.page.wait_for_url(AGAINST)
        other_reader.page.goto(comparing.page.url)
        comparing.page.reload()
        for reader in (comparing, other_reader):
            reader.settled()
            both(reader, "4,096", "8,192")
            assert reader.inputs() == {HEAP: "8g"}

    def test_back_undoes_and_forward_brings_it_again(self, comparing):
        comparing.page.wait_for_url(AGAINST)
        comparing.page.go_back()
        comparing.page.wait_for_url(f"**/?{HEAP}=4g&against={HEAP}%3D4g")
        comparing.settled()
        expect(comparing.answer.locator(".sm-summary")).to_have_text("Nothing differs.")
        comparing.page.go_back()
        comparing.page.wait_for_url(f"**/?{HEAP}=4g")
        comparing.settled().shows({HEAP: "4g"})
        comparing.page.go_forward()
        comparing.page.go_forward()
        comparing.page.wait_for_url(AGAINST)
        comparing.settled()
        both(comparing, "4,096", "8,192")

    def test_the_defaults_are_a_side_too(self, reader):
        reader.go(DEFAULTS, PAGES["executor-memory"]).settled()
        button(reader, "Compare from here").click()
        reader.settled()
        reader.page.wait_for_url("**/?against=")
        reader.type(HEAP, "8g").settled()
        both(reader, "1,024", "8,192")
        reader.type(HEAP, "1g").settled()
        expect(reader.answer.locator(".sm-summary")).to_have_text("Nothing differs.")
        button(reader, "End comparison").click()
        expect(button(reader, "End comparison")).to_have_count(0)  # what settled before it did is the comparison
        reader.settled().shows({})
        reader.page.wait_for_url(f"**/{DEFAULTS}")

    def test_the_defaults_and_the_example_become_the_other_side_and_back_ends_what_was_said(self, reader):
        told = reader.calc.locator("[data-take-status]")
        reader.go(path=PAGES["executor-memory"]).stage("ready")
        button(reader, "Compare from here").click()
        expect(told).to_contain_text("The example is kept as before.")
        reader.calc.locator(".sm-actions").get_by_role("button", name="Spark's defaults").click()
        reader.page.wait_for_url(f"**/{DEFAULTS}&against=*")
        reader.settled()
        both(reader, "8,192", "1,024")
        reader.reset.click()
        reader.settled()
        reader.page.wait_for_url("**/?*against=*")
        expect(reader.answer.locator(".sm-summary")).to_have_text("Nothing differs.")
        button(reader, "End comparison").click()
        reader.settled("defaults")
        expect(told).to_have_text("The comparison has ended.")
        expect(reader.status).to_contain_text("Of a heap of 8,192 MiB")
        reader.page.go_back()
        reader.settled()
        expect(reader.answer.locator(".sm-summary")).to_have_text("Nothing differs.")
        expect(told).to_be_empty()

    @pytest.mark.requests
    def test_of_a_pasted_text_the_address_keeps_the_settings(self, reader):
        reader.go(path=PAGES["explain"]).stage("ready")
        text = "spark-submit --master yarn --executor-memory 4g --conf spark.ssl.keyPassword=hunter2 job.py hunter2"
        reader.control("text").fill(text)
        button(reader, "Compare from here").click()
        reader.page.wait_for_url("**/explain/?*against=*")
        reader.settled()
        assert reader.control("text").input_value() == text, "the text stays in the box"
        reader.control("text").fill(text.replace("4g", "8g"))
        reader.settled()
        reader.page.wait_for_url(f"**/explain/?*{HEAP}=8g*against=*{HEAP}%3D4g*")
        assert "hunter2" not in reader.page.url
        assert not [url for url in reader.requests if "hunter2" in url]
        expect(reader.answer.locator(".sm-summary")).to_contain_text(f"{HEAP} differs, and ")
        printed = reader.calc.locator("[data-printed]")
        reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(printed).to_contain_text("/explain/?release=4.3&cluster-manager=yarn&language=python&spark.executor.memory=8g")
        expect(printed).to_contain_text("&against=release%3D4.3%26")
        # An address that takes many lines of a sheet is a link there.
        reader.calc.evaluate("(calc) => { calc.dataset.always += '&x='.padEnd(240, 'x'); }")
        reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert len(printed.text_content()) < 120
        assert "against=" in printed.locator("a").get_attribute("href")
        reader.page.reload()
        reader.settled()
        expect(reader.answer.locator(".sm-headline-before")).to_contain_text("4,505 MiB")
        expect(reader.answer.locator(".sm-headline-now")).to_contain_text("9,011 MiB")

    def test_an_address_with_a_text_on_the_other_side_is_not_obeyed(self, reader):
        reader.go(f"?against=text%3D{HEAP}%2B64g%26{HEAP}%3D4g%26no.such%3D1", PAGES["explain"]).settled()
        expect(reader.answer.locator(".sm-headline-before")).to_contain_text("4,505 MiB")
        assert "no.such" not in reader.answer.inner_text()

    def test_markdown_has_the_differences(self, reader_of):
        reader = reader_of()
        reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        reader.go(f"?{HEAP}=8g&against={HEAP}%3D4g", PAGES["executor-memory"]).settled()
        copy_as(reader, "markdown")
        expect(said(reader)).to_contain_text("Copied as Markdown")
        assert "+4,096 MiB (+4,294,967,296 bytes)" in clipboard(reader)
