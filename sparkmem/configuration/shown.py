"""What a session itself shows of its settings, below the line that asks for it: that is what holds, whatever was asked for.

``SparkContext.getConf`` gives a copy of what the context was made with (v4.0.0,
core/src/main/scala/org/apache/spark/SparkContext.scala, ``getConf``), ``spark.conf.get`` and ``SET`` what the session has,
which ``spark.conf.set`` changed for itself alone before (sql/core/src/main/scala/org/apache/spark/sql/RuntimeConfig.scala).
"""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration import get_all
from sparkmem.configuration.another_job import OF_ANOTHER
from sparkmem.configuration.clue import clue
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.fields import key_of_field
from sparkmem.configuration.found import Found
from sparkmem.configuration.lost import LOST, NOT_IN_TEXT
from sparkmem.configuration.piece import whole_lines
from sparkmem.configuration.same_value import is_same
from sparkmem.configuration.setting import Lost, Setting

FORMAT = "get-all"
_WRITE = "set it before the session is made"
_LATE, _OTHERWISE = "set-on-running-session", "shown-otherwise"

_ASKED = clue(
    ("(", "et", "Et", "eT", "ET"),
    r"(?P<of>\bgetConf(?:\(\))?|\b_conf|\bconf|\bsparkR\.conf)(?:\.get(?:Option)?)?\("
    r"\s{0,5}[\"'](?P<key>spark\.[\w.]{3,80})[\"']"
    r"(?:,[^()\n]{0,60})?\)+;?[ \t]*(?:#[^\n]{0,80})?$"
    r"|(?:^|[;>\"'(])[ \t]*(?i:set)[ \t]+(?P<sql>spark\.[\w.]{3,80})[ \t]*[;\"')]"
)
_ANSWER = re.compile(
    r"[ \t]*(?:Out ?\[\d*\]:[ \t]*)?(?:#[ \t]*)?(?:(?:->|=>|→|prints?|gives|returns|shows|output:?)[ \t]*)?"
    r"(?:(?:val )?\w{1,40}: [\w\[\]]{1,40} = |\[1\] )?(?:Some\()?"
    r"u?(?P<quote>[\"']?)(?P<value>[0-9][\w.]{0,30}|true|false)(?P=quote)\)?[ \t]*(?:(?:<|#|//|--|←)[^\n]*)?"
)
_ROW = re.compile(r"[ \t|]*(?P<key>spark\.[\w.]{3,80})[ \t|]+(?P<value>[0-9][\w.]{0,30}|true|false)[ \t|]*")
_BETWEEN = re.compile(r"[ \t]*|[+|-][-+|\w ]*|\$spark\.[\w.]+|Out ?\[\d*\]:[ \t]*")
_ALL = clue(
    ("getAll", "toDebugString"),
    r"\bgetConf(?:\(\))?\.getAll\b|\b_conf\.getAll\b|\bgetConf(?:\(\))?\.toDebugString\b",
)
_PRINTED = re.compile(r"\bfor\b[^\n]{1,80}\bprint|\.foreach\(")
_PAIR = re.compile(r"\(u?[\"']?spark\.|^[ \t]*[\])]+[ \t]*$")
_LINE = re.compile(r"[ \t]*(?P<key>spark\.[\w.]{3,80})=(?P<value>[^\n]{1,300})")
_PAGE = re.compile(r"(?i)\benvironment[ -](?:tab|page|reiter|seite)\b|\bonglet environment\b")
_SAYS = clue(
    ("show", "say", "display", "list", "print", "report", "return", "give", "has"),
    r"(?i:\b(?:environment (?:tab|page)|(?:spark|web) ?ui|getconf\w*|conf\.get\w*)\b)[^;\n]{0,60}?"
    r"\b(?:shows?|says?|displays?|lists?|prints?|reports?|returns?|gives?|has)\b[^;\n]{0,30}?"
    r"(?P<key>(?<![\w.])spark\.[\w.]{3,80})[\"'`)]{0,3}[ ]?(?:=|:|is|as|to be|set to)?[ ]{0,3}[\"'`]?"
    r"(?P<value>[0-9][\w.]{0,20}\w|[0-9])"
)
"""A sentence that says what a page or a session shows."""
_SET = clue(
    ("conf.set(", "et", "Et", "eT", "ET"),
    r"\bconf\.set\(\s{0,5}[\"'](?P<key>spark\.[\w.]{3,80})[\"']|\b(?i:set)[ \t]+(?P<sql>spark\.[\w.]{3,80})[ \t]{0,9}="
)
_LIVYS = re.compile(r"\bCurrent session configs:[ \t]*(?:<[a-z]{1,4}>)?[ \t]*(\{[^\n]{0,4000}\})")
_LIVYS_PAIR = re.compile(
    r"[\"'](?P<name>[\w.]{1,80})[\"']:[ ]?(?:u?[\"'](?P<text>[\w.]{1,60})[\"']|(?P<number>[0-9]{1,9}|[tT]rue|[fF]alse))"
)
_HEAP, _STARTS = "spark.driver.memory", ("--driver-memory", "-Xmx")
"""The driver's heap, and by what a command gives it to the JVM itself."""
_STARTED = re.compile(r"-Xmx(\d{1,12}[kKmMgG]?)\b[^\n]{0,2000}\borg\.apache\.spark\.deploy\.SparkSubmit\b")
_NEAR, _MOST, _MOST_ASKED = 6, 300, 40


