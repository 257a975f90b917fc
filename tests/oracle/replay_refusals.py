"""Recorded refusals put to the register, in the recording's own terms: a value, or the text of a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from sparkmem.errors import Refused
from sparkmem.javalang import java_double_text
from sparkmem.refusals import allocation, buffers, entries, slots, start, submission
from sparkmem.refusals.job import Job
from sparkmem.release import since
from sparkmem.spark.settings.spark_conf import SparkConf
from sparkmem.spark.settings.start_checks import validate_settings

Case = Mapping[str, Any]

AKKA_GONE = 128
"""The default of the key in its place, which is what an old name comes to that is not read any more."""
NO_SUCH_ENTRY = "no such entry in this version"


def said(case: Case, release: str) -> Any:
    """The model's answer to a case."""
    try:
        return _KINDS[case["kind"]](case, release)
    except Refused as refusal:
        return refusal.message


def recorded(outcome: Case) -> Any:
    """The real answer in the same terms."""
    return outcome["error"] if "error" in outcome else outcome["value"]


def _reading(case: Case, release: str) -> Any:
    key = case["key"]
    try:
        value = entries.read_any(key, case["value"], release)
    except KeyError:
        return AKKA_GONE if key == "spark.akka.frameSize" and release != "2.4" else NO_SUCH_ENTRY
    if isinstance(value, float) and not isfinite(value):
        return java_double_text(value)
    return value if isinstance(value, bool | int | float | str) else f"{value:.9f}"


def _allocation(case: Case, release: str) -> Any:
    job = Job(case["conf"], release)
    enabled = job.value(allocation.ENABLED, False)
    if case["check"] == "initial":
        return allocation.initial_target(job, enabled)
    if since(release, "3.1"):
        slots.check_profile(job)
    allocation.validate(job)
    slots.check_dynamic(job)
    return "ok"


def _slots(case: Case, release: str) -> Any:
    settings = dict(case["conf"])
    master = settings.pop("spark.master")
    manager = "standalone" if master.startswith("spark:") else "local" if master.startswith("local") else master
    job = Job(settings, release, manager, local_cores=3 if master == "local[3]" else 1)
    check = case["check"]
    if check == "profiles":
        slots.check_profile(job)
    elif check == "settings":
        validate_settings(SparkConf(settings, release))
    else:
        slots.check_scheduler(job, master)
    return "ok"


def _buffers(case: Case, release: str) -> Any:
    job = Job(case["conf"], release)
    if case["check"] == "message":
        return buffers.largest_message(job)
    (buffers.check_kryo if case["check"] == "kryo" else buffers.check_outputs)(job)
    return "ok"


def _start(case: Case, release: str) -> Any:
    start.check(case["conf"], release)
    return "ok"


def _submission(case: Case, release: str) -> Any:
    settings = dict(case.get("conf", {}))
    words = case["arguments"]
    settings |= {_OPTIONS[name]: text for name, text in zip(words[::2], words[1::2], strict=True) if name in _OPTIONS}
    submission.check_arguments(Job(settings, release), settings.get(allocation.ENABLED, "").lower() == "true")
    return "ok"


_OPTIONS = {
    "--driver-memory": "spark.driver.memory", "--executor-memory": "spark.executor.memory",
    "--executor-cores": "spark.executor.cores", "--num-executors": "spark.executor.instances",
    "--total-executor-cores": "spark.cores.max", "--driver-cores": "spark.driver.cores",
}  # fmt: skip
_KINDS = {
    "reading": _reading, "allocation": _allocation, "slots": _slots, "buffers": _buffers, "submission": _submission,
    "start": _start,
}  # fmt: skip
