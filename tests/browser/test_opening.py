"""A bare address opens with an example; one with inputs means Spark's defaults and what it holds."""

import pytest
from playwright.sync_api import expect
from reader import CALCULATOR, DEFAULTS, OPENED, python_answer

EXAMPLES_SENTENCE = python_answer(OPENED)["summary"]
HEAP, CORES = "spark.executor.memory", "spark.executor.cores"


def says_so(reader):
    return reader.calc.locator(".sm-opened")


def test_an_edit_begins_from_the_example_and_back_leads_to_it(reader):
    reader.go().stage("ready")
    assert reader.inputs() == OPENED
    reader.shows(OPENED)
    expect(says_so(reader)).to_be_visible()
    reader.type(HEAP, "16g").settled().shows({**OPENED, HEAP: "16g"})
    expect(says_so(reader)).to_be_hidden()
    reader.page.wait_for_url(f"**/?{HEAP}=16g&{CORES}=4")
    reader.page.reload()
    reader.settled().shows({**OPENED, HEAP: "16g"})
    expect(says_so(reader)).to_be_hidden()
    reader.page.go_back()
    reader.settled("defaults").shows(OPENED)
    assert reader.inputs() == OPENED
    expect(says_so(reader)).to_be_visible()
    expect(reader.status).to_have_text(EXAMPLES_SENTENCE)


def test_sparks_defaults_have_an_address_and_a_reset_leads_back(reader):
    reader.go().stage("ready")
    says_so(reader).get_by_role("button", name="Spark's defaults").click()
    reader.settled().shows({})
    reader.page.wait_for_url(f"**/{DEFAULTS}")
    assert reader.inputs() == {}
    expect(says_so(reader)).to_be_hidden()
    reader.page.reload()
    reader.settled().shows({})
    reader.type(HEAP, "2g").settled().shows({HEAP: "2g"})
    reader.page.wait_for_url(f"**/?{HEAP}=2g")
    reader.type(HEAP, "1g").settled().shows({})
    reader.page.wait_for_url(f"**/{DEFAULTS}")
    reader.reset.click()
    reader.settled("defaults").shows(OPENED)
    reader.page.wait_for_url(f"**/{CALCULATOR}")
    expect(reader.status).to_have_text(EXAMPLES_SENTENCE)
    reader.type(HEAP, "lots").settled("none")
    reader.type(HEAP, OPENED[HEAP]).settled("defaults")
    expect(reader.status).to_have_text(EXAMPLES_SENTENCE)


@pytest.mark.parametrize(
    ("query", "inputs"),
    [(DEFAULTS, {}), (f"?{CORES}=2", {CORES: "2"}), ("?spark.memory.fraction=0.7", {"spark.memory.fraction": "0.7"})],
    ids=["the release alone", "an input of the example", "another input"],
)
def test_an_address_with_inputs_takes_nothing_from_the_example(reader, query, inputs):
    reader.go(query).settled().shows(inputs)
    assert reader.inputs() == inputs
    assert reader.page.url.endswith(query)


def test_inputs_of_others_leave_the_example_alone(reader):
    reader.go("?utm_source=chat").stage("ready").shows(OPENED)
    reader.type(HEAP, "16g").settled()
    reader.page.wait_for_url(f"**/?utm_source=chat&{HEAP}=16g&{CORES}=4")
