"""A program in Python, Scala, Java or R as far as its settings need: constants, brackets, and what an expression comes to.

Nothing is executed.  A name counts where the text gives it one value; where it gives two, only a run would tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod

from sparkmem.configuration.literals import NAME, NUMBER, PUNCTUATION, STRING, Token, tokens

_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")
_MOST_TOKENS = 40
_DEEPEST = 8
_HOLE = re.compile(r"\$?\{\s{0,5}([A-Za-z_][\w.]{0,80})\s{0,5}\}|\$([A-Za-z_]\w{0,80})")
_PERCENT = re.compile(r"%[sd]")
_FORMAT_HOLE = re.compile(r"\{\w{0,20}\}")
_WORDS = {"True": "true", "False": "false", "true": "true", "false": "false", "TRUE": "true", "FALSE": "false"}
_WITH_DEFAULT = ("get", "getenv", "getOrElse", "getProperty", "getOrDefault")
_AS_IT_IS = ("str", "String", "int", "toString", "valueOf", "trim", "strip", "Sprint", "Itoa")
_JOINS = ("paste0", "Sprint", "concat")
_FIELDS = ("Field", "field", "Param")
DECLARES = ("add_argument", "add_option", "option", "Option", "argument")
"""What declares an option of a program's own command line, as argparse, click and typer do."""
_FARTHEST = 60
_FORMATS = ("Sprintf", "sprintf", "format")


