"""What a run's page finds: in a log, in the next one, in an example; in every look, and on paper."""

import gzip
import re

import pytest
from accessible import axe_in_both_schemes, too_wide_at
from playwright.sync_api import expect
from running import EXAMPLE, FULL, SPILLS

A4_MM = {"width": "210mm", "height": "297mm"}


def test_a_log_is_read_and_replaced_by_another(run):
    run.go().choose(SPILLS).answered()
    assert run.first == "execution-short"
    expect(run.page.locator(".sm-marks")).to_contain_text("Spark memory on the heap")
    expect(run.answer).to_contain_text("Change spark.executor.memory")
    address = run.page.url
    run.page.locator("[data-head-room]").select_option("0.5")
    expect(run.answer).to_contain_text("spark.executor.memory 2")
    expect(run.page.locator("[data-explain]")).to_have_attribute("href", re.compile(r"/explain/\?.*against="))

    assert run.carry("dragover", FULL)
    assert run.carry("drop", FULL)
    expect(run.headline).to_have_text("The heap was full.")
    run.answered()
    assert run.page.url != address
    told = run.page.locator("[data-finding=heap-full] a", has_text="heap")
    expect(told.first).to_have_attribute("href", re.compile(r"^\.\./errors/[a-z0-9-]+/$"))
    assert run.problems == []


@pytest.mark.costly("axe in both schemes, and sheets of paper")
def test_the_example_is_fetched_when_asked_works_in_every_look_and_the_next_log_needs_no_line(run):
    requests = []
    run.page.on("request", lambda request: requests.append(request.url))
    run.go()
    assert not [url for url in requests if ".gz" in url and "/py/" not in url]
    run.page.locator("[data-example]").click()
    run.answered()
    assert sum(url.endswith(f"/run/{EXAMPLE.name}") for url in requests) == 1
    assert run.page.url.endswith("?run=example")
    expect(run.answer).to_contain_text("This is an example")
    assert run.first == "heap-full"
    lines = run.page.locator(".sm-timeline")
    expect(lines).to_contain_text("Executor 1")
    expect(lines).to_contain_text("lost: Command exited with code 52")
    expect(run.page.locator(".sm-timeline b")).to_have_count(2)

    assert axe_in_both_schemes(run.page) == {}
    assert too_wide_at(run.page, 390, 1280) == {}
    assert sheets(run.page) <= 2

    run.page.context.set_offline(True)
    try:
        assert run.carry("paste", text=gzip.decompress(SPILLS.read_bytes()).decode())
        expect(run.headline).to_have_text("Execution memory was short: tasks spilled.")
    finally:
        run.page.context.set_offline(False)


def sheets(page):
    """How many sheets of A4 the page takes."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True, **A4_MM)))
