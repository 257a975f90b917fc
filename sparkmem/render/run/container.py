"""The container picture of "Explain my job" with what the run reached drawn into its regions."""

from __future__ import annotations

from collections.abc import Mapping

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import Line
from sparkmem.errors import BadInputs
from sparkmem.render.picture import picture
from sparkmem.render.run.peaks import Peaks
from sparkmem.requests.evaluate import run

_CAPTION = (
    "The {} as it was configured, to scale. The edge in a region is the largest that was measured in it, from its own side:"
    " storage memory grows from the left, execution memory from the right, each into the other's region where that is free."
    " They need not have been so large at the same moment."
)

_NOT_MEASURED = "The {} as it was configured, to scale. The log has no figure of what was in it."


def container_of(found: Peaks) -> Breakdown | None:
    """The container of an executor, or the heap of the one process there was; None where the model has no answer."""
    try:
        result, _, _ = run({"calculator": "explain", "inputs": dict(found.inputs)})
    except BadInputs:
        return None
    driver = found.process == "driver"
    drawn = [one for one in result.breakdowns if one.total.id.startswith("driver-") == driver]
    return next((one for one in drawn if one.total.size_bytes and not one.total.id.startswith("am-")), None)


def sizes_of(container: Breakdown | None) -> dict[str, int]:
    """The sizes of its regions [bytes], by their ids without the driver's prefix."""
    lines = container.lines() if container else ()
    return {_own(line): line.size_bytes or 0 for line in lines}


def container_html(found: Peaks, container: Breakdown | None) -> str:
    """The picture; empty where the model has none."""
    if container is None:
        return ""
    sizes = sizes_of(container)
    drawn = {_id(container, name): html for name, html in _drawn(found.reached, sizes).items()}
    whose = "executor's container" if found.process == "executor" else "heap of the driver"
    caption = (_CAPTION if drawn else _NOT_MEASURED).format(whose)
    return picture([container], caption, drawn=drawn)


def _own(line: Line) -> str:
    return line.id.removeprefix("driver-")


def _id(container: Breakdown, name: str) -> str:
    return f"driver-{name}" if container.total.id.startswith("driver-") else name


def _drawn(reached: Mapping[str, int], sizes: Mapping[str, int]) -> dict[str, str]:
    """What is drawn into which region."""
    made: dict[str, str] = {}
    if "heap" in reached:
        made["jvm-max-memory"] = _edge(reached["heap"], sizes.get("jvm-max-memory", 0))
    made |= _both("storage-region", "execution-region", reached.get("storage", 0), reached.get("execution", 0), sizes)
    outside, python = reached.get("outside", 0), reached.get("python", 0)
    if sizes.get("pyspark-memory"):
        made["pyspark-memory"] = _edge(python, sizes["pyspark-memory"])
    else:
        outside += python
    made["memory-overhead"] = _edge(outside, sizes.get("memory-overhead", 0))
    made["off-heap-memory"] = _edge(reached.get("off-heap", 0), sizes.get("off-heap-memory", 0))
    return {name: html for name, html in made.items() if html}


def _both(left: str, right: str, storage: int, execution: int, sizes: Mapping[str, int]) -> dict[str, str]:
    """Storage and execution memory in their regions, and what each took of the other's."""
    first, second = sizes.get(left, 0), sizes.get(right, 0)
    return {
        left: _edge(min(storage, first), first) + _edge(max(execution - second, 0), first, True),
        right: _edge(max(storage - first, 0), second) + _edge(min(execution, second), second, True),
    }


def _edge(reached: int, size: int, from_the_end: bool = False) -> str:
    if not reached or not size:
        return ""
    share = min(reached / size * 100, 100)
    return f'<i class="sm-reached"{" data-from-end" if from_the_end else ""} style="inline-size:{share:.2f}%"></i>'
