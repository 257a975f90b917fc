"""Where the value of a key stands that a program writes out: behind a sign, in brackets, in a list of as many values."""

from __future__ import annotations

from sparkmem.configuration.in_brackets import is_key, key_by_path, lists_of_keys_and_values, value_of_label
from sparkmem.configuration.pair_values import PairValues
from sparkmem.configuration.places import READS

_BETWEEN = (":", "->", "=")
_MOST_ARGUMENTS = 200
_FILES = (".conf", ".properties", ".yaml", ".yml", ".json", ".sh", ".py", ".jar", ".txt")
"""How names of files end, which is what ``filename: 'spark.conf'`` is."""


class KeyPlaces:
    """Finds them, and has their values taken."""

    def __init__(self, values: PairValues) -> None:
        self.values, self.program, self.seen = values, values.program, values.seen

    def take(self, at: int, key: str) -> None:
        """Take what stands beside a key, or in its place in a list of values."""
        after = self.program.text(at + 1)
        opener = self.program.opener[at]
        method = str(self.program.text(opener - 1) or "") if self.program.text(opener) == "(" else ""
        if READS.match(method) and after in (",", ")"):
            return
        if after in (*_BETWEEN, "to") and self.program.text(at + 2) != "=":
            self.values.take(at, key, at + 2 + (self.program.text(at + 2) == ">"), key)
        elif after == "]":
            stop = at + 2 + (self.program.text(at + 2) == "]")
            arrow = self.program.text(stop) == "<" and self.program.text(stop + 1) == "-"
            if arrow or (self.program.text(stop) == "=" and self.program.text(stop + 1) != "="):
                self.values.take(at, key, stop + 1 + arrow, key)
        elif after == "," and self.program.text(at - 1) in ("(", "[", "{"):
            bracket = self.program.closing.get(opener, -1)
            arguments = list(self.program.arguments(opener + 1, bracket))[:_MOST_ARGUMENTS]
            if len(arguments) == 2 and not is_key(self.program, arguments[1][0]):
                self.values.take(at, key, at + 2, key)
            elif len(arguments) > 1:
                self._two_lists(opener, arguments)
        elif key.endswith(_FILES):
            return
        elif self.program.text(at - 1) in (*_BETWEEN, ">") and (value := value_of_label(self.program, at)) >= 0:
            self.values.take(at, key, value, key)

    def _two_lists(self, opener: int, names: list[tuple[int, int]]) -> None:
        """Take a list of keys, and near it one of as many values."""
        places = lists_of_keys_and_values(self.program, opener, names)
        if places:
            self.seen.update(range(opener, self.program.closing[opener]))
        for name, value in places:
            key = str(self.program.tokens[name].text)
            self.values.take(name, key, value, key)

    def by_path(self, at: int, text: str) -> bool:
        """Take a field whose owners and name together make up a key."""
        path = key_by_path(self.program, at, text)
        if path:
            self.values.take(at, path, at + 2 + (self.program.text(at + 2) == ">"), path)
        return bool(path)
