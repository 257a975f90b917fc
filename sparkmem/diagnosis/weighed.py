"""What else a text says is held against each finding: it settles one, speaks against one, or makes another of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sparkmem.diagnosis.advised import LOCAL_MODE
from sparkmem.diagnosis.clues import Clues, Seen
from sparkmem.diagnosis.conditions import Number, condition
from sparkmem.diagnosis.finding import AGAINST, CAUSE, CONFIRMS, HARMLESS, NOT_TOLD, POSSIBLE, SAID, Evidence, Finding
from sparkmem.diagnosis.found import Found, Shown
from sparkmem.diagnosis.helps import is_of_heaps, why_not
from sparkmem.diagnosis.moment.held import Moment
from sparkmem.diagnosis.moment.stage_page import GOING
from sparkmem.diagnosis.of_nodes import of_nodes
from sparkmem.diagnosis.services import DAEMON_HEAP, LEASE
from sparkmem.diagnosis.shares import shares
from sparkmem.diagnosis.tried import HELPS, PROPOSED, TRIED, of_help, words
from sparkmem.diagnosis.worked_out import by_names, worked_out
from sparkmem.facts import FACTS
from sparkmem.release import NEWEST
from sparkmem.size import MIB
from sparkmem.spark.settings.config import MEMORY_FRACTION

_PYTHONS = ((30, 7), (33, 9), (34, 10), (35, 11))
"""The newest Python 3 for which releases below one were made: as ``python/setup.py`` of 2.4, 3.2, 3.3 and 3.4 lists them."""
_JAVA, _MOST = "java", 1.6
"""A process of a JVM, and what it may hold as a multiple of its heap to be taken for that heap's."""
_OF_NO_HEAP = ("none", "elsewhere")
"""What is about no memory of Spark's: what a finding says against more of it is said of a heap that was raised."""
_KERNEL, _OF_A_PROGRAM = ("cgroup-oom", "system-oom", "oom-killer-invoked"), ("program_killed", "python_killed")
_WORKER_DIED = "python-worker-crashed"
_PROGRAMS = ("java", "python")
_FULL, _FAR = 900, 700
"""Thousandths of a heap that are used where it is full, and where it is far from that."""
_OF_PODS = {"limit": "pod_limit", "request": "pod_request"}


