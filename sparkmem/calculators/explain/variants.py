"""A job under every other collector, release and cluster manager."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby, pairwise

from sparkmem.calculators.explain.calculator import EXPLAIN
from sparkmem.calculators.explain.variant import Job, Table, Variant, job
from sparkmem.errors import InputError
from sparkmem.given import Given
from sparkmem.jvm.collectors import COLLECTORS
from sparkmem.jvm.flags import FlagError, with_collector
from sparkmem.release import RELEASES
from sparkmem.spark.changes.between import changes_between
from sparkmem.spark.changes.change import Change
from sparkmem.subjects.java_heap.reading import flags_taken
from sparkmem.subjects.releases.comparison import Turn

_OPTIONS = ("spark.executor.defaultJavaOptions", "spark.executor.extraJavaOptions")
_RELEASE_FIGURES = {
    "container-limit": "Executor container", "memory-overhead": "Memory overhead", "spark-memory": "Spark memory",
}  # fmt: skip
_LOCAL_FIGURES = {"driver-jvm-max-memory": "Heap that Spark sees", "driver-spark-memory": "Spark memory"}
_MANAGERS = (
    ("yarn", "client"), ("yarn", "cluster"), ("kubernetes", "client"), ("kubernetes", "cluster"),
    ("standalone", "client"), ("standalone", "cluster"), ("local", "client"),
)  # fmt: skip


def _collectors(now: Job, given: Given) -> Table:
    local = given.text("cluster-manager") == "local"
    p = "driver-" if local else ""
    present = _collector(now, given)
    rows = []
    for gc, label in COLLECTORS.items():
        chosen = now if gc == present else job(_with_gc(given, gc, local))
        rows.append(Variant(f"gc-{gc}", ((label, chosen),), now))
    figures = {
        f"{p}jvm-max-memory": "Heap that Spark sees", f"{p}spark-memory": "Spark memory",
        f"{p}ui-storage-memory": "In the web UI",
    }  # fmt: skip
    return Table("collectors", "Another collector", "Collector", figures, tuple(rows))


def _collector(now: Job, given: Given) -> str:
    """The collector of the job as it is: chosen in the field, by a flag, or by the JVM; empty where a refusal hides it."""
    try:
        options = " ".join(given.text(key) for key in _OPTIONS if given.is_set(key))
        flagged = flags_taken(given, options).gc
    except FlagError:
        flagged = None
    said = now.result.meanings.get("gc", "").partition(",")[0]
    return given.text("gc") or flagged or next((gc for gc, label in COLLECTORS.items() if label == said), "")


def _with_gc(given: Given, gc: str, local: bool) -> dict[str, str]:
    """The inputs with another collector: in the flags where those choose one, else in the field."""
    own = dict(given.changed)
    swapped = {key: with_collector(own[key], gc) for key in _OPTIONS if key in own and not local}
    by_flag = any(own[key] != text for key, text in swapped.items())
    return own | swapped | ({"gc": gc} if "gc" in own or not by_flag else {})


def _releases(now: Job, given: Given) -> Table:
    figures = _LOCAL_FIGURES if given.text("cluster-manager") == "local" else _RELEASE_FIGURES
    present, place = given.release, {name: number for number, name in enumerate(RELEASES)}
    jobs = {name: now if name == present else job({**given.changed, "release": name}) for name in RELEASES}
    rows = []
    for _, run in groupby(jobs.items(), lambda item: _shown(item[1], figures)):
        choices = tuple(run)
        nearest = min((name for name, _ in choices), key=lambda name: abs(place[name] - place[present]))
        older, newer = sorted((nearest, present), key=place.__getitem__)
        changes = tuple(_seen(jobs, figures, older, newer))
        rows.append(Variant(f"release-{choices[0][0]}", choices, now, changes))
    return Table("releases", "Another release of Spark", "Spark", figures, tuple(rows))


def _shown(one: Job, figures: Mapping[str, str]) -> object:
    """What a row shows of a release, but for the words in which it refuses."""
    return one.verdict, one.refused, [one.size(id) for id in figures], sorted(one.remarks)


def _seen(jobs: Mapping[str, Job], figures: Mapping[str, str], older: str, newer: str) -> Iterator[Change]:
    """The changes that part one release from another, as far as figures and verdict show them."""
    names = list(RELEASES)
    for before, after in pairwise(names[names.index(older) : names.index(newer) + 1]):
        one, other = jobs[before], jobs[after]
        moved = frozenset(id for id in one.lines.keys() | other.lines.keys() if one.size(id) != other.size(id))
        turns = [(id, Turn(after, one.lines.get(id), other.lines.get(id), moved)) for id in figures if id in moved]
        if one.refused != other.refused:
            turns.append(("", Turn(after, InputError("", one.reason), InputError("", other.reason), moved)))
        for change in changes_between(before, after):
            if any(turn.explained_by(change, id) for id, turn in turns):
                yield change


def _managers(now: Job, given: Given) -> Table:
    present = given.text("cluster-manager"), given.text("deploy-mode")
    labels = dict(EXPLAIN.by_name["cluster-manager"].choices)
    rows = []
    for manager, mode in _MANAGERS:
        same = present == (manager, mode) or manager == "local" == present[0]
        chosen = now if same else job({**given.changed, "cluster-manager": manager, "deploy-mode": mode})
        name = "Local mode" if manager == "local" else f"{labels[manager]}, {mode} mode"
        rows.append(Variant(f"cluster-manager-{manager}-{mode}", ((name, chosen),), now))
    figures = {"container-limit": "Executor container", "driver-container-limit": "Driver container"}
    return Table("cluster-managers", "Another cluster manager or deploy mode", "Cluster manager", figures, tuple(rows))


TABLES: Mapping[str, Callable[[Job, Given], Table]] = {
    "collectors": _collectors,
    "releases": _releases,
    "cluster-managers": _managers,
}


def table(id: str, inputs: Mapping[str, str]) -> Table | None:
    """One of ``TABLES`` for the job that these inputs describe; None where it has no answer."""
    now = job(inputs)
    return TABLES[id](now, now.given) if now.given else None


def tables_of(inputs: Mapping[str, str]) -> list[Table]:
    """All of them."""
    return [found for id in TABLES if (found := table(id, inputs))]
