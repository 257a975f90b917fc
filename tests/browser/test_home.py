"""One door: whatever a reader has goes into the box of the home page, and the answer opens below it."""

import gzip

import pytest
from accessible import axe
from pasting import paste_long
from playwright.sync_api import expect
from reader import SITEMAP

SUBMITTED = (
    "spark-submit --master yarn --executor-memory 8g --conf spark.hadoop.fs.s3a.secret.key=hunter2 app.jar --token hunter2"
)
FAILED = "INFO a line of db-7\njava.lang.OutOfMemoryError: Java heap space\n"
# What the box says of its state until its answer is there.
SAID = """(box) => {
  const status = box.querySelector("[data-status]");
  globalThis.said = [];
  const watch = new MutationObserver(() => {
    if (box.dataset.answerFor === "inputs") watch.disconnect();
    else said.push(status.textContent);
  });
  watch.observe(box, { subtree: true, childList: true, characterData: true, attributes: true });
}"""
DROP = """(box, content) => {
  const data = new DataTransfer();
  data.items.add(new File([Array.isArray(content) ? new Uint8Array(content) : content], "executor.log"));
  box.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
}"""


@pytest.mark.requests
def test_what_is_pasted_is_recognised_answered_in_place_and_stays_there(reader):
    with reader.page.expect_response(SITEMAP):
        reader.go(path="")
    box = reader.page.locator("spark-paste")
    text, answer = box.locator("textarea"), box.locator("[data-answer]")
    expect(answer).to_be_empty()
    assert text.bounding_box()["y"] < 720, "the box is not on the first screen"

    text.fill("137")
    expect(answer).to_contain_text("Exit code 137 (SIGKILL)")
    expect(answer.locator("a[href$='reference/exit-codes/#exit-137']")).to_have_count(1)
    text.fill("366.3 MiB")
    expect(answer.locator(".sm-headline").first).to_contain_text("most likely a heap of 1g under Parallel")
    text.fill("Reason: OOMKilled")
    expect(answer.locator("dt", has_text="Change").locator("+ dd").first).to_contain_text("spark.executor.memoryOverhead")
    text.evaluate(DROP, FAILED)
    expect(answer.locator("[data-finding=heap-space]")).to_have_count(1)
    for kept, heap in ((gzip.compress, 6), ((lambda text: text.decode().encode("utf-16")), 7)):
        text.evaluate(DROP, [*kept(f"--executor-memory {heap}g".encode())])
        expect(text).to_have_value(f"--executor-memory {heap}g")
    text.evaluate(DROP, [*gzip.compress(b"INFO a line\n" * 100_000 + FAILED.encode())])
    expect(answer.locator("[data-finding=heap-space]")).to_have_count(1)
    text.evaluate(DROP, [*gzip.compress(FAILED.encode())[:40]])
    expect(answer).to_contain_text("this is a file packed with gzip, and no text")
    assert paste_long(text, "INFO a line\n" * 10_000 + FAILED)
    expect(answer.locator("[data-finding=heap-space]")).to_contain_text("line 10002")
    expect(text).to_have_value("")
    text.fill("nothing that anybody knows")
    expect(answer).to_contain_text("Nothing in it is known here.")
    text.fill("young generation\nand nothing else")
    answer.locator("[data-search]").click()
    expect(reader.page.locator("[data-md-component=search-query]")).to_have_value("young generation")
    expect(reader.page.locator(".md-search-result__item").first).to_be_visible()
    assert "young" not in reader.page.url
    reader.page.keyboard.press("Escape")

    text.fill(SUBMITTED)
    expect(answer.locator(".sm-headline").first).to_contain_text("YARN is asked for")
    expect(answer.locator(".sm-headline").first).to_contain_text("9,011")
    way = answer.locator(".sm-kind a")
    expect(way).to_have_attribute("href", "explain/?cluster-manager=yarn&language=jvm&spark.executor.memory=8g")
    assert axe(reader.page, "spark-paste") == []
    assert "?" not in reader.page.url
    assert not [url for url in reader.requests if "hunter2" in url]
    kept = reader.page.evaluate("JSON.stringify([history.state, {...localStorage}, {...sessionStorage}])")
    assert "hunter2" not in kept

    reader.page.locator(".sm-entrance a[href*='start-here']").first.click()
    expect(reader.page.locator(".md-content h1")).to_contain_text("Start here")
    assert reader.page.locator(".md-content h2").count() == 12
    reader.page.go_back()
    expect(reader.page.locator("spark-paste textarea")).to_have_value(SUBMITTED)
    expect(reader.page.locator("spark-paste .sm-headline")).to_contain_text("YARN is asked for")
    assert reader.problems == []


