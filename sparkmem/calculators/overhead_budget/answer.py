"""The budget in words: what the overhead has to hold, what Spark gives, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.breakdown import Breakdown
from sparkmem.answer.line import SET, Line
from sparkmem.answer.result import Result
from sparkmem.calculators.overhead_budget.budget import Budget
from sparkmem.calculators.overhead_budget.counted import counted_again
from sparkmem.calculators.overhead_budget.inputs import PAGE
from sparkmem.calculators.overhead_budget.limits import limits
from sparkmem.calculators.overhead_budget.needs import Needs, container_with
from sparkmem.calculators.overhead_budget.notes import notes
from sparkmem.calculators.overhead_budget.parts import parts, threads_of
from sparkmem.calculators.overhead_budget.seen import above_bytes, seen_headline, seen_lines, seen_picture
from sparkmem.given import Given
from sparkmem.release import release as release_named
from sparkmem.size import MIB, mib_text
from sparkmem.spark.containers.container import STANDALONE, YARN
from sparkmem.subjects.containers.reasons import Reasons
from sparkmem.subjects.containers.sources import source as container_source


def result_of(given: Given, needs: Needs) -> Result:
    """The figures with their reasons, sources and notes."""
    budget = _budget(given, needs)
    seen = [seen_picture(budget, needs.native)] if needs.native else []
    compared = seen_lines(budget, needs.native) if needs.native else ()
    lines = [*_overhead_lines(given, budget), *compared, *limits(given, needs)]
    headline = _headline(budget)
    return Result(
        breakdowns=(_picture(given, budget), *seen),
        lines=tuple(lines),
        notes=tuple(notes(given, budget)),
        meanings=_meanings(given, budget),
        headline=f"{seen_headline(budget, needs.native)} {headline}" if needs.native else headline,
    )


def _budget(given: Given, needs: Needs) -> Budget:
    found = parts(given, needs)
    together = sum(line.size_bytes or 0 for line in found)
    percent = needs.margin_percent
    margin = Line(
        "safety-margin", "Safety margin", together * percent // 100, because=f"{percent} % of {mib_text(together)}",
        see=PAGE + "#safety-margin", provenance=given.provenance("safety-margin"),
    )  # fmt: skip
    above = _above(needs, Budget(needs, tuple(found), together, None, 0))
    found += [*counted_again(needs), *above, margin]
    container = needs.process.container
    overhead = container.overhead_mib * MIB if container and container.overhead else None
    rounding = (needs.asked.granting.limit_mib(container.total_mib) - container.total_mib) * MIB if container else 0
    return Budget(needs, tuple(found), sum(line.size_bytes or 0 for line in found), overhead, max(rounding, 0))


def _above(needs: Needs, budgeted: Budget) -> list[Line]:
    """What a paste shows beyond the parts, so that the budget holds it too."""
    if needs.native is None:
        return []
    size = above_bytes(budgeted, needs.native)
    line = Line(
        "seen-above-budget", "Seen above its part", size, see=PAGE + "#paste", provenance=SET,
        because="what is committed beyond what was budgeted, area by area",
    )  # fmt: skip
    return [line] if size else []


def _picture(given: Given, budget: Budget) -> Breakdown:
    """The budget; inside the overhead where that is larger, so that what is left shows."""
    whole = Line(
        "overhead-budget", "Budget outside the heap", budget.needed_bytes, see=PAGE + "#how-big",
        because="all parts and the margin",
    )  # fmt: skip
    inner = Breakdown(whole, budget.parts)
    overhead = budget.overhead_bytes
    if overhead is None or overhead <= budget.needed_bytes:
        return inner
    left = Line(
        "room-left", "Left", overhead - budget.needed_bytes, see=PAGE + "#verdict",
        because=f"{mib_text(overhead)} - {mib_text(budget.needed_bytes)}",
    )  # fmt: skip
    return Breakdown(_reserved(given, budget), (inner, left))


def _reserved(given: Given, budget: Budget) -> Line:
    """What Spark gives: the container's own line of the overhead."""
    needs, process = budget.needs, budget.needs.process
    because = Reasons(given, needs.app, process.prefix, process.container).overhead(process.overhead_key)
    return Line(
        "memory-overhead", "Memory overhead that Spark reserves", budget.overhead_bytes or 0, see=PAGE + "#verdict",
        because=because, source=container_source(needs.app, process.prefix, "overhead"),
        provenance=given.provenance(process.overhead_key) if given.is_set(process.overhead_key) else "derived",
    )  # fmt: skip


