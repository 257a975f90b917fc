"""What the tasks of a stage needed together, on an executor on which as many of them run at once as it has places."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sparkmem.eventlog.run import Stage
from sparkmem.eventlog.tally import KEPT_TASKS
from sparkmem.eventlog.tally import Need as TaskNeed
from sparkmem.runs.circumstances import Circumstances
from sparkmem.runs.fast_map import beside_a_fast_map
from sparkmem.runs.operator_needs import known, need_of_task
from sparkmem.runs.python_spill import spilled_in_python


def slots(where: Circumstances) -> int:
    """How many tasks run together on an executor."""
    return max(1, where.cores // where.task_cpus)


def stage_need(stage: Stage, where: Circumstances) -> tuple[int, int]:
    """Execution memory in which no task of a stage would have spilled on one executor [bytes], and of how many tasks.

    Tasks that run together get an equal part of it each, so that it is the largest need of those, as often as there are
    tasks; where a stage has more tasks than were kept, those with the largest needs are taken as if they had run together.
    """
    if spilled_in_python(stage):
        return (0, 0)
    return _of_tasks(tuple(tasks_of(stage, where)), sum(stage.tally.execution.values()), slots(where))


@lru_cache(4096)
def _of_tasks(kept: tuple[TaskNeed, ...], many: int, most: int) -> tuple[int, int]:
    if many > KEPT_TASKS:
        return _equal_parts(kept[:most])
    named = ([task for task in kept if task[4] == name] for name in {task[4] for task in kept})
    # the clock of the driver lets a task begin before the one in its place has ended
    return max((min(_together(own), _equal_parts(own[:most])) for own in named), default=(0, 0))


def tasks_of(stage: Stage, where: Circumstances) -> list[TaskNeed]:
    """The tasks with the largest needs, each with what it needed: by its operators where the log has what that takes.

    From 4.0 on a log has what a task held at once too, with what no operator counts: where nothing spilled, that is it.
    """
    kept = stage.tally.largest()
    if not kept or spilled_in_python(stage):
        return []
    held, pool = held_at_once(stage), where.pool // slots(where)
    if stage.sum("memory-spilled"):
        each = [(need_of_task(stage, task[0], pool), *task[1:]) for task in kept] if known(stage) else kept
        return sorted(each, reverse=True)
    largest = held or kept[0][0]
    if known(stage) and (not held or beside_a_fast_map(stage, pool)):
        largest = max(largest, need_of_task(stage, kept[0][0], pool))
    return [(task[0] * max(largest, kept[0][0]) // kept[0][0], *task[1:]) for task in kept]


def held_at_once(stage: Stage) -> int:
    """The most that a task of the stage held at one moment, with what no operator counts [bytes]; 0 before 4.0."""
    return max(stage.peak("on-heap-execution-of-a-task"), stage.peak("off-heap-execution-of-a-task"))


def _equal_parts(tasks: Sequence[TaskNeed]) -> tuple[int, int]:
    """As much for each as the largest needs [bytes], and for how many."""
    return (tasks[0][0] * len(tasks), len(tasks)) if tasks else (0, 0)


def _together(tasks: Sequence[TaskNeed]) -> tuple[int, int]:
    """The largest need at one moment, and of how many tasks: each has what it needs when half of its time is over."""
    best = (0, 0)
    for moment in sorted({task[3] for task in tasks}):
        running = [task for task in tasks if task[2] < moment <= task[3]]
        grown = max((min(1.0, 2 * (moment - task[2]) / (task[3] - task[2])) * task[0] for task in running), default=0)
        best = max(best, (int(grown) * len(running), len(running)))
    return best
