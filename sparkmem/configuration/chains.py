"""Sessions of one program that run on different cluster managers, as one function for each: one of them is read."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from sparkmem.configuration.carried import cluster_manager
from sparkmem.configuration.literals import NAME
from sparkmem.configuration.program import Program

_BETWEEN = ("(", "new")
_MOST_CALLS = 200


@dataclass
class _Session:
    """A chain of calls, or all calls on one name: where it begins, its cluster manager, whether it sizes anything."""

    manager: str = ""
    sizes: bool = False


@dataclass
class Chains:
    """Which calls belong together: those of one chain, of one name since it was given, and of what is handed on."""

    program: Program
    sessions: dict[int, _Session] = field(default_factory=dict)
    _joined: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._begun = {end: start for start, end in self.program.closing.items()}
        self._given: dict[str, list[int]] = {}
        for at, token in enumerate(self.program.tokens):
            if token.text == "=" and at and self.program.tokens[at - 1].kind == NAME:
                name = str(self.program.text(at - 1))
                if self.program.text(at + 1) != name:
                    self._given.setdefault(name, []).append(at)

    def of(self, at: int) -> int:
        """The chain that a call is of, by the place where it begins."""
        for _ in range(_MOST_CALLS):
            if self.program.text(at - 1) != "." or at < 2:
                break
            at = self._begun.get(at - 2, at - 1) - 1
        before = at - 1
        while before > 0 and self.program.text(before) in _BETWEEN:
            before -= 1
        found = before if self.program.text(before) == "=" else self._name(at, at)
        return self._joined.get(found, found)

    def _name(self, name: int, at: int) -> int:
        """Where a name was given last before a place; the name's own place where it was not."""
        given = self._given.get(str(self.program.text(name)), [])
        place = bisect_left(given, at)
        return given[place - 1] if place else name

    def hand_on(self, at: int, name: int) -> None:
        """Take what is set on a name for a part of the chain of the call that it is handed to."""
        one, other = self._name(name, at), self.of(at)
        if one != other and self.program.text(one) == "=":
            self._joined[one] = other
            before = self.sessions.pop(one, _Session())
            session = self.sessions.setdefault(other, _Session())
            session.manager, session.sizes = session.manager or before.manager, session.sizes or before.sizes

    def master(self, at: int, url: str) -> None:
        """Keep the cluster manager that a call gives to its chain."""
        session = self.sessions.setdefault(self.of(at), _Session())
        session.manager = cluster_manager(url) or session.manager

    def size(self, at: int) -> None:
        """Keep that a call sizes something."""
        self.sessions.setdefault(self.of(at), _Session()).sizes = True

    def left_out(self) -> frozenset[int]:
        """The chains of other cluster managers than that which is read: of the last that sizes something, or the last."""
        told = {place: one for place, one in self.sessions.items() if one.manager}
        if len({one.manager for one in told.values()}) < 2:
            return frozenset()
        read = max(told, key=lambda place: (told[place].sizes, place))
        return frozenset(place for place, one in told.items() if one.manager != told[read].manager)

