"""INI and TOML: keys below the names of their sections, values in quotes or not, lists of tables with a name and a value."""

from __future__ import annotations

import re

from sparkmem.configuration.carried import carried, safe_name
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.environment_variables import take
from sparkmem.configuration.fields import key_of_field
from sparkmem.configuration.found import Found
from sparkmem.configuration.submit_options import OPTION_TEXTS

FORMAT = "sections"

_HEADER = re.compile(r"[ \t]*(\[\[?)[ \t]*([\w.\"'/ :-]{1,100}?)[ \t]*\]\]?[ \t]*(?:[#;][^\n]*)?")
_PAIR = re.compile(
    r"[ \t]*(?P<key>[\w.-]{1,120}|\"[\w. -]{1,120}\"|'[\w. -]{1,120}')[ \t]*[=:][ \t]*"
    r"(?P<value>\"(?:[^\"\\\n]|\\.){0,2000}\"|'[^'\n]{0,2000}'|[^\n]{0,2000}?)[ \t]*(?:(?<=[ \t\"'])[#;][^\n]*)?"
)
_A_LINE = re.compile(r"^[ \t]*\[\[?[ \t]*[\w.\"'/ :-]{1,100}\]\]?[ \t]*(?:[#;][^\n]*)?\r?$", re.MULTILINE)
_SPARK = re.compile(r"(?:^|[. ])(spark)\.")
_NAMES, _VALUES = ("name", "key", "property", "option"), ("value", "val")
_FOR_ALL = ("default", "defaults", "common", "base", "global", "all", "shared")


def looks_like(text: str) -> bool:
    """Whether there is a line with the name of a section."""
    return bool(_A_LINE.search(text))


def read(text: str) -> Configuration:
    """The settings of all sections; one that two of them set in two ways is not known."""
    reading = _Reading()
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        reading.line(line, number)
    if not (reading.found.settings or reading.found.losses or reading.inner):
        raise ConfigurationError("sections without a setting of Spark's")
    return combined([*reading.inner, reading.found.configuration()])


class _Reading:
    def __init__(self) -> None:
        self.found = Found(FORMAT)
        self.inner: list[Configuration] = []
        self.section = ""
        self.name = ""
        self.sections: dict[str, str] = {}
        """In which section a key has its value."""

    def line(self, line: str, number: int) -> None:
        if header := _HEADER.fullmatch(line):
            self.section, self.name = header[2].replace('"', "").replace("'", ""), ""
        elif pair := _PAIR.fullmatch(line):
            key, value = pair["key"].strip("\"'"), pair["value"]
            quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
            self._pair(key, value[1:-1] if quoted else value, number)

    def _pair(self, key: str, value: str, line: int) -> None:
        if key in _NAMES and value.startswith("spark."):
            self.name = value
            return
        if key in _VALUES and self.name:
            key, self.name = self.name, ""
        if key in OPTION_TEXTS:
            self.inner += take(key, value, line, self.found)
            return
        path = f"{self.section}.{key}"
        begun = [match.start(1) for match in _SPARK.finditer(path)]
        below = path[begun[-1] :] if begun else ""
        field = key_of_field(key) or key_of_field(key.replace(".", "_"))
        named = key if key.startswith("spark.") else below if carried(below) else field
        if not named:
            return
        before = self.found.settings.get(named)
        if before and before.value != value and self._apart(named):
            self.found.drop(named, f"the section {safe_name(self.section)} has another value")
            self.found.hole(named, line, f"it depends on the section: line {before.line} has another")
            return
        self.found.setting(named, value, line, key)
        self.sections[named] = self.section

    def _apart(self, key: str) -> bool:
        """Whether the section of the value before is another one, and not one for all."""
        section = self.sections.get(key, self.section)
        return section != self.section and section.rsplit(".", 1)[-1].lower() not in _FOR_ALL
