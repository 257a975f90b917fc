"""The search index comes when a reader searches, and not before."""

import pytest
from playwright.sync_api import expect

QUERY = "[data-md-component=search-query]"


def fetched(reader):
    return [url for url in reader.requests if url.endswith("search_index.json")]


def test_a_page_that_is_read_fetches_no_index(reader):
    reader.go(path="checked/")
    reader.page.wait_for_load_state("networkidle")
    reader.page.wait_for_timeout(500)
    assert fetched(reader) == []
    assert reader.problems == []


@pytest.mark.parametrize("way", ["pointer", "focus", "key"])
def test_a_reader_who_reaches_for_the_search_gets_it_once_and_finds(reader, way):
    reader.go(path="checked/")
    reader.page.wait_for_load_state("networkidle")
    if way == "pointer":
        reader.page.locator(QUERY).hover()
    elif way == "focus":
        reader.page.locator(QUERY).focus()
    else:
        reader.page.keyboard.press("/")
    reader.page.locator(QUERY).fill("reserved memory")
    reader.page.locator(QUERY).press("End")  # the theme reads the box when a key is let go
    expect(reader.page.locator(".md-search-result__item").first).to_be_visible()
    assert len(fetched(reader)) == 1


def test_a_phone_s_search_finds(reader_of):

    reader = reader_of(viewport={"width": 390, "height": 800}, has_touch=True)
    reader.go(path="checked/")
    reader.page.locator("label[for=__search].md-header__button").tap()
    reader.page.locator(QUERY).fill("reserved memory")
    reader.page.locator(QUERY).press("End")  # the theme reads the box when a key is let go
    expect(reader.page.locator(".md-search-result__item").first).to_be_visible()


def test_an_address_with_a_question_in_it_is_answered_at_once(reader):
    reader.go("?q=reserved", path="checked/")
    expect(reader.page.locator(".md-search-result__item").first).to_be_attached()
