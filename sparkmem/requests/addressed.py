"""What the address of an answer holds: what was set, the release, the other side; never a text that was pasted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sparkmem.calculator import Calculator
from sparkmem.given import Given
from sparkmem.release import NEWEST, RELEASES
from sparkmem.requests.query import query


def set_texts(given: Given) -> dict[str, str]:
    """What was set, by the name of the input: all that an address holds, and never a text that was pasted."""
    return dict(given.changed)


def addressed(given: Given) -> dict[str, str]:
    """What a copied address holds: the same, and each release that was used; the newest may be another in three years."""
    return of_release(given.release) | given.releases | set_texts(given)


def of_release(release: str) -> dict[str, str]:
    """A release as an address holds it; of any release there is nothing to hold.

    >>> of_release("4.3"), of_release("any")
    ({'release': '4.3'}, {})
    """
    return {"release": release} if release in RELEASES else {}


def refused_texts(calculator: Calculator, request: Mapping[str, Any]) -> dict[str, str]:
    """The same of a request that has no answer."""
    inputs = request.get("inputs", {})
    asked = {item.name: str(inputs.get(item.name) or item.default) for item in calculator.release_inputs}
    set_there = {item.name: inputs[item.name] for item in calculator.inputs if item.name in inputs and item.unit != "lines"}
    return {name: text for name, text in asked.items() if text in RELEASES} | set_there


def with_other_side(calculator: Calculator, texts: Mapping[str, str], request: Mapping[str, Any]) -> dict[str, str]:
    """The same beside what it is compared with, as the page's address holds that; as they were where nothing is compared."""
    always, against = passing(calculator), request.get("against")
    if not isinstance(against, Mapping):
        return {**always, **texts}
    return {**always, **texts, "against": query({**always, **refused_texts(calculator, {"inputs": against})})}


def passing(calculator: Calculator) -> dict[str, str]:
    """Defaults that may be others one day: the newest releases, and quantities that are neither Spark's nor a choice.

    >>> from sparkmem.calculators import CALCULATORS
    >>> [passing(CALCULATORS[id]) for id in ("release-diff", "jvm-heap", "explain")]
    [{'release': '3.5', 'other-release': '4.3'}, {'release': '4.3', 'heap': '4g'}, {'release': '4.3'}]
    """
    releases = {item.name: item.default or NEWEST for item in calculator.release_inputs}
    ours = (calculator.by_name[name] for name in calculator.first if not name.startswith("spark."))
    quantities = {item.name: item.default for item in ours if item.default and not item.choices and not item.private}
    return {name: text for name, text in releases.items() if text in RELEASES} | quantities
