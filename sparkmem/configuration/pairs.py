"""Keys beside their values anywhere in a program or in JSON: dictionaries, lists of pairs, keyword arguments, options.

``"key": value``, ``("key", value)``, ``"key" -> value``, ``x["key"] = value``, ``executor_memory=value``, a list of the
words of a command, and a command or its options inside a string.
"""

from __future__ import annotations

import re
from functools import cached_property

from sparkmem.configuration.branches import Branches
from sparkmem.configuration.carried import CLUSTER_KEYS, carried, safe_name
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.fields import key_of_field
from sparkmem.configuration.found import Found
from sparkmem.configuration.in_brackets import (
    FARTHEST,
    VALUE_LABELS,
    is_key,
    key_by_path,
    lines_of_text,
    lists_of_keys_and_values,
    value_of_label,
)
from sparkmem.configuration.inside_strings import Inside, holds_a_text
from sparkmem.configuration.literals import NAME, STRING
from sparkmem.configuration.meaning import meant_by_words
from sparkmem.configuration.operator_fields import FIELDS, KINDS
from sparkmem.configuration.passed_over import NO_VALUE, ONLY_A_RUN
from sparkmem.configuration.piece import Piece
from sparkmem.configuration.places import READS, in_classification, inner_value, is_below, is_statement, of_a_server, reads
from sparkmem.configuration.program import DECLARES, Program
from sparkmem.configuration.submit_options import OPTIONS, OTHER_OPTIONS
from sparkmem.spark.settings.keys import misspelt

_BETWEEN = (":", "->", "=")
_MOST_ARGUMENTS = 200
_FILES = (".conf", ".properties", ".yaml", ".yml", ".json", ".sh", ".py", ".jar", ".txt")
"""How names of files end, which is what ``filename: 'spark.conf'`` is."""
_WITH_SIGNS = re.compile(r"--[a-z-]{2,40}([;,|])[^ \n]{1,4000}\1--[a-z]")
_OPTIONS = frozenset((*OPTIONS, *OTHER_OPTIONS, "--conf", "-c"))
_SUBMITTERS = ("SparkSubmitOperator", "LivyOperator", "SparkSubmitHook")


def _puts_over(program: Program, at: int) -> bool:
    """Whether one table is put over another there, as ``{**A, **B}``, ``{...a, ...b}`` or ``a.update(b)``."""
    text = program.text
    if text(at) in ("{", ",") and [text(at + 1), text(at + 2)] == ["*", "*"]:
        return True
    return text(at) == "." and text(at + 1) == "update" and text(at + 2) == "("


