"""Where the page's own script does not run, the page says whose its numbers are, on screen and on paper."""

import pytest
from playwright.sync_api import expect

HEAP = "spark.executor.memory"
DOUBT = ".sm-doubt"


@pytest.mark.parametrize(("path", "element", "whose"), [
    ("memory/executor-heap/", "spark-calc", "the example"),
    ("explain/", "spark-variants", "the example"),
    ("memory-manager/", "spark-watch", "the first preset"),
])  # fmt: skip
def test_where_the_pages_own_script_does_not_run_the_page_says_whose_its_numbers_are(reader, path, element, whose):
    doubt = reader.page.locator(f"{element} {DOUBT}")
    for no_answer in (lambda route: route.abort(), lambda route: route.fulfill(status=404)):
        reader.page.context.route("**/assets/calc*/*.mjs", no_answer)
        reader.go(f"?{HEAP}=9g", path)
        expect(doubt).to_be_visible()
        expect(doubt).to_contain_text(f"The numbers are for {whose}")
        reader.page.context.unroute_all(behavior="ignoreErrors")
    reader.page.emulate_media(media="print")
    expect(doubt).to_be_visible()
    reader.page.emulate_media(media="screen")
    reader.page.reload()
    expect(doubt).to_be_hidden()
    reader.page.emulate_media(media="print")
    expect(doubt).to_be_hidden()