def test_a_failure_goes_on_to_its_page_with_its_text_and_the_address_has_none_of_it(reader):
    reader.go(path="")
    reader.page.locator("spark-paste textarea").fill(FAILED)
    way = reader.page.locator("spark-paste .sm-kind a")
    expect(way).to_be_visible()
    laptop = reader.page.viewport_size
    reader.page.set_viewport_size({"width": 390, "height": 844})
    expect(reader.page.locator(".sm-lead").first).to_be_hidden()
    cause = reader.page.locator("spark-paste .sm-headline").first
    assert cause.bounding_box()["y"] < 600, "on a phone the cause is in sight"
    reader.page.set_viewport_size(laptop)
    way.click()
    expect(reader.page.locator("spark-diagnose textarea")).to_have_value(FAILED)
    reader.page.wait_for_selector("spark-diagnose[data-answer-for=inputs]:not([data-stale])")
    expect(reader.page.locator("spark-diagnose .sm-headline").first).to_contain_text("First cause")
    assert reader.page.url.endswith("what-happened/?found=heap-space")
    reader.page.go_back()
    expect(reader.page.locator("spark-paste textarea")).to_have_value(FAILED)
    assert reader.problems == []


def test_an_area_of_the_picture_leads_to_what_explains_it(reader):
    reader.go(path="")
    link = reader.page.locator(".sm-key a", has_text="User memory")
    target = link.evaluate("(link) => link.href")
    reader.page.locator(".sm-glance .sm-part.sm-user").click()
    reader.page.wait_for_url(target)
    assert "user-memory" in target


def test_every_calculator_is_found_from_the_home_page(reader):
    from sparkmem.calculators import CALCULATORS

    reader.go(path="")
    linked = reader.page.locator(".sm-entrance a").evaluate_all("(all) => all.map((link) => link.pathname)")
    pages = {one.id: one.see.partition("#")[0] for one in CALCULATORS.values()}
    assert [id for id, page in pages.items() if not any(path.endswith(page) for path in linked)] == []


@pytest.mark.starting
def test_a_bare_code_is_answered_before_python_is_there_and_nothing_jumps_when_it_comes(reader):
    python = reader.hold("**/pyodide.asm.wasm")
    reader.go(path="")
    box = reader.page.locator("spark-paste")
    text, answer = box.locator("textarea"), box.locator("[data-answer]")
    text.fill("OOMKilled")
    expect(answer).to_contain_text("Do this first: change spark.executor.memoryOverhead")
    text.fill("no code and no name")
    expect(answer).to_be_empty()
    text.fill(" exit code 137\n")
    first = answer.locator(".sm-at-once")
    expect(first).to_contain_text("Do this first: find out who sent it")
    expect(first.locator("a")).to_have_attribute("href", "reference/exit-codes/#exit-137")
    expect(box.locator("[data-status]")).to_have_text("Starting Python in this page.")
    looks = """(first) => [first.innerText, JSON.stringify(first.getBoundingClientRect()),
      getComputedStyle(first.parentElement).filter, getComputedStyle(first.querySelector(".sm-headline")).font]"""
    before = first.evaluate(looks)
    box.evaluate(SAID)
    python.let_go()
    expect(answer.locator(".sm-meanings")).to_be_visible()
    assert answer.locator(".sm-meanings > li").first.bounding_box()["x"] == first.bounding_box()["x"]
    said = reader.page.evaluate("said")
    assert "Reading." in said
    assert "" not in said, "the box says nothing while the answer is on its way"
    assert first.evaluate(looks) == before
    assert reader.problems == []


@pytest.mark.parametrize(
    ("path", "script", "element", "name", "text"),
    [
        ("", "spark-paste", "spark-paste", "text", "137"),
        ("what-happened/", "spark-diagnose", "spark-diagnose", "text", FAILED),
        ("memory/executor-heap/", "spark-calc", "spark-calc", "spark.executor.memory", "9g"),
    ],
)
def test_what_is_entered_before_the_scripts_have_come_is_answered(reader, path, script, element, name, text):
    held = reader.hold(f"**/{script}*.mjs")
    reader.go(path=path, wait_until="commit")
    box = reader.page.locator(f'{element} [name="{name}"]')
    box.fill(text)
    held.let_go()
    reader.page.wait_for_selector(f"{element}[data-answer-for=inputs]:not([data-stale])")
    expect(box).to_have_value(text)


def test_what_is_said_of_waiting_covers_no_words(reader):
    reader.go(path="").page.wait_for_selector("spark-paste:defined")
    below = """(box) => {
      Object.assign(box.dataset, { stage: "ready", late: "" });
      box.querySelector("[data-status]").textContent = "Reading.";
      return [".sm-help", "[data-status]"].map((part) => box.querySelector(part).getBoundingClientRect());
    }"""
    for width in (390, 1440):
        reader.page.set_viewport_size({"width": width, "height": 900})
        help_text, status = reader.page.locator("spark-paste").evaluate(below)
        assert status["height"] > 10, width
        assert status["top"] >= help_text["bottom"] - 1, width
