"""The functions that a program defines: their parameters with defaults, what they give back, and where they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sparkmem.configuration.literals import NAME
from sparkmem.configuration.values import Place, Source

_DEFINES = ("def", "fun", "function", "func", "fn")
_NO_TYPES = ("new", "return", "else", "await", "throw", "if", "while", "for", "switch", "catch", "in", "not", "and", "or")
_MOST_CALLS = 20
_MOST = 200
_LONGEST_BODY = 3000


@dataclass(frozen=True)
class Function:
    """A function: its parameters in their order with the places of their defaults, and all that it gives back."""

    name: str
    at: int
    """The token of its name."""
    opener: int
    """The bracket of its parameters."""
    body: Place
    parameters: Mapping[str, Place | None]
    returns: tuple[Place, ...]
    made_by: str = ""
    """The class of which it makes an object, and by whose name it is called; empty for any other function."""

    def calls(self, program: Source) -> list[list[Place]]:
        """The arguments of each call that stands in the text; of a method without the object."""
        found: list[list[Place]] = []
        for at in program.named(self.made_by or self.name):
            if at != self.at and program.text(at + 1) == "(" and not self.body[0] <= at < self.body[1]:
                found.append(list(program.arguments(at + 2, program.closing[at + 1])))
                if len(found) == _MOST_CALLS:
                    break
        return found


def defined(program: Source) -> dict[str, list[Function]]:
    """The functions of a program, by name."""
    found: dict[str, list[Function]] = {}
    left = _MOST
    for at, token in enumerate(program.tokens):
        if token.kind != NAME or not (opener := _opener(program, at)):
            continue
        left -= 1
        if left >= 0 and (function := _function(program, at, opener)):
            found.setdefault(function.name, []).append(function)
    return found


def by_parameter(functions: Mapping[str, list[Function]]) -> dict[str, list[Function]]:
    """The functions that have a parameter of each name."""
    found: dict[str, list[Function]] = {}
    for one in (one for several in functions.values() for one in several):
        for name in one.parameters:
            found.setdefault(name, []).append(one)
    return found


def innermost(functions: Iterable[Function], at: int) -> Function | None:
    """Of these functions the innermost around a token."""
    inside = [one for one in functions if one.body[0] <= at < one.body[1]]
    return max(inside, key=lambda one: one.body[0], default=None)


def _opener(program: Source, at: int) -> int:
    """Where the parameters of a function begin whose name stands there; 0 where none is defined."""
    text = program.text
    before = text(at - 1)
    of_a_class = before == "class" and text(at - 2) != "case" and program.language == "scala"
    if text(at + 1) == "(" and (before in _DEFINES or of_a_class):
        return at + 1
    if text(at + 1) == "(" and at and program.tokens[at - 1].kind == NAME and before not in _NO_TYPES:
        behind = program.closing[at + 1] + 1  # Java's and C#'s, whose type stands before the name
        return at + 1 if text(behind) == "{" or text(behind) == "throws" else 0
    if text(at + 1) == "<" and text(at + 2) == "-" and text(at + 3) == "function":
        return at + 4 if text(at + 4) == "(" else 0
    if text(at + 1) == "=" and text(at + 2) == "lambda":
        return at + 2
    if text(at + 1) == "=" and text(at + 2) == "(":
        behind = program.closing[at + 2] + 1
        return at + 2 if text(behind) == "=" and text(behind + 1) == ">" else 0
    return 0


def _function(program: Source, at: int, opener: int) -> Function | None:
    close = program.closing.get(opener, -1)
    if close < 0:
        close = next((n for n in range(opener, min(opener + 20, len(program.tokens))) if program.text(n) == ":"), -1)
        if close < 0:
            return None
        stop = program.end_of(close + 1, len(program.tokens))
        names = {str(program.text(start)): None for start, _ in program.arguments(opener + 1, close)}
        return Function(str(program.text(at)), at, opener, (close, stop), names, ((close + 1, stop),))
    if close >= len(program.tokens):
        return None
    parameters: dict[str, Place | None] = {}
    for start, end in program.arguments(opener + 1, close):
        equals = next((n for n in range(start, min(end, start + 12)) if program.text(n) == "="), -1)
        stop = equals if equals >= 0 else end
        colon = next((n for n in range(start, stop) if program.text(n) == ":"), -1)
        name = program.text(colon - 1) if colon > start else program.text(stop - 1)
        if name and program.tokens[start].kind == NAME and name not in ("self", "cls"):
            parameters[name] = (equals + 1, end) if equals >= 0 else None
    body, returns = _body(program, at, close)
    name = str(program.text(at))
    return Function(name, at, opener, body, parameters, returns, _class_around(program, at) if name == "__init__" else "")


def _class_around(program: Source, at: int) -> str:
    """The name of the class that a method stands in, as Python has them; empty where none is near."""
    indent = program.indent(program.tokens[at].line)
    for before in range(at - 2, max(-1, at - _LONGEST_BODY), -1):
        if program.text(before) == "class" and program.indent(program.tokens[before].line) < indent:
            return str(program.text(before + 1) or "")
    return ""


def _body(program: Source, at: int, close: int) -> tuple[Place, tuple[Place, ...]]:
    """Where a function's body stands, and what it gives back."""
    text, tokens = program.text, program.tokens
    begun = close + 1
    while begun < len(tokens) and begun - close < 12 and text(begun) not in ("{", "=", ":"):
        begun += 1
    if text(begun) == ":" and program.language != "python":  # a type, of Scala, Kotlin or TypeScript
        while begun < len(tokens) and begun - close < 12 and text(begun) not in ("{", "="):
            begun += 1
    if text(begun) == "=":
        begun += 1 + (text(begun + 1) == ">")
    if text(begun) == "{":
        end = program.closing[begun]
        returns = _returns(program, begun + 1, end)
        single = program.end_of(begun + 1, end)
        return (begun, end), returns or (((begun + 1, single),) if single == end else ())
    if program.language == "python" and text(begun) == ":":
        line, end = tokens[at].line, begun + 1
        indent = program.indent(line)
        while end < min(len(tokens), begun + _LONGEST_BODY) and (
            tokens[end].line == line or program.opener[end] >= 0 or program.indent(tokens[end].line) > indent
        ):
            end += 1
        return (begun, end), _returns(program, begun + 1, end)
    stop = program.end_of(begun, len(tokens))
    return (begun, stop), ((begun, stop),)


def _returns(program: Source, start: int, end: int) -> tuple[Place, ...]:
    found = [at for at in range(start, min(end, start + _LONGEST_BODY)) if program.text(at) == "return"]
    return tuple((at + 1, program.end_of(at + 1, end)) for at in found[:20])
