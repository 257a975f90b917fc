"""What every skin shows of a run: the rows of its tables, as texts."""

from __future__ import annotations

from sparkmem.eventlog.metrics import METRICS
from sparkmem.eventlog.tally import quantile
from sparkmem.jvm.collectors import NAMES
from sparkmem.render.run.clock import moment
from sparkmem.runs.finding import Finding, Told
from sparkmem.runs.reconcile import EQUAL, OTHERWISE
from sparkmem.runs.report import Report
from sparkmem.runs.right_size import RightSize
from sparkmem.runs.shapes import Shape
from sparkmem.runs.summary import hours_text
from sparkmem.runs.task_needs import stage_need
from sparkmem.runs.unmeasured import executor_hours
from sparkmem.size import mib_text
from sparkmem.spark.containers import MANAGERS

NOT_MEASURED = "not measured"
KINDS = {"cause": "cause", "consequence": "follows from it", "context": "beside"}


def size(size_bytes: int) -> str:
    """A measured size, where it was measured."""
    return mib_text(size_bytes) if size_bytes else NOT_MEASURED


def application(found: Report) -> list[tuple[str, str]]:
    """What ran where."""
    run, where = found.run, found.where
    release = run.release.said or "not in the log"
    if not run.release.known:
        release += f" (computed as Spark {run.release.name})"
    lasted = ((run.ended or 0) - (run.started or 0)) / 1000
    rows = [
        ("Application", run.name or run.id or "without a name"),
        ("Spark", release),
        ("Ran on", MANAGERS.get(where.manager, where.manager or "not in the log")),
        ("Java", f"{where.java}, {NAMES[where.collector]} by default"
         if where.java else "not in the log"),
        ("Began", moment(run.started)),
        ("Lasted", f"{lasted:,.1f} s" + ("" if run.read.complete else ", and the log has no end")),
        ("Executors", f"{len(run.workers)}, {executor_hours(run):.2f} hours together"),
        ("Read", f"{run.read.lines:,} lines, {run.read.bytes / 1e6:,.1f} MB; {run.read.bad:,} could not be read"),
    ]  # fmt: skip
    return [(name, text) for name, text in rows if text]


def finding_head(one: Finding) -> str:
    """A finding's first line."""
    times = f", {one.times} times" if one.times > 1 else ""
    whose = f" (executor {', '.join(one.executors[:6])})" if one.executors else ""
    return f"{one.title}{whose}{times}"


def numbers_told(text: Told) -> str:
    """The numbers of a text, after its title."""
    said = ", ".join(f"{name} {number}" for name, number in text.numbers.items())
    return f" ({said})" if said else ""


def reconciled(found: Report) -> list[tuple[str, str, str, str]]:
    """Executors with the same maxima together: which, by the log, by the configuration, why."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for one in found.reconciled.values():
        groups.setdefault((one.on_heap_maximum, one.off_heap_maximum, one.computed, one.how, one.reason), []).append(
            one.executor
        )
    rows = []
    for (on_heap, off_heap, computed, how, reason), names in groups.items():
        whole = (
            f"{on_heap:,}" + (f" + {off_heap:,} off the heap" if off_heap else "")
            if isinstance(on_heap, int)
            else "not in the log"
        )
        by = "the same" if how == EQUAL else f"{computed:,}" if isinstance(computed, int) else "not computed"
        rows.append((_names(names), whole, by, f"the log's is that of {reason}" if how == OTHERWISE else str(reason)))
    return rows


def _names(names: list[str]) -> str:
    return ", ".join(names) if len(names) <= 6 else f"{', '.join(names[:5])} and {len(names) - 5} more"


STAGE_HEAD = ["Stage", "Tasks", "Median task", "Largest peak and spill", "Needed together", "Spilled", "Collector"]


def stage_rows(found: Report, most: int = 40) -> list[list[str]]:
    """The stages with the largest needs, in their order."""
    stages = sorted(found.run.stages, key=lambda one: (-stage_need(one, found.where)[0], one.id))[:most]
    rows = []
    for one in sorted(stages, key=lambda stage: (stage.id, stage.attempt)):
        need, together = stage_need(one, found.where)
        ran = one.sum("run-ms")
        rows.append([
            f"{one.id}" + (f".{one.attempt}" if one.attempt else ""),
            f"{one.sum('succeeded'):,}" + (f", {one.sum('failed')} failed" if one.sum("failed") else ""),
            size(quantile(one.tally.execution, 0.5)), size(one.peak("need-of-a-task")),
            f"{mib_text(need)} for {together}" if need else NOT_MEASURED,
            mib_text(one.sum("memory-spilled")) if one.sum("memory-spilled") else "0",
            f"{one.sum('gc-ms') / ran:.0%}" if ran else "",
        ])  # fmt: skip
    return rows


NEED_HEAD = ["Need", "Size", "Figure", "Because"]


def need_rows(found: Report) -> list[list[str]]:
    """What the advice rests on."""
    needs = found.right_size.needs
    rows = []
    for name, one in (("Execution memory", needs.execution), ("Storage memory", needs.storage),
                      ("Outside the heap", needs.outside_heap), ("Python processes", needs.python)):  # fmt: skip
        text = (
            f"{'at least ' if one.at_least else ''}{mib_text(one.bytes)}"
            if one.bytes
            else "0"
            if one.how == "assumed"
            else ""
        )
        rows.append([name, text, one.how, one.because])
    return rows


SHAPE_HEAD = ["Executor", "Settings", "Spark memory", "Container", "GiB-hours", "How it is known"]


def shape_rows(found: Report) -> list[list[str]]:
    """As it ran, what is advised, and other ways."""
    advice = found.right_size
    shapes = [one for one in (advice.now, advice.advised, *advice.others) if one is not None]
    now = dict(advice.now.settings) if advice.now else {}
    rows = []
    for one in shapes:
        own = {
            key: text
            for key, text in one.settings.items()
            if (one is advice.now and key.startswith("spark.executor.")) or text != now.get(key)
        }
        whole, settings = one.spark_memory_bytes + one.off_heap_bytes, [f"{key} {text}" for key, text in own.items()]
        rows.append([
            _name(one, advice), ", ".join(text for text in settings if len(text) < 90) or "the same", mib_text(whole),
            mib_text(one.granted_bytes), hours_text(one.gib_hours(advice.hours)), one.note,
        ])  # fmt: skip
    return rows


def _name(one: Shape, advice: RightSize) -> str:
    return "at least" if one is advice.advised and advice.failed else one.name


def metric_rows() -> list[list[str]]:
    """Every metric that is sampled, for the page about logs."""
    return [[f"`{one.name}`", one.since, one.what, one.caution] for one in METRICS]
