"""The search comes when a reader reaches for it, and not before; and what readers type into its box is answered."""

import pytest
from playwright.sync_api import expect
from reader import SITEMAP
from search_queries import nothing, queries, searching

from macros.content import questions

QUERY = "[data-md-component=search-query]"
META = ".md-search-result__meta"
RESULT = ".md-search-result__item"
UNREACHABLE = "The search could not be fetched. It is tried again when you come back to this field."
TYPE_ALL = """async (texts) => {
  const box = document.querySelector("[data-md-component=search-query]");
  const result = document.querySelector("[data-md-component=search-result]");
  const base = new URL(".", location.href).href;
  const typed = (text) => new Promise((answered) => {
    const seen = new MutationObserver(() => {
      seen.disconnect();
      const shown = [...result.querySelectorAll(":scope > ol > li")].map((item) => item.querySelectorAll(":scope > a"));
      const places = shown.map(([page, section]) => (section ?? page).href.replace(base, ""));
      answered([result.firstElementChild.textContent, places]);
    });
    seen.observe(result, { childList: true, subtree: true });
    box.value = text;
    box.dispatchEvent(new KeyboardEvent("keyup", { key: text.at(-1), bubbles: true }));
  });
  const answers = [];
  for (const text of texts) answers.push(await typed(text));
  return answers;
}"""

ENTER_AT_ONCE = """(box, text) => {
  box.value = text;
  const pressed = { key: "Enter", bubbles: true, cancelable: true };
  for (const type of ["keyup", "keydown"]) box.dispatchEvent(new KeyboardEvent(type, pressed));
}"""


def fetched(reader):
    return [url for url in reader.requests if "/assets/search" in url or url.endswith("search_index.json")]


@pytest.mark.requests
def test_a_page_that_is_read_fetches_nothing_for_the_search(reader):
    with reader.page.expect_response(SITEMAP):  # the last that the theme asks for
        reader.go(path="checked/")
    reader.page.wait_for_timeout(500)
    assert fetched(reader) == []
    assert reader.problems == []


@pytest.mark.requests
@pytest.mark.parametrize("way", ["pointer", "focus", "key"])
def test_a_reader_who_reaches_for_the_search_gets_it_once_and_finds(reader, way):
    with reader.page.expect_response(SITEMAP):
        reader.go(path="checked/")
    if way == "pointer":
        reader.page.locator(QUERY).hover()
    elif way == "focus":
        reader.page.locator(QUERY).focus()
    else:
        reader.page.keyboard.press("/")
    reader.page.locator(QUERY).fill("reserved memory")
    reader.page.locator(QUERY).press("End")  # the theme reads the box when a key is let go
    expect(reader.page.locator(RESULT).first).to_be_visible()
    assert len([url for url in fetched(reader) if url.endswith("/index.json")]) == 1
    assert len(fetched(reader)) == len(set(fetched(reader)))
    assert reader.problems == []


def test_a_phone_s_search_finds(reader_of):
    reader = reader_of(viewport={"width": 390, "height": 800}, has_touch=True)
    reader.go(path="checked/")
    reader.page.locator("label[for=__search].md-header__button").tap()
    reader.page.locator(QUERY).fill("reserved memory")
    reader.page.locator(QUERY).press("End")  # the theme reads the box when a key is let go
    expect(reader.page.locator(RESULT).first).to_be_visible()


def test_an_address_with_a_question_in_it_is_answered_at_once(reader):
    reader.go("?q=OOMKilled", path="checked/")
    expect(reader.page.locator(RESULT).first).to_contain_text("OOMKilled")
    expect(reader.page.locator(f"{RESULT} mark", has_text="OOMKilled").first).to_be_attached()


def test_a_search_that_cannot_be_fetched_says_so_and_is_tried_again(reader):
    reader.page.route("**/assets/search.*/index.json", lambda route: route.abort())
    reader.go(path="checked/")
    reader.page.locator(QUERY).focus()
    expect(reader.page.locator(META)).to_have_text(UNREACHABLE)
    reader.page.unroute("**/assets/search.*/index.json")
    reader.page.locator(QUERY).blur()
    reader.page.locator(QUERY).focus()
    reader.page.locator(QUERY).fill("metaspace")
    reader.page.locator(QUERY).press("End")
    expect(reader.page.locator(RESULT).first).to_be_visible()


def test_enter_follows_the_first_result_of_all_that_is_typed(reader):
    """Also where Enter is pressed while an earlier text's results are shown: "--driver" alone leads to another page."""
    reader.go(path="checked/")
    reader.page.locator(QUERY).focus()
    reader.page.keyboard.type("--driver")
    expect(reader.page.locator(RESULT).first).to_be_visible()
    reader.page.locator(QUERY).evaluate(ENTER_AT_ONCE, "--driver-memory")
    reader.page.wait_for_url("**/reference/configuration-keys/#spark.driver.memory")


TYPED = [*list(queries())[::12], *nothing(), *(question.question for question in questions())]


def test_what_people_type_into_the_box_is_answered_as_the_search_answers_it(reader, site_dir):
    """Each twelfth text of those that tests/site asks without a browser, and what readers really ask: the box shows the same
    sections in that order.
    """
    reader.go(path="")
    reader.page.locator(QUERY).focus()
    reader.page.keyboard.type("heap")
    expect(reader.page.locator(RESULT).first).to_be_visible()
    (folder,) = site_dir.glob("assets/search.*")
    texts = [text.replace("\n", " ") for text in TYPED]  # a field of one line
    shown = reader.page.evaluate(TYPE_ALL, texts)
    with searching(folder) as asked:
        answers = asked(texts)
    for text, (said, places), answer in zip(texts, shown, answers, strict=True):
        assert places == [page[0]["location"] for page in answer["items"]], text
        assert answer["said"] == said if "said" in answer else "matching document" in said, text
    assert len(TYPED) > 30
    assert reader.problems == []
