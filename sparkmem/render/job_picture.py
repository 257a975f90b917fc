"""The container of the process that failed, drawn to scale, and the memory in it marked that ran out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.result import Result
from sparkmem.calculators import CALCULATORS
from sparkmem.configuration.formats import LONGEST, recognise
from sparkmem.errors import BadInputs
from sparkmem.render.diagnosis_html import up
from sparkmem.render.escaping import escape
from sparkmem.render.picture import picture
from sparkmem.requests.evaluate import run
from sparkmem.requests.query import query
from sparkmem.requests.sharing import shareable

_EXPLAIN = "explain"
_HEAP = ("reserved-memory", "user-memory", "storage-region", "execution-region")
_OVERHEAD = ("memory-overhead",)
_PARTS = {
    "heap": _HEAP, "overhead/native": _OVERHEAD, "direct": _OVERHEAD, "metaspace": _OVERHEAD,
    "python": ("pyspark-memory", *_OVERHEAD), "off-heap": ("off-heap-memory",),
    "container": (*_HEAP, *_OVERHEAD, "off-heap-memory", "pyspark-memory"),
}  # fmt: skip
_OF_BOTH = ("spark.memory.offHeap.",)


def job_html(request: Mapping[str, Any]) -> str:
    """The picture with a caption and a link to the whole job.

    Where nothing ``failed`` in a text of settings, the way to the page that reads those.
    Empty where no memory of a container ran out, and where the text does not say how much the process had: with Spark's
    defaults it would be nobody's.
    """
    if request.get("failed") is False:
        return _configuration(str(request.get("text", "")), str(request.get("page", "")))
    region, process = str(request.get("region", "")), str(request.get("process", ""))
    job = _job(str(request.get("text", ""))) if region in _PARTS else None
    if job is None:
        return ""
    result, settings = job
    process = process if process == "driver" else "executor"
    drawn = _container(result, process) if _says_of(process, settings) else None
    if drawn is None:
        return ""
    marked = _marked(drawn, _PARTS[region])
    caption = f"The {process}'s memory with the settings in this text; what ran out is marked."
    address = f"{up(str(request.get('page', '')))}explain/?{query(settings)}#explain"
    return f'{picture([drawn], caption, marked=marked)}<p><a href="{escape(address)}">Explain this job</a></p>'


def _configuration(text: str, page: str) -> str:
    """What a text is that tells of no failure, where it is a configuration; one that is refused has no address."""
    if not recognise(text[:LONGEST]):
        return ""
    inputs = ""
    try:
        _, given, _ = run({"calculator": _EXPLAIN, "inputs": {"text": text[:LONGEST]}})
        inputs = query(shareable(_EXPLAIN, given.changed))
    except BadInputs as bad:
        if any(error.name == "text" for error in bad.errors):
            return ""
    way, title = f"{up(page)}explain/{'?' if inputs else ''}{inputs}#explain", CALCULATORS[_EXPLAIN].title
    return f'<p>This is a configuration. <a href="{escape(way)}">“{escape(title)}” reads those</a>.</p>'


def _job(text: str) -> tuple[Result, dict[str, str]] | None:
    """What the settings of a text come to, and those that an address may hold; None where there are none."""
    try:
        result, given, _ = run({"calculator": _EXPLAIN, "inputs": {"text": text[:LONGEST]}})
    except BadInputs:
        return None  # no settings, or such as nobody can compute with
    return (result, shareable("explain", given.changed)) if given.changed.get("settings") != "none" else None


def _says_of(process: str, settings: Mapping[str, str]) -> bool:
    """Whether settings say how much memory a process has.

    >>> _says_of("executor", {"spark.executor.memory": "8g"}), _says_of("driver", {"spark.executor.memory": "8g"})
    (True, False)
    """
    own = [name for name in settings if name.startswith((f"spark.{process}.", *_OF_BOTH))]
    return any("memory" in name.lower() for name in own)


def _container(result: Result, process: str) -> Breakdown | None:
    """The container of a process; of a driver that runs in none, its heap."""
    wanted = [one for one in result.breakdowns if one.total.id.startswith("driver-") == (process == "driver")]
    drawn = [one for one in wanted if one.total.size_bytes and not one.total.id.startswith("am-")]
    return drawn[0] if drawn else None


def _marked(drawn: Breakdown, parts: tuple[str, ...]) -> set[str]:
    """The ids of the first of these parts that are there; of the heap, and of all, every one."""
    there = [leaf.id for leaf in drawn.leaves if leaf.size_bytes]
    found = [id for part in parts for id in there if id.removeprefix("driver-") == part]
    return set(found if len(parts) != 2 else found[:1])
