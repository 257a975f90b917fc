"""What a task may hold, drawn for one task to eight."""

from __future__ import annotations

from macros.boxes import LINE, WIDTH, arrow, note, svg, wrapped
from macros.prose import row_text

_TASKS = (1, 2, 4, 8)
_ROOM = 58  # characters in a line
_EXAMPLE = {"spark.executor.memory": "4g", "spark.executor.cores": "8"}


def task_shares() -> str:
    """The execution pool, and in it the range from 1/2N to 1/N, for several numbers of active tasks."""
    left, wide, tall = 2.0, WIDTH - 4.0, 20.0
    pool = _row("execution-pool-at-most", 1)
    title = f"The pool at most, nothing cached, heap of 4 GiB under G1: {pool}"
    elements = [*note(left, 13, title, _ROOM)]
    y = 23.0 + LINE * len(wrapped(title, _ROOM))
    for tasks in _TASKS:
        least, most = wide / (2 * tasks), wide / tasks
        words = "1 active task" if tasks == 1 else f"{tasks} active tasks"
        elements += note(left, y, words, 40)
        elements += [
            f'<rect class="sm-svg-box sm-svg-paper" x="{left:g}" y="{y + 6:g}" width="{wide:g}" height="{tall:g}"/>',
            f'<rect class="sm-svg-box sm-svg-execution" x="{left:g}" y="{y + 6:g}" width="{most:g}" height="{tall:g}"/>',
        ]
        said = f"gets {_row('task-memory-at-most', tasks)} at most"
        if tasks > 1:  # one alone finds all of the pool free: there is nobody to wait for
            elements += [arrow(left + least, y + 2, left + least, y + tall + 10, "barred")]
            said = f"waits below {_row('task-memory-at-least', tasks)}, {said}"
        elements += note(left + wide, y, said, 60, "end")
        y += tall + 34
    key = "Filled: what one task may hold, 1/N. Line: what it waits for, 1/2N."
    elements += note(left, y - 6, key, _ROOM)
    description = (
        "Four bars, each the whole execution pool. One active task may hold all of it; of two, each may hold half and waits"
        " for a quarter; of four, a quarter and an eighth; of eight, an eighth and a sixteenth."
    )
    tall = y + 4 + LINE * (len(wrapped(key, _ROOM)) - 1)
    return svg("task-shares", "What one task may hold of the execution pool", description, tall, elements)


def _row(row: str, tasks: int) -> str:
    inputs = {**_EXAMPLE, "active-tasks": str(tasks)}
    return row_text("task-memory", row, inputs)
