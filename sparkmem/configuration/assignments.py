"""Where a program gives values to names: statements, loops, and what is put into tables."""

from __future__ import annotations

from sparkmem.configuration.declarations import DECLARES, Assigned, Declarations
from sparkmem.configuration.literals import NAME, PUNCTUATION
from sparkmem.configuration.values import Place, Source

_FARTHEST = 60
_INTRODUCE = ("val", "var", "let", "const", "final", "my", "local", "String", "int", "Integer", "auto", "def", "string")


class Assignments(Declarations):
    """What a program assigns, by name."""

    def __init__(self, program: Source) -> None:
        super().__init__(program)
        self.globals: set[str] = set()
        """Names that a function gives another value to outside of it."""
        self.entries: dict[tuple[str, str], list[Place]] = {}
        """What is put under a key of a table, by the table's name and the key."""
        self._assignments()

    def _assignments(self) -> None:
        """Keep where the value of each name stands, and of each entry of a dictionary that is written out."""
        text, tokens = self.program.text, self.program.tokens
        for at, token in enumerate(tokens):
            sign = text(at)
            if sign in DECLARES and text(at + 1) == "(":
                self._option(at)
            if sign == "global":
                self.globals.update(str(text(n)) for n in range(at + 1, at + 9) if text(n) and tokens[n].line == token.line)
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
            self.entries.setdefault((name, key.text), []).append((start, end))

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
