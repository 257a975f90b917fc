"""Sizes in a few words, as people say them: ``driver 8g, 20 executors x 16 GB with 4 cores, on YARN``.

Each word has to be known: what else a sentence says of a size, as that it was used up or is a node's, changes what it
means, and such a text is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.fields import size_in_words
from sparkmem.configuration.found import Found

FORMAT = "few-words"
LONGEST = 200

_SIZE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,3})?[ -]?(?:[kmgt]i?b|[kmgt])")
_SIZED = re.compile("[0-9]")
_WORD = re.compile(
    rf"{_SIZE.pattern}(?![a-z0-9])|[0-9]{{1,2}}%|[0-9]{{1,5}}(?![0-9.%]|[a-z](?<!x))|k8s|x(?=[ 0-9])|[a-z]+|[^\s\w]"
)
_EXECUTORS = frozenset(("executor", "executors"))
_PROCESSES = dict.fromkeys(_EXECUTORS, "executor") | {"driver": "driver"}
_CORES = frozenset(("core", "cores", "vcore", "vcores", "cpu", "cpus", "vcpu", "vcpus"))
_OVERHEAD = frozenset(("overhead", "memoryoverhead"))
_MANAGERS = {"yarn": "yarn", "kubernetes": "kubernetes", "k8s": "kubernetes", "standalone": "standalone"}
_MODES = frozenset(("client", "cluster"))
_BETWEEN = frozenset(re.findall(
    r"\w+",
    """a an are as at both by each every for get gets got has have having heap i in is it its job jvm mem memory mode my of
    on our per ram run running runs size spark the to under use uses using we with x""",
))  # fmt: skip
_OF_A_HEAP = frozenset(("heap", "memory", "mem", "ram"))
_APART = frozenset((",", ";", ".", "&", "+", "and", "plus"))
_MARKS = frozenset(":=/()-*") | _APART
_KNOWN = _BETWEEN | _MARKS | _CORES | _OVERHEAD | _MODES | _PROCESSES.keys() | _MANAGERS.keys()


def looks_like(text: str) -> bool:
    """Whether every word of a short text is known, and one of them names a process."""
    return len(text) <= LONGEST and bool(_words(text))


def read(text: str) -> Configuration:
    """What is said of each process; ``ConfigurationError`` where a number is left of which it is not known what it counts.

    >>> read("20 executors x 16 GB, 4 cores each, driver 8g").values["spark.executor.instances"]
    '20'
    """
    words, found = _words(text) if len(text) <= LONGEST else [], Found(FORMAT)
    if not words:
        raise ConfigurationError("no few words that say the size of a process")
    for key, value in _pairs(words):
        if key in found.settings:
            raise ConfigurationError("two sizes of one thing, in a few words")
        found.setting(key, value, 1)
    for word, after in zip(words, [*words[1:], ""], strict=True):
        if word in _MANAGERS:
            found.know(cluster_manager=_MANAGERS[word])
        elif word in _MODES and after == "mode":
            found.know(deploy_mode=word)
    return found.configuration()


def _words(text: str) -> list[str]:
    """The words of a text; none where one of them is not known, or nothing is said of the size of a process."""
    text = text.strip().lower()
    found = _WORD.findall(text)
    if _WORD.sub("", text).strip() or not all(_SIZED.match(word) or word in _KNOWN for word in found):
        return []
    named = any(word in _PROCESSES for word in found)
    return found if named and any(map(_SIZE.fullmatch, found)) else []


def _pairs(words: list[str]) -> Iterator[tuple[str, str]]:
    """Keys and values, clause by clause; what names no process is of executors, where the text speaks of them."""
    usual = "executor" if not _EXECUTORS.isdisjoint(words) else "driver"
    last = usual
    for clause in _clauses(words):
        named = [word for word in clause if word in _PROCESSES]
        last = _PROCESSES[named[0]] if named else last
        own = last if named else usual
        over = _of_overhead(clause)
        for at, word in enumerate(clause):
            before, after = _near(clause[:at][::-1]), _near(clause[at + 1 :])
            if word[-1] == "%" and at in over:
                yield f"spark.{own}.memoryOverheadFactor", f"{float(word[:-1]) / 100:g}"
            elif _SIZE.fullmatch(word):
                key = f"spark.{own}.memoryOverhead" if at in over else f"spark.{last}.memory"
                yield key, size_in_words(word.replace("-", " "))
            elif not word.isdigit():
                continue
            elif after in _CORES or (before in _CORES and after not in _PROCESSES):
                yield f"spark.{own}.cores", word
            elif after in _EXECUTORS or before == "executors" or clause[at + 1 : at + 2] == ["x"]:
                yield "spark.executor.instances", word
            else:
                raise ConfigurationError("a number in a few words that counts nothing known")


def _of_overhead(clause: list[str]) -> set[int]:
    """Where sizes of overheads stand: behind the word, or before it where none is there, or it is of the heap."""
    told = [at for at, word in enumerate(clause) if word not in _BETWEEN - _OF_A_HEAP and word not in _MARKS]
    found = set[int]()
    for place, at in enumerate(told):
        if clause[at] in _OVERHEAD:
            behind = told[place + 1 : place + 2]
            of_a_heap = {clause[of] for of in told[place + 2 : place + 3]} & _OF_A_HEAP
            before = [at for at in told[:place] if _is_size(clause[at])][-1:]
            found.update(behind if behind and _is_size(clause[behind[0]]) and not of_a_heap else before)
    return found


def _is_size(word: str) -> bool:
    return word[-1] == "%" or bool(_SIZE.fullmatch(word))


def _near(words: list[str]) -> str:
    """The next word that means something."""
    return next((word for word in words if word not in _BETWEEN and word not in _MARKS), "")


def _clauses(words: list[str]) -> Iterator[list[str]]:
    """Parts that speak of one process each, before whose name or behind which its sizes stand."""
    for apart, group in groupby(words, _APART.__contains__):
        clause = list(group)
        at = [place for place, word in enumerate(clause) if word in _PROCESSES]
        if apart or len(at) < 2:
            yield from [] if apart else [clause]
            continue
        if any(_SIZED.match(word) for word in clause[: at[0]]):  # its sizes stand before the name of each
            cuts = [place + 1 for place in at]
            if any(_SIZED.match(word) for word in clause[cuts[-1] :]):
                raise ConfigurationError("sizes before and behind the names of processes, in a few words")
        else:
            cuts = at[1:]
        for begin, end in zip([0, *cuts], [*cuts, len(clause)], strict=True):
            yield clause[begin:end]
