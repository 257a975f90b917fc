"""What a program looks up in a file that the same text holds: of INI, TOML, YAML, HOCON, properties, JSON, and variables."""

from __future__ import annotations

import re
from functools import cached_property

from sparkmem.configuration.carried import shaped
from sparkmem.configuration.literals import NUMBER, STRING
from sparkmem.configuration.values import Source

_LINE = re.compile(
    r"^(?P<indent>[ \t]*\|?[ \t]*)(?:-[ \t]+)?(?P<key>[\"']?[A-Za-z_][\w.-]{0,80}[\"']?)"
    r"(?P<sign>[ \t]*[:=][ \t]*|[ \t]*(?=\{))"
    r"(?P<value>\"[^\"\n]{0,60}\"|'[^'\n]{0,60}'|[^\s\"'#;,{}\[\]()]{1,60}|\{)?[ \t]*,?[ \t]*(?:[#;][^\n]*)?\r?$",
    re.MULTILINE,
)
_SECTION = re.compile(r"^[ \t]*\[{1,2}[ \t]*([\w. \"-]{1,80}?)[ \t]*\]{1,2}[ \t]*\r?$", re.MULTILINE)
_VARIABLE = re.compile(
    r"^[ \t]*(?:-[ \t]+|-e[ \t]+)?(?:(?:export|set|setx|ENV|ARG)[ \t]+)?[\"']?(?P<name>[A-Z][A-Z0-9_]{1,60})"
    r"(?:=|:[ \t]+|(?<=ENV )[ \t]+)[\"']?(?P<value>[\w.]{1,40})[\"']?[ \t]*\\?\r?$"
    r"|\bos\.environ\[[\"'](?P<own>\w{1,60})[\"']\][ ]?=[ ]?[\"'](?P<given>[\w.]{1,40})[\"']"
    r"|(?:^|[ \t])-e[ \t]+[\"']?(?P<told>[A-Z][A-Z0-9_]{1,60})=(?P<as>[\w.]{1,40})\b"
    r"|(?:^|(?<=[ \t]))(?P<before>[A-Z][A-Z0-9_]{1,60})=(?P<by>[\w.]{1,40})"
    r"(?=[ \t]+(?:[A-Z][A-Z0-9_]{1,60}=[\w.]{1,40}[ \t]+){0,4}"
    r"(?:[\w./~-]{0,80}/)?(?:python3?|spark\d?-submit|java|poetry|uv|pytest)[ \t])",
    re.MULTILINE,
)
_STARTED = re.compile(r"^[^\n#\"'(]{0,200}?[\w./-]{1,80}\.(?:py|jar|R)[ ]([^\n]{1,400})$", re.MULTILINE)
_GIVEN = re.compile(r"(?<!\S)(--[a-z][\w-]{1,40})[ =]([\w.]{1,40})(?=\s|$)")
_INLINE = re.compile(
    r"(?<=[{,])[ \t]*(?P<key>[A-Za-z_][\w.-]{0,60})[ \t]*[=:][ \t]*(?P<value>\"[\w.]{1,40}\"|[\w.]{1,40})[ \t]*(?=[,}])"
)
_CLOSES = re.compile(r"^[ \t]*\|?[ \t]*\}", re.MULTILINE)
_LONGEST = 200_000
_MOST_AROUND = 8
_MOST_KEYS = 4000


