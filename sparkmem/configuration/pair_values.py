"""The value that stands beside a key in a program: taken, or named with the reason why only a run would tell it."""

from __future__ import annotations

from sparkmem.configuration.branches import Branches
from sparkmem.configuration.carried import carried, safe_name
from sparkmem.configuration.fields import option_of_sparklyr
from sparkmem.configuration.found import Found
from sparkmem.configuration.in_brackets import VALUE_LABELS
from sparkmem.configuration.inside_strings import Inside
from sparkmem.configuration.passed_over import NO_VALUE, ONLY_A_RUN
from sparkmem.configuration.places import in_classification, inner_value, is_below, is_statement, of_a_server, reads
from sparkmem.configuration.program import Program
from sparkmem.configuration.submit_options import ENVIRONMENT


def _puts_over(program: Program, at: int) -> bool:
    """Whether one table is put over another there, as ``{**A, **B}``, ``{...a, ...b}`` or ``a.update(b)``."""
    text = program.text
    sign = text(at)
    if sign == "session" and text(at - 1) == "." and text(at - 2) == "sparkR":
        return True  # whose own arguments go before those of its list
    if sign == ".":
        return text(at + 1) == "update" and text(at + 2) == "("
    return sign in ("{", ",") and text(at + 1) == text(at + 2) == "*"


_OF_THE_WHOLE = ("spark.master", "spark.submit.deployMode")


class PairValues:
    """Takes them; the places of what is taken are in `seen`."""

    def __init__(self, program: Program, seen: set[int], format: str, branches: Branches | None) -> None:
        self.program, self.seen = program, seen
        self.found = Found(format)
        self.found.branches = branches
        self.found.merged = any(_puts_over(program, at) for at in range(len(program.tokens)))
        self.of_file = Found("spark-defaults")
        """What a cluster's classification puts into its file of defaults, where options win over it."""
        self.inside = Inside(program, seen, self.found)
        self.fields: dict[str, int] = {}
        """Where a field stands that was taken for a key."""
        self.sized: dict[int, set[str]] = {}
        """By the bracket of an object the keys that were taken in it."""

    def take(self, at: int, key: str, start: int, written_as: str) -> None:
        """The value that begins at a token, for a key that stands at another."""
        tokens = self.program.tokens
        written_as = name if option_of_sparklyr(name := str(tokens[at].text)) else written_as
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
        if not written_as.startswith(("spark.", "sparklyr.")):
            self.fields[key] = at
        elif key in self.fields and is_below(self.program, at, self.fields[key]):
            field = tokens[self.fields[key]]
            wins = f"the field {safe_name(str(field.text))} on line {field.line} wins"
            self.found.ignore(line, safe_name(written_as), wins)
            return
        of_file = in_classification(self.program, at) or tokens[at].text == f"spark:{key}"
        found = self.of_file if of_file else self.found
        if self._is_of_another_object(at, key):
            found.ignore(line, safe_name(written_as), "of an object beside the one whose sizes are read")
            return
        name = str(tokens[at].text)
        found.setting(key, text, line, name if name in ENVIRONMENT else safe_name(written_as))

    def _is_of_another_object(self, at: int, key: str) -> bool:
        """Whether a master or a mode stands in a further object, after one that has its own and sizes beside it."""
        around, statements = self.program.opener[at], self.sized
        earlier = [keys for opener, keys in statements.items() if opener != around and key in keys]
        if key in _OF_THE_WHOLE and around >= 0 and any(any(map(carried, keys)) for keys in earlier):
            return True
        statements.setdefault(around, set()).add(key)
        return False
