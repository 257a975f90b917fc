"""What may stand between a key and its value in a text of any notation, and the values themselves.

After a key come signs that close what is around it, then one sign, word, tag or label that says that a value follows,
then signs that open what is around the value.  Each part is a bounded number of letters.
"""

from __future__ import annotations

import re

from sparkmem.configuration.submit_options import OPTIONS

_NAMES = (
    r"spark\\?\.[A-Za-z][A-Za-z0-9_-]{0,40}(?:\\?\.[A-Za-z0-9_-]{1,60}){1,6}",
    rf"(?:{'|'.join(name for name in OPTIONS if name not in ('--driver-java-options', '--master', '--deploy-mode'))})",
    r"sparklyr\.shell\.[A-Za-z_-]{3,30}(?:\.[A-Za-z_-]{3,30}){0,2}",
    r"(?:[A-Z][A-Z0-9_]{1,30}_)?SPARK_(?:EXECUTOR|DRIVER)_(?:MEMORY|CORES)",
    r"(?:spark_?)?(?:[eE]xecutor|[dD]river)[_ .-]?[mM]emory(?:[_ .-]?[oO]verhead)?",
    r"(?:[eE]xecutor|[dD]river)[_ .-]?[cC]ores?",
    r"[tT]otal[_ -]?[eE]xecutor[_ -]?[cC]ores",
    r"memory[-_]per[-_]node",
    r"[nN]um(?:ber of)?[_ -]?[eE]xecutors",
    r"spark(?:__?[A-Za-z]{2,40}){2,5}|SPARK(?:__[A-Za-z]{2,40}){2,5}",
)
_OTHERS = ("apache", "hive", "tez", "flink", "java", "trino", "presto", "samza", "shell")
_OF_OTHERS = "".join(rf"(?<!\b{name}\.)" for name in _OTHERS)
_BEFORE = rf"(?:(?<![\w./#-])|(?<=[\w*%]\.){_OF_OTHERS}(?<!spark\.)|(?<=-D))"
"""Nothing of a name, or another tool's name and a dot; other engines have drivers and executors of their own."""
KEY = re.compile(rf"{_BEFORE}({'|'.join(_NAMES)})(?![\w.]*\w)")

