"""What an expression of a program comes to, from constants, arithmetic, look-ups and small functions that the text holds.

Nothing is executed: each step is one that this module knows, a budget ends what goes on for too long, and where a step
is not known the whole is None.  Values are texts, numbers, switches, tables, lists, and ``ABSENT`` for what is not given.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

from sparkmem.configuration import known_calls, look_ups
from sparkmem.configuration.literals import NAME, NUMBER, STRING
from sparkmem.configuration.string_methods import poured
from sparkmem.configuration.templates import filled
from sparkmem.configuration.values import (
    ABSENT,
    Absent,
    Bound,
    Budget,
    Items,
    Path,
    Place,
    Scalar,
    Source,
    Table,
    Value,
    as_text,
)

_DEEPEST = 24
_COMMON = ("len", "is", "not", "None", "null", "length", "size", "get", "os", "environ", "in", "str", "int", "sys", "self")
_LARGEST = 10**18
_MOST_RAISED = 1 << 20
_WORDS: Mapping[str, Scalar | Absent] = {
    "True": True, "False": False, "true": True, "false": False, "TRUE": True, "FALSE": False,
    "None": ABSENT, "null": ABSENT, "undefined": ABSENT, "nil": ABSENT, "NULL": ABSENT,
}  # fmt: skip
_COMPARISONS: Mapping[str, Callable[[Scalar, Scalar], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip


class Expression:
    """One expression between two tokens, with the values that a call gives to the names of its function."""

    def __init__(self, program: Source, start: int, end: int, bound: Bound, budget: Budget, depth: int = 0) -> None:
        self.program, self.at, self.end = program, start, end
        self.bound, self.budget, self.depth = bound, budget, depth

    def whole(self) -> Value | None:
        """What it comes to; None where a step is not known, or something is left behind it."""
        if self.at >= self.end or self.depth > _DEEPEST:
            return None
        found = self._choice()
        return found if self.at >= self.end else None

    def part(self, start: int, end: int, bound: Bound | None = None) -> Value | None:
        """What another expression comes to, at the cost of this one."""
        self.budget.left -= 1
        if self.budget.left < 0:
            return None
        held = self.bound if bound is None else bound
        return Expression(self.program, start, end, held, self.budget, self.depth + 1).whole()

    def sign(self, ahead: int = 0) -> str | None:
        """The name or the sign that stands there, inside of the expression."""
        return self.program.text(self.at + ahead) if self.at + ahead < self.end else None

    def _take(self, *signs: str) -> bool:
        """Go past these signs, where they stand next."""
        if all(self.sign(ahead) == sign for ahead, sign in enumerate(signs)):
            self.at += len(signs)
            return True
        return False

    def _choice(self) -> Value | None:
        """``a if c else b``, ``c ? a : b``, ``if (c) a else b``: one of the two, or what both of them are."""
        self.budget.left -= 1
        if self.budget.left < 0:
            return self._stop()
        if self.sign() == "if" and self.sign(1) == "(":
            close = self.program.closing[self.at + 1]
            condition, told = self.part(self.at + 2, close), (self.at + 2, close)
            self.at = close + 1
            one, first = self._placed()
            if not self._take("else"):
                return self._stop()
            return self._either(condition, told, (one, first), self._placed(whole=True))
        found, first = self._placed()
        if self._take("if"):
            condition, told = self._placed()
            if not self._take("else"):
                return self._stop()
            return self._either(condition, told, (found, first), self._placed(whole=True))
        if self.sign() == "?" and self.sign(1) not in (":", "?", "."):
            self.at += 1
            one, place = self._placed(whole=True)
            if not self._take(":"):
                return self._stop()
            return self._either(found, first, (one, place), self._placed(whole=True))
        return found

    def _placed(self, whole: bool = False) -> tuple[Value | None, Place]:
        """What the next part comes to, and where it stands."""
        begun = self.at
        found = self._choice() if whole else self._alternative()
        return found, (begun, min(self.at, self.end))

    def _either(
        self, condition: Value | None, told: Place, one: tuple[Value | None, Place], other: tuple[Value | None, Place]
    ) -> Value | None:
        """One of two values; where only a run would tell, both if they are the same, or what stands for one not given."""
        if condition is ABSENT:
            return other[0]
        if isinstance(condition, Scalar):
            return one[0] if condition else other[0]
        if one[0] == other[0]:
            return one[0]
        for unknown, known in ((one, other), (other, one)):
            if unknown[0] is None and known[0] is not None and self._names(told) & self._names(unknown[1]):
                self.budget.by_default = True
                return known[0]
        return None

    def _names(self, place: Place) -> set[str]:
        tokens = self.program.tokens[place[0] : min(place[1], place[0] + 40)]
        return {str(token.text) for token in tokens if token.kind == NAME and token.text not in _COMMON}

    def _alternative(self) -> Value | None:
        """``a or b``, ``a || b``, ``a ?? b``, ``a ?: b``: the second where the first is not given."""
        found = self._comparison()
        while self._take("or") or self._take("|", "|") or self._take("?", "?") or self._take("?", ":"):
            before = found
            other = self._comparison()
            if before is ABSENT or before == "":
                found = other
                self.budget.by_default = True
        return found

    def _comparison(self) -> Value | None:
        found = self._sum()
        for sign, compare in _COMPARISONS.items():
            if self._take(*sign):
                self._take("=")
                other = self._sum()
                if ABSENT in (found, other) and found is not None and other is not None and sign in ("==", "!="):
                    self.budget.by_default |= found is other
                    return (found is other) == (sign == "==")
                if not isinstance(found, Scalar) or not isinstance(other, Scalar):
                    return None
                return compare(found, other) if isinstance(found, str) == isinstance(other, str) else None
        return found

    def _sum(self) -> Value | None:
        found = self._product()
        while (sign := self.sign()) in ("+", "-"):
            self.at += 1
            self._take("+")
            found = _added(found, self._product(), str(sign))
        return found

    def _product(self) -> Value | None:
        found = self._signed()
        while (sign := self.sign()) in ("*", "/", "//", "%"):
            self.at += 1
            if sign == "*" and self._take("*"):
                found = _power(found, self._signed())
            elif sign == "%" and isinstance(found, str):
                found = poured(found, self._operands())
            else:
                found = self._multiplied(found, self._signed(), str(sign))
        return found

    def _operands(self) -> list[Value | None]:
        """What stands behind the percent sign of a text with holes."""
        if self.sign() == "(":
            close = self.program.closing[self.at]
            parts = [self.part(*one) for one in self.program.arguments(self.at + 1, min(close, self.end))]
            self.at = close + 1
            return parts
        return [self._signed()]

    def _multiplied(self, one: Value | None, other: Value | None, sign: str) -> Value | None:
        if not isinstance(one, int | float) or not isinstance(other, int | float):
            return None
        if sign == "*":
            return _small(one * other)
        if not other:
            return None
        if sign == "//":
            return _small(one // other)
        if sign == "%":
            return one % other if self.program.language == "python" or (one >= 0 and other > 0) else None
        if self.program.language == "python" or isinstance(one, float) or isinstance(other, float):
            return _small(one / other)
        exact = abs(one) % abs(other) == 0
        if self.program.language == "scala" or exact:
            whole = abs(one) // abs(other)
            return whole if (one < 0) == (other < 0) else -whole
        return None

    def _signed(self) -> Value | None:
        if self._take("-"):
            found = self._signed()
            return -found if isinstance(found, int | float) else None
        if self.sign() == "!" and self.sign(1) != "=":
            self.at += 1
            found = self._signed()
            return not found if isinstance(found, bool) else None
        if self._take("not"):
            found = self._comparison()
            return not found if isinstance(found, bool) else None
        for word in ("await", "new", "return"):
            self._take(word)
        return self._behind(self._operand())

    def _operand(self) -> Value | None:
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
            return self._stop()
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
        return Expression(part, 0, len(part.tokens), self.bound, self.budget, self.depth + 1).whole()

    def elsewhere(self, program: Source, place: Place, bound: Bound | None = None) -> Value | None:
        """What an expression comes to that stands in another place, without the names of this function."""
        self.budget.left -= 1
        if self.budget.left < 0:
            return None
        return Expression(program, *place, {} if bound is None else bound, self.budget, self.depth + 1).whole()

    def _behind(self, found: Value | None) -> Value | None:
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

    def _stop(self) -> Value | None:
        """Take nothing further of it: only a run would tell."""
        self.at = self.end + 1
        return None


def _added(one: Value | None, other: Value | None, sign: str) -> Value | None:
    if sign == "-":
        both = isinstance(one, int | float) and isinstance(other, int | float)
        return one - other if both else None  # type: ignore[operator]
    if isinstance(one, int | float) and isinstance(other, int | float) and not isinstance(one, bool):
        return _small(one + other)
    if isinstance(one, Items) and isinstance(other, Items):
        return Items(one.program, (*one.places, *other.places)) if one.program is other.program else None
    if isinstance(one, str) or isinstance(other, str):
        left, right = as_text(one), as_text(other)
        return None if left is None or right is None else left + right
    return None


def _power(one: Value | None, other: Value | None) -> Value | None:
    whole = isinstance(one, int) and isinstance(other, int) and 0 <= other <= 60
    return _small(one**other) if whole and -_MOST_RAISED <= one <= _MOST_RAISED else None  # type: ignore[operator]


def _small(number: int | float) -> int | float | None:
    return number if -_LARGEST < number < _LARGEST else None
