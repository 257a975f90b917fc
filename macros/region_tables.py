"""Tables of the pages about executors and the regions of their memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sparkmem
from macros.prose import figure
from macros.unbroken import unbroken_items
from sparkmem.release import RELEASES
from sparkmem.render.markdown import table


def figures_by_size(rows: Mapping[str, str], sizes: Iterable[str], inputs: Mapping[str, str] | None = None) -> str:
    """Figures of executor-memory for heaps of several sizes: ``rows`` gives each figure's heading."""
    body = [
        [f"`{size}`", *(figure("executor-memory", row, {**(inputs or {}), "spark.executor.memory": size}) for row in rows)]
        for size in sizes
    ]
    return table(["Executor memory", *rows.values()], body, right=range(1, len(rows) + 1))


def figures_by_release(calculator: str, row: str, columns: Mapping[str, Mapping[str, str]]) -> str:
    """One figure under several settings, a row for each run of releases in which none of them differs."""
    spans: list[tuple[list[str], list[str]]] = []
    for release in RELEASES:
        found = [figure(calculator, row, {**inputs, "release": release}) for inputs in columns.values()]
        if spans and spans[-1][1] == found:
            spans[-1][0].append(release)
        else:
            spans.append(([release], found))
    body = [[_span(releases), *found] for releases, found in spans]
    return table(["Release", *columns], body, right=range(1, len(columns) + 1))


def packings(inputs: Mapping[str, str]) -> str:
    """The ways to divide a node that the model finds, the largest executors first."""
    answer = sparkmem.evaluate({"calculator": "fit-node", "inputs": dict(inputs)})
    rows = [row for row in answer["rows"] if row["id"].startswith("packing-")]
    body = [[row["label"], unbroken_items(row["text"]), unbroken_items(_left_over(row["because"]))] for row in rows]
    return table(["On the node", "Each with", "Left over"], body)


def _left_over(because: str) -> str:
    """What a packing leaves of memory and cores, out of the reason that the model gives for it.

    >>> _left_over("spark.executor.cores=5, spark.executor.memory=19549m: 1,024 MiB and 1 core left over")
    '1,024 MiB, 1 core'
    >>> _left_over("spark.executor.cores=16, spark.executor.memory=59579m: 0 MiB and 0 cores left over")
    'nothing'
    """
    memory, cores = because.rpartition(": ")[2].removesuffix(" left over").split(" and ")
    return "nothing" if (memory, cores) == ("0 MiB", "0 cores") else f"{memory}, {cores}"


def _span(releases: list[str]) -> str:
    """Releases that follow each other, in words.

    >>> _span(["3.0"]), _span(["3.1", "3.2", "3.3"])
    ('3.0', '3.1 to 3.3')
    """
    return releases[0] if len(releases) == 1 else f"{releases[0]} to {releases[-1]}"
