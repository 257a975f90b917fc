"""Keys beside their values anywhere in a program or in JSON: dictionaries, lists of pairs, keyword arguments, options.

``"key": value``, ``("key", value)``, ``"key" -> value``, ``x["key"] = value``, ``executor_memory=value``, a list of the
words of a command, and a command or its options inside a string.
"""

from __future__ import annotations

import re

from sparkmem.configuration.branches import Branches
from sparkmem.configuration.carried import CLUSTER_KEYS, carried, safe_name
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.field_owners import FieldOwners
from sparkmem.configuration.fields import key_of_field
from sparkmem.configuration.in_brackets import lines_of_text
from sparkmem.configuration.inside_strings import holds_a_text
from sparkmem.configuration.key_places import KeyPlaces
from sparkmem.configuration.literals import NAME, STRING
from sparkmem.configuration.meaning import meant_by_words
from sparkmem.configuration.pair_values import PairValues
from sparkmem.configuration.piece import Piece
from sparkmem.configuration.program import Program
from sparkmem.configuration.program_fields import ProgramFields
from sparkmem.configuration.submit_options import OPTIONS, OTHER_OPTIONS
from sparkmem.spark.settings.keys import misspelt

_WITH_SIGNS = re.compile(r"--[a-z-]{2,40}([;,|])[^ \n]{1,4000}\1--[a-z]")
_SETTER = re.compile(r"(?:set|with)_?([A-Za-z]\w{6,60})")
_OPTIONS = frozenset((*OPTIONS, *OTHER_OPTIONS, "--conf", "-c"))


class Pairs:
    """Goes once through the tokens; what another reader took, by its place, is left out."""

    def __init__(
        self, program: Program, seen: set[int], format: str = "code", branches: Branches | None = None
    ) -> None:
        self.program, self.seen = program, seen
        self.values = PairValues(program, seen, format, branches)
        self.found, self.inside = self.values.found, self.values.inside
        self.keys, self.owners = KeyPlaces(self.values), FieldOwners(program)
        self.fields = ProgramFields(self.values, self.owners)

    def read(self) -> list[Configuration]:
        """What was found: texts inside strings first, as the program's own settings go before them."""
        for at, token in enumerate(self.program.tokens):
            if at in self.seen:
                continue
            if token.kind == STRING and self._is_filled_in(at):
                self._filled_in(at)
            elif token.text is None:
                continue
            elif token.kind == STRING and not self.keys.by_path(at, token.text):
                self._string(at, token.text)
            elif token.kind == NAME and self.keys.by_path(at, token.text):
                continue
            elif token.kind == NAME and (key := self.owners.operator_key(at, token.text) or key_of_field(token.text)):
                self.fields.take(at, key)
            elif token.kind == NAME and (setter := _SETTER.fullmatch(token.text)) and (key := key_of_field(setter[1])):
                self.fields.call(at, key)
        self.fields.take_declared()
        own = [found.configuration() for found in (self.values.of_file, self.found)]
        return [*self.inside.inner, *(part for part in own if part.settings or part.ignored or part.lost or part.cluster)]

    def _is_filled_in(self, at: int) -> bool:
        """Whether a text has holes that the program fills in."""
        behind = self.program.text(at + 1)
        if self.program.tokens[at].template:
            return True
        if behind == ")" and self.program.text(at + 3) == "substitute":
            return self.program.text(at - 2) == "Template"
        return behind == "%" or (behind == "." and self.program.text(at + 2) in ("format", "formatted"))

    def _filled_in(self, at: int) -> None:
        """Take a command or another text that the program fills in, with holes where only a run would tell."""
        of_python = self.program.text(at - 2) == "Template" and self.program.text(at + 1) == ")"
        end = self.program.end_of(at - 2 * of_python, len(self.program.tokens))
        text, token = self.program.value(at - 2 * of_python, end), self.program.tokens[at]
        if text is None:
            text = token.text if token.text is not None else self.inside.with_holes(at, at + 1)
        if text.startswith("-") and " " not in text.strip():
            self._string(at, text)
        elif holds_a_text(text):
            self.inside.text(at, text)
            self.seen.update(range(at, end))
        elif token.text is not None:
            self._string(at, token.text)

    def _string(self, at: int, text: str) -> None:
        if text.startswith("--") and (sign := _WITH_SIGNS.match(text)):
            self.inside.words_with(sign[1], text, self.program.tokens[at].line)
            return
        if self.found.of_the_job(text, self.program.tokens[at].line):
            return
        if text in ("--conf", "-c") and self.program.text(at + 1) in (":", "=") and self.inside.options_behind(at):
            return
        if text in _OPTIONS or (text.startswith("--") and text.split("=", 1)[0] in _OPTIONS and " " not in text):
            if not self.fields.option(at) and not self.inside.calls(at):
                self.inside.words(at)
        elif text.endswith("\n") and self.program.text(at + 1) == "," and self._lines(at):
            return
        elif holds_a_text(text):
            if text.strip() not in _OPTIONS or not self.inside.calls(at):
                self.inside.text(at, text)
        elif text.startswith(("spark.", "sparklyr.shell.", "spark_conf.spark.", "spark:spark.")):
            self.keys.take(at, key_of_field(text) or text.removeprefix("spark_conf.").removeprefix("spark:"))
        elif text.removeprefix("yarn:") in CLUSTER_KEYS:
            self.keys.take(at, text.removeprefix("yarn:"))
        elif (field := self.owners.operator_key(at, text)) and self.program.text(at + 1) == ":":
            self.values.take(at, field, at + 2, text)
        elif key := key_of_field(text):
            if self.program.text(at + 1) == ":":
                self.values.take(at, key, at + 2, text)
            elif self.program.text(at - 1) == "[" and self.program.text(at + 1) == "]":
                self.keys.take(at, key)
        elif self.owners.submitter and self.program.text(at + 1) == ":" and len(text) <= 40:
            meant = meant_by_words(f"spark.{text.replace('_', '.').lower()}")
            if meant.endswith(("memory", "memoryOverhead")):
                line, write = self.program.tokens[at].line, f"write {_field(meant)}"
                self.found.lose("wrong-field", line, meant, write, safe_name(text))
        elif 8 <= len(text) <= 80 and "." in text and misspelt(text):
            self.keys.take(at, text)

    def _lines(self, at: int) -> bool:
        """Take a list of the lines of a text for the text."""
        places = lines_of_text(self.program, at)
        self.seen.update(places)
        tokens = [self.program.tokens[place] for place in places]
        text = "".join(str(token.text) for token in tokens)
        if "spark" in text or "emory" in text:
            lines = [token.line for token in tokens for _ in range(max(1, str(token.text).count("\n")))]
            self.inside.piece(Piece(text, lines))
        return bool(places)


def _field(key: str) -> str:
    """The name that Airflow's submitter has for a key."""
    return key.removeprefix("spark.").replace(".", "_").replace("memoryOverhead", "memory_overhead")


def has_pairs(program: Program) -> bool:
    """Whether a key of memory or a field that stands for one is written out."""
    for token in program.tokens:
        if token.text and token.kind in (STRING, NAME) and (carried(token.text) or key_of_field(token.text)):
            return True
    return False
