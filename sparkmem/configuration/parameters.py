"""What the functions of a program give back, and what its calls give to their parameters."""

from __future__ import annotations

from functools import cached_property

from sparkmem.configuration import functions
from sparkmem.configuration.assignments import Assignments
from sparkmem.configuration.functions import Function
from sparkmem.configuration.literals import NAME
from sparkmem.configuration.values import Evaluation, Place, Source, Value


class Parameters(Assignments):
    """The functions of a program, with what it assigns."""

    def __init__(self, program: Source) -> None:
        super().__init__(program)
        self._running: set[tuple[str, int]] = set()

    @cached_property
    def functions(self) -> dict[str, list[Function]]:
        """The functions that the text defines, by name."""
        return functions.defined(self.program)

    @cached_property
    def by_parameter(self) -> dict[str, list[Function]]:
        """The functions that have a parameter of each name."""
        return functions.by_parameter(self.functions)

    @cached_property
    def parameters(self) -> set[int]:
        """The brackets of the parameters of functions."""
        return {one.opener for several in self.functions.values() for one in several}

    def defines(self, name: str) -> bool:
        """Whether the text defines a function of that name."""
        return name in self.functions

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

    def of_parameter(self, expression: Evaluation, function: Function, name: str, at: int) -> Value | None:
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
