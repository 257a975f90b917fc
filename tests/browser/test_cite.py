"""The mark beside a heading: one click copies a citation, and other formats are offered."""

import datetime

import pytest
from playwright.sync_api import expect
from reader import CALCULATOR


@pytest.fixture
def citing(reader_of):
    reader = reader_of()
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return reader


def clipboard(reader, kind="text/plain"):
    return reader.page.evaluate(
        "async (kind) => (await (await navigator.clipboard.read())[0].getType(kind)).text()", kind
    )


def test_one_click_copies_markdown_with_today_and_other_formats_are_offered(citing):
    """One after the other in one visit."""
    citing.go()
    one_click_copies_markdown_with_today(citing)
    other_formats_and_the_one_taken_last(citing)


def one_click_copies_markdown_with_today(citing):
    citing.page.locator("#storage-region a.headerlink").click()
    panel = citing.page.locator(".sm-cite")
    expect(panel.get_by_role("status")).to_have_text("Copied for Markdown.")
    text = clipboard(citing)
    assert text.startswith("[Storage region · Executor heap](")
    assert "/go/executor-heap.storage-region/)" in text
    assert text.endswith(f"read {datetime.date.today().isoformat()}")
    assert citing.page.url.endswith("#storage-region"), "the mark is still a link"
    assert panel.get_by_label("The citation").input_value() == text


def other_formats_and_the_one_taken_last(citing):
    citing.page.locator("#user-memory a.headerlink").click()
    panel = citing.page.locator(".sm-cite")
    panel.get_by_role("button", name="Jira").click()
    expect(panel.get_by_role("status")).to_have_text("Copied for Jira.")
    assert clipboard(citing).startswith("[User memory · Executor heap|")
    panel.get_by_role("button", name="Confluence").click()
    expect(panel.get_by_role("status")).to_have_text("Copied for Confluence.")
    assert "<a href=" in clipboard(citing, "text/html")
    assert "<a" not in clipboard(citing)
    citing.page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(citing.page.locator("#user-memory a.headerlink")).to_be_focused()
    citing.page.locator("#page-size a.headerlink").click()
    expect(panel.get_by_role("button", name="Confluence")).to_have_attribute("aria-pressed", "true")
    panel.get_by_role("button", name="Address").click()
    expect(panel.get_by_role("status")).to_have_text("Copied the address.")
    assert clipboard(citing).endswith("/go/executor-heap.page-size/")


def test_the_format_that_was_pressed_last_is_on_the_clipboard(citing):
    """Rich text may take the browser longer than what is asked for after it."""
    citing.go()
    slow = """() => {
      const write = navigator.clipboard.write.bind(navigator.clipboard);
      navigator.clipboard.write = async (items) => {
        if (items[0].types.includes("text/html")) await new Promise((resolve) => setTimeout(resolve, 500));
        return write(items);
      };
    }"""
    citing.page.evaluate(slow)
    citing.page.locator("#user-memory a.headerlink").click()
    panel = citing.page.locator(".sm-cite")
    expect(panel.get_by_role("status")).to_have_text("Copied for Markdown.")
    panel.get_by_role("button", name="Confluence").click()
    panel.get_by_role("button", name="Address").click()
    citing.page.wait_for_timeout(1000)
    expect(panel.get_by_role("status")).to_have_text("Copied the address.")
    assert clipboard(citing).endswith("/go/executor-heap.user-memory/")


def test_one_click_copies_the_template_of_a_postmortem(citing):
    citing.go(path="postmortem/", wait_until="load")
    button = citing.page.locator("pre [data-md-type=copy]").first
    button.click()
    expect(citing.page.locator(".md-dialog")).to_contain_text("Copied")
    assert clipboard(citing).startswith("# <What failed, for whom, when>\n")
    assert min(button.bounding_box()[side] for side in ("width", "height")) >= 24


def test_the_page_itself_is_cited_by_its_title(citing):
    citing.go(path="reference/glossary/")
    citing.page.locator("h1 a.headerlink").click()
    expect(citing.page.locator(".sm-cite").get_by_role("status")).to_have_text("Copied for Markdown.")
    assert "/go/glossary/)" in clipboard(citing)


def test_where_copying_is_not_allowed_the_text_is_there_to_be_copied(reader):
    reader.page.add_init_script("navigator.clipboard.write = () => Promise.reject(new Error('no'))")
    reader.go()
    reader.page.locator("#user-memory a.headerlink").click()
    panel = reader.page.locator(".sm-cite")
    expect(panel.get_by_role("status")).to_contain_text("does not allow copying")
    assert reader.page.evaluate("document.activeElement.value").startswith("[User memory")


def test_it_works_after_instant_navigation(citing):
    citing.go()
    citing.page.get_by_role("link", name="How these numbers are checked").first.click()
    citing.page.wait_for_url("**/checked/#heaps")
    citing.page.locator("#heaps a.headerlink").click()
    expect(citing.page.locator(".sm-cite").get_by_role("status")).to_have_text("Copied for Markdown.")
    assert "/go/checked.heaps/)" in clipboard(citing)


def test_a_short_address_leads_on(reader):
    reader.page.goto(f"{reader.host.url}go/executor-heap.storage-region/")
    reader.page.wait_for_url(f"**/{CALCULATOR}#storage-region")


def test_a_section_with_a_calculator_is_cited_with_its_inputs(citing):
    """Those that it opens with too: in three years it may open with others, and with another release."""
    citing.go().stage("ready")
    for query in ("release=4.3&spark.executor.memory=8g&spark.executor.cores=4", "release=4.3&spark.executor.memory=9g"):
        if query.endswith("9g"):
            citing.go("?spark.executor.memory=9g").settled()
        citing.page.locator("#how-big a.headerlink").click()
        expect(citing.page.locator(".sm-cite").get_by_role("status")).to_have_text("Copied for Markdown.")
        assert f"/{CALCULATOR}?{query}#how-big)" in clipboard(citing)
    citing.page.locator(".sm-cite").get_by_role("button", name="Confluence").click()
    expect(citing.page.locator(".sm-cite").get_by_role("status")).to_have_text("Copied for Confluence.")
    assert f"?{query.replace('&', '&amp;')}#how-big" in clipboard(citing, "text/html")
