"""The last resort, for any text: each known key, option or variable with a value beside it, in whatever notation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sparkmem.configuration.carried import carried, safe_name
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.fields import key_of_field, size_in_words
from sparkmem.configuration.found import Found
from sparkmem.configuration.submit_options import ENVIRONMENT, OPTIONS
from sparkmem.configuration.told_not import told_not

FORMAT = "any-text"

_NAMES = (
    r"spark\\?\.[A-Za-z][A-Za-z0-9_-]{0,40}(?:\\?\.[A-Za-z0-9_-]{1,60}){1,6}",
    rf"(?:{'|'.join(name for name in OPTIONS if name not in ('--driver-java-options', '--master', '--deploy-mode'))})",
    r"sparklyr\.shell\.[a-z-]{5,30}",
    r"SPARK_(?:EXECUTOR|DRIVER)_(?:MEMORY|CORES)",
    r"(?:spark_?)?(?:[eE]xecutor|[dD]river)[_ -]?[mM]emory(?:[_ -]?[oO]verhead)?|(?:[eE]xecutor|[dD]river)[_ -]?[cC]ores",
    r"[tT]otal[_ -]?[eE]xecutor[_ -]?[cC]ores",
    r"[nN]um(?:ber of)?[_ -]?[eE]xecutors",
)
_BETWEEN = (
    r"[\"'`’”*)\]]{0,4}[ \t]{0,20}(?:</(?:name|key|td|th)>\s{0,20}<(?:value|td|th)>|=>|->|<-|:=|==|[=:,;|]|"
    r",[ ]?(?:v|value)[ ]?[:=]|=[ ]?[\w.]{1,40}\((?:[^()\n\"']{0,60}\b)?default=|"
    r"\b(?:is|to|was|of|at|auf|ist|à|est|a|es)\b(?:[ \t]{1,3}set to\b)?)?[ \t]{0,20}[\"'`‘“*(\[]{0,4}"
)
_VALUE = (
    r"([0-9]{1,19}(?:\.[0-9]{1,12})?(?:[ ]?(?:[kKmMgGtT](?:[iI]?[bB]|[iI])?|[bB])\b)?(?!\w|\.\w|,[0-9])|[tT]rue\b|[fF]alse\b"
    r"|\$?\{\{?[^{}\n]{1,80}\}|\$[A-Za-z_]\w{0,60}|<[A-Za-z_ -]{1,40}>)"
)
_PAIR = re.compile(rf"(?:(?<![\w./#-])|(?<=\bconf\.))({'|'.join(_NAMES)})(?![\w.]*\w){_BETWEEN}{_VALUE}")
_WORKER_SIZE = " vCPU"  # beside the sizes of workers that EMR Serverless starts, which are no settings of Spark's
_BEHIND = re.compile(r"[ \t](?:#|//)[ \t]")
_ASKED = re.compile(r"\b(?:get|unset|contains|has|pop)\w{0,20}\(\s{0,5}[\"']$")  # of a program that reads the key
_REMARK = re.compile(r"[ \t]*(?:#(?!\s*spark-submit)|//|--(?:[ \t]|(?i:set)\b)|;|::|(?i:rem)\b|<!--|regexp:)")


def looks_like(text: str) -> bool:
    """Whether any such pair is there."""
    return bool(_PAIR.search(text))


def read(text: str) -> Configuration:
    """The settings, line by line; the last of a key counts, and a line that is a remark says nothing."""
    found = Found(FORMAT)
    for key, name, value, line, is_not in _pairs(text):
        if is_not:
            found.ignore(line, safe_name(name), "the words before it say that it is not set")
        else:
            _take(key, name, value, line, found)
    if not (found.settings or found.ignored or found.losses):
        raise ConfigurationError("no key of Spark's with a value beside it")
    return found.configuration()


def keys(text: str) -> set[str]:
    """The keys of which it would say something.

    >>> keys("set spark.executor.memory to 8g, num-executors: 3") == {"spark.executor.memory", "spark.executor.instances"}
    True
    """
    return {key for key, *_ in _pairs(text)}


def _pairs(text: str) -> Iterator[tuple[str, str, str, int, bool]]:
    """Each key, the name that stands for it, its value, the line, and whether the words before it say that it is not set."""
    workers = _WORKER_SIZE in text
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if len(line) < 10 or _REMARK.match(line):
            continue
        line = _without_remark(line)
        for match in _PAIR.finditer(line):
            if _ASKED.search(line, max(0, match.start() - 40), match.start()) or (workers and "_" in match[1]):
                continue
            if key := _key(name := match[1].replace("\\", "")):
                yield key, name, match[2], number, told_not(line, match.start())


def _without_remark(line: str) -> str:
    """The line up to a remark behind it, which a quote around would make a part of a value."""
    remark = _BEHIND.search(line)
    begun = line[: remark.start()] if remark else ""
    return begun if begun and not (begun.count('"') % 2 or begun.count("'") % 2) else line


def _key(name: str) -> str:
    known = OPTIONS.get(name) or OPTIONS.get(ENVIRONMENT.get(name, ""))
    return known or (name if name.startswith("spark.") else key_of_field(name))


def _take(key: str, name: str, value: str, line: int, found: Found) -> None:
    if value[0] in "$<{":
        found.ignore(line, safe_name(name), "the value is not in the text")
        found.hole(key, line, "a variable or a template fills it in")
        return
    found.setting(key, value.lower() if value[0] in "tTfF" else size_in_words(value) if " " in value else value, line, name)
    if carried(key):
        found.remark(line, safe_name(name), "found beside its key, in no form that we know")
