"""Executors of a run that are of one size: those that the configuration sizes, and the smallest of several."""

from __future__ import annotations

from dataclasses import replace

from sparkmem.eventlog.run import DRIVER, Executor, Run

DEFAULT_PROFILE = 0


def of_one_profile(run: Run) -> tuple[Run, tuple[int, ...]]:
    """The executors and stages of the profile that the configuration sizes, and the profiles that are left out.

    Where no executor is of it, the run as it is.
    """
    others = tuple(sorted({one.profile for one in run.workers} - {DEFAULT_PROFILE}))
    if not others or not any(one.profile == DEFAULT_PROFILE and one.maxima for one in run.workers):
        return run, ()
    executors = tuple(one for one in run.executors if one.profile == DEFAULT_PROFILE or one.id == DRIVER)
    stages = tuple(one for one in run.stages if one.profile == DEFAULT_PROFILE)
    return replace(run, executors=executors, stages=stages), others


def smallest(run: Run) -> Executor | None:
    """The executor with the least Spark memory of those that ran tasks: where there are several sizes, it was enough."""
    told = [one for one in run.workers if one.maxima]
    busy = [one for one in told if one.tally.sums.get("succeeded")]
    return min(busy or told, key=lambda one: sum(one.maxima[0]), default=None)


def sizes_told(run: Run, worker: Executor) -> list[str]:
    """What is to be said of executors of other sizes and of resource profiles."""
    said = []
    if len({one.maxima[0] for one in run.workers if one.maxima}) > 1:
        said.append(f"executors were of several sizes: as it ran is the smallest that ran tasks, executor {worker.id}")
    if worker.profile:
        said.append(f"the sizes of resource profile {worker.profile} are set in the program, not in the configuration")
    return said
