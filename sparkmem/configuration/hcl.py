"""Terraform and other HCL: attributes of blocks, maps, here-documents and ``jsonencode``; a line's end ends a value."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration import hcl_calls, script
from sparkmem.configuration.carried import shaped
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.literals import NAME, STRING
from sparkmem.configuration.pairs import Pairs
from sparkmem.configuration.program import Program

FORMAT = "hcl"

_BLOCK = re.compile(
    r"^[ \t]*(?:resource|data|module|variable|locals|provider|dynamic)\b(?:[ \t]+\"[^\"\n]{1,100}\")*[ \t]*\{", re.M
)
_MAP = re.compile(r"^[ \t]*[\w-]{1,60}[ \t]*=[ \t]*(?:\{[ \t]*$|jsonencode\(|<<-?[A-Z])", re.M)
_PROGRAM = re.compile(
    r"^[ \t]*(?:(?:def|val|var|import|from|class|object|package|with|return)\b|@\w"
    r"|\w{1,40}[ \t]*=[ \t]*[^\n{}\[\]]{1,200},[ \t]*$)|^[^\n\"#]{0,80}\b[A-Z]\w{2,60}\([ \t]*$", re.M,
)
"""Words that no block of Terraform's has, and arguments of a call, which a comma ends."""


def looks_like(text: str) -> bool:
    """Whether there is a block of Terraform's, or a map of such a block alone, and no line of a program."""
    return bool(_BLOCK.search(text) or (_MAP.search(text) and not _PROGRAM.search(text)))


def read(text: str) -> Configuration:
    """The settings of all blocks; ``var.NAME`` is the default of its variable, where the text has one."""
    from sparkmem.configuration.by_evidence import read_pieces  # here: it knows all forms, this one too

    text, bodies = script.without_heredocs(hcl_calls.filled(text))
    program = Program(text, any_language=True, by_lines=True)
    _variables(program)
    _fill(program)
    bodies = [replace(body, text=_HOLE.sub(lambda hole: _held(program, hole) or hole[0], body.text)) for body in bodies]
    parts = [*Pairs(program, set(), FORMAT).read(), *read_pieces(bodies)]
    if not parts:
        raise ConfigurationError("Terraform's blocks without a setting of Spark's")
    return combined(parts)


def _variables(program: Program) -> None:
    """Take ``default`` of each ``variable "NAME" {…}`` for the name, as what holds where nothing else is given."""
    tokens = program.tokens
    for at, token in enumerate(tokens):
        if token.kind != NAME or token.text != "variable" or program.text(at + 2) != "{" or tokens[at + 1].kind != STRING:
            continue
        end = program.closing[at + 2]
        for inside in range(at + 3, min(end, at + 60)):
            if tokens[inside].text == "default" and program.text(inside + 1) == "=":
                program.constants[str(tokens[at + 1].text)] = (inside + 2, program.end_of(inside + 2, end))
                program.defaulted_names.add(str(tokens[at + 1].text))


_HOLE = re.compile(r"\$\{\s{0,3}(?:var|local)\.([A-Za-z_][\w-]{0,60})\s{0,3}\}")


def _fill(program: Program) -> None:
    """Fill in what the text gives to a name, in the strings that use it: ``"${var.heap}g"`` with a default for ``heap``."""
    for at, token in enumerate(program.tokens):
        if token.kind == STRING and token.text and "${" in token.text:
            text = _HOLE.sub(lambda hole: _held(program, hole) or hole[0], token.text)
            if any(hole[1] in program.defaulted_names for hole in _HOLE.finditer(token.text)):
                program.defaulted.add(at)
            program.tokens[at] = replace(token, text=text, template=text if "${" in text else "")


def _held(program: Program, hole: re.Match[str]) -> str:
    """The value of a variable or a local that the text gives; empty where it gives none, or one that may be a secret."""
    where = program.constants.get(hole[1])
    value = program.value(*where) if where else None
    return value if value is not None and shaped(value) else ""
