"""The drawings of "Start here": flat ones, which fit a phone's screen together with what is said of them.

Two have the ids of the larger drawings whose places they took there: an address is kept.
"""

from __future__ import annotations

from collections.abc import Callable

from macros.boxes import GAP, LINE, WIDTH, Box, arrow, note, svg

_ROOM = 58  # characters in a line


def _processes() -> str:
    """Who takes part in a job, and what one asks of another."""
    half, left, right, between = 140.0, 2.0, WIDTH - 142.0, 42.0
    driver = Box("Driver", "runs your program, plans the work", "paper")
    manager = Box("Cluster manager", "has the machines", "paper")
    container = Box("Container", "", "plain", (Box("Executor", "", "paper"),))
    tall, third, far = driver.height(half), (WIDTH - 4 - 2 * GAP) / 3, WIDTH - 60.0
    below, ends = 2 + tall + between, 2 + tall + between + container.height(third)
    elements = [
        *driver.drawn(left, 2, half), *manager.drawn(right, 2, half, tall),
        *note(WIDTH / 2, 18, "asks for executors", 10, "middle"),
        arrow(left + half + 4, 44, right - 4, 44),
        arrow(60, 2 + tall + 4, 60, below - 4), *note(70, below - 16, "sends tasks", 20),
        arrow(far, 2 + tall + 4, far, below - 4), *note(far - 10, below - 16, "grants containers", 20, "end"),
    ]  # fmt: skip
    for number in range(3):
        elements += container.drawn(2 + number * (third + GAP), below, third)
    elements += note(2, ends + LINE, "In cluster mode the driver runs in a container too.", _ROOM)
    description = (
        "The driver asks the cluster manager for executors; the cluster manager grants containers, an executor runs in each,"
        " and the driver sends them tasks. In cluster mode the driver runs in a container too."
    )
    return svg("processes", "The three kinds of process", description, ends + LINE + 6, elements)


def _short_of_memory() -> str:
    """What happens to each use of the heap when there is no more room."""
    left, right, x = 150.0, 112.0, WIDTH - 114.0
    rows = (
        (Box("Execution", "sorts, aggregations", "execution"), "spills"),
        (Box("Storage", "cached blocks", "storage"), "drops, or writes"),
        (Box("User memory", "your own objects", "user"), "cannot be spilled"),
    )
    tall = rows[0][0].height(left)
    disk = Box("Local disk", "the job is slower", "plain")
    failed = Box("Full heap", "then it fails", "tinted", marked=True)
    elements = [*disk.drawn(x, 2, right, 2 * tall + GAP), *failed.drawn(x, 2 + 2 * (tall + GAP), right, tall)]
    for number, (box, then) in enumerate(rows):
        y = 2 + number * (tall + GAP)
        elements += box.drawn(2, y, left)
        middle = y + tall / 2
        elements += [*note((2 + left + x) / 2, middle - 6, then, 20, "middle"), arrow(left + 6, middle, x - 4, middle)]
    description = (
        "Execution spills to local disk; storage drops blocks or writes them there; the job is slower. Your own objects"
        " cannot be spilled: where they fill the heap, it fails."
    )
    return svg("pools", "Where things go that find no room", description, 3 * tall + 2 * GAP + 4, elements)


def _python_in_short() -> str:
    """The JVM and the workers of Python in one container."""
    wide, half, gap = WIDTH - 4.0, 128.0, 92.0
    container = Box("Container", "", "plain")
    jvm = Box("JVM", "the heap: rows", "heap")
    worker = Box("Python worker", "your functions", "pyspark")
    top, tall = 2 + LINE + 18.0, worker.height(half)
    both = 2 * tall + GAP
    elements = [*container.drawn(2, 2, wide, both + top + 6)]
    elements += jvm.drawn(12, top, half, both)
    for number in range(2):
        y = top + number * (tall + GAP)
        elements += worker.drawn(12 + half + gap, y, half)
        elements += [
            arrow(16 + half, y + 22, 8 + half + gap, y + 22), arrow(8 + half + gap, y + 34, 16 + half, y + 34),
            *note(12 + half + gap / 2, y + 15, "batches", 12, "middle"),
        ]  # fmt: skip
    said = "One for each task that runs a function; none is on the heap."
    elements += note(2, both + top + 8 + LINE + 2, said, 64)
    description = (
        "In one container are the JVM, with the heap, and workers of Python, one for each task that runs a function of"
        " Python. Rows travel in batches between the JVM and each worker."
    )
    return svg("python-row", "The JVM and its Python workers", description, both + top + 8 + LINE + 12, elements)


STEP_DRAWINGS: dict[str, Callable[[], str]] = {
    "processes": _processes, "short-of-memory": _short_of_memory, "python-in-short": _python_in_short,
}  # fmt: skip
