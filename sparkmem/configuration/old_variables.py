"""Variables of Spark 1 that no release computed here reads: what stands in them is lost."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import LOST
from sparkmem.configuration.setting import Lost

NAME = "SPARK_JAVA_OPTS"
"""Of Spark 1, where ``SparkConf.validateSettings`` took it over with a warning; gone with SPARK-14453, before 2.4."""
_ASSIGNED = re.compile(rf"(?<![\w$]){NAME}[\"']?[ \t]{{0,9}}(?:\+?=|:(?=[ \t]))[ \t]{{0,9}}(?P<quote>[\"']?)")
_HANDED_ON = re.compile(rf"\$\{{?{NAME}\b")
_MOST_LINES = 60


def lost_in_them(whole: Configuration, text: str) -> Configuration:
    """The same without the settings in such a variable, which are named; where another variable takes it over they count."""
    if NAME not in text:
        return whole
    lines = text.split("\n")
    inside = _lines_of(lines)
    handed_on = any(_HANDED_ON.search(line) for number, line in enumerate(lines, 1) if number not in inside)
    gone = [one for one in whole.settings if one.line in inside]
    if not gone or handed_on:
        return whole
    said, see = LOST["variable-not-read"]
    write = "write it into spark-defaults.conf, or as an option of spark-submit"
    lost = [Lost("variable-not-read", one.line, one.key, said.format(given=NAME), write, see) for one in gone]
    kept = tuple(one for one in whole.settings if one.line not in inside)
    remarks = tuple(one for one in whole.remarks if one.line not in inside)
    return replace(whole, settings=kept, remarks=remarks, lost=(*whole.lost, *lost))


def _lines_of(lines: list[str]) -> set[int]:
    """The numbers of the lines on which the variable is given a value, to the quote that closes it."""
    inside: set[int] = set()
    for number, line in enumerate(lines, 1):
        if number in inside or NAME not in line or not (begun := _ASSIGNED.search(line)):
            continue
        inside.add(number)
        rest, quote, at = line[begun.end() :], begun["quote"], number
        while quote and quote not in rest and at < min(len(lines), number + _MOST_LINES):
            rest = lines[at]
            at += 1
            inside.add(at)
    return inside
