"""The machine types of a cluster's workers, by the names that three clouds give them, wherever a text says them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from sparkmem.configuration.clue import clue, holds
from sparkmem.configuration.setting import Said

MACHINE_TYPE, MASTERS_TYPE = "machine-type", "master-type"
_TYPE = clue(
    ("large", "-standard-", "-highmem-", "-highcpu-", "Standard_", "G.1X", "G.2X", "G.4X", "G.8X", "R.1X", "R.2X"),
    r"(?:(?<![\w/])|(?<=machineTypes/))(?:ml\.)?"
    r"(?P<type>[cdimrtxz][0-9][a-z]{0,4}(?:-flex)?\.(?:[0-9]{0,2}x)?large|i[ms]4gen?\.[0-9]{0,2}x?large"
    r"|[nectm][0-9][a-z]?-(?:standard|highmem|highcpu)-[0-9]{1,3}|Standard_[A-Z]{1,2}[0-9]{1,3}[a-z]{0,4}_v[0-9]"
    r"|G\.[1248]X|R\.[12]X)"
    r"(?![\w.-]*\w)",
)
_OF_A_POOL = clue(
    ("node_size", "nodeSize", "node-size", "executor-size"),
    r"(?:\bnode_size|\bnodeSize|--node-size|--executor-size)[\"']?[ \t]{0,20}[:=]?[ \t]{0,3}[\"']?"
    r"(?P<type>Small|Medium|XLarge|Large)\b",
)
"""Sizes of nodes of Synapse's pools; of XXLarge a session gets 400g, which with its overhead is more than its size."""
_MASTER = r"(?P<master>[mM]aster|MASTER|[pP]rimary|PRIMARY|(?<!spark\.)[dD]river|DRIVER|[hH]ead(?=[ _-]?[nN]ode)|[lL]eader)"
_WORKER = (
    r"(?P<worker>[cC]ore(?!s\b)|CORE|[wW]orker|WORKER|[sS]lave|[tT]ask(?=[ _-]?(?:[nN]ode|[iI]nst|[gG]roup|[fF]leet))|TASK"
    r"|(?<!spark\.)[eE]xecutor(?=s?[ _-](?:node|pool|instance))|(?<!driver_)node_type_id|nodeTypeId)"
)
_ROLE = re.compile(rf"(?:{_MASTER}|{_WORKER})(?![\w-]{{0,20}}[.(]|[ \t\"'=:,(]{{1,4}}(?:yarn|local|k8s|spark:))")
"""What a machine is for; ``--master yarn``, ``setMaster(…)`` and ``spark.driver.cores`` say nothing of machines."""
_KEY = re.compile(r"(?P<key>[\w-]{1,60})[\"']?[ \t]{0,3}(?:=>?|:)?[ \t]{0,3}[\"']?(?:[\w/-]{0,80}/)?$")
_REMARK = re.compile(r"[ \t]*(?:#|//|--[ \t])")
_IN_BLOCK, _BESIDE, _MOST, _LOOKED_AT = 400, 60, 40, 100_000


def of_machines(text: str) -> list[Said]:
    """The types of the machines that executors run on, each once; none where it is not clear which of several they are.

    >>> [one.value for one in of_machines("one m5.xlarge master and four r5.2xlarge core nodes")]
    ['r5.2xlarge']
    """
    text = text[:_LOOKED_AT]
    if "ynapse" in text or "bigDataPools" in text:
        sizes = {match["type"]: match for match in reversed(list(islice(_OF_A_POOL.pattern.finditer(text), _MOST)))}
        return [Said(MACHINE_TYPE, name, text.count("\n", 0, one.start()) + 1, name) for name, one in sizes.items()]
    if not holds(text, _TYPE.words):
        return []
    found = list(islice(_types(text), _MOST))
    roles = {match: _role(text, match) for match in found}
    workers = [match for match in found if roles[match] == "worker"]
    unclear = [match for match in found if not roles[match]]
    if not workers and len({match["type"] for match in unclear}) == 1:
        workers = unclear
    elif unclear and {match["type"] for match in unclear} - {match["type"] for match in workers}:
        return []
    first = {match["type"]: match for match in reversed(workers)}
    return [
        Said(MACHINE_TYPE, name, text.count("\n", 0, match.start()) + 1, name)
        for name, match in sorted(first.items(), key=lambda one: one[1].start())
    ]


def of_the_master(text: str) -> list[Said]:
    """The type of the machine that the master of a cluster is, where the text has one.

    >>> [one.value for one in of_the_master("one m5.xlarge master and four r5.2xlarge core nodes")]
    ['m5.xlarge']
    """
    text = text[:_LOOKED_AT]
    if not holds(text, _TYPE.words):
        return []
    found = {match["type"]: match for match in islice(_types(text), _MOST) if _role(text, match) == "master"}
    named = list(found.items()) if len(found) == 1 else []
    return [Said(MASTERS_TYPE, name, text.count("\n", 0, match.start()) + 1, name) for name, match in named]


def _types(text: str) -> Iterator[re.Match[str]]:
    for match in _TYPE.pattern.finditer(text):
        if not _REMARK.match(text, text.rfind("\n", 0, match.start()) + 1):
            yield match


def _role(text: str, match: re.Match[str]) -> str:
    """The role that the key of a type names, or the nearest in its word, in the brackets around it, or beside it."""
    before = max(match.start() - _IN_BLOCK, 0)
    line = max(text.rfind("\n", before, match.start()) + 1, before)
    key = _KEY.search(text, max(line, match.start() - 200), match.start())
    if key and (role := _ROLE.search(key["key"])):
        return role.lastgroup or ""
    begun, end = _brackets(text, match.start(), match.end())
    if begun >= 0:
        header = max(text.rfind("\n", before, begun) + 1, before)
        return _nearest(text, match, begun, end) or _nearest(text, match, header, begun)
    space = max(text.rfind(" ", line, match.start()) + 1, line)
    return _nearest(text, match, space, match.end()) or _nearest(text, match, match.start() - _BESIDE, match.end() + _BESIDE)


def _nearest(text: str, match: re.Match[str], begun: int, end: int) -> str:
    begun = max(begun, match.start() - _IN_BLOCK, 0)
    told = list(_ROLE.finditer(text, begun, min(end, match.end() + _IN_BLOCK)))
    nearest = min(told, key=lambda one: max(match.start() - one.end(), one.start() - match.end()), default=None)
    return nearest.lastgroup or "" if nearest else ""


def _brackets(text: str, at: int, behind: int) -> tuple[int, int]:
    """The innermost curly brackets around a place, -1 where none are near."""
    depth = 0
    for begun in range(at - 1, max(at - _IN_BLOCK, 0) - 1, -1):
        depth += {"}": 1, "{": -1}.get(text[begun], 0)
        if depth < 0:
            break
    else:
        return -1, -1
    depth = 0
    for end in range(behind, min(behind + _IN_BLOCK, len(text))):
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        if depth < 0:
            return begun, end
    return begun, min(behind + _IN_BLOCK, len(text))