class Beside:
    """Values by their paths, as ``spark.executor.memory``, and variables of the environment by their names."""

    def __init__(self, text: str, program: Source) -> None:
        self.text, self.program = text if len(text) <= _LONGEST else "", program

    def entry(self, names: tuple[str, ...]) -> str | None:
        """The value under a path, of which the first name is the program's own; None where there is none, or are several.

        A field is found in whatever spelling of it: ``executorMemory`` as ``executor_memory``.
        """
        keys = [key for name in names[1:] for key in name.split(".") if key]
        if not keys:
            return None
        wanted = tuple(map(_plain, keys))
        found = {value for path, value in self._by_last.get(wanted[-1], ()) if path[-len(wanted) :] == wanted}
        return found.pop() if len(found) == 1 else None

    def variable(self, name: str) -> str | None:
        """What the text gives to a variable of the environment; None where it gives nothing, or several values."""
        found = self._variables.get(name, set())
        return next(iter(found)) if len(found) == 1 else None

    def on_command_line(self, option: str) -> str | None:
        """What a command in the text gives to an option of the program itself; None where none does, or several differ."""
        found = self._options.get(option, set())
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _options(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for line in _STARTED.findall(self.text):
            for option, value in _GIVEN.findall(line):
                if shaped(value):
                    found.setdefault(option, set()).add(value)
        return found

    @cached_property
    def _variables(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for match in _VARIABLE.finditer(self.text):
            name = match["name"] or match["own"] or match["told"] or match["before"]
            value = match["value"] or match["given"] or match["as"] or match["by"]
            if name and value and shaped(value):
                found.setdefault(name, set()).add(value)
        return found

    @cached_property
    def _by_last(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        inline = [((one["key"],), one["value"].strip("\"'")) for one in _INLINE.finditer(self.text)]
        for path, value in [*self._of_lines(), *self._of_brackets(), *inline][:_MOST_KEYS]:
            keys = tuple(_plain(key) for name in path for key in name.split(".") if key)
            if keys and shaped(value):
                found.setdefault(keys[-1], []).append((keys, value))
        return found

    def _of_lines(self) -> list[tuple[tuple[str, ...], str]]:
        """Lines of sections, of YAML, of blocks in braces, and of properties, without those of a program."""
        found: list[tuple[tuple[str, ...], str]] = []
        marks = [(match.start(), match) for pattern in (_SECTION, _LINE, _CLOSES) for match in pattern.finditer(self.text)]
        section, open_now = "", list[tuple[int, str, bool]]()
        for _, match in sorted(marks, key=lambda mark: mark[0])[: 2 * _MOST_KEYS]:
            if match.re is _SECTION:
                section, open_now = match[1].replace('"', ""), []
            elif match.re is _CLOSES:
                open_now = open_now[: max((n for n, one in enumerate(open_now) if one[2]), default=0)]
            else:
                indent, key = len(match["indent"]), match["key"].strip("\"'")
                open_now = [one for one in open_now if one[2] or one[0] < indent][-_MOST_AROUND:]
                value, sign = match["value"], match["sign"]
                if value is None or value == "{":
                    open_now.append((indent, key, value == "{"))
                elif section or open_now or _is_of_a_file(key, sign, value):
                    found.append(((section, *(one[1] for one in open_now), key), value.strip("\"'")))
        return found

    def _of_brackets(self) -> list[tuple[tuple[str, ...], str]]:
        """Keys in quotes with a value behind a colon, under the keys of the objects around them."""
        program, found = self.program, list[tuple[tuple[str, ...], str]]()
        for at, token in enumerate(program.tokens):
            if token.kind != STRING or program.text(at + 1) != ":" or at + 2 >= len(program.tokens):
                continue
            value = program.tokens[at + 2]
            if value.kind not in (STRING, NUMBER) or not value.text or not token.text:
                continue
            path, opener = [token.text], program.opener[at]
            while opener >= 2 and len(path) < _MOST_AROUND:
                owner = program.tokens[opener - 2]
                if program.text(opener - 1) == ":" and owner.kind == STRING and owner.text:
                    path.insert(0, owner.text)
                opener = program.opener[opener]
            found.append((tuple(path), value.text))
        return found


def _is_of_a_file(key: str, sign: str, value: str) -> bool:
    """Whether a line without anything around it is a file's, and no assignment of a program's."""
    if ":" in sign:
        return (sign != ":" and value[:1] not in "\"'") or value[:1] in "\"'"
    return "." in key or "-" in key or sign == "=" or value[:1] not in "\"'0123456789TtFf" or not value.isdigit()


def _plain(key: str) -> str:
    return key.replace("_", "").replace("-", "").lower()
