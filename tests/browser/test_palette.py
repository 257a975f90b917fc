"""Light and dark: as the system has it, until the reader chooses; the choice stays."""

import re

import pytest
from playwright.sync_api import expect


def scheme(reader):
    return reader.page.evaluate("document.body.dataset.mdColorScheme")


@pytest.mark.parametrize(("system", "first", "second"), [("light", "default", "slate"), ("dark", "slate", "default")])
def test_the_reader_chooses_and_the_choice_stays(reader_of, system, first, second):
    reader = reader_of(color_scheme=system)
    reader.go()
    button = reader.page.get_by_role("button", name="Dark colours")
    assert scheme(reader) == first
    expect(button).to_have_attribute("aria-pressed", str(first == "slate").lower())
    button.click()
    assert scheme(reader) == second
    expect(button).to_have_attribute("aria-pressed", str(second == "slate").lower())
    reader.go(path="checked/")
    assert scheme(reader) == second
    expect(button).to_have_attribute("aria-pressed", str(second == "slate").lower())
    assert reader.problems == []


def test_it_follows_the_system_until_then(reader_of):
    reader = reader_of(color_scheme="light")
    reader.go()
    reader.page.emulate_media(color_scheme="dark")
    expect(reader.page.locator("body[data-md-color-scheme=slate]")).to_have_count(1)
    reader.page.get_by_role("button", name="Dark colours").click()
    reader.page.emulate_media(color_scheme="light")
    reader.page.emulate_media(color_scheme="dark")
    assert scheme(reader) == "default"


def test_it_works_by_keyboard(reader):
    reader.go()
    reader.page.get_by_role("button", name="Dark colours").focus()
    reader.page.keyboard.press("Enter")
    assert scheme(reader) == "slate"


@pytest.mark.parametrize("storage", [
    "Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });",
    "Storage.prototype.getItem = () => '{odd';",
    "Storage.prototype.getItem = () => '{\"color\": {\"scheme\": \"constructor\"}}';",
    "Storage.prototype.getItem = () => 'constructor';",
], ids=["denied", "no JSON", "no scheme of ours", "a word that every object has"])  # fmt: skip
def test_a_storage_that_is_denied_or_odd_breaks_nothing(reader_of, storage):
    reader = reader_of(color_scheme="dark")
    reader.page.add_init_script(storage)
    reader.go("?spark.executor.memory=8g").settled()
    assert scheme(reader) == "slate"
    reader.page.get_by_role("button", name="Dark colours").click()
    assert scheme(reader) == "default"
    reader.page.locator("#storage-region a.headerlink").click()
    expect(reader.page.get_by_label("The citation")).to_have_value(re.compile("/go/executor-heap.storage-region/"))
    assert reader.problems == []