class Program:
    """The tokens of a text, with what its names stand for."""

    def __init__(self, text: str, any_language: bool = False, by_lines: bool = False) -> None:
        self.by_lines = by_lines
        self.tokens = tokens(text, any_language)
        self.closing, self.opener = _brackets(self.tokens)
        self.constants: dict[str, tuple[int, int] | None] = {}
        self.defaulted: set[int] = set()
        self.defaulted_names: set[str] = set()
        self._assignments()

    def text(self, at: int) -> str | None:
        """A name or a sign; None for a literal, and outside of the program."""
        return self.tokens[at].text if 0 <= at < len(self.tokens) and self.tokens[at].kind in (NAME, PUNCTUATION) else None

    def arguments(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where each argument begins and ends; brackets inside are stepped over."""
        begun = at = start
        while at < end:
            if self.text(at) == ",":
                yield begun, at
                begun = at + 1
            at = self.closing.get(at, at) + 1
        if begun < end:
            yield begun, end

    def end_of(self, start: int, limit: int) -> int:
        """Where the expression that begins here ends: before a comma, a bracket that closes, or its line's end."""
        at = start
        while at < limit and at - start <= _MOST_TOKENS and self.text(at) not in (",", ";", *_CLOSING):
            following = self.closing.get(at, at) + 1
            if following < limit and self.tokens[following].line > self.tokens[following - 1].line:
                joined = self.text(following) in ("+", ".") or self.text(following - 1) in ("+", ".")
                adjacent = self.tokens[following].kind == self.tokens[following - 1].kind == STRING
                adjacent = adjacent and self.text(following + 1) not in (":", "=", "->")
                if self.by_lines or not (joined or (adjacent and self.opener[start] >= 0)):
                    return following
            at = following
        return min(at, limit)

    def value(self, start: int, end: int, depth: int = 0) -> str | None:
        """The text that an expression comes to; None where only a run would tell."""
        if not 0 < end - start <= _MOST_TOKENS or depth > _DEEPEST:
            return None
        parts: list[str] = []
        at = start
        if product := self._product(start, end):
            return product
        while at < end:
            if self.text(at) == "+" and at > start:
                at += 1
            found, at = self._term(at, end, depth)
            if found is None:
                return None
            parts.append(found)
        return "".join(parts)

    def _product(self, start: int, end: int) -> str:
        """A product of whole numbers, as ``2L * 1024 * 1024``; empty where the expression is none."""
        if self.text(start + 1) != "*":
            return ""
        factors = [self.tokens[at].text or "" for at in range(start, end, 2)]
        signs = {self.text(at) for at in range(start + 1, end, 2)}
        if signs != {"*"} or not all(factor.isdecimal() and len(factor) <= 12 for factor in factors) or len(factors) > 6:
            return ""
        return str(prod(map(int, factors)))

    def _term(self, at: int, end: int, depth: int) -> tuple[str | None, int]:
        """What one operand comes to, and where the next token stands."""
        token = self.tokens[at]
        if token.kind == STRING:
            return self._string(at, end, depth)
        if token.kind == NUMBER:
            return token.text, at + 1
        if token.text == "-" and at + 1 < end and self.tokens[at + 1].kind == NUMBER:
            number = self.tokens[at + 1].text
            return None if number is None else f"-{number}", at + 2
        if token.text == "(" and self.closing[at] < end:
            after = self.closing[at] + 1
            as_text = [self.text(after + step) for step in range(2)] == [".", "toString"] and after + 1 < end
            return self.value(at + 1, self.closing[at], depth + 1), after + 2 * as_text
        if token.kind != NAME:
            return None, end
        return self._name(at, end, depth)

    def _string(self, at: int, end: int, depth: int) -> tuple[str | None, int]:
        token = self.tokens[at]
        text = self._filled(token.template, depth) if token.template else token.text
        after = at + 1
        if text is not None and self.text(after) == "%" and after < end:
            inside, after = self._operands(after + 1, end)
            values = [self.value(*one, depth + 1) for one in inside]
            return _poured(text, _PERCENT, values), after
        if text is not None and self.text(after) == "." and self.text(after + 1) == "format" and self.text(after + 2) == "(":
            close = min(self.closing[after + 2], end)
            values = [self.value(*one, depth + 1) for one in self.arguments(after + 3, close)]
            return _poured(text, _FORMAT_HOLE if "{" in text else _PERCENT, values), close + 1
        return text, after

    def _operands(self, at: int, end: int) -> tuple[list[tuple[int, int]], int]:
        if self.text(at) == "(" and self.closing[at] <= end:
            return list(self.arguments(at + 1, self.closing[at])), self.closing[at] + 1
        return [(at, min(at + 1, end))], at + 1

    def _filled(self, template: str, depth: int) -> str | None:
        unknown = False

        def meant(match: re.Match[str]) -> str:
            nonlocal unknown
            held = self._constant(match[1] or match[2], depth)
            unknown |= held is None
            return held or ""

        text = _HOLE.sub(meant, template[:2000])
        return None if unknown or "{" in text or "$" in text else text

    def _constant(self, name: str, depth: int) -> str | None:
        where = self.constants.get(name) or self.constants.get(name.rsplit(".", 1)[-1])
        return self.value(*where, depth + 1) if where else None

    def _name(self, at: int, end: int, depth: int) -> tuple[str | None, int]:
        """A name: a constant, a part of a dictionary, a look-up with a default, or a conversion of a text."""
        name, after = str(self.tokens[at].text), at + 1
        while self.text(after) == "." and after + 1 < end and self.tokens[after + 1].kind == NAME:
            name, after = str(self.tokens[after + 1].text), after + 2
        opening = self.text(after) if after < end else None
        if opening == "(":
            close = self.closing[after]
            inside = list(self.arguments(after + 1, close)) if close <= end else []
            if name in _FIELDS and inside:
                return self._declared(after, inside, depth), close + 1
            if name in _WITH_DEFAULT and len(inside) == 2:
                self.defaulted.add(at)
                return self.value(*inside[1], depth + 1), close + 1
            if name in _JOINS and len(inside) > 1:
                parts = [self.value(*one, depth + 1) for one in inside]
                return None if None in parts else "".join(map(str, parts)), close + 1
            if name in _FORMATS and len(inside) > 1 and (shape := self.value(*inside[0], depth + 1)) is not None:
                return _poured(shape, _PERCENT, [self.value(*one, depth + 1) for one in inside[1:]]), close + 1
            if name in _AS_IT_IS and len(inside) == 1:
                return self.value(*inside[0], depth + 1), close + 1
            if name in _AS_IT_IS and not inside and after == at + 3:
                return self._constant(str(self.tokens[at].text), depth), close + 1
            return None, end
        if opening == "[" and self.closing[after] == after + 2 and self.tokens[after + 1].kind == STRING:
            return self._constant(f"{name}[{self.tokens[after + 1].text}]", depth), after + 3
        if after == at + 1 and name in _WORDS:
            return _WORDS[name], after
        if name in self.defaulted_names:
            self.defaulted.add(at)
        return self._constant(name, depth), after

    def _declared(self, opener: int, inside: list[tuple[int, int]], depth: int) -> str | None:
        """What a field holds where nothing else is given: its default, or the first of its arguments."""
        default = self.default_of(opener)
        if default >= 0:
            return self.value(default, self.end_of(default, self.closing[opener]), depth + 1)
        return None if self.text(inside[0][0] + 1) == "=" else self.value(*inside[0], depth + 1)

    def _assignments(self) -> None:
        """Keep where the value of each name stands, and of each entry of a dictionary that is written out."""
        for at, token in enumerate(self.tokens):
            sign = self.text(at)
            if sign in DECLARES and self.text(at + 1) == "(":
                self._option(at)
            if token.kind != PUNCTUATION or sign not in ("=", "<") or at == 0:
                continue
            start = at + 1
            if sign == "<":
                if self.text(at + 1) != "-":
                    continue
                start = at + 2
            elif self.text(at + 1) in ("=", ">") or self.text(at - 1) in ("=", "!", "<", ">", "+", "-", "*", "/"):
                continue
            name = self._target(at)
            if name:
                self._keep(name, start)

    def _option(self, at: int) -> None:
        """Keep the default of an option that a program declares for its own command line, under the option's name."""
        names = [token.text or "" for token in self.tokens[at + 2 : at + 6] if token.kind == STRING]
        name = next((text for text in names if text.startswith("--")), "").removeprefix("--").replace("-", "_")
        default = self.default_of(at + 1)
        if name and default >= 0:
            self.defaulted_names.add(name)
            self._keep(name, default)

    def default_of(self, opener: int) -> int:
        """Where the argument ``default`` of a call has its value; -1 where it has none."""
        for begun, _ in self.arguments(opener + 1, min(self.closing[opener], opener + _FARTHEST)):
            if self.text(begun) == "default" and self.text(begun + 1) == "=":
                return begun + 2
        return -1

    def _target(self, at: int) -> str:
        """The name before an equals sign that is a statement's or a parameter's, its type stepped over."""
        before = at - 1
        if self.tokens[before].kind == NAME and self.text(before - 1) == ":" and self.tokens[before - 2].kind == NAME:
            before -= 2  # val x: String =
            if self.opener[before] >= 0 and self.text(self.opener[before]) == "(":
                self.defaulted_names.add(str(self.tokens[before].text))
                return str(self.tokens[before].text)  # of a parameter, where nothing else is given
        opener = self.opener[before]
        declares = opener >= 1 and self.text(opener) == "(" and self.text(opener - 1) in ("const", "var")  # Go's
        if self.tokens[before].kind != NAME or (opener >= 0 and self.text(opener) != "{" and not declares):
            return ""
        return str(self.tokens[before].text)

    def _keep(self, name: str, start: int) -> None:
        end = self.end_of(start, len(self.tokens))
        if start >= end:
            return
        before = self.constants.get(name, (start, end))
        same = before is not None and self._same(before, (start, end))
        self.constants[name] = (start, end) if same else None
        if self.text(start) == "{" and same:
            self._entries(name, start + 1, self.closing[start])

    def _same(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        if one == other:
            return True
        if one[1] - one[0] != other[1] - other[0]:
            return False
        return all(a.text == b.text for a, b in zip(self.tokens[slice(*one)], self.tokens[slice(*other)], strict=True))

    def _entries(self, name: str, start: int, end: int) -> None:
        for begun, stop in self.arguments(start, end):
            if self.tokens[begun].kind == STRING and self.text(begun + 1) == ":":
                self.constants[f"{name}[{self.tokens[begun].text}]"] = (begun + 2, stop)


def _poured(text: str, hole: re.Pattern[str], values: list[str | None]) -> str | None:
    """The text with its holes filled in, where there is a value for each."""
    if None in values or len(hole.findall(text)) != len(values):
        return None
    rest = iter(values)
    return hole.sub(lambda match: str(next(rest)), text)


def _brackets(found: list[Token]) -> tuple[dict[int, int], list[int]]:
    """Where each opening bracket is closed (the end of the text where it is not), and the bracket around each token."""
    ends: dict[int, int] = {}
    around: list[int] = []
    opened: list[int] = []
    for at, token in enumerate(found):
        sign = token.text if token.kind == PUNCTUATION else None
        if sign in _CLOSING and opened:
            ends[opened.pop()] = at
        around.append(opened[-1] if opened else -1)
        if sign in _OPENING:
            opened.append(at)
    return ends | {at: len(found) for at in opened}, around
