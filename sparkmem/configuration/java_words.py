"""Java options as Spark cuts them into words, and flags among them that size memory and cannot be read as they stand."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.carried import java_options
from sparkmem.configuration.gathered import Gathered
from sparkmem.configuration.setting import Setting
from sparkmem.jvm.bounds import BOUNDS
from sparkmem.jvm.flags import COLLECTOR_FLAGS

_WORD = re.compile(r"""(?:[^\s"']|"(?:[^"\\]|\\.)*"?|'[^']*'?)+""", re.DOTALL)
_QUOTED = re.compile(r""""((?:[^"\\]|\\.)*)"?|'([^']*)'?""", re.DOTALL)
_SIZING = {row.split()[0] for row in BOUNDS.strip().splitlines()} | {"MaxHeapSize", "ReservedCodeCacheSize"}
_SHORT = ("-Xmx", "-Xms", "-Xmn", "-Xss")
_READ = re.compile(r"-X(?:mx|ms|mn|ss)[0-9]+[kKmMgGtT]?|-XX:(?:[+-]\w+|\w+=[0-9.]+[kKmMgGtT%]?)", re.ASCII)
_NAME = re.compile(r"-XX:[+-]?([A-Za-z][A-Za-z0-9]*)")
_ONE_FLAG = "write it as in -XX:MaxDirectMemorySize=1g, without quotes around several"


def java_words(text: str) -> list[str]:
    """The words without their quotes, as ``Utils.splitCommandString`` gives them: what is in quotes is one word.

    >>> java_words("-Xss4m '-XX:+UseG1GC'"), java_words('"-XX:+UseG1GC -Xss4m" -Dx="a b"')
    (['-Xss4m', '-XX:+UseG1GC'], ['-XX:+UseG1GC -Xss4m', '-Dx=a b'])
    """
    return [_QUOTED.sub(lambda part: part[1] or part[2] or "", word) for word in _WORD.findall(text)]


def unread_flag(word: str) -> str:
    """The flag of a word that sizes memory or chooses a collector, where its value cannot be read; else empty.

    A value that a JVM reads and refuses (7.5g, 60%) is none of these: its own words are told.

    >>> [unread_flag(word) for word in ("-Xss4m", "-XX:MaxRAMPercentage=60%", "-Dx=1", "-XX:OnError=kill -9 %p")]
    ['', '', '', '']
    >>> [unread_flag(word) for word in ("-Xsslots", "-XX:NewRatio=-1", "-XX:MaxMetaspaceSize=", "-XX:+UseG1GC -Xss4m")]
    ['-Xss', 'NewRatio', 'MaxMetaspaceSize', 'UseG1GC']
    """
    if _READ.fullmatch(word):
        return ""
    if word.startswith(_SHORT):
        return word[:4]
    name = _NAME.match(word)
    known = name and (name[1] in _SIZING or name[1] in COLLECTOR_FLAGS)
    return name[1] if name and known else ""


def memory_flags(found: Gathered, setting: Setting) -> Setting | None:
    """The same with the flags alone that size memory, None for none of them; the others are named, without their values."""
    words: list[str] = []
    for word in java_words(setting.value):
        if flag := unread_flag(word):
            found.lose("flag-not-readable", setting.line, setting.key, _ONE_FLAG, flag)
        else:
            words.append(word)
    kept, others = java_options(" ".join(words))
    for name in others:
        found.ignore(setting.line, f"{setting.key} {name}", "not a JVM flag that sizes memory")
    return replace(setting, value=kept, variables=()) if kept else None
