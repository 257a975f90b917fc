"""The figures of an answer by the process that they are of: which are in which group, and which groups are open."""

import re

import pytest

from sparkmem.calculators import CALCULATORS
from sparkmem.render.groups import SEVERAL
from sparkmem.render.html import answer_html
from sparkmem.requests.evaluate import run

GROUP = re.compile(
    r'<details class="sm-of" id="[a-z-]+--of-([a-z-]+)"( open)?><summary><span>.*?</span> <b>(.*?)</b></summary>'
    r"<ul>(.*?)</ul>"
)


def groups(calculator, inputs=None):
    """Of each group whether it is open, what it says folded, and the ids of its rows; and the ids of all rows."""
    result, given, _ = run({"calculator": calculator, "inputs": inputs or {}})
    html = answer_html(result, given, calculator, "x/")
    rows = re.compile(rf'<details id="{calculator}-answer--([^"]+)"')
    found = {name: (bool(is_open), figure, rows.findall(inside)) for name, is_open, figure, inside in GROUP.findall(html)}
    return found, rows.findall(html)


def test_a_driver_has_a_group_that_is_folded_while_the_verdict_is_about_the_executor():
    found, _ = groups("explain")
    assert list(found) == ["executor", "driver"]
    assert [is_open for is_open, _, _ in found.values()] == [True, False]
    assert [figure for _, figure, _ in found.values()] == ["9,216 MiB", "5,120 MiB"]
    assert {row.startswith("driver-") for row in found["driver"][2]} == {True}
    assert {row.startswith("driver-") for row in found["executor"][2]} == {False}


def test_the_group_that_the_verdict_is_about_is_open():
    limit = "spark.driver.maxResultSize=0\nspark.driver.memory=2g\nspark.submit.deployMode=cluster\nspark.master=yarn"
    assert groups("explain", {"text": f"{limit}\nspark.executor.memory=8g"})[0]["driver"][0]
    assert groups("pyspark-memory")[0]["python-workers"][0]
    assert not groups("pyspark-memory")[0]["without-it"][0]


def test_where_all_are_of_one_process_they_stand_in_the_order_of_the_answer():
    _, every = groups("driver-memory")
    assert every.index("driver-total-request") < every.index("ui-storage-memory")


@pytest.mark.parametrize("calculator", sorted(CALCULATORS))
def test_every_figure_is_in_one_group_or_there_is_one_alone(calculator):
    found, every = groups(calculator)
    inside = [row for _, _, rows in found.values() for row in rows]
    assert len(every) == len(set(every))
    assert bool(found) == (calculator in SEVERAL)
    if found:
        outside = {line.id for line in run({"calculator": calculator, "inputs": {}})[0].idle}
        assert sorted(inside) == sorted(set(every) - outside)
        assert next(iter(found.values()))[0], "the first is what is asked for"


@pytest.mark.parametrize(("number", "folded"), [("366.3 MiB", None), ("20 GB", "429 explanations")])
def test_of_a_long_list_of_explanations_the_less_likely_are_folded(number, folded):
    found, every = groups("ui-number", {"number": number})
    assert [figure for name, (is_open, figure, _) in found.items() if not is_open] == ([folded] if folded else [])
    assert every == [f"explanation-{n}" for n in range(1, len(every) + 1)]
    if folded:
        assert found["most-likely"][2] == every[:8]
