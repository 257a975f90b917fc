"""The containers of an application: asked for in Spark's order, and refused in its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from sparkmem.answer.note import Note
from sparkmem.errors import InputError, Refused
from sparkmem.given import Given
from sparkmem.size import mib_text
from sparkmem.spark.containers.container import YARN, Application, Container, overflows
from sparkmem.spark.settings.config import EXECUTOR_MEMORY
from sparkmem.subjects.containers.processes import Asked, Granting
from sparkmem.subjects.containers.reading import mebibytes
from sparkmem.subjects.containers.settings import PAGE

T = TypeVar("T")


def ask(given: Given, app: Application) -> Asked:
    """The containers of the application, with every fault of theirs kept in ``given``, in Spark's order."""
    asked = ask_driver(given, app)
    executor = part(given, app.executor)
    check_number(given, app, EXECUTOR_MEMORY.key, executor)
    return replace(asked, executor=executor)


def ask_driver(given: Given, app: Application) -> Asked:
    """The same without the executor: the driver's container, and YARN's application master."""
    granting = _granting(given, app)
    master, driver = part(given, app.master), part(given, app.driver)
    if granting.maximum_mib is not None:
        _verify(given, app, granting.maximum_mib)
    check_number(given, app, "spark.driver.memory", driver)
    check_number(given, app, "spark.yarn.am.memory", master)
    return Asked(app, None, driver, master, granting)


def part(given: Given, compute: Callable[[], T]) -> T | None:
    """What ``compute`` returns; None with its refusal kept, unless a fault of the same input was found already."""
    try:
        return compute()
    except Refused as refusal:
        if not given.refused(refusal.key):
            given.errors.append(InputError(refusal.key, refusal.message, refusal.see, change=refusal.change, by=refusal.by))
        return None


def _granting(given: Given, app: Application) -> Granting:
    minimum, increment = _limit(given, "yarn-minimum-allocation"), _limit(given, "yarn-increment-allocation")
    maximum, node = _limit(given, "yarn-maximum-allocation"), _limit(given, "node-memory")
    limits = [limit for limit in (maximum, node) if limit is not None]
    if app.manager != YARN:
        return Granting(None, None, None, node)
    step = increment if given.text("yarn-scheduler") == "fair" else minimum
    return Granting(minimum or 1, step or 1, min(limits) if limits else None, node)


def _limit(given: Given, name: str) -> int | None:
    return given.attempt(name, mebibytes, given, name) if given.text(name) else None  # most requests say none of them


def allocation_notes(given: Given) -> Iterator[Note]:
    """What is said of a minimum above the maximum, which keeps a ResourceManager from starting (``validateConf``)."""
    names = ("yarn-minimum-allocation", "yarn-maximum-allocation")
    if given.text("cluster-manager") not in ("", YARN) or not all(given.is_set(name) for name in names):
        return
    minimum, maximum = (mebibytes(given, name) or 0 for name in names)
    if minimum > maximum:
        text = (
            f"YARN's smallest container, {minimum:,} MiB, is larger than its largest, {maximum:,} MiB: no ResourceManager"
            " starts with these. Give the minimum and the maximum of one cluster."
        )
        yield Note("smallest-above-largest", text, PAGE + "#container-limit", "warning")


def _verify(given: Given, app: Application, maximum_mib: int) -> None:
    """Refuse what no node of YARN can hold, with the largest heap that one can."""
    before = len(given.errors)
    part(given, lambda: app.verify(maximum_mib))
    if len(given.errors) > before and given.errors[-1].name != EXECUTOR_MEMORY.key:
        given.errors[-1].change = f"raise the limit of the cluster, or lower {given.errors[-1].name}"
    elif len(given.errors) > before:
        largest = largest_heap_mib(app, maximum_mib)
        fits = f"or lower spark.executor.memory: {largest}m fits" if largest else "no heap fits beside the rest"
        given.errors[-1].change = f"raise the limit of the cluster, {fits}"


def largest_heap_mib(app: Application, maximum_mib: int) -> int:
    """The largest ``spark.executor.memory`` [MiB] whose container is no larger; 0 where there is none."""
    low, high = 0, maximum_mib
    while low < high:
        middle = (low + high + 1) // 2
        fits = _fits(app, middle, maximum_mib)
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _fits(app: Application, heap_mib: int, maximum_mib: int) -> bool:
    conf = app.conf.plus({EXECUTOR_MEMORY.key: f"{heap_mib}m"})
    try:
        tried = replace(app, conf=conf, requests=None).executor()
    except Refused:  # the check of the cluster's limit comes before that of the terms
        return False
    return tried is not None and tried.total_mib <= maximum_mib


def check_number(given: Given, app: Application, key: str, container: Container | None) -> None:
    """Refuse a sum that Spark itself would not notice to overflow."""
    kept = overflows(container, app.manager) if container else None
    if container and kept is not None and not given.refused(key):
        message = (
            f"the container would be {container.total_mib:,} MiB, more than the number holds that Spark asks with:"
            f" {app.manager} would be asked for {kept:,} MiB"
        )
        change = f"keep the sum below {mib_text(1 << 51)}"
        given.errors.append(InputError(key, message, PAGE + "#refusals", change=change))
