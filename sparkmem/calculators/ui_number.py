"""From a number in the web UI or a log to the executors that show it."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.answer.result import Result
from sparkmem.calculator import RELEASE, Calculator, Given, Input
from sparkmem.calculators.ui_number_answer import PAGE, Found, result_of
from sparkmem.calculators.ui_search import Search
from sparkmem.calculators.ui_variants import variants
from sparkmem.errors import InputError, SparkmemError
from sparkmem.release import NEWEST, RELEASES
from sparkmem.size import SizeError, byte_string_as_bytes, byte_string_as_mb
from sparkmem.size.shown import NotANumber, Reading, readings
from sparkmem.spark.managers import static_regions
from sparkmem.spark.settings import config, plain_values, start_checks
from sparkmem.subjects.java_heap.inputs import HEAP_INPUTS

ANY = "any"

_SHARED = {item.name: item for item in HEAP_INPUTS}

INPUTS = (
    Input(
        "number", "Number", "As the web UI or the log writes it, with its unit, or in bytes.",
        default="366.3 MiB", group="executor", unit="text", example="956.6 MB", see=PAGE + "#number",
    ),
    replace(
        RELEASE, default=ANY, choices=((ANY, "not known"), *RELEASE.choices), see=PAGE + "#readings",
        help="The unit often says enough: before 3.0, Spark wrote MB.",
    ),
    replace(_SHARED["gc"], choices=(("", "not known"), *_SHARED["gc"].choices[1:]), see=PAGE + "#explanations"),
    replace(_SHARED["java"], choices=(("", "not known"), *_SHARED["java"].choices[1:]), see=PAGE + "#explanations"),
    Input(
        "heap", "Executor memory, if you know it", "Then the off-heap size is worked out as well.",
        group="executor", unit="size", example="4g", see=PAGE + "#explanations",
    ),
    Input(
        config.MEMORY_OFFHEAP_SIZE.key, "Off-heap size, if you know it", "Leave it empty to try the usual sizes.",
        group="executor", unit="size", example="0", see=PAGE + "#explanations",
    ),
    Input(
        config.MEMORY_FRACTION.key, "Memory fraction", "Share of (heap - reserved memory) that storage and execution use.",
        default=config.MEMORY_FRACTION.default or "", group="machine", unit="number", example="0.6",
        see=PAGE + "#explanations",
    ),
)  # fmt: skip


def _answer(given: Given) -> Result:
    read = given.attempt("number", _readings, given)
    mib = given.attempt("heap", _heap, given)
    off_heap = given.attempt(config.MEMORY_OFFHEAP_SIZE.key, _off_heap, given)
    fraction = given.attempt(config.MEMORY_FRACTION.key, _fraction, given)
    given.stop_on_faults()
    if read is None:  # cannot be: it is missing only with a fault
        raise SparkmemError("no number and no fault")
    java = int(given.text("java")) if given.text("java") else None
    jvms = tuple(variants(given.text("gc"), java))
    found = [
        Found(reading, Search(reading.least_bytes, reading.most_bytes, jvms, fraction, mib, off_heap, static))
        for reading in read
        for static in ((False, True) if static_regions.RELEASE in reading.releases else (False,))
    ]
    return result_of(given, found)


def _readings(given: Given) -> list[Reading]:
    text = given.text("number")
    try:
        return readings(text, None if given.release == ANY else given.release)
    except NotANumber:
        message = f"number {text[:80]!r} is not a number with a unit"
        raise InputError("number", message, PAGE + "#number", change="write it as 366.3 MiB or in bytes") from None


def _heap(given: Given) -> int | None:
    text = given.text("heap")
    if not text:
        return None
    try:
        mib = byte_string_as_mb(text, NEWEST)
    except SizeError as error:
        raise InputError("heap", str(error), PAGE + "#explanations", change="write it as 4g") from None
    if not 8 <= mib <= 4 << 20:
        raise InputError("heap", f"heap {text!r} is not between 8 MiB and 4 TiB", PAGE + "#explanations", change="write 4g")
    return mib


def _off_heap(given: Given) -> int | None:
    text = given.text(config.MEMORY_OFFHEAP_SIZE.key)
    if not text:
        return None
    try:
        return byte_string_as_bytes(text, NEWEST)
    except SizeError as error:
        see = PAGE + "#explanations"
        raise InputError(config.MEMORY_OFFHEAP_SIZE.key, str(error), see, change="write it as 2g") from None


def _fraction(given: Given) -> float:
    key = config.MEMORY_FRACTION.key
    value = plain_values.plain_double(key, given.text(key))
    if not 0 < value <= 1:
        refusal = start_checks.fraction_refusal(key, value, given.release if given.release in RELEASES else NEWEST)
        message, by = (refusal, "Spark") if refusal else (f"with {key} {given.text(key)}, nothing is shown", "sparkmem")
        raise InputError(key, message, PAGE + "#explanations", change="write it as 0.6", by=by)
    return value


UI_NUMBER = Calculator(
    id="ui-number",
    title="A number in the web UI",
    question="Which executor shows this number?",
    inputs=INPUTS,
    compute=_answer,
    see=PAGE + "#number",
)
