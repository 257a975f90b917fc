"""What the inputs about a number come to: each way to read it, with a search for the executors that show it."""

from __future__ import annotations

from dataclasses import dataclass

from sparkmem.calculators.ui_number.inputs import ANY, PAGE
from sparkmem.calculators.ui_number.search import Search
from sparkmem.calculators.ui_number.variants import variants
from sparkmem.errors import BadInputs, InputError, SparkmemError
from sparkmem.given import Given
from sparkmem.release import NEWEST, RELEASES
from sparkmem.size import SizeError, byte_string_as_bytes, byte_string_as_mb
from sparkmem.size.shown import NotANumber, Reading, by_hand, readings, without_free
from sparkmem.spark.managers import static_regions
from sparkmem.spark.settings import config, plain_values, start_checks


@dataclass(frozen=True)
class Found:
    """One way to read the number, and the search for what explains it then."""

    reading: Reading
    search: Search
    by_hand: bool = False
    """Whether this is how a person would have written it, where Spark would not."""
    free: bool = False
    """Whether it is what was left of the total: then the search goes a little above it."""


def read_number(given: Given) -> list[Found]:
    """Each way to read the number, with what is known besides; ``BadInputs`` with every fault of theirs."""
    text, free = without_free(given.text("number"))
    read = given.attempt("number", _readings, given, text)
    mib = given.attempt("heap", _heap, given)
    off_heap = given.attempt(config.MEMORY_OFFHEAP_SIZE.key, _off_heap, given)
    fraction = given.attempt(config.MEMORY_FRACTION.key, _fraction, given)
    given.stop_on_faults()
    if read is None:  # cannot be: it is missing only with a fault
        raise SparkmemError("no number and no fault")
    java = int(given.text("java")) if given.text("java") else None
    jvms = tuple(variants(given.text("gc"), java))
    if not jvms:
        see = PAGE + "#explanations"
        raise BadInputs([InputError("gc", f"Java {java} has no such collector", see, change="leave one of the two out")])
    sizes = {(one.least_bytes, one.most_bytes, one.releases) for one in read}
    others = by_hand(text, None if given.release == ANY else given.release)
    others = [one for one in others if (one.least_bytes, one.most_bytes, one.releases) not in sizes]
    found = []
    for reading in (*read, *others):
        old = static_regions.RELEASE in reading.releases
        tried = jvms if old else tuple(jvm for jvm in jvms if jvm.gc != "cms")  # later ones ran on Javas without it, too
        most = reading.most_bytes + (reading.most_bytes // _STORED_EARLY if free else 0)
        for static in (False, True) if old else (False,):
            search = Search(reading.least_bytes, most, tried, fraction, mib, off_heap, static)
            found.append(Found(reading, search, reading in others, free))
    return found


_STORED_EARLY = 50
"""What an executor that has just started holds of its storage memory is less than one in so many."""


def _readings(given: Given, text: str) -> list[Reading]:
    try:
        return readings(text, None if given.release == ANY else given.release)
    except NotANumber:
        message = f"number {given.text('number')[:80]!r} is not a number with a unit"
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
