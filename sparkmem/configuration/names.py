"""What the names of a program stand for: assignments, parameters, options of its command line, functions that it defines.

Where the text gives a name several values, that counts which its use sees: of the nearest block around it, the last
one above it.  A value that a branch may put in its place makes it unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from sparkmem.configuration import functions
from sparkmem.configuration.blocks import Blocks
from sparkmem.configuration.branches import Branches
from sparkmem.configuration.functions import Function
from sparkmem.configuration.literals import NAME, PUNCTUATION, STRING
from sparkmem.configuration.values import Evaluation, Path, Place, Source, Table, Value

DECLARES = ("add_argument", "add_option", "option", "Option", "argument")
"""What declares an option of a program's own command line, as argparse, click and typer do."""
_PLACEHOLDER = re.compile(r"\$\{([\w.-]{1,100})(?::([^{}]{0,60}))?\}")
_FARTHEST = 60
_MOST_ASSIGNED = 12
_INTRODUCE = ("val", "var", "let", "const", "final", "my", "local", "String", "int", "Integer", "auto", "def", "string")


@dataclass(frozen=True)
class Assigned:
    """Where a name is given a value, by its token, and where that stands."""

    at: int
    place: Place
    is_new: bool
    """Whether the name is declared with it, so that it is none of another block's."""


