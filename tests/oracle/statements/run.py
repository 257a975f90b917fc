"""What an experiment's statement is written with: the figures of a run, and where a check is kept."""

from collections.abc import Callable
from typing import Any

from tools.lab import record

MIB = 1 << 20
RUNS = record.load()

Check = Callable[["Run"], None]


class Run:
    """The figures of a run, by name: `run("heap-growth")`."""

    def __init__(self, figures: dict[str, dict[str, Any]], java_version: str, release: str | None = None) -> None:
        self.figures = figures
        self.java = int(java_version.partition(".")[0])
        self.release = release

    def __call__(self, name: str) -> Any:
        ((_, value),) = self.figures[name].items()
        return value


class Checks(dict[str, Check]):
    """The checks of a group's experiments."""

    def holds(self, experiment_id: str) -> Callable[[Check], Check]:
        """Keeps the decorated function as the check of an experiment."""

        def keep(check: Check) -> Check:
            assert experiment_id not in self
            self[experiment_id] = check
            return check

        return keep
