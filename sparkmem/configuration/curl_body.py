"""What a command of curl sends: the body of a request to Livy, to a vendor's interface, or to Spark's own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sparkmem.configuration import script
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.piece import Piece, whole_lines
from sparkmem.configuration.shell_command import Command, Word

FORMAT = "curl"

_COMMAND = re.compile(r"(?m:^(?![ \t]*#).*?\bcurl[ \t])")
_BODY = re.compile(r"(-d|--data(?:-raw|-binary|-ascii|-urlencode)?|--json)(?:=(.*)|([\[{'\"].*))?", re.DOTALL)


def looks_like(text: str) -> bool:
    """Whether there is such a command with a body."""
    return bool(_COMMAND.search(text)) and bool(re.search(r"\s(?:-d|--data|--json)", text))


def read(text: str) -> Configuration:
    """The settings of all bodies; what the script's variables hold is filled in, as a shell would."""
    from sparkmem.configuration.by_evidence import read_pieces  # here: it knows all forms, this one too

    text, heredocs = script.without_heredocs(text)
    start = _COMMAND.search(text)
    begin = start.start() if start else 0
    found = read_pieces([*_bodies(script.commands_from(text, begin)), *heredocs])
    if not found:
        raise ConfigurationError("a command of curl whose body, if the text has it, sets nothing of Spark's")
    return combined(found)


def _bodies(commands: Iterable[Command]) -> list[Piece]:
    bodies: list[Piece] = []
    for command in commands:
        words = command.words if any(word.text == "curl" or word.text.endswith("/curl") for word in command.words) else []
        for word, after in zip(words, [*words[1:], Word()], strict=False):
            if match := _BODY.fullmatch(word.text):
                given = match[2] or match[3]
                body, first = (given, word.line) if given else (after.text, after.line)
                bodies += [whole_lines(body, first)] if not body.startswith("@") else []
    return bodies
