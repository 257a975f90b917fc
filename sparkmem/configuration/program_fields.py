"""Fields that stand for keys in a program: arguments by name, and parameters, classes and options that it declares."""

from __future__ import annotations

from sparkmem.configuration.carried import safe_name
from sparkmem.configuration.field_owners import FieldOwners
from sparkmem.configuration.in_brackets import FARTHEST
from sparkmem.configuration.literals import NAME
from sparkmem.configuration.pair_values import PairValues
from sparkmem.configuration.program import DECLARES
from sparkmem.configuration.submit_options import OPTIONS

_WHERE_NOTHING_ELSE = "where nothing else is given"


class ProgramFields:
    """Takes their values; what is declared counts only where nothing is made of it."""

    def __init__(self, values: PairValues, owners: FieldOwners) -> None:
        self.owners = owners
        self.values, self.program, self.found = values, values.program, values.found
        self.later: list[tuple[int, str, int]] = []
        """Parameters and fields of classes, which are settings only where nothing is made of them."""

    def take_declared(self) -> None:
        """Take what was kept for later, at the end of the program."""
        for at, key, start in self.later:
            if str(self.program.text(at)) not in self.program.names.used and key not in self.found.settings:
                self._declared_field(at, key, start)

    def take(self, at: int, key: str) -> None:
        """A keyword argument, a field of an object, or an attribute of a block."""
        between = self.program.text(at + 1)
        if self.owners.workers:
            return
        if between == "(":
            self.call(at, key)
            return
        if self.program.text(at - 1) == "." or between not in ("=", ":") or self.program.text(at + 2) == "=":
            return
        typed = between == ":" and self.program.text(at + 3) == "="
        start = self._default(at + 2 + 2 * typed)
        if typed or self.program.opener[at] in self.program.names.parameters:
            self.later.append((at, key, start))
        elif self.program.opener[at] >= 0 or start > at + 4 or typed:
            self.values.take(at, key, start, str(self.program.tokens[at].text))

    def call(self, at: int, key: str) -> None:
        """A method that is called with the value alone, as ``options.setExecutorMemory("8g")``."""
        if self.program.text(at - 1) == "." and self.program.text(at + 1) == "(" and at + 1 in self.program.closing:
            end = self.program.closing[at + 1]
            if len(list(self.program.arguments(at + 2, min(end, at + FARTHEST)))) == 1:
                self.values.take(at, key, at + 2, str(self.program.tokens[at].text))

    def _declared_field(self, at: int, key: str, start: int) -> None:
        """Take a parameter or a field of a class that is named as a setting: its default, or what a variable puts there."""
        name, line = str(self.program.text(at)), self.program.tokens[at].line
        if (held := self.program.names.by_environment(name)) is not None:
            self.found.setting(key, held, line, safe_name(name))
            return
        if self.program.opener[at] < 0:
            self.found.remark(line, "default", _WHERE_NOTHING_ELSE)
        self.values.take(at, key, start, name)

    def option(self, at: int) -> bool:
        """Take the default of an option that a program declares, as argparse has it."""
        opener = self.program.opener[at]
        if opener < 0 or self.program.text(opener - 1) not in DECLARES:
            return False
        key, default = OPTIONS.get(self.program.tokens[at].text or "", ""), self.program.default_of(opener)
        if key and default >= 0:
            self.found.remark(self.program.tokens[default].line, "default", _WHERE_NOTHING_ELSE)
            self.values.take(at, key, default, str(self.program.tokens[at].text))
        return True

    def _default(self, start: int) -> int:
        """Where the value begins: of ``Field(default=…, …)``, as a class declares it, that of its default."""
        if self.program.text(start + 1) != "(" or self.program.tokens[start].kind != NAME:
            return start
        for begun, _ in self.program.arguments(start + 2, min(self.program.closing[start + 1], start + FARTHEST)):
            if self.program.text(begun) == "default" and self.program.text(begun + 1) == "=":
                self.found.remark(self.program.tokens[begun].line, "default", _WHERE_NOTHING_ELSE)
                return begun + 2
        return start
