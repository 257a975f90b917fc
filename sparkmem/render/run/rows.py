"""What every skin shows of a run: the rows of its tables, as texts."""

from __future__ import annotations

from collections.abc import Sequence

from sparkmem.eventlog.metrics import METRICS
from sparkmem.eventlog.run import Executor
from sparkmem.eventlog.tally import quantile
from sparkmem.jvm.collectors import NAMES
from sparkmem.runs.finding import Finding, Told
from sparkmem.runs.reconcile import EQUAL, OTHERWISE
from sparkmem.runs.report import Report
from sparkmem.runs.right_size import RightSize
from sparkmem.runs.shapes import Shape
from sparkmem.runs.summary import hours_text
from sparkmem.runs.task_needs import stage_need
from sparkmem.runs.unmeasured import executor_hours
from sparkmem.size import mib_text

NOT_MEASURED = "not measured"
MANAGERS = {"yarn": "YARN", "kubernetes": "Kubernetes", "standalone": "a standalone cluster", "local": "local mode"}
KINDS = {"cause": "cause", "consequence": "follows from it", "context": "beside"}


def size(size_bytes: int) -> str:
    """A measured size, where it was measured."""
    return mib_text(size_bytes) if size_bytes else NOT_MEASURED


def moment(time: int | None) -> str:
    """A time as a day and a time of UTC.

    >>> moment(1702417715262)
    '2023-12-12 21:48:35'
    """
    if not time or time >= 1 << 46:
        return ""
    days, second = divmod(time // 1000, 86_400)
    year, month, day = _day(days)
    return f"{year}-{month:02}-{day:02} {second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


def _day(days: int) -> tuple[int, int, int]:
    """Year, month and day, so many days after the first of 1970; the page has no module for it.

    >>> _day(19_704), _day(11_016)
    ((2023, 12, 13), (2000, 2, 29))
    """
    era, day_of_era = divmod(days + 719_468, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month + 2) // 5 + 1
    return year_of_era + era * 400 + (month >= 10), month + 3 if month < 10 else month - 9, day


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


EXECUTOR_METRICS = (
    "JVMHeapMemory", "OnHeapExecutionMemory", "OnHeapStorageMemory", "OffHeapUnifiedMemory", "JVMOffHeapMemory",
    "DirectPoolMemory", "ProcessTreeJVMRSSMemory", "ProcessTreePythonRSSMemory",
)  # fmt: skip
_SHORT = {
    "JVMHeapMemory": "heap in use", "OnHeapExecutionMemory": "execution", "OnHeapStorageMemory": "storage",
    "OffHeapUnifiedMemory": "off-heap", "JVMOffHeapMemory": "metaspace, code", "DirectPoolMemory": "direct",
    "ProcessTreeJVMRSSMemory": "resident Java", "ProcessTreePythonRSSMemory": "resident Python",
}  # fmt: skip


def executor_head(found: Report) -> list[str]:
    """The columns of the table of executors: only metrics of which something was sampled."""
    return ["Executor", "Lived", "Tasks", "Spilled", *(_SHORT[name] for name in _sampled(found)), "End"]


def executor_rows(found: Report, most: int = 200) -> list[list[str]]:
    """A row for each executor, the driver first."""
    sampled = _sampled(found)
    return [_executor_row(one, found.run.ended or 0, sampled) for one in found.run.executors[:most]]


def _sampled(found: Report) -> list[str]:
    return [name for name in EXECUTOR_METRICS if any(one.peak(name) for one in found.run.executors)]


def _executor_row(one: Executor, run_ended: int, sampled: Sequence[str]) -> list[str]:
    ended = one.removed or run_ended
    lived = f"{(ended - one.added) / 1000:,.1f} s" if one.added and ended >= one.added else ""
    sums = one.tally.sums
    failed = f", {sums['failed']} failed" if sums.get("failed") else ""
    spilled = mib_text(sums["memory-spilled"]) if sums.get("memory-spilled") else "0"
    peaks = [size(one.peak(name)) for name in sampled]
    return [
        one.id,
        lived,
        f"{sums.get('succeeded', 0):,}{failed}",
        spilled,
        *peaks,
        one.reasons[0][:120] if one.reasons else "",
    ]


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
