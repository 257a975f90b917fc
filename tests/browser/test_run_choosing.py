"""An event log is chosen: no log, several, in a folder, and where Python does not start."""

import gzip
import re

import pytest
from playwright.sync_api import expect
from running import FULL, SPILLS, file_of


def test_what_is_no_log_is_refused_and_several_logs_are_compared(run):
    run.go().choose(file_of("notes.txt", b"<b>hello</b>\n")).refused("no event of Spark")
    run.choose(file_of("empty", b"")).refused("no event of Spark")
    run.choose(SPILLS, FULL, file_of("notes.txt", b"<b>hello</b>\n")).answered()
    expect(run.headline).to_have_text("2 runs, side by side.")
    expect(run.answer).to_contain_text("notes.txt: no event of Spark")
    rows = run.page.locator("[data-answer] > .sm-run-scroll tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.last).to_contain_text("The heap was full")
    expect(run.page.locator("[data-run]")).to_have_count(2)
    assert every_column_is_in_sight(run.page)
    expect(run.page.locator("[data-explain]")).to_have_attribute("href", re.compile(r"release=4\.3.*against=.*3\.5"))
    run.page.reload(wait_until="load")
    run.answered()
    expect(run.headline).to_have_text("2 runs, side by side.")
    expect(run.answer).to_contain_text("run 2: The heap was full")
    run.choose(FULL)
    expect(run.headline).to_have_text("The heap was full.")


def every_column_is_in_sight(page):
    """On a phone the names of rows stay while the rest is scrolled to; on paper, where nothing scrolls, all is there."""
    page.set_viewport_size({"width": 390, "height": 844})
    table = page.locator("[data-answer] > .sm-run-scroll")
    name = table.locator("tbody th").first
    before = name.bounding_box()["x"]
    assert table.evaluate("(one) => { one.scrollLeft = 200; return one.scrollLeft; }") == 200
    stays = name.bounding_box()["x"] == before
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})  # A4 without its margins
    over = page.locator(".sm-run-scroll").evaluate_all("(all) => all.map((one) => one.scrollWidth - one.clientWidth)")
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    return stays and max(over) <= 0


def test_a_folder_with_a_log_in_parts_is_one_log_in_its_order(run, tmp_path):
    lines = gzip.decompress(FULL.read_bytes()).splitlines(keepends=True)
    folder = tmp_path / "eventlog_v2_app"
    folder.mkdir()
    for name, piece in (("events_10_app", lines[20:]), ("events_2_app", lines[5:20]), ("events_1_app", lines[:5])):
        (folder / name).write_bytes(b"".join(piece))
    (folder / "appstatus_app").touch()
    run.go().page.locator("input[data-folder]").set_input_files(str(folder))
    run.answered()
    assert run.first == "heap-full"
    expect(run.answer).to_contain_text("4.3.0")
    assert run.page.locator("[data-run]").count() == 0


@pytest.mark.fresh
def test_where_python_does_not_start_the_page_says_why_and_reads_the_log_when_it_does(run):
    run.page.context.route("**/stdlib.zip.gz", lambda route: route.fulfill(status=404))
    run.go().choose(FULL)
    run.page.wait_for_selector("spark-run[data-stage=failed]")
    expect(run.status).to_contain_text("Python could not be started in this page.")
    expect(run.status).to_contain_text("stdlib.zip.gz (404) could not be fetched.")
    run.page.context.unroute_all(behavior="ignoreErrors")
    run.page.locator("[data-retry]").click()
    run.answered()
    assert run.first == "heap-full"


@pytest.mark.fresh
def test_other_boxes_say_it_too(run):
    run.page.context.route("**/stdlib.zip.gz", lambda route: route.fulfill(status=404))
    for where in ("what-happened/", ""):
        run.page.goto(f"{run.host.url}{where}", wait_until="load")
        run.page.locator("textarea[name=text]").fill("java.lang.OutOfMemoryError: Java heap space")
        expect(run.status.first).to_contain_text("stdlib.zip.gz (404) could not be fetched.")
