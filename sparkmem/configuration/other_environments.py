"""Environments beside each other in braces, tables or before keys, as ``dev`` and ``prod``: of them one is read alone.

Those of YAML's blocks are told apart where YAML is walked (``environments``); the last is read in both, where the text
itself asks for none by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sparkmem.configuration.carried import safe_name
from sparkmem.configuration.clue import clue
from sparkmem.configuration.piece import blanked

_ENVIRONMENT = (
    r"(?:\w{1,30}[-_])?(?:[dD]ev(?:elop(?:ment)?)?|DEV|[sS]tag(?:e|ing)|STAGE|STAGING|stg|[pP]rod(?:uction)?|PROD(?:UCTION)?"
    r"|prd|PRD|test(?:ing)?|qa|QA|uat|UAT|preprod|acc)(?:[-_]\w{1,30})?"
)
_LETTERS = (
    "dev", "Dev", "DEV", "stag", "Stag", "STAG", "stg", "prod", "Prod", "PROD", "prd", "PRD", "test", "qa", "QA", "uat",
    "UAT", "acc",
)  # fmt: skip
_TOKEN = re.compile(
    rf"(?<![\w.-])[\"']?(?P<name>{_ENVIRONMENT})[\"']?[ \t]{{0,20}}(?:[:=][ \t\n]{{0,20}})?(?P<opens>\{{)"
    rf"|[\"']?\b(?:env|environment|stage|profile)[\"']?[ \t]{{0,9}}[:=][ \t]{{0,9}}[\"'](?P<label>{_ENVIRONMENT})[\"']"
    r"|(?P<open>[{\[(])|(?P<close>[}\])])|(?:#|//)[^\n]{0,400}|\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'"
)
_SECTION = re.compile(r"^[ \t]*\[{1,2}[\"']?(?P<all>(?P<name>[\w-]{1,60})[^\]\n]{0,80})\]{1,2}[ \t\r]*$", re.MULTILINE)
_TOML = re.compile(r"^[ \t]*[\"']?[\w.-]{1,80}[\"']?[ \t]*=[ \t]*[\"'\[{]", re.MULTILINE)
_BEFORE_A_KEY = re.compile(rf"^[ \t]*[\"'%]?(?P<name>{_ENVIRONMENT})\.(?=spark[.\s{{])[^\n]{{0,300}}$", re.MULTILINE)
_SIZES = re.compile(r"(?i)memory|overhead|heap|-Xmx")
_COMMAND = re.compile(r"\bspark\d?-(?:submit|shell|sql)\b|\bpyspark[ \t]+-")
_MAY_BE = clue(_LETTERS, rf"(?<![\w.]){_ENVIRONMENT}(?![\w.]*\()")
_MOST, _LONGEST, _DEEPEST, _MOST_NAMES = 4000, 100_000, 60, 12


@dataclass(frozen=True)
class Environment:
    """One of several, or a part of it: its name, where it begins and ends, the line on which it begins."""

    name: str
    start: int
    end: int
    line: int


def apart(text: str) -> tuple[str, list[tuple[Environment, str]], str]:
    """The text with one environment of several alone, the others with their own texts, and which is read.

    Each text has the lines of the whole.

    >>> apart('{"dev": {"spark.executor.memory": "2g"}, "prod": {"spark.executor.memory": "8g"}}')[0].split()
    ['{', '"prod":', '{"spark.executor.memory":', '"8g"}}']
    """
    if len(text) > _LONGEST or not _MAY_BE.search(text) or not _SIZES.search(text):
        return text, [], ""
    for found in (_in_braces(text), _in_sections(text), _before_keys(text)):
        names = list(dict.fromkeys(one.name for one in found if _SIZES.search(text, one.start, one.end)))
        if not 2 <= len(names) <= _MOST_NAMES or any(_COMMAND.search(text, one.start, one.end) for one in found):
            continue
        read = _asked_for(text, names) or names[-1]
        others = {one.name: one for one in reversed(found) if one.name != read}
        alone = [(one, _with(text, [each for each in found if each.name == name])) for name, one in others.items()]
        left = _with(text, [one for one in found if one.name != read], left_out=True)
        return left, alone, read
    return text, [], ""


def _with(text: str, found: list[Environment], left_out: bool = False) -> str:
    """The text with these of its parts alone, or without them, line for line."""
    parts, end = [], 0
    for one in sorted(found, key=lambda one: one.start):
        between, inside = text[end : one.start], text[one.start : one.end]
        parts += [between, blanked(inside)] if left_out else [blanked(between), inside.rstrip(", \n")]
        end = one.end if left_out else one.start + len(parts[-1])
    return "".join([*parts, text[end:] if left_out else ""])


def _asked_for(text: str, names: list[str]) -> str:
    """The environment that the text names where it uses one; empty where it names none, or several."""
    used = {
        name
        for name in names
        if re.search(
            rf"\[[ ]?[\"']{name}[\"'][ ]?\]|\.get\([\"']{name}[\"']|--(?:env|profile|target)[ =]{name}\b"
            r"|(?i:\b(?:env|environment|stage|profile|workspace|target))[\"']?[ \t]{0,3}(?:=|:=|-)[ \t]{0,3}[\"']?"
            rf"{name}[\"']?[ \t]*(?:$|[;,#)])",
            text,
            re.MULTILINE,
        )
    }
    return used.pop() if len(used) == 1 else ""


def _in_braces(text: str) -> list[Environment]:
    """Objects that have such a name, or hold one as their label, beside each other in the same brackets."""
    around: list[tuple[int, str]] = [(-1, "")]
    groups: dict[int, list[Environment]] = {}
    for token in islice(_TOKEN.finditer(text), _MOST):
        if (token["open"] or token["opens"]) and len(around) < _DEEPEST:
            around.append((token.start(), token["name"] or ""))
        elif token["label"] and not around[-1][1]:
            around[-1] = (around[-1][0], token["label"])
        elif token["close"] and len(around) > 1:
            start, name = around.pop()
            if name:
                end = re.compile(r"[ \t]{0,20},?").match(text, token.end())
                one = Environment(name, start, end.end() if end else token.end(), text.count("\n", 0, start) + 1)
                groups.setdefault(around[-1][0], []).append(one)
    several = [group for group in groups.values() if len({one.name for one in group}) > 1]
    return several[0] if len(several) == 1 else []


def _in_sections(text: str) -> list[Environment]:
    """Tables of TOML whose names are, or begin with, that of an environment; of INI's sections their own form tells."""
    heads = list(islice(_SECTION.finditer(text), _MOST)) if _TOML.search(text) else []
    ends = [*(head.start() for head in heads[1:]), len(text)][: len(heads)]
    return [
        Environment(name[0], head.start(), end, text.count("\n", 0, head.start()) + 1)
        for head, end in zip(heads, ends, strict=True)
        if (name := re.fullmatch(_ENVIRONMENT, head["name"]))
    ]


def _before_keys(text: str) -> list[Environment]:
    """Keys of Spark's that begin with the name of an environment, each by itself."""
    return [
        Environment(one["name"], one.start(), one.end(), text.count("\n", 0, one.start()) + 1)
        for one in islice(_BEFORE_A_KEY.finditer(text), _MOST)
    ]


def named(others: list[tuple[Environment, str]]) -> Iterator[tuple[int, str]]:
    """Each environment that is not read: its line and its name."""
    for one, _ in others:
        yield one.line, safe_name(one.name)
