"""The fold: ``empty``, ``feed`` a line or ``feed_all``, ``merge`` two states, and the ``verdict`` on all of it.

A piece of a file, a part of a rolling folder and a whole log go through the same four.
"""

from __future__ import annotations

import json

from sparkmem.eventlog import task_end
from sparkmem.eventlog.bounded import Place, keep_first
from sparkmem.eventlog.depth import DEEPEST_PLAN, too_deep
from sparkmem.eventlog.events import HANDLED, NAMES, PLANS, STAGES
from sparkmem.eventlog.from_state import run_of
from sparkmem.eventlog.plans import holds_nothing, plan_line
from sparkmem.eventlog.run import Run
from sparkmem.eventlog.stage_line import short_stage
from sparkmem.eventlog.state import MOST_NAMED, State, merge, trimmed
from sparkmem.eventlog.successes import Successes
from sparkmem.eventlog.tasks import feed_task

__all__ = ["empty", "feed", "feed_all", "merge", "settle", "verdict"]

_OPENING = b'{"Event":"'
_TASK_START = b'{"Event":"SparkListenerTaskStart",'
MOST_PARSED_BYTES = 1 << 23
"""Of a line that is read as JSON: nested lists take 25 times their letters, and no event that is read is a tenth as long."""


def empty() -> State:
    """The state of no line."""
    return State()


def feed(state: State, line: bytes, place: Place) -> None:
    """Take in a line, without its end; one that cannot be read is counted and named, and nothing is raised."""
    feed_all(state, line + b"\n", place)


def feed_all(state: State, lines: bytes, place: Place, waiting: Successes | None = None) -> int:
    """Take in lines that stand one after another, the first of them at this place; how many they are.

    They are looked at where they stand: to make each of them bytes of its own took a quarter of the time.  Tasks that
    succeeded go to those that are `waiting`, for whoever has more lines to come, and then calls ``settle``.
    """
    state.bytes += len(lines)
    file, first = place
    successes, starts = Successes() if waiting is None else waiting, 0
    start, at = 0, first
    while start < len(lines):
        end = lines.find(b"\n", start)
        if end < 0:
            end = len(lines)
        if lines.startswith(task_end.NAME, start):
            if not successes.take(lines, start, end):
                _feed(state, lines[start:end], (file, at))
        elif lines.startswith(_TASK_START, start) and lines.endswith(b"}", start, end):
            starts += 1
        else:
            _feed(state, lines[start:end], (file, at))
        start, at = end + 1, at + 1
    state.lines += at - first
    _count(state, "SparkListenerTaskStart", starts)
    if waiting is None:
        settle(state, successes)
    return at - first


def settle(state: State, waiting: Successes) -> None:
    """Add up the tasks that wait, of which there are none then."""
    _count(state, "SparkListenerTaskEnd", waiting.many)
    waiting.into(state)


def _feed(state: State, line: bytes, place: Place) -> None:
    """Any line."""
    try:
        if line.startswith(task_end.NAME):
            feed_task(state, task_end.task_of(_checked(line)), place)
            _count(state, "SparkListenerTaskEnd")
            return
        if not line or line.isspace():
            return
        name = _name(line)
        if name is not None and name not in HANDLED:
            if line.rstrip()[-1:] != b"}":
                raise ValueError("the line ends too soon")
            _count(state, name)
            return
        if name in PLANS:
            unread = holds_nothing(line) or len(line) > MOST_PARSED_BYTES or too_deep(line, DEEPEST_PLAN)
            event = None if unread else plan_line(line)
            _count(state, name)
            if event is not None:
                HANDLED[name](state, event, place)
            return
        event = json.loads(_checked(short_stage(line) if name in STAGES else line))
        if not isinstance(event, dict) or not isinstance(event.get("Event"), str):
            raise ValueError("no event")
        name = event["Event"]
        _count(state, name)
        if name == "SparkListenerTaskEnd":
            feed_task(state, task_end.task_of(line), place)
        elif name in HANDLED:
            HANDLED[name](state, event, place)
    except (ValueError, RecursionError) as error:
        state.bad += 1
        keep_first(state.faults, {place: _why(line, error)}, MOST_NAMED)


def _checked(line: bytes) -> bytes:
    """The line, where it can be read as JSON in bounded memory and on a small stack."""
    if len(line) > MOST_PARSED_BYTES:
        raise ValueError(f"{len(line):,} bytes, and an event that is read has {MOST_PARSED_BYTES:,} at most")
    if too_deep(line):
        raise ValueError("nested too deep")
    return line


def _name(line: bytes) -> str | None:
    """The event's name, where the line begins as Spark writes it."""
    if not line.startswith(_OPENING):
        return None
    end = line.find(b'"', len(_OPENING), len(_OPENING) + 200)
    name = line[len(_OPENING) : end]
    return name.decode("ascii") if end > 0 and name.isascii() and b"\\" not in name else None


def _count(state: State, name: str, many: int = 1) -> None:
    if many:
        name = name if name in NAMES else "others"
        state.events[name] = state.events.get(name, 0) + many


def _why(line: bytes, error: Exception) -> str:
    """Why a line could not be read: never what stands in it."""
    if isinstance(error, RecursionError):
        return "nested too deep"
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    if isinstance(error, json.JSONDecodeError):
        cut = line.lstrip()[:1] == b"{" and line.rstrip()[-1:] != b"}"
        return "ends too soon" if cut else f"no JSON from letter {error.pos + 1} on"
    return str(error)


def verdict(state: State) -> Run:
    """What the log says, of all that was fed."""
    return run_of(trimmed(state))
