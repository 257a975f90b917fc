"""The operands of an expression: literals, texts with holes, brackets, names, and what is called and taken of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping

from sparkmem.configuration import known_calls, look_ups
from sparkmem.configuration.literals import NAME, NUMBER, STRING
from sparkmem.configuration.templates import filled
from sparkmem.configuration.values import ABSENT, Absent, Bound, Budget, Items, Path, Place, Scalar, Source, Table, Value

_DEEPEST = 24
_WORDS: Mapping[str, Scalar | Absent] = {
    "True": True, "False": False, "true": True, "false": False, "TRUE": True, "FALSE": False,
    "None": ABSENT, "null": ABSENT, "undefined": ABSENT, "nil": ABSENT, "NULL": ABSENT,
}  # fmt: skip


class Operands(ABC):
    """An expression between two tokens, with the values that a call gives to the names of its function."""

    def __init__(self, program: Source, start: int, end: int, bound: Bound, budget: Budget, depth: int = 0) -> None:
        self.program, self.at, self.end = program, start, end
        self.bound, self.budget, self.depth = bound, budget, depth

    def whole(self) -> Value | None:
        """What it comes to; None where a step is not known, or something is left behind it."""
        if self.at >= self.end or self.depth > _DEEPEST:
            return None
        found = self.choice()
        return found if self.at >= self.end else None

    def part(self, start: int, end: int, bound: Bound | None = None) -> Value | None:
        """What another expression comes to, at the cost of this one."""
        self.budget.left -= 1
        if self.budget.left < 0:
            return None
        held = self.bound if bound is None else bound
        return type(self)(self.program, start, end, held, self.budget, self.depth + 1).whole()

    def sign(self, ahead: int = 0) -> str | None:
        """The name or the sign that stands there, inside of the expression."""
        return self.program.text(self.at + ahead) if self.at + ahead < self.end else None

    def take(self, *signs: str) -> bool:
        """Go past these signs, where they stand next."""
        for ahead, sign in enumerate(signs):
            if self.sign(ahead) != sign:
                return False
        self.at += len(signs)
        return True

    @abstractmethod
    def choice(self) -> Value | None:
        """What stands next comes to, with all of its signs; goes past it."""

    def operand(self) -> Value | None:
        """A literal, a bracket, or a name with what is called and taken of it."""
        if self.at >= self.end:
            return None
        if self.sign() == "$" and self.at + 1 < self.end and self.program.tokens[self.at + 1].kind == NAME:
            self.at += 1  # of PHP, Perl and PowerShell
        token, at = self.program.tokens[self.at], self.at
        if token.kind == STRING:
            return self._texts()
        if token.kind == NUMBER:
            self.at += 1
            if token.text is None or not token.text[-1].isdigit():
                return token.text
            return float(token.text) if "." in token.text else int(token.text)
        close = self.program.closing.get(at, -1)
        if close >= self.end or (close < 0 and token.kind != NAME):
            return self.stop()
        if token.text == "(":
            self.at = close + 1
            return self.part(at + 1, close)
        if token.text == "[":
            self.at = close + 1
            return Items(self.program, tuple(self.program.arguments(at + 1, close)))
        if token.text == "{":
            self.at = close + 1
            return Table(self.program, self.program.entries(self.program.arguments(at + 1, close)))
        if token.text in _WORDS:
            self.at += 1
            return _WORDS[str(token.text)]
        self.at += 1
        return self.program.names.value(self, str(token.text), at)

    def _texts(self) -> Value | None:
        """Texts that stand one behind another, which are one."""
        found: str | None = ""
        while self.at < self.end and self.program.tokens[self.at].kind == STRING:
            token = self.program.tokens[self.at]
            text = self.filled(token.template, self.at) if token.template else token.text
            found = None if text is None or found is None else found + text
            self.at += 1
        return found

    def filled(self, template: str, at: int, otherwise: str | None = None) -> str | None:
        """A text that is filled in; None where a hole is not known, and no other text stands for it."""
        return filled(template, lambda inside: self._of_text(inside, at), otherwise)

    def _of_text(self, inside: str, at: int) -> Value | None:
        self.budget.left -= 5
        if self.budget.left < 0 or self.depth > _DEEPEST:
            return None
        part = self.program.inside(inside, at)
        return type(self)(part, 0, len(part.tokens), self.bound, self.budget, self.depth + 1).whole()

    def elsewhere(self, program: Source, place: Place, bound: Bound | None = None) -> Value | None:
        """What an expression comes to that stands in another place, without the names of this function."""
        self.budget.left -= 1
        if self.budget.left < 0:
            return None
        return type(self)(program, *place, {} if bound is None else bound, self.budget, self.depth + 1).whole()

    def behind(self, found: Value | None) -> Value | None:
        """What is taken of a value: its methods, its entries, its fields."""
        while self.at < self.end:
            sign, close = self.sign(), self.program.closing.get(self.at, -1)
            if sign in (".", "?") and self.sign(1) == "." and sign == "?":
                self.at += 1
            elif sign == "(" and isinstance(found, Path) and 0 <= close < self.end:
                begun, self.at = self.at, close + 1
                found = known_calls.function(self, found, list(self.program.arguments(begun + 1, close)))
            elif sign == "." and self.at + 1 < self.end:
                name, opener = self.program.tokens[self.at + 1].text or "", self.at + 2
                calls = self.sign(2) == "(" and 0 <= self.program.closing[opener] < self.end
                inside = list(self.program.arguments(opener + 1, self.program.closing[opener])) if calls else []
                self.at = self.program.closing[opener] + 1 if calls else opener
                found = known_calls.method(self, found, name, inside, calls)
            elif sign == "[" and 0 <= close < self.end:
                begun, self.at = self.at, close + 1
                found = look_ups.entry(self, found, begun + 1, close)
            elif sign == "!" and self.sign(1) == "!":
                self.at += 2
            else:
                break
        return look_ups.taken(self, found) if isinstance(found, Path) else found

    def stop(self) -> Value | None:
        """Take nothing further of it: only a run would tell."""
        self.at = self.end + 1
        return None