def by_a_session(text: str) -> Configuration | None:
    """What a session shows of its settings; None where a text holds nothing of it.

    >>> by_a_session('scala> sc.getConf.get("spark.executor.memory")\\nres0: String = 5g').values
    {'spark.executor.memory': '5g'}
    >>> by_a_session('spark.conf.get("spark.executor.memory")\\nx = 1') is None
    True
    """
    if not any(word in text for word in ("onf", "nvironment", "et spark.", "ET spark.")):
        return None
    livy = _LIVYS.search(text) if "session configs" in text else None
    if livy and (held := _of_livy(text, livy)).settings:
        return held
    lines = text.split("\n")
    found, parts = Found(FORMAT), list[Configuration]()
    set_before: set[str] = set()
    asked_for = 0
    for at, line in enumerate(lines):
        if len(line) > 2000 or asked_for > _MOST_ASKED:
            continue
        if _ALL.search(line) and (block := _pairs(lines, at + 1)) > at + 1:
            asked_for += 1
            listed = whole_lines("\n".join(lines[at + 1 : block]), at + 2)
            parts += [listed.placed(get_all.read(listed.text))] if get_all.looks_like(listed.text) else []
            _rows(lines, at + 1, _LINE, found)
        elif _ALL.search(line) and _PRINTED.search(line):
            asked_for += 1
            _rows(lines, at + 1, _ROW, found)
        elif (says := _SAYS.search(line)) and says["key"] not in found.settings:
            found.setting(says["key"], says["value"], at + 1)
        elif "spark." not in line and _PAGE.search(line):
            asked_for += 1
            _rows(lines, at + 1, _ROW, found)
        elif asked := _ASKED.search(line):
            key = asked["key"] or asked["sql"]
            by_session = asked["sql"] or asked["of"] in ("conf", "sparkR.conf")
            if not (by_session and key in set_before):
                _answer(lines, at + 1, key, found)
        set_before |= {one["key"] or one["sql"] for one in _SET.finditer(line)}
    own = found.configuration()
    parts += [own] if own.settings or own.circumstances.as_inputs() else []
    return combined(parts) if any(part.settings or part.circumstances.as_inputs() for part in parts) else None


