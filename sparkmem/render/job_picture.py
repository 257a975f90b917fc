"""The container of the process that failed, drawn to scale, and the memory in it marked that ran out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.result import Result
from sparkmem.calculator import Given
from sparkmem.configuration.formats import LONGEST
from sparkmem.errors import BadInputs
from sparkmem.render.diagnosis_html import up
from sparkmem.render.escaping import escape
from sparkmem.render.picture import leaves_of, picture
from sparkmem.render.query import query
from sparkmem.requests.evaluate import run
from sparkmem.requests.sharing import shareable

_HEAP = ("reserved-memory", "user-memory", "storage-region", "execution-region")
_OVERHEAD = ("memory-overhead",)
_PARTS = {
    "heap": _HEAP, "overhead/native": _OVERHEAD, "direct": _OVERHEAD, "metaspace": _OVERHEAD,
    "python": ("pyspark-memory", *_OVERHEAD), "off-heap": ("off-heap-memory",),
    "container": (*_HEAP, *_OVERHEAD, "off-heap-memory", "pyspark-memory"),
}  # fmt: skip
_NONE = {"settings": "none"}


def job_html(request: Mapping[str, Any]) -> str:
    """The picture with a caption and a link to the whole job; empty where no memory of a container ran out."""
    region, process = str(request.get("region", "")), str(request.get("process", ""))
    if region not in _PARTS:
        return ""
    result, settings = _job(str(request.get("text", "")))
    drawn = _container(result, "driver" if process == "driver" else "executor")
    if drawn is None:
        return ""
    marked = _marked(drawn, _PARTS[region])
    whose = "settings in this text" if settings else "defaults of Spark, as no settings stand in this text"
    caption = f"The {process if process == 'driver' else 'executor'}'s memory with the {whose}; what ran out is marked."
    address = f"{up(str(request.get('page', '')))}explain/?{query(settings)}#explain"
    link = f'<p><a href="{escape(address)}">Explain this job</a></p>' if settings else ""
    return picture([drawn], caption, marked=marked) + link


def _job(text: str) -> tuple[Result, dict[str, str]]:
    """What the settings of a text come to, and those that an address may hold; the defaults where there are none."""
    try:
        result, given, _ = run({"calculator": "explain", "inputs": {"text": text[:LONGEST]}})
        if given.changed.get("settings") != "none":
            return result, _shared(given)
    except BadInputs:
        pass  # no settings, or such as nobody can compute with
    return run({"calculator": "explain", "inputs": _NONE})[0], {}


def _shared(given: Given) -> dict[str, str]:
    return shareable("explain", given.changed)


def _container(result: Result, process: str) -> Breakdown | None:
    """The container of a process; of a driver that runs in none, its heap."""
    wanted = [one for one in result.breakdowns if one.total.id.startswith("driver-") == (process == "driver")]
    drawn = [one for one in wanted if one.total.size_bytes and not one.total.id.startswith("am-")]
    return drawn[0] if drawn else None


def _marked(drawn: Breakdown, parts: tuple[str, ...]) -> set[str]:
    """The ids of the first of these parts that are there; of the heap, and of all, every one."""
    there = [leaf.id for leaf in leaves_of(drawn) if leaf.size_bytes]
    found = [id for part in parts for id in there if id.removeprefix("driver-") == part]
    return set(found if len(parts) != 2 else found[:1])
