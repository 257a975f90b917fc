"""The overhead budget: typing, a pasted summary of native memory, an address without it, phones, axe, and no scripts."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from accessible import CHANGING, axe_in_both_schemes, too_wide_at
from playwright.sync_api import expect
from reader import DEFAULTS, ROOT

PAGE = "calculators/overhead-budget/"
PRINTED = [row["text"] for row in json.loads((ROOT / "tests/oracle/native-memory.json").read_text())["printed"]
           if row["kind"] == "summary.diff scale=KB"]  # fmt: skip
PASTED = PRINTED[-1].replace("4711:", "4711 hunter2:")


@pytest.fixture
def budgeting(reader):
    reader.go(DEFAULTS, PAGE).settled()
    return reader


def headline(reader):
    return reader.answer.locator(".sm-headline")


def paste(reader, text):
    """One click into the box, everything in it replaced."""
    reader.control("native-memory").click()
    reader.page.keyboard.press("ControlOrMeta+A")
    reader.page.keyboard.insert_text(text)
    return reader


def further(reader):
    reader.calc.locator(".sm-further > summary").click()
    return reader


def test_typing_changes_the_verdict_and_the_address(budgeting):
    expect(headline(budgeting)).to_contain_text("Enough only because YARN rounds up: ")
    budgeting.type("spark.executor.cores", "16").settled()
    expect(headline(budgeting)).to_contain_text("Set spark.executor.memoryOverhead=")
    budgeting.page.wait_for_url("**/overhead-budget/?spark.executor.cores=16")
    further(budgeting).type("threads", "4000").settled()
    expect(budgeting.answer).to_contain_text("addresses, not memory")
    budgeting.page.wait_for_url("**/?spark.executor.cores=16&threads=4000")
    budgeting.reset.click()
    budgeting.settled("defaults")
    expect(headline(budgeting)).to_contain_text("Short by 254.0 MiB: ")
    assert budgeting.problems == []


def test_what_real_jvms_print_is_compared(budgeting):
    """One after the other, and between them a text that is none of theirs."""
    for text in PRINTED:
        paste(budgeting, text).settled()
        expect(headline(budgeting)).to_contain_text("committed outside the heap")
        expect(budgeting.answer).to_contain_text("Grown since the baseline")
        assert budgeting.control("native-memory").input_value() == text.replace("\r\n", "\n")
        paste(budgeting, "hello").settled("none")


@pytest.mark.requests
def test_a_pasted_text_is_in_no_address_and_no_request(budgeting):
    budgeting.type("spark.executor.memory", "2g").settled()
    paste(budgeting, PASTED).settled()
    budgeting.page.wait_for_timeout(800)
    assert parse_qs(urlsplit(budgeting.page.url).query) == {"spark.executor.memory": ["2g"]}
    words = ("hunter2", "4711", "native-memory=")
    assert not [url for url in budgeting.requests if any(word in url for word in words)]
    assert budgeting.page.locator("a[href*=hunter2], [data-answer]:has-text('hunter2')").count() == 0
    kept = budgeting.page.evaluate("JSON.stringify([history.state, {...localStorage}, {...sessionStorage}])")
    assert "hunter2" not in kept
    assert budgeting.calc.evaluate("(calc) => calc.shared") == {"spark.executor.memory": "2g"}


def test_an_address_with_a_text_in_it_is_not_obeyed(reader):
    reader.go("?native-memory=Total&spark.executor.memory=2g", PAGE).settled()
    assert reader.control("native-memory").input_value() == ""
    assert reader.control("spark.executor.memory").input_value() == "2g"


def test_what_cannot_be_read_says_what_was_expected_and_stays(budgeting):
    budgeting.type("spark.executor.memory", "2g").settled()
    paste(budgeting, "hello").settled("none")
    expect(budgeting.error("native-memory")).to_contain_text("Paste what jcmd PID VM.native_memory summary prints")
    expect(budgeting.answer).to_contain_text("expected a line such as Total: reserved=")
    assert budgeting.control("native-memory").input_value() == "hello"
    budgeting.page.wait_for_url("**/overhead-budget/?spark.executor.memory=2g")
    paste(budgeting, PRINTED[0]).settled()
    expect(budgeting.error("native-memory")).to_be_hidden()


def test_reload_keeps_the_settings(budgeting):
    budgeting.type("spark.executor.cores", "8").settled()
    said = headline(budgeting).inner_text()
    budgeting.page.wait_for_url("**/?spark.executor.cores=8")
    budgeting.page.reload()
    budgeting.settled()
    expect(headline(budgeting)).to_have_text(said)


@pytest.mark.costly("axe by all its rules, in each state and in both schemes")
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(reader):
    """With what was pasted: as it opens, the page is one of those in test_page."""
    paste(further(reader.go(path=PAGE)), PASTED).settled()
    for details in reader.answer.locator(".sm-row details").all()[:6]:
        details.locator("summary").first.click()
    # A link of the table that the page's head half covers is no small one.
    reader.answer.locator("dd > a[href='#code-cache']").evaluate(
        "(link) => scrollBy({ top: link.getBoundingClientRect().top + 2.8, behavior: 'instant' })")
    assert axe_in_both_schemes(reader.page, CHANGING) == {}
    assert too_wide_at(reader.page, 320, 390, 1280) == {}


def test_without_scripts_the_example_is_answered(reader_of):
    reader = reader_of(java_script_enabled=False).go(path=PAGE)
    expect(headline(reader)).to_contain_text("Short by 254.0 MiB: ")
    expect(reader.calc.locator("noscript p")).to_contain_text("the numbers are for the example.")