def _overhead_lines(given: Given, budget: Budget) -> Iterator[Line]:
    needs, process = budget.needs, budget.needs.process
    reserved = _reserved(given, budget)
    if budget.overhead_bytes is None or budget.overhead_bytes <= budget.needed_bytes:
        yield reserved
    if budget.missing_bytes and budget.overhead_bytes is not None:
        yield Line(
            "overhead-missing", "Missing", budget.missing_bytes, see=PAGE + "#verdict",
            because=f"{mib_text(budget.needed_bytes)} - {mib_text(budget.overhead_bytes)}",
        )  # fmt: skip
    if budget.overhead_bytes is None:
        return
    key, to_set = process.overhead_key, budget.to_set_mib
    yield Line(
        "overhead-to-set", "Overhead that holds the budget", to_set * MIB, see=PAGE + "#verdict", source=reserved.source,
        because=f"{key}={to_set}m, the budget up to whole MiB, in which Spark counts",
    )  # fmt: skip
    limit = container_with(needs, to_set)
    if limit is not None:
        now = needs.asked.granting.limit_mib(process.terms.total_mib)
        yield Line(
            "container-with-it", "Container with it", limit * MIB, see=PAGE + "#verdict",
            because=f"{mib_text(now * MIB)} as it is now" if limit != now else "the same container as now",
            source=container_source(needs.app, process.prefix, "limit"),
        )  # fmt: skip


def _meanings(given: Given, budget: Budget) -> dict[str, str]:
    needs = budget.needs
    meanings = {"release": f"measured on Spark {release_named(given.release).witness}"}
    meanings[needs.process.heap_key] = f"-Xmx, {mib_text(needs.heap.asked_bytes)}"
    if needs.threads is None:
        meanings["threads"] = f"{threads_of(needs):,}"
    for name in ("metaspace", "code-cache", "direct-memory"):
        if needs.sizes[name] is None:
            meanings[name] = mib_text(budget.part(name))
    if needs.native:
        count = len(needs.native.categories) + 1
        meanings["native-memory"] = f"{count} categories, {mib_text(needs.native.outside_bytes)} outside the heap"
    return meanings


def _headline(budget: Budget) -> str:
    needs, needed = budget.needs, mib_text(budget.to_set_mib * MIB)
    who = "The driver" if needs.is_driver else "An executor"
    if budget.overhead_bytes is None:
        where = "a standalone worker reserves nothing for it: leave it free on the machine"
        if needs.app.manager != STANDALONE:
            where = "in client mode nobody reserves it: leave it free where spark-submit runs"
        return f"{who} is budgeted {needed} outside its heap, and {where}."
    given = mib_text(budget.overhead_bytes)
    if not budget.missing_bytes:
        left = mib_text(budget.overhead_bytes - budget.needed_bytes)
        return f"Enough: {needed} are budgeted, and the overhead is {given}, with {left} left."
    missing = mib_text(budget.missing_bytes)
    if budget.missing_bytes <= budget.rounding_bytes and needs.app.manager == YARN:
        rounds = mib_text(budget.rounding_bytes)
        more = f"{mib_text(budget.needed_bytes)} are budgeted, {missing} more than the overhead"
        return f"Enough only because YARN rounds up: {more}, and its rounding adds {rounds}."
    setting = f"{needs.process.overhead_key}={budget.to_set_mib}m"
    return f"Short by {missing}: {needed} are budgeted, and the overhead is {given}. Set {setting}."
