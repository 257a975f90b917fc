"""What keeps declarations honest: defaults compute, names are unique, every link leads to an id that a page has."""

import re
from pathlib import Path

import pytest

from sparkmem.calculators import CALCULATORS
from sparkmem.facts import FACTS
from sparkmem.release import RELEASES
from sparkmem.render.openings import OPENINGS, address_of_defaults, opening
from sparkmem.render.page_defaults import PAGE_DEFAULTS, page_defaults
from sparkmem.spark.settings import plain_values
from sparkmem.stops import STOPS

DOCS = Path(__file__).parents[2] / "docs"


def page_has(see: str) -> bool:
    page, _, anchor = see.partition("#")
    file = DOCS / f"{page.strip('/')}.md" if page else DOCS / "index.md"
    return file.is_file() and bool(re.search(rf"\{{ #{re.escape(anchor)}[ }}]", file.read_text()))


@pytest.mark.parametrize("calculator", CALCULATORS.values(), ids=lambda c: c.id)
class TestCalculator:
    def test_the_defaults_compute_in_every_release(self, calculator):
        offered = next(item.choices for item in calculator.inputs if item.name == "release")
        for release, _ in offered:
            result, _ = calculator.run({"release": release})
            assert result.rows()

    def test_what_it_opens_with_changes_the_verdict_on_every_page(self, calculator):
        opened = OPENINGS.get(calculator.id, {})
        for name, text in opened.items():
            assert calculator.by_name[name].in_form, "it has to be seen in the form"
            assert text != calculator.by_name[name].default
            assert name not in STOPS or text in STOPS[name].texts, "its slider is there"
        for page in ["", *(page for page, id in PAGE_DEFAULTS if id == calculator.id)]:
            sides = page_defaults(page, calculator.id), opening(page, calculator.id)
            verdicts = [calculator.run(texts)[0].headline for texts in sides]
            assert (verdicts[0] != verdicts[1]) == bool(opened)

    def test_what_it_opens_with_has_every_row_that_the_defaults_have(self, calculator):
        """A row may have been linked where the address had no inputs."""
        for page in ["", *(page for page, id in PAGE_DEFAULTS if id == calculator.id)]:
            sides = page_defaults(page, calculator.id), opening(page, calculator.id)
            before, now = ({row.id for row in calculator.run(texts)[0].rows()} for texts in sides)
            assert before - now == set()

    def test_an_address_can_say_that_the_defaults_are_meant(self, calculator):
        """An empty one means what the page opens with."""
        said = address_of_defaults(calculator.id)
        assert bool(said) == (calculator.id in OPENINGS)
        assert {calculator.by_name[name].default for name in said} == set(said.values())

    def test_row_ids_are_unique(self, calculator):
        ids = [row.id for row in calculator.run({})[0].rows()]
        assert len(ids) == len(set(ids))

    def test_what_a_reader_decides_by_is_among_the_rows(self, calculator):
        rows = {row.id for row in calculator.run(OPENINGS.get(calculator.id, {}))[0].rows()}
        assert set(calculator.decisive) <= rows

    def test_input_names_are_unique_and_explained(self, calculator):
        names = [item.name for item in calculator.inputs]
        assert len(names) == len(set(names))
        assert all(item.help and item.label for item in calculator.inputs)

    def test_every_explanation_exists(self, calculator):
        sees = (
            {calculator.see} | {item.see for item in calculator.inputs} | {row.see for row in calculator.run({})[0].rows()}
        )
        assert [see for see in sees if not page_has(see)] == []


def test_every_error_has_its_section():
    assert page_has(plain_values.SEE)


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda f: f.name)
def test_every_fact_has_a_witness_and_starts_at_the_oldest_release(fact):
    assert fact.rows[0][0] == next(iter(RELEASES))
    for release in RELEASES:
        assert fact.source(release).url.startswith("https://github.com/")
        assert fact.meaning
