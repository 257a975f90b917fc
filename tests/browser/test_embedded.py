"""Calculators in the pages of the knowledge base: they answer there, and the address of that page holds their inputs."""

import json

import pytest
from accessible import axe
from playwright.sync_api import expect
from reader import DEFAULTS

from sparkmem.browser import answer
from sparkmem.render.openings import opening

KUBERNETES = "memory/kubernetes/"
PAGES = {
    "memory/containers/": "container-request",
    KUBERNETES: "container-request",
    "memory/standalone/": "container-request",
    "memory/yarn/": "container-request",
    "memory/pyspark-memory/": "pyspark-memory",
    "memory/driver-memory/": "driver-memory",
    "memory/jvm-heap/": "jvm-heap",
    "memory/task-memory/": "task-memory",
    "memory/memory-managers/": "legacy-memory",
    "memory/where-to-look/": "ui-number",
    "memory/executors/": "fit-node",
    "reference/changes/": "release-diff",
}


def html(page, inputs):
    asked = {"calculator": PAGES[page], "page": page, "inputs": inputs}
    return json.loads(answer(json.dumps(asked)))["html"]


def shows(reader, page, inputs):
    compare = "(answer, html) => [comparable(whole(answer)), comparable(html)]"
    shown, expected = reader.answer.evaluate(compare, html(page, inputs))
    assert shown == expected


def test_one_answers_for_the_subject_of_its_page(reader):
    reader.go(path=KUBERNETES)
    assert reader.control("cluster-manager").input_value() == "kubernetes"
    opened = opening(KUBERNETES, "container-request")
    shows(reader, KUBERNETES, opened)
    expect(reader.answer.locator(".sm-headline")).to_contain_text("Kubernetes is asked for 9,011 MiB")
    reader.type("spark.executor.memory", "9g").settled()
    shows(reader, KUBERNETES, {**opened, "spark.executor.memory": "9g"})
    reader.calc.get_by_role("button", name="Spark's defaults").first.click()
    reader.page.wait_for_url(f"**/{KUBERNETES}{DEFAULTS}")
    reader.settled()
    shows(reader, KUBERNETES, {})
    assert reader.problems == []


def test_the_address_holds_what_differs_from_the_page_and_brings_it_back(reader, other_reader):
    reader.go(DEFAULTS, KUBERNETES).type("spark.executor.memory", "9g").settled()
    reader.page.wait_for_url(f"**/{KUBERNETES}?spark.executor.memory=9g")
    other_reader.page.goto(reader.page.url)
    reader.page.reload()
    for opened in (reader, other_reader):
        opened.settled()
        shows(opened, KUBERNETES, {"spark.executor.memory": "9g"})
    reader.control("cluster-manager").select_option("yarn")
    reader.settled()
    reader.page.wait_for_url("**/?cluster-manager=yarn&spark.executor.memory=9g")
    expect(reader.answer.locator(".sm-headline")).to_contain_text("YARN is asked for 10,137 MiB")
    reader.reset.click()
    reader.settled("defaults")
    reader.page.wait_for_url(f"**/{KUBERNETES}")
    assert reader.control("cluster-manager").input_value() == "kubernetes"


@pytest.mark.parametrize("path", PAGES)
def test_each_answers_in_its_page(reader_of, path):
    reader = reader_of(viewport={"width": 320, "height": 800}).go(path=path)
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 320
    name = "heap" if path == "memory/jvm-heap/" else "number" if path == "memory/where-to-look/" else None
    name = name or ("spark.driver.memory" if path == "memory/driver-memory/" else "spark.executor.memory")
    text = "434.4 MiB" if name == "number" else "6g"
    reader.calc.locator("details.sm-further").evaluate("(e) => { e.open = true; }")
    reader.control(name).fill(text)
    reader.settled()
    shows(reader, path, {**opening(path, PAGES[path]), name: text})
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe(reader.page, "spark-calc") == []
