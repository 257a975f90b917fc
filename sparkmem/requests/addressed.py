"""What the address of an answer holds: the inputs that were set, and the release; never a text that was pasted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sparkmem.calculator import Calculator
from sparkmem.given import Given
from sparkmem.release import RELEASES


def set_texts(given: Given) -> dict[str, str]:
    """What was set, by the name of the input: all that an address holds, and never a text that was pasted."""
    return {item["name"]: item["value"] for item in given.described({}) if item["provenance"] == "set"}


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