class Names:
    """The names of a program."""

    def __init__(self, program: Source) -> None:
        self.program = program
        self.assigned: dict[str, list[Assigned]] = {}
        self.by_default: set[str] = set()
        """Names of options and parameters, whose value is a default."""
        self.options: dict[str, str] = {}
        """Options of the program's own command line, by the names of their values."""
        self.used: set[str] = set()
        """Names that went into a value."""
        self._running: set[tuple[str, int]] = set()
        self._evaluated: set[Place] = set()
        self._globals: set[str] = set()
        """Names that a function gives another value to outside of it."""
        self._entries: dict[tuple[str, str], list[Place]] = {}
        self._assignments()

    @cached_property
    def functions(self) -> dict[str, list[Function]]:
        """The functions that the text defines, by name."""
        return functions.defined(self.program)

    @cached_property
    def parameters(self) -> set[int]:
        """The brackets of the parameters of functions."""
        return {one.opener for several in self.functions.values() for one in several}

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

    def defines(self, name: str) -> bool:
        """Whether the text defines a function of that name."""
        return name in self.functions

    def value(self, expression: Evaluation, name: str, at: int) -> Value | None:
        """What a name comes to where it stands; the name itself where no value is known."""
        at = expression.program.outer(at)
        if name in expression.bound:
            held = expression.bound[name]
            return Path((name,), at) if held is None else held
        if expression.sign() == "(":
            return Path((name,), at)
        self.used.add(name)
        if (function := functions.around(self.functions, name, at)) is not None:
            held = self._of_parameter(expression, function, name, at)
            if held is None and (name in self.options or self._is_assigned_in(function, name)):
                held = self._of_assignment(expression, name, at)
        else:
            held = self._of_assignment(expression, name, at)
        if isinstance(held, Table) and not held.name:
            held = replace(held, name=name)
        return Path((name,), at) if held is None else held

    def changed(self, name: str, key: str) -> list[Place]:
        """Where the values stand that the text puts under a key of a table after it is made."""
        return self._entries.get((name, key), [])

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
            own = [one for one in several if self.blocks.owner(one.at) == names[-2]]
            if len(own) == 1:
                return expression.elsewhere(self.program, own[0].place)
        return self._of_assignment(expression, names[-1], at)

    def called(self, expression: Evaluation, name: str, inside: list[Place]) -> Value | None:
        """What a function of the text gives back for these arguments."""
        found = self.functions[name]
        if len(found) != 1 or len(found[0].returns) != 1:
            return None
        bound = {one: self._argument(expression, expression.program, found[0], one, inside) for one in found[0].parameters}
        return expression.elsewhere(self.program, found[0].returns[0], bound)

    def _argument(
        self, expression: Evaluation, program: Source, function: Function, name: str, inside: list[Place]
    ) -> Value | None:
        """What a call that stands in a program gives to a parameter: by its name, by its place, or its default."""
        bound = expression.bound if program is expression.program else {}
        for start, end in inside:
            if program.text(start) == name and program.text(start + 1) in ("=", ":"):
                return expression.elsewhere(program, (start + 2, end), bound)
        place = list(function.parameters).index(name)
        plain = [one for one in inside if not (program.text(one[0] + 1) == "=" and program.tokens[one[0]].kind == NAME)]
        if place < len(plain):
            return expression.elsewhere(program, plain[place], bound)
        default = function.parameters[name]
        expression.budget.by_default |= default is not None
        return expression.elsewhere(self.program, default) if default else None

    def _of_parameter(self, expression: Evaluation, function: Function, name: str, at: int) -> Value | None:
        """What the calls of the function around a name give to it, where all give the same; else its default."""
        if at < 0 or (name, at) in self._running:
            return None
        self._running.add((name, at))
        try:
            calls = function.calls(self.program)
            values = [self._argument(expression, self.program, function, name, inside) for inside in calls]
            if not calls:
                default = function.parameters[name]
                expression.budget.by_default |= default is not None
                values = [expression.elsewhere(self.program, default)] if default else []
        finally:
            self._running.discard((name, at))
        return values[0] if values and all(one == values[0] for one in values) else None

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
        if at < 0 or name in self._globals:
            return None
        return self.blocks.counts(found, at)

    def _assignments(self) -> None:
        """Keep where the value of each name stands, and of each entry of a dictionary that is written out."""
        text, tokens = self.program.text, self.program.tokens
        for at, token in enumerate(tokens):
            sign = text(at)
            if sign in DECLARES and text(at + 1) == "(":
                self._option(at)
            if sign == "global":
                self._globals.update(str(text(n)) for n in range(at + 1, at + 9) if text(n) and tokens[n].line == token.line)
            if sign == "for":
                self._looped(at)
            if sign == "Value" and text(at - 1) == "@" and text(at + 1) == "(":
                self._injected(at)
            if token.kind != PUNCTUATION or sign not in ("=", "<") or at == 0:
                continue
            start = at + 1
            if sign == "<":
                if text(at + 1) != "-":
                    continue
                start = at + 2
            elif text(at + 1) in ("=", ">") or text(at - 1) in ("=", "!", "<", ">"):
                continue
            if text(at - 1) in ("+", "-", "*", "/", "//", "%", "|"):
                self._changed(at - 2)
            elif text(at - 1) == "]" or (text(at - 2) == "." and text(at - 3) not in ("self", "this", "cls")):
                self._entry(at, start)
            elif text(at - 2) == "," and self.program.opener[at] < 0:
                self._several(at, start)
            elif name := self._target(at):
                self._keep(name, at, start)

    def _looped(self, at: int) -> None:
        """Names to which a loop gives one value after another."""
        for place in range(at + 1, min(at + 9, len(self.program.tokens))):
            if self.program.text(place) in ("in", "of", ":", "<", "="):
                return
            if self.program.tokens[place].kind == NAME and self.program.text(place) not in _INTRODUCE:
                self._changed(place)

    def _entry(self, at: int, start: int) -> None:
        """Keep what is put under a key of a table, ``a["key"] = value`` or ``a.key = value``, by the table's name."""
        program = self.program
        if program.text(at - 1) == "]":
            opener = next((n for n in range(at - 2, max(-1, at - 8), -1) if program.text(n) == "["), -1)
            key = program.tokens[opener + 1] if opener == at - 3 else None
            name = program.text(opener - 1) if opener > 0 else None
        else:
            key, name = program.tokens[at - 1], program.text(at - 3)
        end = program.end_of(start, len(program.tokens))
        if key is not None and key.text and name and start < end:
            self._entries.setdefault((name, key.text), []).append((start, end))

    def _several(self, at: int, start: int) -> None:
        """Names that are given a value each: ``a, b = 1, 2``; of what is taken apart otherwise none is known."""
        names = [at - 1]
        while self.program.text(names[-1] - 1) == "," and len(names) < _FARTHEST:
            names.append(names[-1] - 2)
        places, begun = list[Place](), start
        while begun < len(self.program.tokens) and len(places) <= len(names):
            places.append((begun, self.program.end_of(begun, len(self.program.tokens))))
            if self.program.text(places[-1][1]) != ",":
                break
            begun = places[-1][1] + 1
        known = len(places) == len(names)
        for name, place in zip(reversed(names), places if known else [(at, at)] * len(names), strict=True):
            if self.program.tokens[name].kind == NAME:
                self._add(str(self.program.text(name)), Assigned(name, place, False))

    def _changed(self, at: int) -> None:
        """A name to which something is added: what it holds is not what it was given."""
        if at >= 0 and self.program.tokens[at].kind == NAME:
            self.assigned.setdefault(str(self.program.text(at)), []).append(Assigned(at, (at, at), False))

    def _option(self, at: int) -> None:
        """Keep the default of an option that a program declares for its own command line, under the option's name."""
        program = self.program
        names = [token.text or "" for token in program.tokens[at + 2 : at + 6] if token.kind == STRING]
        name = next((text for text in names if text.startswith("--")), "").removeprefix("--").replace("-", "_")
        default = program.default_of(at + 1)
        renamed = program.argument_of(at + 1, "dest")
        if renamed >= 0 and program.tokens[renamed].kind == STRING:
            name = program.tokens[renamed].text or name
        if name and default >= 0:
            self.by_default.add(name)
            self.options[name] = next(text for text in names if text.startswith("--"))
            self._add(name, Assigned(at, (default, program.end_of(default, program.closing[at + 1])), False))

    def _injected(self, at: int) -> None:
        """Keep what Spring puts into the field below ``@Value("${path:default}")``, under the field's name."""
        close = self.program.closing[at + 1]
        name = next((n for n in range(close + 1, close + 9) if self.program.text(n + 1) in (";", "=", ",", ")")), -1)
        if close == at + 3 and name >= 0 and self.program.tokens[name].kind == NAME:
            self._add(str(self.program.text(name)), Assigned(at, (at + 2, close), False))

    def _target(self, at: int) -> str:
        """The name before an equals sign that is a statement's or a parameter's, its type stepped over."""
        text, tokens, opener = self.program.text, self.program.tokens, self.program.opener
        before = at - 1
        if text(before) == ":":  # Go's :=
            before -= 1
        typed = tokens[before].kind == NAME and text(before - 1) == ":" and tokens[before - 2].kind == NAME
        if typed and tokens[before].line == tokens[before - 2].line:
            before -= 2  # val x: String =
            if opener[before] >= 0 and text(opener[before]) == "(":
                self.by_default.add(str(tokens[before].text))
                return str(tokens[before].text)  # of a parameter, where nothing else is given
        around = opener[before]
        declares = around >= 1 and text(around) == "(" and text(around - 1) in ("const", "var")  # Go's
        if tokens[before].kind != NAME or (around >= 0 and text(around) != "{" and not declares):
            return ""
        if text(before - 1) == "." and text(before - 2) not in ("self", "this", "cls"):
            return ""
        return str(text(before))

    def _keep(self, name: str, at: int, start: int) -> None:
        text = self.program.text
        for _ in range(_FARTHEST):  # a = b = 1
            if start + 2 >= len(self.program.tokens) or self.program.tokens[start].kind != NAME:
                break
            if text(start + 1) != "=" or text(start + 2) in ("=", ">") or not self._on_its_line(start, at):
                break
            start += 2
        end = self.program.end_of(start, len(self.program.tokens))
        if start >= end:
            return
        before = self.program.text(at - 2) if self.program.text(at - 1) == name else ""
        new = before in _INTRODUCE or (before not in (None, "", ";", "{", "}", ")") and self._on_its_line(at - 2, at))
        self._add(name, Assigned(at, (start, end), new))

    def _on_its_line(self, one: int, other: int) -> bool:
        return one >= 0 and self.program.tokens[one].line == self.program.tokens[other].line

    def _add(self, name: str, one: Assigned) -> None:
        self.assigned.setdefault(name, []).append(one)

    def _same(self, one: Place, other: Place) -> bool:
        if one == other:
            return True
        if one[1] - one[0] != other[1] - other[0]:
            return False
        tokens = self.program.tokens
        pairs = zip(tokens[slice(*one)], tokens[slice(*other)], strict=True)
        return all(a.text == b.text and a.template == b.template for a, b in pairs)
