"""Where the page's own script does not run, the page says whose its numbers are, on screen and on paper."""

import pytest
from playwright.sync_api import expect

HEAP = "spark.executor.memory"
DOUBT = ".sm-doubt"


@pytest.mark.parametrize("answer", ["abort", "404"])
@pytest.mark.parametrize(("path", "element", "whose"), [
    ("memory/executor-heap/", "spark-calc", "the defaults"),
    ("explain/", "spark-variants", "the example"),
    ("memory-manager/", "spark-watch", "the first preset"),
])  # fmt: skip
def test_where_the_pages_own_script_does_not_run_the_page_says_whose_its_numbers_are(reader, answer, path, element, whose):
    come = "**/assets/calc*/*.mjs"
    reader.page.context.route(come, lambda route: route.abort() if answer == "abort" else route.fulfill(status=404))
    reader.go(f"?{HEAP}=9g", path)
    doubt = reader.page.locator(f"{element} {DOUBT}")
    expect(doubt).to_be_visible()
    expect(doubt).to_contain_text(f"The numbers are for {whose}")
    reader.page.emulate_media(media="print")
    expect(doubt).to_be_visible()
    reader.page.emulate_media(media="screen")
    reader.page.context.unroute_all()
    reader.page.reload()
    expect(doubt).to_be_hidden()
    reader.page.emulate_media(media="print")
    expect(doubt).to_be_hidden()
