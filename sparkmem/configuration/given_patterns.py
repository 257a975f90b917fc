"""How a text gives a value to a name: in make, just, CI, units, images, templates, shells, XML and parameters."""

from __future__ import annotations

import re

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
OTHERWISE = re.compile(
    rf"(?<![\w$.{{/-])(?P<name>{NAME})(?:\+?=|[ \t]{{1,9}}:=)(?!=)"
    rf"|\b(?:for|read(?:[ ]-\w{{1,9}})*)[ \t]{{1,9}}(?P<told>{NAME})\b"
)
MAKE = re.compile(
    r"(?:^[ \t]*(?:\S{0,60}[$#>%][ ]{1,3})?|`|(?<=: ))(?P<before>(?:[A-Za-z_]\w{0,60}=[^\s`]{1,60}[ ]{1,3}){0,6})"
    r"(?<![\w./-])g?make[ ](?!sure\b)(?P<words>[^\n;&|#`]{1,300})",
    re.MULTILINE,
)
"""A command of make's: what stands before it is its shell's, and what stands behind it its own."""
OF_MAKE = re.compile(
    r"(?<!\S)(?P<name>[A-Za-z_]\w{0,60})="
    r"(?P<value>[^\s`\"']{1,60}|\"[^\"\n]{1,60}\"|'[^'\n]{1,60}')(?=[\s`]|$)"
)
UNIT = re.compile(r"^(?P<indent>)Environment=(?P<pairs>[^\n]{1,1000})$", re.MULTILINE)
OF_UNIT = re.compile(rf"(?P<name>{NAME})=(?P<value>[^\s\"']{{1,60}})")
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
CALLED = re.compile(r"^[ \t]*(?:\S{0,40}[$#>%][ ])?(?:(?:ba|z|k)?sh[ ]+)?[\w./~-]{0,200}\w\.sh[ ]+[^\s|&;>-]", re.MULTILINE)
"""A script that the text calls with arguments, which are then more than defaults."""
_OF_XML = re.compile(
    rf"(?P<indent>)<name>\s{{0,9}}(?P<name>{NAME})\s{{0,9}}</name>\s{{0,60}}"
    r"<value>\s{0,9}(?P<value>[^<>\s]{1,60})\s{0,9}</"
)
OPTIONS = re.compile(
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
PATTERNS = (
    _BESIDE, _IN_BRACES, _OF_CHEF, _BELOW, _OF_JENKINS, _OF_SHELL, _LINE, _INLINE_DEFAULT, _INLINE, _OF_XML, _OF_MAVEN,
    _TOLD, _OF_SHELLS, _OF_POWERSHELL,
)  # fmt: skip
DEFAULTS = (_BELOW, _OF_JENKINS, _OF_SHELL, _OF_POWERSHELL, _INLINE_DEFAULT)
