"""What is done with the parts of a text once they are read, in order: each step with its reason.

To add a step: a function that says why it is there, and its name in the table, at the place that the reason asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from sparkmem.configuration import (
    default_profile,
    java_variables,
    keys_as_options,
    launched,
    own_heap,
    requested,
    running_jvm,
    shown,
    zeppelin,
)
from sparkmem.configuration.by_evidence import accounts, read_parts
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.forms import LAST_RESORT
from sparkmem.configuration.lost import DASH, DASH_IN_SHELL, NOT_IN_TEXT
from sparkmem.configuration.other_environments import Environment
from sparkmem.configuration.setting import Ignored, Lost
from sparkmem.configuration.telling import told
from sparkmem.configuration.unsaid import is_poor
from sparkmem.configuration.views import views

Parts = list[Configuration]
_BEHIND = ("key-after-application", DASH, DASH_IN_SHELL)
"""What a command loses so it does in any other view of its words."""


@dataclass
class Text:
    """A text as the steps ask for it."""

    near: str
    """What is read by any form: the beginning of a long text, without what somebody only advises."""
    far: str
    """What is behind it, for the last resort alone."""
    unheard: tuple[Ignored, ...] = ()
    """What somebody only advises, by name."""
    telling: Parts = field(default_factory=list)
    """The parts that hold something, once the steps of parts are done."""
    others: list[tuple[Environment, str]] = field(default_factory=list)
    """Environments beside the one that is read, with their texts."""
    jobs: list[str] = field(default_factory=list)
    """Other jobs than the one that is read, each with its own text."""
    out_of_reach: tuple[Lost, ...] = ()
    """What stands where Spark does not get it, and was taken out of the text."""
    environment: str = ""
    """The one that is read."""
    words: str = ""
    """What circumstances are concluded from."""
    in_force: bool = False
    """Whether what comes too late for a JVM that runs is to be taken out."""

    @cached_property
    def session(self) -> Configuration | None:
        """What a session itself shows of its settings."""
        return shown.by_a_session(self.near)


def _another_view(parts: Parts, text: Text) -> Parts:
    """Read it otherwise, where little is read as it stands and more of it is so."""
    if is_poor(parts, text.near):
        in_a_form = any(part.settings and part.format != LAST_RESORT.id for part in parts)
        for view, is_same in views(text.near, in_a_form):
            other, _ = read_parts(view)
            behind = {one.key for part in parts for one in part.lost if one.id in _BEHIND}
            again = not is_same and behind & set(_keys(other))
            if _taken(other, is_same) > _taken(parts, is_same) and not again:
                parts = other
    return parts


def _keys(parts: Parts) -> Iterator[str]:
    return (one.key for part in parts for one in part.settings)


def _taken(parts: Parts, is_same: bool) -> tuple[int, int]:
    """How many settings of memory are taken, and, of a text with the same words, how few are lost and not just unknown."""
    lost = sum(one.id != NOT_IN_TEXT for part in parts for one in part.lost) if is_same else 0
    return len(set(_keys(parts))), -lost


def _far_part(parts: Parts, text: Text) -> Parts:
    """The rest of a long text costs too much in any form but the last resort's."""
    return [*parts, LAST_RESORT.read(text.far)] if text.far and LAST_RESORT.looks_like(text.far) else parts


def _own_heap(parts: Parts, text: Text) -> Parts:
    """A program that makes its session itself is its driver, and has the heap of its own JVM."""
    return own_heap.with_heap(parts, text.near)


def _granted(parts: Parts, text: Text) -> Parts:
    """A standalone master grants an executor its size, and often no setting stands beside it."""
    return parts if any(map(accounts, parts)) or not (given := requested.granted(text.near)) else [given]


def _default_profile(parts: Parts, text: Text) -> Parts:
    """A driver's log says once what an executor gets, whatever else is in it."""
    return default_profile.with_profile(parts, text.near)


def _launched(parts: Parts, text: Text) -> Parts:
    """What the driver's JVM was started with holds, and a program's own heap for it does not."""
    return launched.with_launch(parts, text.near)


def _requested(parts: Parts, text: Text) -> Parts:
    """A request for containers says their size, where nothing else is read."""
    return parts if parts or not (asked := requested.alone(text.near)) else [asked]


def _java_variables(parts: Parts, text: Text) -> Parts:
    """A heap in a variable for a JVM is known to be there, where nothing else is read."""
    given = None if any(map(accounts, parts)) else zeppelin.told(text.near) or java_variables.told(text.near)
    return [*parts, given] if given else parts


def _keys_as_options(parts: Parts, text: Text) -> Parts:
    """A key that is written as an option is known to be none, where nothing else is read."""
    given = None if any(map(accounts, parts)) else keys_as_options.told(text.near)
    return [*parts, given] if given else parts


def _shown(parts: Parts, text: Text) -> Parts:
    """What a session shows is read, where nothing sets it."""
    return parts if any(map(accounts, parts)) or not text.session else [text.session]


def _in_force(parts: Parts, text: Text) -> Parts:
    """What comes too late for a driver that runs is lost, before anything is overridden by it."""
    if not text.in_force:
        return parts
    return running_jvm.without_what_is_late(parts, text.near, lambda name: told(text.words, name))


OF_PARTS: tuple[Callable[[Parts, Text], Parts], ...] = (
    _another_view,
    _far_part,
    _own_heap,
    _granted,
    _default_profile,
    _launched,
    _requested,
    _java_variables,
    _keys_as_options,
    _shown,
    _in_force,
)
