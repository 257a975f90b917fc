"""Reasons in closed rows: made when somebody can come to see them, and then those of the last edit."""

from accessible import axe
from playwright.sync_api import expect
from reader import DEFAULTS

HEAP = "spark.executor.memory"
REASON = "(row) => row.querySelector('dd')?.textContent ?? null"


def reasons(reader):
    return reader.answer.locator(".sm-row dl")


COUNTS = "(lists) => lists.map((list) => list.childElementCount)"


def test_closed_rows_have_no_reasons_while_the_reader_edits(reader):
    reader.hasty().go(DEFAULTS).stage("ready")
    reader.edit(HEAP, "8g")
    reader.edit(HEAP, "9g")
    assert set(reasons(reader).evaluate_all(COUNTS)) == {0}
    reader.shows({HEAP: "9g"})  # as on paper
    assert 0 not in reasons(reader).evaluate_all(COUNTS)


def test_after_a_pause_closed_rows_have_the_reasons_of_the_last_edit(reader):
    reader.go(DEFAULTS).stage("ready")
    reader.edit(HEAP, "8g")
    reader.edit(HEAP, "9g")
    expect(reasons(reader).first).not_to_be_empty()
    shown = reader.answer.evaluate("(answer) => comparable(answer.innerHTML)")
    reader.shows({HEAP: "9g"})
    assert shown == reader.answer.evaluate("(answer) => comparable(answer.innerHTML)"), "nothing was left for paper"


def test_a_row_has_its_reason_when_it_is_opened(reader):
    """By a click, by the keyboard, and by a script; closed again, it loses it with the next edit."""
    reader.hasty().go(DEFAULTS).stage("ready")
    reader.edit(HEAP, "8g")
    row = reader.answer.locator("#executor-memory-answer--spark-memory")
    for heap, how in (("9g", "click"), ("10g", "Enter"), ("11g", "script")):
        row.evaluate("(details) => { details.open = false; }")
        reader.edit(HEAP, "8g").edit(HEAP, heap)
        assert row.evaluate(REASON) is None, how
        opened(reader, row, how)
        words = row.evaluate(REASON)
        reader.shows({HEAP: heap})
        assert words == row.evaluate(REASON), how
        assert heap.removesuffix("g") in words, how


def opened(reader, row, how):
    reader.answer.evaluate("(answer) => answer.scrollIntoView({ block: 'center', behavior: 'instant' })")
    expect(row).to_be_visible()
    if how == "click":
        row.locator("summary").click()
    elif how == "Enter":
        row.locator("summary").focus()
        reader.page.keyboard.press("Enter")
    else:
        row.evaluate("(details) => { details.open = true; }")
        expect(row.locator("dd").first).to_be_attached()


def test_an_open_row_keeps_its_reason_and_the_focus_in_it(reader):
    reader.go("?spark.executor.memory=8g").settled()
    row = reader.answer.locator("#executor-memory-answer--spark-memory")
    row.locator("summary").click()
    link = row.locator("a").first
    link.focus()
    reader.edit(HEAP, "9g")
    assert link.evaluate("(link) => link === document.activeElement")
    expect(row.locator("dd").first).to_contain_text("9")


def test_back_to_the_defaults_brings_the_reasons_of_the_build(reader):
    reader.go().stage("ready")
    built = reader.answer.evaluate("(answer) => comparable(answer.innerHTML)")
    reader.edit(HEAP, "9g")
    reader.reset.click()
    reader.settled("defaults")
    assert reader.answer.evaluate("(answer) => comparable(whole(answer))") == built


def test_reasons_stay_with_their_page(reader):
    """The next page has rows of the same ids: what waited for the page before is not put there."""
    reader.hasty(3000).go(path="memory/containers/").stage("ready")
    assert reader.has_theme(within=10)
    reader.edit(HEAP, "9g")
    reader.page.locator('.md-sidebar--primary a[href*="memory/yarn/"]').first.click()
    reader.page.wait_for_url("**/memory/yarn/**")
    expect(reader.page.locator("h1")).to_contain_text("YARN")
    rows = reader.answer.locator(".sm-row dl")
    before = rows.all_text_contents()
    reader.page.wait_for_timeout(4000)
    assert rows.all_text_contents() == before


def test_a_group_of_figures_stays_as_the_reader_left_it_and_opens_for_who_is_sent_into_it(reader):
    reader.page.set_viewport_size({"width": 1280, "height": 1600})
    reader.go(path="explain/").stage("ready")
    executor, driver = (reader.answer.locator(f"#explain-answer--of-{name}") for name in ("executor", "driver"))
    row = reader.answer.locator("#explain-answer--driver-memory")
    expect(row).to_be_hidden()
    expect(driver.locator("> summary")).to_have_text("Driver 5,120 MiB")
    reader.page.evaluate("location.hash = 'explain-answer--driver-memory'")
    expect(row).to_be_visible()
    driver.locator("> summary").click()
    expect(row).to_be_hidden()
    executor.locator("> summary").click()
    reader.edit("text", "spark-submit --master yarn --deploy-mode cluster --driver-memory 3g --executor-memory 9g job.py")
    expect(driver.locator("> summary")).to_contain_text("4,096 MiB")
    assert [group.get_attribute("open") for group in (executor, driver)] == [None, None]
    reader.answer.locator(".sm-bars [data-row=driver-memory]").first.click()
    expect(row.locator("dd").first).to_be_visible()
    reader.edit("text", "spark-submit --master yarn --deploy-mode cluster --driver-memory 5g --executor-memory 9g job.py")
    expect(row.locator(".sm-value")).to_have_text("5,120 MiB")
    expect(row).to_be_visible()
    expect(reader.answer.locator("#explain-answer--total-request")).to_be_hidden()
    assert axe(reader.page, "[data-answer]") == []
    reader.page.emulate_media(media="print")  # paper has all
    expect(reader.answer.locator("#explain-answer--total-request")).to_be_visible()