@dataclass(frozen=True)
class Around:
    """What is known of a text as a whole: its clues, what it has set, and what its moments say."""

    clues: Clues
    asked: Mapping[str, int]
    moments: Sequence[Moment]

    def numbers(self) -> dict[str, Number]:
        """All of it by the names that conditions have for it."""
        pods = {
            _OF_PODS[one.name]: one.bytes
            for moment in self.moments if moment.kind == "pod" for one in moment.held if one.name in _OF_PODS
        }  # fmt: skip
        rules = (self._of_stores, self._of_state, self._of_pythons, self._of_trees, self._of_clocks, self._of_releases,
                 self._of_devices, self._of_queues)  # fmt: skip
        cgroups = [{part.name: part.bytes for part in one.held} for one in self.moments if one.kind == "cgroup"]
        if len(cgroups) == 1 and {"limit", "used"} <= cgroups[0].keys():
            pods |= {f"cgroup_{name}": cgroups[0][name] for name in ("limit", "used")}
        stages = (part for one in self.moments if one.kind == "stage-page" for part in one.held)
        if going := max((part.bytes for part in stages if part.name == GOING), default=0):
            pods["going"] = going
        worked_out = {name: value for rule in rules for name, value in rule().items()}
        clues = self.clues.numbers()
        if "of_yarn" in clues or "of_kubernetes" in clues:
            clues.pop("of_standalone", None)
        return {**by_names(self.asked), **pods, **of_nodes(self.moments, self.asked, pods), **worked_out, **clues}

    def _of_stores(self) -> dict[str, Number]:
        """The heap that has a memory store of such a capacity, at the default of spark.memory.fraction [bytes]."""
        store = self.clues.seen.get("store_capacity")
        fraction, reserved = float(MEMORY_FRACTION.default or 0), int(FACTS["RESERVED_SYSTEM_MEMORY_BYTES"].at(NEWEST))
        return {"store_heap": round((store.value / fraction + reserved) / MIB) * MIB} if store and fraction else {}

    def _of_state(self) -> dict[str, Number]:
        """What each of the executors has of a streaming query's state, where it is spread evenly [bytes]."""
        state, many = self.clues.seen.get("state_bytes"), self.asked.get("spark.executor.instances", 0)
        return {"state_each": int(state.value) // many} if state and many else {}

    def _of_pythons(self) -> dict[str, Number]:
        """What as many Pythons as tasks at once hold, each as much as the one of which it is told [bytes]."""
        held, cores = map(self.clues.seen.get, ("python_held", "each_worker")), self.asked.get("spark.executor.cores", 0)
        largest = max((int(one.value) for one in held if one), default=0)
        return {"python_all": largest * cores} if largest and cores > 1 else {}

    def _of_trees(self) -> dict[str, Number]:
        """What the JVM and Python held of a container whose processes are listed [bytes]; nothing where several are."""
        trees = [moment for moment in self.moments if moment.kind == "process-tree"]
        if len(trees) != 1:
            return {}
        parts = {f"tree_{name}": sum(one.bytes for one in trees[0].held if one.name.startswith(name)) for name in _PROGRAMS}
        return {name: size for name, size in parts.items() if size}

    def _of_releases(self) -> dict[str, Number]:
        """That a Python is newer than those for which a release of Spark was made."""
        seen = self.clues.seen
        if not {"python_minor", "release_major", "release_minor"} <= seen.keys():
            return {}
        release = 10 * int(seen["release_major"].value) + int(seen["release_minor"].value)
        newest = next((minor for below, minor in _PYTHONS if release < below), 0)
        return {"python_too_new": 1} if 0 < newest < seen["python_minor"].value else {}

    def _of_devices(self) -> dict[str, Number]:
        """What one batch of each task on a GPU comes to [bytes]."""
        names = ("spark.rapids.sql.concurrentGpuTasks", "spark.rapids.sql.batchSizeBytes")
        tasks, batch = (self.asked.get(name, 0) for name in names)
        return {"gpu_batches": tasks * batch} if tasks and batch else {}

    def _of_queues(self) -> dict[str, Number]:
        """What a queue of YARN's has left of the share of its partition that it may have [bytes]."""
        used, most, partition = map(self.clues.seen.get, ("queue_used", "queue_most", "partition"))
        if not (used and most and partition):
            return {}
        return {"queue_room": max(0, int(partition.value * (most.value - used.value) / 1000))}

    def _of_clocks(self) -> dict[str, Number]:
        """How long something ran that began and ended at a clock's hours [ms]."""
        seen = self.clues.seen
        names = ("since_hours", "since_minutes", "until_hours", "until_minutes")
        if not all(name in seen for name in names):
            return {}
        hours, minutes, to_hours, to_minutes = (int(seen[name].value) for name in names)
        return {"span": 60_000 * ((60 * (to_hours - hours) + to_minutes - minutes) % 1440)}


def weighed(found: Mapping[str, Found], around: Around, known: Mapping[str, Finding]) -> dict[str, Found]:
    """The findings with what speaks for and against each; one that is another then, as that.

    A cause that is settled so is said, and no longer only possible; what is spoken against stays as a possible one.
    """
    numbers = around.numbers()
    told: dict[str, Found] = {}
    for one in found.values():
        if one.service or one.elsewhere or (one.finding.kind == HARMLESS and not one.finding.evidence):
            of_it = {name: numbers[name] for name in (LEASE, DAEMON_HEAP) if one.service and name in numbers}
            made = replace(one, more={**of_it, **one.more}) if of_it else one
        else:
            one = _by_its_metrics(_by_its_program(_by_its_size(one, around.asked), numbers), numbers)
            one = _by_its_worker(one, numbers) if _WORKER_DIED in found else one
            parts = shares(one.process, around.asked, int(one.asked.get(LOCAL_MODE, 0)), LOCAL_MODE in one.more)
            whose = {"of_driver": int(one.process == "driver"), "of_executor": int(one.process == "executor")}
            made = _weighed(replace(one, more={**numbers, **parts, **whose, **one.more}), around.clues.seen, known)
        same = told.get(made.finding.id)
        told[made.finding.id] = _together(same, made, made.finding.id == one.finding.id) if same else made
    return {id: _with_tried(one, around) for id, one in told.items()}


def _by_its_size(one: Found, asked: Mapping[str, int]) -> Found:
    """A JVM that was killed and names no process, as the one whose heap alone is set, where its size fits that heap."""
    heaps = {name: asked[f"spark.{name}.memory"] for name in ("driver", "executor") if f"spark.{name}.memory" in asked}
    used = one.numbers.get("used", 0)
    if one.process != NOT_TOLD or one.finding.process or _JAVA not in one.quote or len(heaps) != 1:
        return one
    ((name, heap),) = heaps.items()
    return replace(one, process=name) if heap / 2 <= used <= _MOST * heap else one


def _by_its_program(one: Found, numbers: Mapping[str, Number]) -> Found:
    """A Python that the kernel killed, where the driver says that its program's ended so: the program's own."""
    open_ = one.process == NOT_TOLD and one.finding.id in _KERNEL
    return replace(one, process="driver") if open_ and all(name in numbers for name in _OF_A_PROGRAM) else one


def _by_its_metrics(one: Found, numbers: Mapping[str, Number]) -> Found:
    """A heap that is full, as that of the process whose metrics alone say so (``glue.driver.jvm.heap.usage``)."""
    names = ("glue_driver", "glue_executors")
    if one.process != NOT_TOLD or one.finding.process or one.region != "heap" or not all(name in numbers for name in names):
        return one
    driver, executors = (numbers[name] for name in names)
    if driver >= _FULL and executors < _FAR:
        return replace(one, process="driver")
    return replace(one, process="executor") if executors >= _FULL and driver < _FAR else one


def _by_its_worker(one: Found, numbers: Mapping[str, Number]) -> Found:
    """A Python that the kernel killed, where a worker died: that worker."""
    open_ = one.process in (NOT_TOLD, "executor") and one.finding.id in _KERNEL and "python_killed" in numbers
    return replace(one, process="python worker", region="python") if open_ and _JAVA not in one.quote else one


def _weighed(one: Found, seen: Mapping[str, Seen], known: Mapping[str, Finding]) -> Found:
    numbers = {**one.more, **one.numbers}
    shown: list[Shown] = []
    signs: dict[str, Number] = {}
    for told in one.finding.evidence:
        if told.unless in numbers or not condition(told.when, numbers):
            continue
        shown.append(_shown(told, one, numbers, seen))
        signs |= {told.sign: 1} if told.sign else {}
        one = replace(one, region=told.region) if told.region else one
        if told.id and told.id in known:
            meant = known[told.id]
            turned = replace(one, finding=meant, region=meant.region, certainty=meant.certainty, shown=tuple(shown))
            return turned if not meant.process else replace(turned, process=meant.process)
    certainty = one.certainty
    if any(row.shows == AGAINST for row in shown):
        certainty = POSSIBLE
    elif certainty == POSSIBLE and any(row.shows == CONFIRMS for row in shown):
        certainty = SAID
    return replace(one, shown=tuple(shown), certainty=certainty, more={**signs, **one.more}) if shown else one


def _shown(told: Evidence, one: Found, numbers: Mapping[str, Number], seen: Mapping[str, Seen]) -> Shown:
    (says,) = worked_out([replace(told, when="")], numbers, one.asked) or [""]
    at = seen.get(told.clue)
    return Shown(told.shows, says, at.quote if at else "", at.line if at else 0)


def _together(one: Found, other: Found, own: bool) -> Found:
    """Two that turned out to be the same: what the one does not tell, the other does; ``own``: the other was it before."""
    first, second = (one, other) if not one.shown or (other.shown and not own) else (other, one)
    process = second.process if first.process == NOT_TOLD else first.process
    executors = tuple(dict.fromkeys((*first.executors, *second.executors)))
    at = first.at if first.at.executor or first.at.pod else replace(first.at, executor=second.at.executor, pod=second.at.pod)
    numbers = {**second.numbers, **first.numbers}
    return replace(
        first, process=process, executors=executors, at=at, numbers=numbers, shown=(*first.shown, *second.shown),
        written={**second.written, **first.written}, sizes=first.sizes | second.sizes, more={**second.more, **first.more},
    )  # fmt: skip


def _with_tried(one: Found, around: Around) -> Found:
    """A cause with what the writer tells of having tried in vain, and why what is proposed changes nothing."""
    tried, proposed = around.clues.tried, around.clues.proposed
    if one.finding.kind != CAUSE or not (tried or proposed) or one.service or one.elsewhere:
        return one

    def why(seen: Seen) -> list[str]:
        told = why_not(seen.quote, one.process, one.region, around.asked, one.more)
        refused = one.finding.not_to_do.partition(":")[0]
        of_no_heap = one.region in _OF_NO_HEAP and is_of_heaps(seen.quote) and is_of_heaps(refused)
        return told or ([one.finding.not_to_do] if of_no_heap else [])

    rows = [Shown(TRIED, " ".join([words(seen.quote, one.process), *why(seen)]), seen.quote, seen.line) for seen in tried]
    said = {seen.quote for seen in tried}
    rows += [
        Shown(PROPOSED, " ".join(reasons), seen.quote, seen.line)
        for seen in proposed if seen.quote not in said and one.certainty != POSSIBLE and (reasons := why(seen))
    ]  # fmt: skip
    keys = [change["key"] for change in one.changes] if one.certainty != POSSIBLE else []
    rows += [
        Shown(HELPS, f"{key} is among what changes something here.", seen.quote, seen.line)
        for seen in proposed if seen.quote not in said and not why(seen) and (key := of_help(seen.quote, keys))
    ]  # fmt: skip
    return replace(one, shown=(*one.shown, *rows))
