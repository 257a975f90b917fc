"""Values of Helm as pairs, read as the file of values that they stand for: ``--set executor.memory=4g`` on its command
line, ``set`` blocks of Terraform's ``helm_release``, and the parameters of an Argo CD application.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import islice

from sparkmem.configuration import script
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.passed_over import OTHER_FILE
from sparkmem.configuration.piece import Piece
from sparkmem.configuration.setting import Ignored
from sparkmem.configuration.shell_command import Word

FORMAT = "helm"

_COMMAND = re.compile(r"(?m:^(?![ \t]*#).*?\bhelm[ \t])")
_WHOLE_COMMAND = re.compile(r"(?m:^(?![ \t]*#)[^\n]*?\bhelm[ \t])(?:[^\n]*\\\n)*[^\n]*")
_BLOCKS = re.compile(
    r"\bset(?:_sensitive)?[ \t]*(?:=[ \t]*\[?\s{0,20})?\{\s{0,20}name[ \t]*=[ \t]*\"(?P<name>[^\"\n]{1,200})\""
    r"\s{0,20},?\s{0,20}value[ \t]*=[ \t]*\"?(?P<value>[^\"\n},]{0,500})"
    r"|^[ \t]*-[ \t]+name:[ \t]*[\"']?(?P<of_argo>[^\"'\n]{1,200}?)[\"']?[ \t]*\n"
    r"[ \t]+value:[ \t]*[\"']?(?P<in_argo>[^\"'\n]{0,500}?)[\"']?[ \t]*$",
    re.MULTILINE,
)
_OF_RELEASES = re.compile(r"\bhelm_release\b|\bargoproj\.io/")
_ITEM = re.compile(r"(.{1,100})\[(\d{1,3})\]")
_OPTIONS = ("--set", "--set-string", "--set-literal")
_FILES = ("-f", "--values", "--set-file")
_PAIR = re.compile(r"(?:[^\\,]|\\.)++")
_BEFORE_VALUE = re.compile(r"((?:[^\\=]|\\.)++)=")
_NAME = re.compile(r"((?:[^\\.]|\\.)+)\.?")
_MOST_PAIRS = 1000
_DEEPEST = 12

_Values = dict[str, "_Values | tuple[str, int]"]


def looks_like(text: str) -> bool:
    """Whether there is such a command with a value."""
    if _COMMAND.search(text) and "--set" in text:
        return True
    return bool(_OF_RELEASES.search(text)) and "kind: Workflow" not in text and bool(_BLOCKS.search(text))


def read(text: str) -> Configuration:
    """The settings of all values; a file of values that the command names is not in the text."""
    from sparkmem.configuration.by_evidence import read_piece, read_pieces  # here: it knows all forms, this one too

    start = _COMMAND.search(text)
    begin = start.start() if start else 0
    values: _Values = {}
    files: list[Ignored] = []
    for block in islice(_BLOCKS.finditer(text), _MOST_PAIRS) if _OF_RELEASES.search(text) else ():
        value = (block["value"] or block["in_argo"] or "").replace(",", "\\,")
        _take(f"{block['name'] or block['of_argo']}={value}", text.count("\n", 0, block.start()) + 1, values)
    for command in script.commands_from(text, begin):
        words = command.words if any(word.text.endswith("helm") for word in command.words) else []
        for word, after in zip(words, [*words[1:], Word()], strict=False):
            name, has_value, value = word.text.partition("=")
            if name in _OPTIONS:
                _take(value if has_value else after.text, word.line, values)
            elif name in _FILES:
                files.append(Ignored(word.line, name, OTHER_FILE))
    if not values:
        raise ConfigurationError("a command of Helm that sets no value")
    lines: list[tuple[str, int]] = []
    _write(values, 0, lines)
    found = read_piece(Piece("\n".join(line for line, _ in lines), [number for _, number in lines]))
    beside = read_pieces([Piece(_without_commands(text), range(1, text.count("\n") + 2))]) if begin else []
    if beside and all(part.format == found.format for part in beside):
        found = combined([*beside, found])  # a file of values, over which the command's go
    return replace(found, ignored=(*found.ignored, *files))


def _without_commands(text: str) -> str:
    """The text with its commands of Helm left empty, line for line."""
    return _WHOLE_COMMAND.sub(lambda command: "\n" * command[0].count("\n"), text)


def _take(pairs: str, line: int, values: _Values) -> None:
    """Take ``a.b=1,c\\.d=2``; a dot or a comma after a backslash is a letter of the name or the value."""
    for pair in islice(_PAIR.finditer(pairs), _MOST_PAIRS):
        begun = _BEFORE_VALUE.match(pair[0])
        if not begun:
            continue
        names = [part for name in _NAME.finditer(begun[1]) for part in _steps(_plain(name[1]))][:_DEEPEST]
        inside = values
        for name in names[:-1]:
            below = inside.get(name)
            if not isinstance(below, dict):
                below = inside[name] = {}
            inside = below
        inside[names[-1]] = (_plain(pair[0][begun.end():]), line)


def _steps(name: str) -> list[str]:
    """A name and the place in its list, as in ``extraEnvVars[0]``; the name alone where it is no list's."""
    item = _ITEM.fullmatch(name)
    return [item[1], f"[{item[2]}]"] if item else [name]


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).strip("\"'")


def _write(values: _Values, depth: int, lines: list[tuple[str, int]]) -> None:
    """The values as lines of YAML, each with the line of the command that it stands for."""
    for name, value in values.items():
        if name.startswith("[") and isinstance(value, dict):
            begun = len(lines)
            _write(value, depth + 1, lines)
            first, number = lines[begun] if begun < len(lines) else ("", 0)
            lines[begun : begun + 1] = [(f"{'  ' * depth}- {first.strip()}", number)]
            continue
        key = name if re.fullmatch(r"[A-Za-z][\w.-]*", name) else json.dumps(name)
        if isinstance(value, dict):
            lines.append((f"{'  ' * depth}{key}:", 0))
            _write(value, depth + 1, lines)
        else:
            lines.append((f"{'  ' * depth}{key}: {json.dumps(value[0])}", value[1]))
