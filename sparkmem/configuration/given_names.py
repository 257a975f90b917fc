"""The values that a text gives to names: assignments of make, just, CI, units and images, parameters with a default."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sparkmem.configuration.carried import cluster_manager, shaped

NAME = r"[A-Za-z_][\w-]{0,60}"
VALUE = r"\"[^\"\n]{0,60}\"|'[^'\n]{0,60}'|[^\s\"',;#{}\[\]()&|*!`][^\s\"',;#{}\[\]()]{0,60}"
_WORDS = (
    r"(?:my |our )?\$(?:env:|script:|global:|private:)?|- |export |readonly |(?i:set )(?:hivevar:|hiveconf:)?|(?P<arg>ARG )"
    r"|if (?:not )?(?:defined \w{1,40}|\"?%?\w{1,40}%?\"?==\"{0,2}) |ENV |(?:const|val|let|var|def|final|String) "
)
_LINE = re.compile(
    rf"^(?P<indent>[ \t]*)(?:environment[ \t]{{0,3}}\{{[ \t]{{0,3}})?(?:{_WORDS}){{0,3}}"
    rf"[\"']?(?P<name>{NAME})[\"']?[ \t]*(?P<sign>:=|\?=|=|:(?=[ \t]))[ \t]*(?P<value>{VALUE})"
    r"[\"']?[ \t]*[,;}]?[ \t]*\\?[ \t]*\r?(?:(?<=\s)(?:#|//)[^\n]*)?$",
    re.MULTILINE,
)
_OTHERWISE = re.compile(
    rf"(?<![\w$.{{/-])(?P<name>{NAME})(?:\+?=|[ \t]{{1,9}}:=)(?!=)"
    rf"|\b(?:for|read(?:[ ]-\w{{1,9}})*)[ \t]{{1,9}}(?P<told>{NAME})\b"
)
_UNIT = re.compile(r"^(?P<indent>)Environment=(?P<pairs>[^\n]{1,1000})$", re.MULTILINE)
_OF_UNIT = re.compile(rf"(?P<name>{NAME})=(?P<value>[^\s\"']{{1,60}})")
_TOLD = re.compile(
    rf"(?P<indent>)(?<=[ \t])(?:-e|--env)[ =][\"']?(?P<name>{NAME})=(?P<value>[\w.]{{1,40}})[\"']?(?=\s|$)", re.MULTILINE
)
_OF_POWERSHELL = re.compile(
    rf"(?P<indent>)(?:\[\w{{1,20}}\][ ]?\$(?P<name>{NAME})[ ]?=[ ]?(?P<value>{VALUE})(?=[,)\s])"
    rf"|(?<=[ \t])-(?P<given>[A-Z]\w{{1,40}})[ ](?P<as>[\w.]{{1,40}})(?=\s|$))",
    re.MULTILINE,
)
"""A parameter with a default, and what a call gives to one."""
_OF_SHELLS = re.compile(
    rf"^(?P<indent>[ \t]*)(?:setenv|set[ \t]+-\w{{1,4}}|\{{%-?[ ]{{0,3}}set)[ \t]+(?P<name>{NAME})[ \t]+(?:=[ \t]*)?"
    rf"(?P<value>{VALUE})[ \t]*(?:-?%\}})?[ \t]*$",
    re.MULTILINE,
)
"""Of fish, csh and Jinja."""
_BESIDE = re.compile(
    rf"^(?P<indent>[ \t]*)- name:[ \t]*[\"']?(?P<name>{NAME})[\"']?[ \t]*\n"
    rf"(?:(?P=indent)[ \t]++(?!value:|default:|- )[^\n]*\n){{0,4}}?"
    rf"(?P=indent)[ \t]+(?P<kind>value|default):[ \t]*(?P<value>{VALUE})[ \t]*$",
    re.MULTILINE,
)
_BELOW = re.compile(
    rf"^(?P<indent>[ \t]*)[\"']?(?P<name>{NAME})[\"']?:[ \t]*(?:\{{[^}}\n]{{0,200}}?|\n(?P<below>(?P=indent)[ \t]+)"
    rf"(?:(?![dD]efault:)[^\n]*\n(?P=below)){{0,5}}?)[\"']?[dD]efault[\"']?:[ \t]*(?P<value>{VALUE})",
    re.MULTILINE,
)
_OF_JENKINS = re.compile(
    rf"(?P<indent>)\bname:\s{{0,3}}['\"](?P<name>{NAME})['\"][^\n)]{{0,120}}?defaultValue:\s{{0,3}}(?P<value>{VALUE})"
)
_OF_CHEF = re.compile(
    rf"^(?P<indent>)[\w.]{{1,40}}(?:\[[\"']\w{{1,40}}[\"']\]){{0,3}}\[[\"'](?P<name>{NAME})[\"']\]"
    rf"[ \t]*=[ \t]*(?P<value>{VALUE})[ \t]*$",
    re.MULTILINE,
)
_OF_SHELL = re.compile(
    rf"^(?P<indent>[ \t]*)(?:export |readonly |local |- )?(?P<name>{NAME})=\"?"
    r"\$\{(?:(?P<position>\d)|\w{1,60}):?-(?P<value>[\w.]{1,40})\}\"?[ \t]*$",
    re.MULTILINE,
)
_CALLED = re.compile(r"^[ \t]*(?:\S{0,40}[$#>%][ ])?(?:(?:ba|z|k)?sh[ ]+)?[\w./~-]{0,200}\w\.sh[ ]+[^\s|&;>-]", re.MULTILINE)
"""A script that the text calls with arguments, which are then more than defaults."""
_OF_XML = re.compile(
    rf"(?P<indent>)<name>\s{{0,9}}(?P<name>{NAME})\s{{0,9}}</name>\s{{0,60}}"
    r"<value>\s{0,9}(?P<value>[^<>\s]{1,60})\s{0,9}</"
)
_OPTIONS = re.compile(
    rf"^[ \t]*(?P<name>{NAME})[ \t]*[:=][ \t]*[\"']?(?P<value>--[a-z][\w-]{{1,40}}[= ][^\n\"'<>]{{1,1000}}?)[\"']?[ \t]*$"
    rf"|<name>\s{{0,9}}(?P<of_xml>{NAME})\s{{0,9}}</name>\s{{0,60}}<value>\s{{0,9}}(?P<in_xml>--[^<>]{{1,1000}}?)\s{{0,9}}</",
    re.MULTILINE,
)
_OF_MAVEN = re.compile(
    rf"^(?P<indent>[ \t]*)<(?:[\w-]{{1,40}}\.){{0,3}}(?P<name>{NAME})>(?P<value>[^<>\s]{{1,60}})</", re.MULTILINE
)
_IN_BRACES = re.compile(
    rf"(?P<indent>)\{{\s{{0,3}}name:\s{{0,3}}[\"']?(?P<name>{NAME})[\"']?,"
    rf"\s{{0,3}}(?P<kind>value|default):\s{{0,3}}(?P<value>{VALUE})"
)
_INLINE_DEFAULT = re.compile(
    rf"[{{,]\s{{0,60}}\"(?P<name>{NAME})\"\s{{0,3}}:\s{{0,3}}\{{[^{{}}]{{0,300}}?\"[dD]efault(?:Value)?\"\s{{0,3}}:\s{{0,3}}(?P<value>{VALUE})"
)
_INLINE = re.compile(rf"[{{,]\s{{0,3}}[\"'](?P<name>{NAME})[\"']\s{{0,3}}:\s{{0,3}}(?P<value>{VALUE})")
_PATTERNS = (
    _BESIDE, _IN_BRACES, _OF_CHEF, _BELOW, _OF_JENKINS, _OF_SHELL, _LINE, _INLINE_DEFAULT, _INLINE, _OF_XML, _OF_MAVEN,
    _TOLD, _OF_SHELLS, _OF_POWERSHELL,
)  # fmt: skip
_DEFAULTS = (_BELOW, _OF_JENKINS, _OF_SHELL, _OF_POWERSHELL, _INLINE_DEFAULT)
_APPLICATION = re.compile(r"[\w.-]{1,60}\.(?:py|jar|R)|-X[\w:+=-]{1,60}")
_REMARKS = ("#", "//", "::", "--", "REM ", "rem ")


@dataclass(frozen=True)
class Given:
    """A value that the text gives to a name; None where it is no number, size, switch, flag or application."""

    name: str
    value: str | None
    line: int
    indent: int
    by_default: bool


def given_names(text: str, used: set[str]) -> dict[str, list[Given]]:
    """What a text gives to the names that it uses, line by line.

    >>> [one.value for one in given_names("MEM ?= 8g", {"MEM"})["MEM"]]
    ['8g']
    """
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    lines = text.split("\n")
    found: dict[str, list[Given]] = defaultdict(list)
    taken: set[tuple[str, int]] = set()
    for name, value, at, by_default in (*_options(text), *_values(text), *_others(text)):
        line = bisect_right(starts, at)
        begun = lines[line - 1].lstrip()
        if name in used and (name, line) not in taken and not begun.startswith(_REMARKS):
            taken.add((name, line))
            known = value is not None and bool(
                shaped(value) or _APPLICATION.fullmatch(value) or cluster_manager(value) or value.startswith("--")
            )
            found[name].append(Given(name, value if known else None, line, len(lines[line - 1]) - len(begun), by_default))
    return found


def _values(text: str) -> Iterator[tuple[str, str | None, int, bool]]:
    """Each name, its value, where it stands, and whether that is a default."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            if groups.get("position") and _CALLED.search(text):
                continue
            if groups.get("given"):
                yield match["given"], match["as"], match.start(), False
                continue
            by_default = pattern in _DEFAULTS or groups.get("kind") == "default"
            by_default |= groups.get("sign") == "?=" or bool(groups.get("arg"))
            yield match["name"], match["value"].strip("\"'"), match.start("name"), by_default
    for unit in _UNIT.finditer(text):
        for pair in _OF_UNIT.finditer(unit["pairs"]):
            yield pair["name"], pair["value"], unit.start(), False


def _options(text: str) -> Iterator[tuple[str, str | None, int, bool]]:
    """Names that hold options, for an action of Oozie's: a shell splits such words in its own way."""
    for given in _OPTIONS.finditer(text) if "<spark-opts>" in text else ():
        yield given["name"] or given["of_xml"], given["value"] or given["in_xml"], given.start(), False


def _others(text: str) -> Iterator[tuple[str, str | None, int, bool]]:
    """Names that are given what is no such value: the text does not say then which of theirs holds."""
    for other in _OTHERWISE.finditer(text):
        name = "name" if other["name"] else "told"
        yield other[name], None, other.start(name), False