_CLOSE = r"[\"'`’”*)\]}]{0,6}(?:\.\w{1,20}\(\)\)?)?"
_OPEN = r"[\"'`‘“*(\[{]{0,4}"
_BLANK = r"[ \t]{0,60}"
_TAGS = r"(?:\s{0,20}</?[A-Za-z][\w:.-]{0,40}(?:\s[^<>\n]{0,80})?>){1,6}"
_LABEL = r"[\"'`]?(?:[vV]al(?:ue)?|VALUE|mapValue|v|[sS]etting|[vV]alue_?(?:[sS]tring|[tT]ext))[\"'`]?[ \t]{0,4}"
_WORDS = (
    r"\b(?:(?:is|was|be|to|of|at|as|=)[ \t]{1,3})?(?:(?:now|currently|already)[ \t]{1,3})?"
    r"(?:(?:set|equal|equals|raised|lowered|changed|bumped|increased|reduced|decreased)[ \t]{1,3}(?:to|at|as)\b"
    r"|(?:is|to|was|of|at|set|steht[ \t]{1,3}auf|liegt[ \t]{1,3}bei|beträgt|auf|ist|à|est|a|es)\b)"
)
_NUMBER = (
    r"[0-9]{1,19}(?:\.[0-9]{1,12}|,[0-9]{1,2}(?![0-9]))?(?:[ ]?(?:[kKmMgGtT](?:[iI]?[bB]|[iI])?|[bB])\b)?"
    r"(?!\w|\.\w|,[0-9])|[tT]rue\b|[fF]alse\b"
)
_FROM = rf"\bfrom[ \t]{{1,3}}{_OPEN}(?:{_NUMBER}){_CLOSE}[ \t]{{0,3}}(?:\bto\b|->|→|=>)"
_SIGN = r"=>|->|→|⇒|<-|:=|==|\|\||::|,(?![ ][0-9]{1,9}[ ][a-z]{2})|[=:;|&…]|\.{3,80}|(?<=[ \t])[-–—](?=[ \t])"
_SAID = r"(?:(?:e\.g\.|i\.e\.|[eE]xample|[fF]or example|[cC]urrently|now|we (?:have|use|set))[:,]?[ ]{1,3})?"
"""What somebody says of a value in brackets."""
_BETWEEN = (
    rf"{_CLOSE}(?:{_BLANK}(?:{_TAGS}{_BLANK}[=:]?|{_FROM}|{_SIGN}(?:{_BLANK}{_WORDS})?|{_WORDS})"
    rf"|{_BLANK}=[ ]?[\w.]{{1,40}}\((?:[^()\n\"']{{0,60}}\b)?default=)?"
    rf"{_BLANK}(?:{_TAGS}{_BLANK})?(?:{_LABEL}(?:=>|[:=])[ \t]{{0,20}})?{_OPEN}{_SAID}"
)
_VALUE = (
    rf"({_NUMBER}|\$?\{{\{{?[^{{}}\n]{{1,80}}\}}|\$[A-Za-z_]\w{{0,60}}|<[A-Za-z_ -]{{1,40}}>"
    r"|-(?:X|D\w)(?:[^\n\"'`<>|;{})\] ,\\]|\\(?![\"'])|,(?![\s\"']|spark\.)|[ ](?=-(?:X|D\w)))*)"
)
_THEN = rf"(?:{_CLOSE}[ \t]?(?:->|→|=>|⇒)[ \t]?{_OPEN}({_NUMBER}))?"

PAIR = re.compile(rf"{KEY.pattern}{_BETWEEN}{_VALUE}{_THEN}")
"""A key, its value, and the value that a text says it becomes."""

_END = r"[\s\"'`’”*)\]}|\\,;:=>.&-]{0,40}(?:</?[A-Za-z][\w:.-]{0,40}>\s{0,20}){0,6}"
_OPEN_END = r"[\s\"'`’”*|\\,;:=>.&-]{0,40}(?:</?[A-Za-z][\w:.-]{0,40}>\s{0,20}){0,6}"
OPEN_KEY = re.compile(rf"{KEY.pattern}{_OPEN_END}$")
"""A key at the end of its line, whose value may stand below."""

BELOW = re.compile(
    r"\s{0,60}(?:<[A-Za-z][\w:.-]{0,40}>\s{0,20}){0,6}[-*•|:=>]{0,2}[ \t]{0,40}"
    rf"(?:{_LABEL}(?:=>|[:=])[ \t]{{0,20}})?{_OPEN}{_VALUE}{_END}$"
)
"""A line with nothing on it but a value."""

_OTHER = r"[0-9]{1,9}(?:\.[0-9]{1,3})?[ ]?[kKmMgGtT]\w{0,2}\b"
ALTERNATIVES = re.compile(
    rf"(?:[-–~]|\.\.)[0-9]{{1,9}}(?:[.][0-9]{{1,3}})?[kKmMgGtT]?[bB]?(?![\w.:-])"
    rf"|[ ]?(?:,[ ]?{_OTHER}(?=[ ]?(?:,|\b(?:and|or|und|oder)\b|[.;]|$))|[ ](?:or|oder|vs\.?)[ ]{_OTHER})"
)
"""Behind a value further ones, of which the text does not say which holds."""

NOT_YET = re.compile(
    r"[^\w})\]]{0,200}$|[\s\"']{0,40}(?:type|kind|description|desc)[\"']?\s{0,5}[:=]|\s{0,40}</?[\w:.-]{1,40}>\s{0,20}$"
)
"""A line between a key and its value that says nothing of either."""
