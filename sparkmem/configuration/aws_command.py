"""Commands of ``aws`` and patches of ``kubectl``: each word that is JSON, be it classifications or a driver, and steps."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration import emr_steps, script
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.passed_over import OTHER_FILE
from sparkmem.configuration.piece import Piece, whole_lines
from sparkmem.configuration.setting import Ignored

FORMAT = "aws"

_COMMAND = re.compile(
    r"(?m:^(?![ \t]*#).*?\b(?:kubectl|oc)[ \t][^\n]{0,200}?\bpatch\s)"
    r"|(?m:^(?![ \t]*#).*?\baws[ \t\\]{1,9}\s{0,20}(?:--[a-z-]+[ =]\S+\s{1,9}){0,4}"
    r"(?:emr|emr-containers|emr-serverless|glue|stepfunctions|sagemaker|datapipeline)\s)"
)
_SHORT = re.compile(r"\b[sS]parkSubmitParameters=(?:\"([^\"]*)\"|'([^']*)'|([^,}]*))")
_INSIDE = re.compile(r"sparkapp|spark\.|--(?:executor|driver)-memory|[mM]aximizeResourceAllocation|\b[cC]lassification\b")
_FILE = re.compile(r"(?:file|s3)://\S{1,300}\.json")


def looks_like(text: str) -> bool:
    """Whether there is such a command with settings of Spark's in JSON, or in the short form of JSON."""
    start = _COMMAND.search(text)
    return bool(start) and bool(re.search(r"[\"'=][ \t]*\s{0,9}[\[{]|parkSubmitParameters=", text)) and bool(
        _INSIDE.search(text)
    )


def read(text: str) -> Configuration:
    """The settings of all its words; a file that it names is read where the text writes it."""
    from sparkmem.configuration.by_evidence import read_pieces  # here: it knows all forms, this one too

    plain, bodies = script.without_heredocs(text)
    start = _COMMAND.search(plain)
    if start is None:
        raise ConfigurationError("no command of aws")
    pieces: list[Piece] = []
    files: list[Ignored] = []
    for command in script.commands_from(plain, start.start()):
        for word in command.words:
            short = _SHORT.search(word.text[:20_000])
            if word.text.lstrip()[:1] in ("{", "["):
                pieces.append(whole_lines(word.text, word.line))
            elif short:
                pieces.append(whole_lines(next(filter(None, short.groups()), ""), word.line))
            elif _FILE.fullmatch(word.text) and not bodies:
                files.append(Ignored(word.line, "file://", OTHER_FILE))
    parts = [*read_pieces([*pieces, *bodies]), *([emr_steps.read(plain)] if emr_steps.looks_like(plain) else [])]
    if not parts:
        raise ConfigurationError("a command of aws whose words set nothing of Spark's")
    found = combined(parts)
    return replace(found, ignored=(*found.ignored, *files))
