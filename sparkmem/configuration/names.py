"""What the names of a program stand for where they are used: what is assigned to them, parameters, fields, functions.

Where the text gives a name several values, that counts which its use sees: of the nearest block around it, the last
one above it.  A value that a branch may put in its place makes it unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from sparkmem.configuration import functions
from sparkmem.configuration.blocks import Blocks
from sparkmem.configuration.branches import Branches
from sparkmem.configuration.declarations import DECLARES, Assigned
from sparkmem.configuration.functions import Function
from sparkmem.configuration.literals import STRING
from sparkmem.configuration.parameters import Parameters
from sparkmem.configuration.values import Evaluation, Path, Place, Source, Table, Value

_PLACEHOLDER = re.compile(r"\$\{([\w.-]{1,100})(?::([^{}]{0,60}))?\}")
_MOST_ASSIGNED = 12
_ITSELF = ("self", "this")


class Names(Parameters):
    """The names of a program."""

    def __init__(self, program: Source) -> None:
        super().__init__(program)
        self.used: set[str] = set()
        """Names that went into a value."""
        self._evaluated: set[Place] = set()

    @cached_property
    def _prefix(self) -> str | None:
        """What begins the names of variables that a class of settings reads by itself, as pydantic's; None without one."""
        if not self.program.named("BaseSettings"):
            return None
        for at in self.program.named("env_prefix"):
            if self.program.text(at + 1) == "=" and self.program.tokens[at + 2].kind == STRING:
                return self.program.tokens[at + 2].text
        return ""

    def by_environment(self, name: str) -> str | None:
        """What a variable of the text puts in the place of a field of such a class."""
        return None if self._prefix is None else self.program.beside.variable(f"{self._prefix}{name}".upper())

    @cached_property
    def _branches(self) -> Branches:
        return Branches(self.program.source)

    @cached_property
    def blocks(self) -> Blocks:
        """The blocks of the program."""
        return Blocks(self.program)

    def value(self, expression: Evaluation, name: str, at: int) -> Value | None:
        """What a name comes to where it stands; the name itself where no value is known."""
        at = expression.program.outer(at)
        if name in expression.bound:
            held = expression.bound[name]
            return Path((name,), at) if held is None else held
        if expression.sign() == "(":
            return Path((name,), at)
        self.used.add(name)
        if (function := functions.innermost(self.by_parameter.get(name, ()), at)) is not None:
            held = self.of_parameter(expression, function, name, at)
            if held is None and (name in self.options or self._is_assigned_in(function, name)):
                held = self._of_assignment(expression, name, at)
        else:
            held = self._of_assignment(expression, name, at)
        if isinstance(held, Table) and not held.name:
            held = replace(held, name=name)
        return Path((name,), at) if held is None else held

    def changed(self, name: str, key: str) -> list[Place]:
        """Where the values stand that the text puts under a key of a table after it is made."""
        return self.entries.get((name, key), [])

    def _is_assigned_in(self, function: Function, name: str) -> bool:
        """Whether a function gives a value to its own parameter."""
        begun, end = function.body
        return any(begun <= one.at < end for one in self.assigned.get(name, ()))

    def last_of(self, expression: Evaluation, names: tuple[str, ...], at: int) -> Value | None:
        """What a field comes to by its own name, as of a class or of parsed arguments."""
        if len(names) < 2:
            return None
        self.used.add(names[-1])
        found = self.functions.get(names[-1], [])
        if len(found) == 1 and not found[0].parameters:
            return self.called(expression, names[-1], [])  # a property
        several = self.assigned.get(names[-1], []) if len(names) > 1 else []
        if 1 < len(several) <= _MOST_ASSIGNED:
            of_itself = names[-2] in _ITSELF
            fields = [one for one in several if self._is_field(one.at) == of_itself]
            own = [one for one in several if self.blocks.owner(one.at) == names[-2]]
            if not own and not of_itself and self.declares(fields):
                if (held := self.program.beside.on_command_line(self.options[names[-1]])) is not None:
                    return held
                expression.budget.by_default = True
                own = fields
            own = own or (fields if of_itself else [])
            if len(own) == 1:
                return expression.elsewhere(self.program, own[0].place)
        return self._of_assignment(expression, names[-1], at)

    def _is_field(self, at: int) -> bool:
        """Whether an assignment is to a field of an object, as that object names itself."""
        return self.program.text(at - 2) == "." and self.program.text(at - 3) in _ITSELF

    def declares(self, assigned: Sequence[Assigned]) -> bool:
        """Whether these are of an option that the program declares, which is a field of what it parses."""
        return any(self.program.text(one.at) in DECLARES for one in assigned)

    def _of_assignment(self, expression: Evaluation, name: str, at: int) -> Value | None:
        if (held := self.by_environment(name)) is not None:
            return held
        if name in self.options and (held := self.program.beside.on_command_line(self.options[name])) is not None:
            return held
        if name in self.program.constants:
            expression.budget.by_default |= name in self.program.defaulted_names
            place = self.program.constants[name]
        else:
            place = self._place(name, at)
            expression.budget.by_default |= place is not None and name in self.by_default
        if place is None or place in self._evaluated:
            return None
        self._evaluated.add(place)
        try:
            found = expression.elsewhere(self.program, place)
        finally:
            self._evaluated.discard(place)
        return self._of_spring(expression, found) if isinstance(found, str) and found.startswith("${") else found

    def _of_spring(self, expression: Evaluation, text: str) -> Value | None:
        """What a placeholder comes to: an entry of a file in the text, else its default."""
        placeholder = _PLACEHOLDER.fullmatch(text)
        if placeholder is None:
            return text
        held = self.program.beside.entry(("", placeholder[1]))
        if held is None and placeholder[2]:
            expression.budget.by_default = True
            return placeholder[2]
        return held

    def _place(self, name: str, at: int) -> Place | None:
        """Where the value stands that a name has at a token; None where the text gives several, and none of them counts."""
        found = self.assigned.get(name, [])
        if not found or len(found) > _MOST_ASSIGNED:
            return None
        if len(found) > 1:
            found = [one for one in found if not self._branches.never(self.program.tokens[one.at].line)] or found
        if all(self._same(one.place, found[0].place) for one in found):
            return found[0].place
        if at < 0 or name in self.globals:
            return None
        return self.blocks.counts(found, at)

    def _same(self, one: Place, other: Place) -> bool:
        if one == other:
            return True
        if one[1] - one[0] != other[1] - other[0]:
            return False
        tokens = self.program.tokens
        pairs = zip(tokens[slice(*one)], tokens[slice(*other)], strict=True)
        return all(a.text == b.text and a.template == b.template for a, b in pairs)