def _of_livy(text: str, shown: re.Match[str]) -> Configuration:
    """What sparkmagic's ``%%info`` shows that a session was made with, by Livy's fields."""
    found, line = Found(FORMAT), text.count("\n", 0, shown.start(1)) + 1
    for pair in _LIVYS_PAIR.finditer(shown[1]):
        if key := pair["name"] if pair["name"].startswith("spark.") else key_of_field(pair["name"]):
            found.setting(key, pair["text"] or pair["number"], line, pair["name"])
    return found.configuration()


def _answer(lines: list[str], start: int, key: str, found: Found) -> None:
    """Take the value that stands below the line which asks for it."""
    for at, line in enumerate(lines[start : start + _NEAR], start + 1):
        answer = _ANSWER.fullmatch(line[:400]) or _ROW.fullmatch(line[:400])
        if answer and answer.groupdict().get("key") in (None, key):
            found.setting(key, answer["value"], at)
        if answer or not _BETWEEN.fullmatch(line[:400]):
            return


def _pairs(lines: list[str], start: int) -> int:
    """Where the pairs end that begin on a line, or a few below it."""
    end = start
    for at, line in enumerate(lines[start : start + _MOST], start):
        if _PAIR.search(line) or _LINE.fullmatch(line[:400]):
            end = at + 1
        elif at - end > 1 or line.strip():
            break
    return end


def _rows(lines: list[str], start: int, row: re.Pattern[str], found: Found) -> None:
    for at, line in enumerate(lines[start : start + _MOST], start):
        if match := row.fullmatch(line[:400]):
            found.setting(match["key"], match["value"].strip(), at + 1)
        elif at > start + 1 or line.strip().startswith(("spark.", "$", ">")):
            break


def _starts_with(one: Setting, text: str) -> bool:
    """Whether a heap is what a command starts the driver's JVM with."""
    if one.written_as.startswith(_STARTS):
        return True
    started = _STARTED.search(text) if "deploy.SparkSubmit" in text else None
    return bool(started and is_same(_HEAP, one.value, started[1]))


def over(asked: Configuration, session: Configuration | None, text: str) -> Configuration:
    """What was asked for with what the session shows in its place; what is displaced is lost, with its line."""
    if session is None:
        return asked
    started = {one.key for one in asked.settings if one.key == _HEAP and _starts_with(one, text)}
    if started & set(session.values):
        session = session.without(*started)  # which a configuration says again, whatever the JVM was started with
    values = session.values
    told = {one.key for one in asked.lost if one.id not in (NOT_IN_TEXT, OF_ANOTHER)}
    late = {one["key"] or one["sql"]: text.count("\n", 0, one.start()) + 1 for one in _SET.finditer(text)}
    lost = [one for one in asked.lost if one.key not in values or one.id not in (NOT_IN_TEXT, OF_ANOTHER)]
    for other in asked.lost:
        if other.id == OF_ANOTHER and other.key in values and values[other.key].lower() not in other.text.lower():
            said, see = LOST[_OTHERWISE]
            lost.append(Lost(_OTHERWISE, other.line, other.key, said.format(given=values[other.key]), _WRITE, see))
    for one in asked.settings:
        if one.key in values and not is_same(one.key, one.value, values[one.key]) and one.key not in told:
            id = _LATE if one.key in late else _OTHERWISE
            said, see = LOST[id]
            line = late.get(one.key, one.line)
            said = said.format(given=values[one.key])
            lost.append(Lost(id, line, one.key, said, _WRITE, see))
    kept = [one for one in asked.settings if is_same(one.key, one.value, values.get(one.key, one.value))]
    held = {one.key for one in kept}
    known = {name: value for name, value in vars(session.circumstances).items() if value}
    return replace(
        asked,
        settings=(*kept, *(one for one in session.settings if one.key not in held)),
        circumstances=replace(asked.circumstances, **known),
        said=(*session.said, *(one for one in asked.said if one.name.replace("-", "_") not in known)),
        lost=tuple(lost),
    )
