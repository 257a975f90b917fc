"""A function of a shell script around a command, and what the script's calls give to its parameters."""

from __future__ import annotations

import re

from sparkmem.configuration import script, shell
from sparkmem.configuration.shell_command import Word
from sparkmem.configuration.shell_variables import Variables

_HEADER = re.compile(
    r"^[ \t]*(?:function[ \t]+(?P<named>[A-Za-z_][\w-]{0,60})[ \t]*(?:\(\))?"
    r"|(?P<name>[A-Za-z_][\w-]{0,60})[ \t]*\(\))\s{0,20}\{",
    re.MULTILINE,
)
_END = re.compile(r"^\}|(?<=[;\s])\}[ \t]*$", re.MULTILINE)
_BEFORE = r"^[ \t]*(?:(?:then|do|else|time|nohup|\S{1,40}[ \t]*(?:&&|\|\|))[ \t]+)?"
_MOST = 20


def around(text: str, at: int) -> tuple[str, int, int] | None:
    """The innermost function of a script around a place: its name, where it begins, and where it ends."""
    headers = list(_HEADER.finditer(text, 0, at + 1))
    for header in reversed(headers[-_MOST:]):
        end = _END.search(text, header.end())
        if end is None or end.start() > at:
            return header["named"] or header["name"], header.start(), end.end() if end else len(text)
    return None


def of_the_script(text: str, variables: Variables) -> None:
    """Keep what a call of the script itself, as at a prompt beside it, gives to its parameters and its environment."""
    found = {(call[1], call[2].strip()): call for call in list(_CALLED.finditer(text))[:_MOST] if call[1] or call[2].strip()}
    if len(found) != 1:
        return
    call = next(iter(found.values()))
    line = text.count("\n", 0, call.start()) + 1
    for name, value in _ASSIGNED.findall(call[1]):
        variables.assign(name, value, line)
    command = next(shell.commands(call[2], line, Variables()), None)
    if command and command.words:
        variables.parameters([None if word.variables else word.text for word in command.words], line)


_CALLED = re.compile(
    r"^[ \t]*((?:[A-Za-z_]\w{0,60}=[\w.]{1,40}[ \t]+){0,6})(?:(?:bash|sh|ksh|zsh|nohup|time)[ \t]+)?"
    r"(?:\.{0,2}[\w~./-]{0,80}/)?[\w.-]{1,60}\.(?:sh|bash|ksh)\b(?![\w.:])([^\n|;&<>#]{0,200})",
    re.MULTILINE,
)
_ASSIGNED = re.compile(r"([A-Za-z_]\w{0,60})=([\w.]{1,40})")


def given(text: str, at: int, variables: Variables) -> list[int]:
    """Keep what the first call of the function around a place gives to its parameters; the lines of all different calls."""
    function = around(text, at)
    if function is None:
        return []
    name, begun, end = function
    found: list[list[Word]] = []
    known, _ = script.assignments(f"{text[:begun]}{text[end:]}")
    call = re.compile(rf"{_BEFORE}{re.escape(name)}(?=[ \t;\n]|\Z)", re.MULTILINE)
    for match in list(call.finditer(text))[:_MOST]:
        if begun <= match.start() < end:
            continue
        first = match.end() - len(name)
        line = text.count("\n", 0, first) + 1
        command = next(shell.commands(text[first : first + _LONGEST], line, known), None)
        words = command.words[1:] if command else []
        if command and [word.text for word in words] not in [[word.text for word in one] for one in found]:
            found.append(words or [Word("", line)])
    if found:
        values = [None if word.variables or word.runs_command else word.text for word in found[0]]
        variables.parameters(values, found[0][0].line)
    return [words[0].line for words in found]


_LONGEST = 4000
