"""The page "What happened?": a text pasted, dropped or linked, and none of it anywhere but in the page."""

import json
import re

import pytest
from accessible import axe_in_both_schemes, too_wide_at
from pasting import paste_long
from playwright.sync_api import expect

SECRET = "swordfish-93f1"
TEXT = (
    f"spark-submit --master yarn --deploy-mode cluster --executor-memory 4g --conf spark.x.password={SECRET} job.py\n"
    "23/11/07 10:59:24 WARN TaskSetManager: Lost task 3.0 in stage 2.0 (TID 41) (db-7 executor 1): ExecutorLostFailure"
    " (executor 1 exited caused by one of the running tasks) Reason: Container killed by YARN for exceeding physical"
    " memory limits. 5.5 GB of 5.5 GB physical memory used. Consider boosting spark.executor.memoryOverhead.\n"
    "Dump of the process-tree for container_1700000000001_0031_01_000004 :\n"
    "\t|- PID PPID PGRPID SESSID CMD_NAME USER_MODE_TIME(MILLIS) SYSTEM_TIME(MILLIS) VMEM_USAGE(BYTES) RSSMEM_USAGE(PAGES)"
    " FULL_CMD_LINE\n"
    "\t|- 811 800 811 811 (java) 9001 402 7713500160 1250000 java -Xmx4096m"
    " org.apache.spark.executor.CoarseGrainedExecutorBackend\n"
)
STORED = "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, await indexedDB.databases(), history.state])"


@pytest.fixture
def page(reader):
    reader.go(path="what-happened/")
    return reader.page


def answered(page, request):
    page.wait_for_selector(f"spark-diagnose[data-answer-for={request}]:not([data-stale])")


def test_a_configuration_leads_on_and_a_failure_without_one_does_not(page):
    page.locator("[name=text]").fill("spark.executor.memory=8g")
    answered(page, "inputs")
    expect(page.locator("[data-job] a")).to_have_attribute("href", "../explain/?spark.executor.memory=8g#explain")
    page.locator("[name=text]").fill("OOMKilled exit code 137")
    expect(page.locator("[data-job] a")).to_have_count(0)


@pytest.mark.requests
def test_a_pasted_text_is_read_and_stays_in_the_page(page, reader):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(page.locator("spark-diagnose .sm-headline")).to_contain_text("First cause")
    page.locator("[name=text]").fill(TEXT)
    answered(page, "inputs")
    first = page.locator(".sm-finding").first
    expect(first).to_have_attribute("data-finding", "yarn-physical-limit")
    expect(first).to_contain_text("5,905,580,032 bytes")
    expect(page.locator("[data-job] .sm-marked").first).to_be_visible()
    held = page.locator(".sm-moment[data-moment=process-tree]")
    expect(held).to_contain_text("at least 786.8 MiB of it is not heap")
    reported = "lost=failure-reported%3Ayarn-physical-limit"
    settings = f"cluster-manager=yarn&deploy-mode=cluster&language=python&{reported}&spark.executor.memory=4g"
    expect(page.locator("[data-job] a")).to_have_attribute("href", f"../explain/?{settings}#explain")
    page.wait_for_url("**/what-happened/?found=**")
    assert SECRET not in page.url + page.evaluate(STORED) + " ".join(reader.requests)
    assert "db-7" not in page.url

    page.locator("[data-copy]").click()
    expect(page.locator("[data-status]")).to_contain_text("Copied")
    expect(page.locator("[data-said]")).to_have_text("Copied.")  # also for whoever sees: the status is a screen reader's
    assert page.locator("[data-said]").bounding_box()["height"] > 10
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("**First cause: ")
    assert "db-7" not in copied

    assert not any(axe_in_both_schemes(page, ".md-content").values())
    assert too_wide_at(page, 320, 1280) == {}
    page.emulate_media(media="print")
    for printed in (first, held, page.locator("[data-job] .sm-marked").first):
        expect(printed).to_be_visible()
    expect(page.locator("[data-copy]")).to_be_hidden()
    page.emulate_media(media="screen")

    page.reload()
    answered(page, "inputs")
    expect(page.locator(".sm-finding").first).to_have_attribute("data-finding", "yarn-physical-limit")
    expect(page.locator("[name=text]")).to_have_value("")

    page.locator("spark-diagnose button[type=reset]").click()
    answered(page, "defaults")
    assert "found" not in page.url


@pytest.mark.starting
def test_no_diagnosis_of_the_example_is_shown_for_what_an_address_holds(reader):
    """Python takes long on a slow line, and what stands there would be read."""
    reader.page.context.route("**/stdlib.zip.gz", lambda route: None)
    reader.go("?found=evicted-memory", "what-happened/")
    page = reader.page
    expect(page.locator("spark-diagnose[data-stage=loading]")).to_have_count(1)
    expect(page.locator("spark-diagnose .sm-headline")).to_be_hidden()
    expect(page.locator("[data-status]")).to_have_text("Starting Python in this page; the answer follows.")
    page.locator("spark-diagnose button[type=reset]").click()
    expect(page.locator("spark-diagnose .sm-headline")).to_contain_text("YARN killed a container")


def test_a_file_is_read_here(page):
    log = "23/11/07 10:59:24 INFO BlockManager: nothing\n" * 12_000 + TEXT
    page.locator("[data-file]").set_input_files({"name": "driver.log", "mimeType": "text/plain", "buffer": log.encode()})
    answered(page, "inputs")
    expect(page.locator(".sm-finding").first).to_contain_text("line 12002")
    assert json.dumps(SECRET) not in page.url
    assert page.locator("[name=text]").input_value() == ""
    expect(page.locator("[name=text]")).to_have_attribute("placeholder", re.compile(r"^driver.log, \d+ kB, read whole"))


def test_a_long_paste_is_read_and_no_box_has_to_show_it(page):
    """A browser would lay it out for most of a minute; what is typed next takes its place."""
    box = page.locator("[name=text]")
    assert not paste_long(box, TEXT)
    assert paste_long(box, "\n" * 30_000 + TEXT)
    answered(page, "inputs")
    expect(page.locator(".sm-finding").first).to_contain_text("line 30002")
    page.wait_for_url("**/what-happened/?found=**")
    expect(box).to_have_attribute("placeholder", re.compile(r"^31 kB, read whole"))
    box.fill("OOMKilled")
    expect(page.locator(".sm-finding").first).to_have_attribute("data-finding", "oom-killed")
    assert box.get_attribute("placeholder") == ""
    box.fill("x" * 100_001)
    assert len(box.input_value()) == 100_001, "the next letter would take the place of all that was typed"
