"""Calculators stand where the knowledge base treats them, one in a page at most, and a page stays light."""

import gzip
import re
from pathlib import Path

import pytest

from sparkmem.calculators import CALCULATORS
from sparkmem.render.escaping import escape
from sparkmem.render.openings import OPENINGS, opening
from sparkmem.render.page_defaults import PAGE_DEFAULTS, page_defaults
from tools.pages import Page, pages

BEFORE_INTEREST_BYTES = 350_000
_CALCULATOR = re.compile(r'<spark-calc [^>]*id="([a-z-]+)-calculator"')


@pytest.fixture
def embedded(site_dir: Path) -> dict[str, tuple[Page, list[str]]]:
    """Each page with a calculator, and the calculators in it."""
    found = {path: (page, _CALCULATOR.findall(page.text)) for path, page in pages(site_dir).items()}
    return {path: pair for path, pair in found.items() if pair[1]}


def test_each_calculator_stands_where_it_is_explained_too(embedded):
    outside = {id for path, (_, ids) in embedded.items() for id in ids if not path.startswith("calculators/")}
    assert outside == set(CALCULATORS)


def test_there_is_one_in_a_page_at_most(embedded):
    assert {path: ids for path, (_, ids) in embedded.items() if len(ids) != 1} == {}


def test_a_page_with_defaults_of_its_own_has_the_calculator_that_they_are_for(embedded):
    for (path, id), inputs in PAGE_DEFAULTS.items():
        page, ids = embedded[path]
        assert ids == [id]
        for name, text in inputs.items():
            assert text != CALCULATORS[id].by_name[name].default
            assert f"For Spark 4.3, cluster manager {dict(CALCULATORS[id].by_name[name].choices)[text]}" in page.text
            select = page.text.split(f'<select id="{id}--{name}"')[1].split("</select>")[0]
            assert re.findall(r'<option value="([^"]*)" selected', select) == [text]


def test_form_and_answer_of_a_page_agree_before_any_script_runs(embedded):
    """The fields hold what the calculator opens with, and their defaults beside it; the answer is for what they hold."""
    for path, (page, (id,)) in embedded.items():
        own, held = page_defaults(path, id), opening(path, id)
        for name, item in CALCULATORS[id].by_name.items():
            if not item.in_form or item.private:
                continue
            _, _, field = page.text.partition(f'id="{id}--{name}"')
            if item.choices:
                value = re.search(r'value="([^"]*)" selected', field.partition("</select>")[0])
            else:
                value = re.search(r' value="([^"]*)"', field.partition(">")[0])
            default = re.search(r'data-default="([^"]*)"', field.partition(">")[0])
            assert value is not None
            assert value[1] == held.get(name, item.default), (path, name)
            assert (default or value)[1] == own.get(name, item.default), (path, name)
        headline = page.text.partition('<p class="sm-headline">')[2].partition("</p>")[0].replace("\u00a0", " ")
        assert re.sub("<[^>]*>", "", headline) == escape(CALCULATORS[id].run(held)[0].headline), path
        assert page.text.count('data-take="defaults"') == (2 if id in OPENINGS else 0)


def test_a_page_is_light_before_anybody_reaches_for_its_calculator(embedded, site_dir):
    heavy = {}
    for path, (page, _) in embedded.items():
        files = {page.target(link) for link in page.resources}
        there = [site_dir / target[0] for target in files if target and (site_dir / target[0]).is_file()]
        assert len(there) >= 5
        sizes = [len(gzip.compress(text)) for text in (page.text.encode(), *(file.read_bytes() for file in there))]
        if sum(sizes) > BEFORE_INTEREST_BYTES:
            heavy[path] = sum(sizes)
    assert heavy == {}
