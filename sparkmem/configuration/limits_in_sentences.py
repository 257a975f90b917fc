"""What somebody says in a sentence that nodes, workers or containers have: ``our nodes have 48 GB for YARN``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sparkmem.configuration.clue import clue

AMOUNT = r"(?P<size>[0-9]{1,6}(?:[.,][0-9]{1,3})?)[ ]?(?P<unit>[mMgGtT])(?:i?[bB]|i)?(?!\w|\.\w)"
LENT, PHYSICAL, WORKER, CONTAINER, OWN, DRIVER = "lent", "physical", "worker", "container", "own", "driver"
"""What a node leaves for containers, what it has at all, what a worker offers, the largest container; somebody's own
machine."""

_NODE = (
    r"(?:(?:worker|data|core|task|compute|slave|cluster|EMR|EKS|GKE|AKS|YARN|yarn)[ -]?)?"
    r"(?:nodes?|machines?|servers?|hosts?|VMs?)|node ?managers?|NodeManagers?|workers?"
    r"|laptop|workstation|PC|computer|MacBook"
)
_NODES = (
    "node", "Node", "machine", "server", "host", "VM", "worker", "laptop", "workstation", "PC", "computer", "MacBook",
)  # fmt: skip
_HAS = clue(_NODES, rf"(?<![\w.=-])(?P<node>{_NODE})\b(?![=_-]|\.\w)(?P<between>[^.!?;\n]{{0,60}}?)(?<![\w.-]){AMOUNT}")
_VERB = re.compile(r"\b(?:ha(?:s|ve|ving)|with|offers?|provides?|gives?|got|gets?|are|is|of|at|each|leaves?)\b|[:(]")
_PER = clue(
    ("per", "each", "every", "on a", "in a", "for a", "/"),
    rf"(?<![\w.-]){AMOUNT}(?P<between>[^.!?;\n]{{0,30}}?)(?:\b(?:per|(?:on|in|for) (?:each|every|a)|each)|/) ?"
    rf"(?<![\w.=-])(?P<node>{_NODE})\b(?![=_-]|\.\w)"
)
_LARGEST = clue(
    ("container", "allocation"),
    r"\b(?:[mM]ax(?:imum)?|[lL]argest|[bB]iggest)\b[^.!?;:\n]{0,30}?\b(?:container|allocation)\b"
    r"(?:[^.!?;\n]{0,30}?(?:\b(?:is|of|at)\b|[=:]) ?(?:set )?(?:to |at )?|(?: size| mem(?:ory)?)? )" + AMOUNT
)
_GRANTS = clue(
    ("at most", "more than", "up to", "a max", "container"),
    r"\b(?:YARN|[yY]arn|[sS]cheduler|RM|ResourceManager|queue)\b[^.!?;\n]{0,40}?"
    r"\b(?:at most|no more than|not more than|up to|a max(?:imum)? of"
    r"|(?:limits?|caps?|restricts?) (?:a )?containers? (?:to|at)) " + AMOUNT + r"(?! each)"
)
_TO_YARN = clue(
    ("YARN ", "yarn ", "Yarn "),
    r"\b(?:YARN|yarn|Yarn) (?:gets?|has|is given|was given|may use|can use) " + AMOUNT,
)
_OF_THE_DRIVER = clue(
    ("driver",),
    r"\b[mM]ax(?:imum)?\b[^.!?;:\n]{0,30}?\bdriver(?:'s)?(?: memory| heap)?\b[^.!?;\n]{0,30}?\b(?:is|of|at) " + AMOUNT,
)
_RESOURCES = re.compile(
    r"(?:\b(?P<most>[mM]aximum ?[aA]llocation|maxResourceCapability|[mM]ax(?:imum)? (?:resource )?[cC]apability)"
    r"|\b(?P<node>Configured Resources))[ ]{0,3}:?[ ]{0,3}<memory:(?P<size>[0-9]{1,9})(?P<unit>)\b"
)
"""What YARN's page, its command line (``yarn node -list -showDetails``) and its clients show, in MiB."""
_OTHERS = re.compile(
    r"(?i)\b(?:executors?|drivers?|heap|overhead|needs?|requests?|requested|asks?|uses?|using|used|disks?|ssd|hdd|storage|swap"
    r"|data|input|files?|cache[ds]?|partitions?|shuffles?|if|but|not|container|mem_limit|limit\w*)\b|--|spark\.|SPARK_|[{}\"$]"
)
_NOT_THESE = re.compile(
    r"(?i)\b(?:if|when|suppose|assum\w*|say|e\.g|example|bigger|larger|smaller|master|head|edge|gateway|login|driver|each of"
    r"|database|db|history|metastore|web"
    r"|another|need|want|buy|get|use)\b"
)
_EACH = re.compile(r"(?:i?[bB]|i)?[ ](?:of )?(?:RAM|[mM]em(?:ory)?)?[ ]?each\b")
_OWN = ("laptop", "workstation", "PC", "computer", "MacBook")
_BEHIND = re.compile(r"(?:i?[bB]|i)?[ ](?:of )?(?:(?:RAM|[mM]em(?:ory)?)\b)?(?P<behind>[^.!?;\n]{0,40})")
_FOR_CONTAINERS = re.compile(
    r"(?i)\b(?:for|to|by) (?:the )?(?:yarn|containers?|executors?|spark|pods?|jobs?|node ?managers?)\b"
    r"|\b(?:allocatable|usable)\b"
)
_FOR_OTHERS = re.compile(r"[ ]{0,3}(?:for|to|used by|taken by) (?:the |our |a |an )?[A-Za-z]")
_NO_MEMORY = re.compile(
    r"(?i)[\s(]{0,3}(?:(?:of )?(?:disk|ssd|hdd|nvme|storage|swap|local|ephemeral|data|heap)|executors?|drivers?|overhead"
    r"|left|free|remaining|unused|spare|more|less"
    r"|[-+*/])"
)
_OF_A_SETTING = re.compile(r"(?:\bspark\.[\w.]{3,60}|--[a-z]{3,10}-memory)[\s=:|\"'`*]{1,8}$")
"""What stands before a setting's own value, which is no limit, whatever its description says."""
_MOST, _LONGEST = 40, 100_000
_UNITS = {"m": 1, "g": 1 << 10, "t": 1 << 20}