class Pairs:
    """Goes once through the tokens; what another reader took, by its place, is left out."""

    def __init__(
        self, program: Program, seen: set[int], format: str = "code", branches: Branches | None = None
    ) -> None:
        self.program, self.seen = program, seen
        self.found = Found(format)
        self.found.branches = branches
        self.found.merged = any(_puts_over(program, at) for at in range(len(program.tokens)))
        self.of_file = Found("spark-defaults")
        """What a cluster's classification puts into its file of defaults, where options win over it."""
        self.inside = Inside(program, seen, self.found)
        self.later: list[tuple[int, str, int]] = []
        """Parameters and fields of classes, which are settings only where nothing is made of them."""
        self.fields: dict[str, int] = {}
        """Where a field stands that was taken for a key."""

    def read(self) -> list[Configuration]:
        """What was found: texts inside strings first, as the program's own settings go before them."""
        for at, token in enumerate(self.program.tokens):
            if at in self.seen:
                continue
            if token.kind == STRING and self._is_filled_in(at):
                self._filled_in(at)
            elif token.text is None:
                continue
            elif token.kind == STRING and not self._by_path(at, token.text):
                self._string(at, token.text)
            elif token.kind == NAME and self._by_path(at, token.text):
                continue
            elif token.kind == NAME and (key := self._operator_key(at, token.text) or key_of_field(token.text)):
                self._field(at, key)
        for at, key, start in self.later:
            if str(self.program.text(at)) not in self.program.names.used and key not in self.found.settings:
                self._declared_field(at, key, start)
        own = [found.configuration() for found in (self.of_file, self.found)]
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
        if text in ("--conf", "-c") and self.program.text(at + 1) in (":", "=") and self.inside.options_behind(at):
            return
        if text in _OPTIONS or (text.startswith("--") and text.split("=", 1)[0] in _OPTIONS and " " not in text):
            if not self._declared(at) and not self.inside.calls(at):
                self.inside.words(at)
        elif text.endswith("\n") and self.program.text(at + 1) == "," and self._lines(at):
            return
        elif holds_a_text(text):
            if text.strip() not in _OPTIONS or not self.inside.calls(at):
                self.inside.text(at, text)
        elif text.startswith(("spark.", "sparklyr.shell.", "spark_conf.spark.", "spark:spark.")):
            self._pair(at, key_of_field(text) or text.removeprefix("spark_conf.").removeprefix("spark:"))
        elif text.removeprefix("yarn:") in CLUSTER_KEYS:
            self._pair(at, text.removeprefix("yarn:"))
        elif (field := self._operator_key(at, text)) and self.program.text(at + 1) == ":":
            self._value(at, field, at + 2, text)
        elif key := key_of_field(text):
            if self.program.text(at + 1) == ":":
                self._value(at, key, at + 2, text)
            elif self.program.text(at - 1) == "[" and self.program.text(at + 1) == "]":
                self._pair(at, key)
        elif self._of_submitter and self.program.text(at + 1) == ":" and len(text) <= 40:
            meant = meant_by_words(f"spark.{text.replace('_', '.').lower()}")
            if meant.endswith(("memory", "memoryOverhead")):
                self.found.lose("wrong-field", self.program.tokens[at].line, meant, f"write {meant}", safe_name(text))
        elif 8 <= len(text) <= 80 and "." in text and misspelt(text):
            self._pair(at, text)

    def _declared(self, at: int) -> bool:
        """Take the default of an option that a program declares, as argparse has it."""
        opener = self.program.opener[at]
        if opener < 0 or self.program.text(opener - 1) not in DECLARES:
            return False
        key, default = OPTIONS.get(self.program.tokens[at].text or "", ""), self.program.default_of(opener)
        if key and default >= 0:
            self.found.remark(self.program.tokens[default].line, "default", "where nothing else is given")
            self._value(at, key, default, str(self.program.tokens[at].text))
        return True

    def _operator_key(self, at: int, field: str) -> str:
        """The key for a field of an operator's driver or executor, where such an object is written out."""
        opener = self.program.opener[at]
        owner = self.program.tokens[opener - 2].text if opener >= 2 and self.program.text(opener - 1) in (":", "=") else ""
        return FIELDS[owner].get(field, "") if owner in ("driver", "executor") and self._of_operator else ""

    @cached_property
    def _of_submitter(self) -> bool:
        return any(token.kind == NAME and token.text in _SUBMITTERS for token in self.program.tokens)

    @cached_property
    def _workers(self) -> bool:
        """Whether fields of memory are the sizes of workers that EMR Serverless starts, and no settings of Spark's."""
        return any(token.kind == STRING and (token.text or "").endswith(" vCPU") for token in self.program.tokens)

    @cached_property
    def _of_operator(self) -> bool:
        named = {token.text for token in self.program.tokens if token.kind == STRING}
        parts = bool(named & {"driver", "executor"})
        return any(kind in named for kind in KINDS) or (parts and bool(named & {"spec", "mainApplicationFile", "sparkConf"}))

    def _pair(self, at: int, key: str) -> None:
        after = self.program.text(at + 1)
        opener = self.program.opener[at]
        method = str(self.program.text(opener - 1) or "") if self.program.text(opener) == "(" else ""
        if READS.match(method) and after in (",", ")"):
            return
        if after in (*_BETWEEN, "to") and self.program.text(at + 2) != "=":
            self._value(at, key, at + 2 + (self.program.text(at + 2) == ">"), key)
        elif after == "]":
            stop = at + 2 + (self.program.text(at + 2) == "]")
            arrow = self.program.text(stop) == "<" and self.program.text(stop + 1) == "-"
            if arrow or (self.program.text(stop) == "=" and self.program.text(stop + 1) != "="):
                self._value(at, key, stop + 1 + arrow, key)
        elif after == "," and self.program.text(at - 1) in ("(", "[", "{"):
            bracket = self.program.closing.get(opener, -1)
            arguments = list(self.program.arguments(opener + 1, bracket))[:_MOST_ARGUMENTS]
            if len(arguments) == 2 and not is_key(self.program, arguments[1][0]):
                self._value(at, key, at + 2, key)
            elif len(arguments) > 1:
                self._two_lists(opener, arguments)
        elif key.endswith(_FILES):
            return
        elif self.program.text(at - 1) in (*_BETWEEN, ">") and (value := value_of_label(self.program, at)) >= 0:
            self._value(at, key, value, key)

    def _two_lists(self, opener: int, names: list[tuple[int, int]]) -> None:
        """Take a list of keys, and near it one of as many values."""
        places = lists_of_keys_and_values(self.program, opener, names)
        if places:
            self.seen.update(range(opener, self.program.closing[opener]))
        for name, value in places:
            key = str(self.program.tokens[name].text)
            self._value(name, key, value, key)

    def _by_path(self, at: int, text: str) -> bool:
        """Take a field whose owners and name together make up a key."""
        path = key_by_path(self.program, at, text)
        if path:
            self._value(at, path, at + 2 + (self.program.text(at + 2) == ">"), path)
        return bool(path)

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

    def _field(self, at: int, key: str) -> None:
        """A keyword argument, a field of an object, or an attribute of a block."""
        between = self.program.text(at + 1)
        if self._workers:
            return
        if self.program.text(at - 1) == "." or between not in ("=", ":") or self.program.text(at + 2) == "=":
            return
        typed = between == ":" and self.program.text(at + 3) == "="
        start = self._default(at + 2 + 2 * typed)
        if typed or self.program.opener[at] in self.program.names.parameters:
            self.later.append((at, key, start))
        elif self.program.opener[at] >= 0 or start > at + 4 or typed:
            self._value(at, key, start, str(self.program.tokens[at].text))

    def _declared_field(self, at: int, key: str, start: int) -> None:
        """Take a parameter or a field of a class that is named as a setting: its default, or what a variable puts there."""
        name, line = str(self.program.text(at)), self.program.tokens[at].line
        if (held := self.program.names.by_environment(name)) is not None:
            self.found.setting(key, held, line, safe_name(name))
            return
        if self.program.opener[at] < 0:
            self.found.remark(line, "default", "where nothing else is given")
        self._value(at, key, start, name)

    def _default(self, start: int) -> int:
        """Where the value begins: of ``Field(default=…, …)``, as a class declares it, that of its default."""
        if self.program.text(start + 1) != "(" or self.program.tokens[start].kind != NAME:
            return start
        for begun, _ in self.program.arguments(start + 2, min(self.program.closing[start + 1], start + FARTHEST)):
            if self.program.text(begun) == "default" and self.program.text(begun + 1) == "=":
                self.found.remark(self.program.tokens[begun].line, "default", "where nothing else is given")
                return begun + 2
        return start

    def _value(self, at: int, key: str, start: int, written_as: str) -> None:
        tokens = self.program.tokens
        if str(self.program.text(start)).lower() in VALUE_LABELS and self.program.text(start + 1) in (":", "="):
            start += 2 + (self.program.text(start + 2) == ">")
        start = inner_value(self.program, start)
        end = self.program.end_of(start, len(tokens))
        line = tokens[at].line
        if start >= end or (is_statement(self.program, at) and reads(self.program, start, end)):
            return
        if self.program.text(start) in ("None", "null", "undefined", "nil"):
            if carried(key):
                self.found.ignore(line, safe_name(written_as), NO_VALUE)
            return
        text = self.program.value(start, end)
        if text is None:
            self.found.ignore(line, safe_name(written_as), f"the value is no plain text or number: {ONLY_A_RUN}")
            around = self.program.opener[at]
            apart = around >= 0 and self.program.text(around) != "["  # an object, which may be another job's
            (self.found.hole if apart else self.found.displaced)(key, line, ONLY_A_RUN)
            return
        if not text and key.startswith("spark.") and self.found.format == "json":
            self.found.ignore(line, safe_name(written_as), "an empty value, which sets nothing")
            return
        if any(place in self.program.defaulted for place in range(start, end)):
            self.found.remark(line, safe_name(key), "where nothing else is given: the default in the text is taken")
        self.seen.update(range(start, end))
        if of_a_server(self.program, at):
            self.found.ignore(line, safe_name(written_as), "of Spark's Thrift server, which is an application by itself")
            return
        if not written_as.startswith("spark."):
            self.fields[key] = at
        elif key in self.fields and is_below(self.program, at, self.fields[key]):
            field = tokens[self.fields[key]]
            wins = f"the field {safe_name(str(field.text))} on line {field.line} wins"
            self.found.ignore(line, safe_name(written_as), wins)
            return
        of_file = (self.inside.inner and in_classification(self.program, at)) or tokens[at].text == f"spark:{key}"
        found = self.of_file if of_file else self.found
        found.setting(key, text, line, safe_name(written_as))



def has_pairs(program: Program) -> bool:
    """Whether a key of memory or a field that stands for one is written out."""
    for token in program.tokens:
        if token.text and token.kind in (STRING, NAME) and (carried(token.text) or key_of_field(token.text)):
            return True
    return False
