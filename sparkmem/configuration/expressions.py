"""What an expression of a program comes to, from constants, arithmetic, look-ups and small functions that the text holds.

Nothing is executed: each step is one that this module and ``operands`` know, a budget ends what goes on for too long, and
where a step is not known the whole is None.  Values are texts, numbers, switches, tables, lists, and ``ABSENT`` for what
is not given.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

from sparkmem.configuration.arithmetic import added, multiplied, power
from sparkmem.configuration.literals import NAME
from sparkmem.configuration.operands import Operands
from sparkmem.configuration.string_methods import poured
from sparkmem.configuration.values import ABSENT, Place, Scalar, Value

_COMMON = ("len", "is", "not", "None", "null", "length", "size", "get", "os", "environ", "in", "str", "int", "sys", "self")
_COMPARISONS: Mapping[str, Callable[[Scalar, Scalar], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip


class Expression(Operands):
    """One expression between two tokens, with the values that a call gives to the names of its function."""

    def choice(self) -> Value | None:
        """``a if c else b``, ``c ? a : b``, ``if (c) a else b``: one of the two, or what both of them are."""
        self.budget.left -= 1
        if self.budget.left < 0:
            return self.stop()
        if self.sign() == "if" and self.sign(1) == "(":
            close = self.program.closing[self.at + 1]
            condition, told = self.part(self.at + 2, close), (self.at + 2, close)
            self.at = close + 1
            one, first = self._placed()
            if not self.take("else"):
                return self.stop()
            return self._either(condition, told, (one, first), self._placed(whole=True))
        found, first = self._placed()
        if self.take("if"):
            condition, told = self._placed()
            if not self.take("else"):
                return self.stop()
            return self._either(condition, told, (found, first), self._placed(whole=True))
        if self.sign() == "?" and self.sign(1) not in (":", "?", "."):
            self.at += 1
            one, place = self._placed(whole=True)
            if not self.take(":"):
                return self.stop()
            return self._either(found, first, (one, place), self._placed(whole=True))
        return found

    def _placed(self, whole: bool = False) -> tuple[Value | None, Place]:
        """What the next part comes to, and where it stands."""
        begun = self.at
        found = self.choice() if whole else self._alternative()
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
        while self.take("or") or self.take("|", "|") or self.take("?", "?") or self.take("?", ":"):
            before = found
            other = self._comparison()
            if before is ABSENT or before == "":
                found = other
                self.budget.by_default = True
        return found

    def _comparison(self) -> Value | None:
        found = self._sum()
        for sign, compare in _COMPARISONS.items():
            if self.take(*sign):
                self.take("=")
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
            self.take("+")
            found = added(found, self._product(), str(sign))
        return found

    def _product(self) -> Value | None:
        found = self._signed()
        while (sign := self.sign()) in ("*", "/", "//", "%"):
            self.at += 1
            if sign == "*" and self.take("*"):
                found = power(found, self._signed())
            elif sign == "%" and isinstance(found, str):
                found = poured(found, self._operands())
            else:
                found = multiplied(found, self._signed(), str(sign), self.program.language)
        return found

    def _operands(self) -> list[Value | None]:
        """What stands behind the percent sign of a text with holes."""
        if self.sign() == "(":
            close = self.program.closing[self.at]
            parts = [self.part(*one) for one in self.program.arguments(self.at + 1, min(close, self.end))]
            self.at = close + 1
            return parts
        return [self._signed()]

    def _signed(self) -> Value | None:
        if self.take("-"):
            found = self._signed()
            return -found if isinstance(found, int | float) else None
        if self.sign() == "!" and self.sign(1) != "=":
            self.at += 1
            found = self._signed()
            return not found if isinstance(found, bool) else None
        if self.take("not"):
            found = self._comparison()
            return not found if isinstance(found, bool) else None
        for word in ("await", "new", "return"):
            self.take(word)
        return self.behind(self.operand())
