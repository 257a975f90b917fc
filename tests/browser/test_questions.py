"""What readers really ask, typed into the search box as it stands, finds the page that answers it."""

import pytest
from playwright.sync_api import expect
from reader import PATIENCE_MS

from macros.content import questions

FIRST = 3


@pytest.fixture(scope="module")
def search(browser, host):
    """The search box of the home page, with its index loaded."""
    page = browser.new_page()
    page.goto(host.url)
    page.locator(".md-search__input").click()
    yield page
    page.close()


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_the_search_box_finds_the_page(search, question):
    box = search.locator(".md-search__input")
    meta = search.locator(".md-search-result__meta")
    box.fill("")
    box.press("End")  # the theme looks at the box when a key comes up
    expect(meta).to_contain_text("Type to start searching")
    box.fill(question.question)
    box.press("End")
    address = question.page.partition("#")[0].removesuffix(".md") + "/"
    expect(meta).to_contain_text("matching document")
    results = search.locator(".md-search-result__list > .md-search-result__item")
    found: list[str] = []
    for _ in range(PATIENCE_MS // 200):  # the worker that searches may still be at the question before
        found = results.evaluate_all(f"(items) => items.slice(0, {FIRST}).map((item) => item.querySelector('a')?.pathname)")
        if any(path and path.endswith(address) for path in found):
            return
        search.wait_for_timeout(200)
    raise AssertionError(f"the first results are {found}")
