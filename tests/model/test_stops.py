"""The stops of sliders: in order, each accepted as it stands, and found again by what it means."""

from itertools import pairwise

import pytest

from sparkmem.browser import answer
from sparkmem.calculators import CALCULATORS
from sparkmem.size import byte_string_as_mb
from sparkmem.stops import STOPS
from tests.rows import each

FIELDS = [
    (f"{calculator.id} {item.name}", item)
    for calculator in CALCULATORS.values()
    for item in calculator.inputs
    if item.in_form and not item.choices and item.name in STOPS
]


@each(FIELDS, lambda row: row[0])
def test_a_field_begins_at_a_stop_and_each_has_its_place(row):
    _, item = row
    stops = STOPS[item.name]
    offered = stops.offered(item.default)
    assert item.default in offered
    assert len(set(offered)) == len(offered)
    assert [stops.place(text, item.default) for text in offered] == list(range(len(offered)))


@pytest.mark.parametrize("name", STOPS)
def test_what_is_typed_lies_between_the_stops_around_it(name):
    stops = STOPS[name]
    last = len(stops.texts) - 1
    for text, place in {"lots": None, "-": None, " ": None, "": None}.items():
        assert stops.place(text, stops.texts[0]) == place
    unit = stops.texts[-1][-1] if stops.texts[-1][-1].isalpha() else ""
    assert stops.place(f"1000000{unit}", stops.texts[0]) == last + 0.5
    if unit:
        middles = [(byte_string_as_mb(low) + byte_string_as_mb(high)) // 2 for low, high in pairwise(stops.texts)]
        assert [stops.place(f"{mib}m", stops.texts[0]) for mib in middles] == [at + 0.5 for at in range(last)]
        assert stops.place("2048", stops.texts[0]) is None, "MiB to one key, bytes to another"


def test_the_inputs_that_have_stops_are_inputs():
    known = {item.name for calculator in CALCULATORS.values() for item in calculator.inputs}
    assert set(STOPS) <= known


@pytest.mark.parametrize(
    "request_json",
    ['{"calculator": [], "inputs": []}', '{"inputs": 3}', '{"calculator": "explain", "inputs": {"node-memory": 7}}'],
)
def test_a_request_that_is_none_has_no_places(request_json):
    assert '"ok": ' in answer(request_json)
