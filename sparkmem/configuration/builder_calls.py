"""The calls of a program that set something: which tokens are such, which keys they name, of which session they are."""

from __future__ import annotations

from sparkmem.configuration.carried import carried
from sparkmem.configuration.chains import Chains
from sparkmem.configuration.literals import NAME
from sparkmem.configuration.program import Program
from sparkmem.configuration.sessions import METHODS

_LAUNCHER = {
    "DRIVER_MEMORY": "spark.driver.memory",
    "EXECUTOR_MEMORY": "spark.executor.memory",
    "EXECUTOR_CORES": "spark.executor.cores",
    "DRIVER_EXTRA_JAVA_OPTIONS": "spark.driver.extraJavaOptions",
    "EXECUTOR_EXTRA_JAVA_OPTIONS": "spark.executor.extraJavaOptions",
    "SPARK_MASTER": "spark.master",
}


class BuilderCalls:
    """Asks the tokens of a program for them."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.tokens, self.closing = program.tokens, program.closing
        self.chains = Chains(program)

    def is_call(self, at: int) -> bool:
        """Whether a method that sets something is called at a token."""
        name = self.tokens[at]
        return (
            name.kind == NAME
            and name.text in METHODS
            and self.program.text(at - 1) == "."
            and self.program.text(at + 1) == "("
            and at + 1 in self.closing
        )

    def on_other_managers(self) -> frozenset[int]:
        """The chains of calls that are not read, where the program makes sessions on several cluster managers."""
        if sum(token.text in ("master", "setMaster", "spark.master") for token in self.tokens) < 2:
            return frozenset()
        for at in range(len(self.tokens)):
            if not self.is_call(at) or self.program.text(self.closing[at + 1]) != ")":
                continue
            arguments = list(self.program.arguments(at + 2, self.closing[at + 1]))
            if self.tokens[at].text in ("master", "setMaster") and len(arguments) == 1:
                self.chains.master(at, self.program.value(*arguments[0]) or self.begun(arguments) or "")
            elif self.tokens[at].text == "config" and len(arguments) == 1 and self.tokens[arguments[0][1] - 1].kind == NAME:
                self.chains.hand_on(at, arguments[0][1] - 1)
            elif len(arguments) == 2 and (key := self.key(*arguments[0])):
                if key == "spark.master":
                    self.chains.master(at, self.program.value(*arguments[1]) or "")
                elif carried(key):
                    self.chains.size(at)
        return self.chains.left_out()

    def key(self, start: int, end: int) -> str | None:
        """The key that an argument names, by a text or by one of the launcher's constants."""
        last = self.tokens[end - 1]
        if last.kind == NAME and last.text in _LAUNCHER and end - start <= 3:
            return _LAUNCHER[last.text]
        return self.program.value(start, end)

    def begun(self, arguments: list[tuple[int, int]]) -> str | None:
        """A text that is filled in, where what stands before its first hole says already what runs the job."""
        texts = [self.tokens[start].template for start, end in arguments if end == start + 1]
        return next((text for text in texts if text.startswith(("spark://", "k8s://", "local["))), None)

    def holds_pairs(self, argument: tuple[int, int]) -> bool:
        """Whether an argument is a dictionary or a Map, or one ``key -> value``."""
        words = [word.text for word in self.tokens[argument[0] : min(argument[0] + 4, argument[1])]]
        return "{" in words or "Map" in words or "->" in words