@dataclass(frozen=True)
class Stated:
    """A limit in a sentence: which, how much [MiB], where its words begin, and the words."""

    kind: str
    mib: int
    at: int
    words: str


def stated(text: str) -> list[Stated]:
    """The limits that sentences state, each kind once; of what nodes have the most, of what is lent only what is said once.

    >>> [(one.kind, one.mib) for one in stated("Our nodes have 48 GB for yarn.")]
    [('lent', 49152)]
    """
    if len(text) > _LONGEST:
        return []
    found: dict[str, Stated] = {}
    doubtful = set[str]()
    for one in _all(text):
        known = found.setdefault(one.kind, one)
        if known.mib != one.mib:
            doubtful.add(one.kind)
            found[one.kind] = max(known, one, key=lambda each: each.mib)
    return [one for one in found.values() if one.kind == PHYSICAL or one.kind not in doubtful]


def _all(text: str) -> Iterator[Stated]:
    for match in islice(_HAS.finditer(text), _MOST):
        between = match["between"]
        each = _EACH.match(text, match.end("unit"))
        told = each or _VERB.search(between)
        if told and not _OTHERS.search(between) and not _NOT_THESE.search(_before(match) + between):
            yield from _of_a_node(match)
    for match in islice(_PER.finditer(text), _MOST):
        own = _OF_A_SETTING.search(text, max(0, match.start() - 100), match.start())
        if not own and not _OTHERS.search(match["between"]) and not _NOT_THESE.search(_before(match)):
            yield from _of_a_node(match)
    for match in islice(_RESOURCES.finditer(text) if "<memory:" in text else (), _MOST):
        yield Stated(CONTAINER if match["most"] else LENT, int(match["size"]), match.start(), _words(match))
    for pattern, kind in ((_OF_THE_DRIVER, DRIVER), (_LARGEST, CONTAINER), (_GRANTS, CONTAINER), (_TO_YARN, LENT)):
        for match in islice(pattern.finditer(text), _MOST):
            yield Stated(kind, mib(match), match.start(), _words(match))


def _of_a_node(match: re.Match[str]) -> Iterator[Stated]:
    after = _BEHIND.match(match.string, match.end("unit"))
    behind = after["behind"] if after else ""
    if _NO_MEMORY.match(behind) or (_FOR_OTHERS.match(behind) and not _FOR_CONTAINERS.match(behind.lstrip())):
        return
    lent = _FOR_CONTAINERS.search(match["between"] + behind) or "manager" in match["node"].lower()
    kind = LENT if lent else WORKER if match["node"].lower() in ("worker", "workers") else PHYSICAL
    kind = OWN if match["node"] in _OWN else kind
    yield Stated(kind, mib(match), match.start("node"), _words(match))


def _before(match: re.Match[str]) -> str:
    """The few words before, of the same sentence."""
    return re.split(r"[.!?;\n]", match.string[max(0, match.start() - 30) : match.start()])[-1]


def mib(match: re.Match[str]) -> int:
    """An amount in MiB, rounded down; ``12,288 MB`` is in thousands."""
    unit, number = match["unit"].lower(), match["size"].replace(",", ".")
    thousands = unit == "m" and number[-4:-3] == "."
    return int(float(number.replace(".", "") if thousands else number) * _UNITS[unit])


def _words(match: re.Match[str]) -> str:
    return " ".join(match[0].split())[:60]
