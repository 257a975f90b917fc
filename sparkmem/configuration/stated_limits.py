"""What a text says that a cluster, a node or a container has for a process, in whatever notation it says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.limits_in_sentences import CONTAINER, DRIVER, LENT, OWN, PHYSICAL, WORKER, Stated, stated
from sparkmem.configuration.limits_of_objects import CLIENTS_CONTAINER, LIMITS, limits
from sparkmem.configuration.lost import LOST, NOTHING_GRANTED
from sparkmem.configuration.lost_words import NOT_COMPUTED
from sparkmem.configuration.setting import Lost, Said
from sparkmem.configuration.standalone_workers import WORKER_MEMORY

DRIVERS_LIMIT = "driver-limit"
MOST_OF_A_NODE, SMALLEST_NODE, MACHINE, NODE_RAM = "node-allocatable", "smallest-node", "machine", "node-ram"

_UNITS = {"k": 1 / 1024, "": 1, "m": 1, "g": 1 << 10, "t": 1 << 20}
"""In MiB, as YARN counts a number alone."""
_AMOUNT = r"(?P<size>[0-9]{1,9}(?:[.,][0-9]{1,3})?)[ ]?(?P<unit>[kKmMgGtT]?)(?:i[bB]?|[bB])?(?![\w.])"
_IN_THE_LINE = re.compile(
    r"[\"'`)\]}]{0,3}(?:</name>)?[ \t]*(?:\([\w.-]{1,60}\))?(?:[ \t]*(?:=>?|:|\||,|<value>|is(?: set to)?\b|currently\b))?"
    rf"[ \t]*(?:[\w-]{{1,30}} (?:[\w-]{{1,30}} ){{0,3}}Group[ \t]*)?[\"'`(]?{_AMOUNT}"
)
_ALONE = re.compile(
    rf"[ \t|:]*(?:[\w-]{{1,30}} (?:[\w-]{{1,30}} ){{0,3}}Group[ \t:]*|<value>)?{_AMOUNT}[ \t|]*(?:</value>|$)"
)
_NO_VALUE = re.compile(r"[ \t|:]*(?:[\w.]{1,60}(?<=mb)|[\w-]{1,30} (?:[\w-]{1,30} ){0,3}Group)?[ \t|:]*$")
"""The other name of the same, or the group to which a page of Cloudera's gives the value below."""
_OF_YARN = (
    ("yarn.scheduler.maximum-allocation-mb",
     r"yarn[._]scheduler[._]maximum[._-]allocation[._-]mb|Container Memory Maximum|Maximum Container Size \(Memory\)"),
    ("yarn.nodemanager.resource.memory-mb",
     r"yarn[._]nodemanager[._]resource[._]memory[._-]mb|Memory allocated for all YARN containers on a node"),
)  # fmt: skip
"""Names of Hadoop's keys, as Cloudera Manager's API writes them, and as its page and Ambari's label them."""
_LARGEST_CONTAINER, _NODES = (key for key, _ in _OF_YARN)
_YARNS = {key: re.compile(names) for key, names in _OF_YARN}
_SIGNS = ("aximum", "nodemanager", "containers on a node")
_ALLOCATABLE = re.compile(
    r"\b[aA]llocatable[\"']?:[ \t]*\{?[ \t]*(?:\n?[ \t]*(?!memory|Memory)[\"']?"
    r"[\w./-]{1,60}[\"']?:[ \t]*[\"']?[\w.]{1,30}[\"']?,?[ \t]*){0,12}"
    rf"\n?[ \t]*[\"']?[mM]emory[\"']?:[ \t]*[\"']?{_AMOUNT}"
)
_CONTAINER = re.compile(
    r"(?:\b(?:docker|podman|nerdctl)[ ]run\b(?:[^\n]|(?<=\\)\n){0,300}?[ \t](?:-m|--memory)[= ]"
    r"|\boptions:[ \t]{0,3}[\"'][^\"'\n]{0,200}?--memory[= ]"  # of a container of GitHub's
    r"|^[ \t]*[\"']?mem_limit[\"']?:[ \t]*[\"']?|(?:^|[ \t])[\"']?Memory(?:Max|Limit)[\"']?[ \t]{0,3}[:=][ \t]{0,3}[\"']?"
    rf"|{LIMITS})" + _AMOUNT,
    re.MULTILINE,
)
_IN_MIB = re.compile(
    r"(?:(?m:^)#SBATCH[ \t]{1,9}--mem[= ]|(?m:^)MiB Mem ?:[ ]{1,9}|(?m:^)Mem:[ \t]{1,20}(?=[0-9.]{1,9}[MGT]i?\b)"
    r"|\bresources[ ]{0,3}\{[^{}]{0,200}?\bmemory[ ]{1,9}=[ ]{1,9}(?=[0-9]{2,7}\s)"
    r"|\"mem\"\s{0,3}:\s{0,3}(?=[0-9]{2,7}\b)"
    r"|\"containerDefinitions\"[^{}]{0,60}\{[^{}]{0,2000}?\"memory\"\s{0,9}:\s{0,9})" + _AMOUNT
)
"""Of Slurm's jobs and of tasks of Nomad, Marathon and ECS: a number alone is in MiB."""
_CONTAINER_SIGNS = (
    "mem_limit", "--memory", "MemoryMax", "MemoryLimit", " run", "imits:", "limits=", "limits =", "\"limits\"", "#SBATCH",
    "containerDefinitions", "limits {", "Mem:", "Mem :", "resources {", "\"mem\"",
)  # fmt: skip
_CONTAINERS = re.compile(r"\b[iI]mage:|\"image\":|\b(?:docker|podman|nerdctl)[ ]run\b")
_NOTHING = re.compile(
    r"\bInitial job has not accepted any resources\b|\b[0-9]{1,5} Insufficient memory\b|\bexceeded quota: [\w-]{1,60}"
)
"""What Spark's scheduler says (``TaskSchedulerImpl``), and what Kubernetes' says of a pod that waits."""
_LOOK = "compare what an executor needs with what a worker or a node has left"
_MOST, _LOOKED_AT = 60, 200_000


def with_limits(whole: Configuration, text: str) -> Configuration:
    """The same with the limits that the text holds and its form does not; the last that is said of YARN counts."""
    text, manager = text[:_LOOKED_AT], whole.circumstances.cluster_manager
    cluster, said, lost = dict(whole.cluster), list(whole.said), whole.lost
    if manager in ("", "yarn") and any(sign in text for sign in _SIGNS):
        for key, told in _YARNS.items():
            values = [value for name in islice(told.finditer(text), _MOST) if (value := _beside(text, name.end()))]
            if values and key not in cluster:
                cluster[key] = str(_mib(values[-1]))
    if manager == "kubernetes" and "llocatable" in text:
        said += _largest(list(_ALLOCATABLE.finditer(text))[:_MOST], text)
    everywhere = (CLIENTS_CONTAINER,) if manager in ("", "yarn") else ()
    said += [one for one in limits(text) if manager in ("kubernetes", "standalone") or one.name in everywhere]
    if manager == "local" and any(sign in text for sign in _CONTAINER_SIGNS):
        sized = [found for told in (_CONTAINER, _IN_MIB) for found in told.finditer(text) if _mib(found)]
        if len(sized) == 1 and len(_CONTAINERS.findall(text)) <= 1:  # of several it may be another's
            said.append(_said(MACHINE, sized[0], text))
    for one in stated(text):
        if one.kind == DRIVER:
            said.append(Said(DRIVERS_LIMIT, f"{one.mib}m", text.count("\n", 0, one.at) + 1, one.words))
        elif whole.vendor not in NOT_COMPUTED:
            _take_stated(one, manager, cluster, said, text)
    if nothing := _NOTHING.search(text):
        words, see = LOST[NOTHING_GRANTED]
        line = text.count("\n", 0, nothing.start()) + 1
        lost = (*lost, Lost(NOTHING_GRANTED, line, "the request", words.format(given=nothing[0]), _LOOK, see))
    return replace(whole, cluster=cluster, said=tuple(said), lost=lost)


def _take_stated(one: Stated, manager: str, cluster: dict[str, str], said: list[Said], text: str) -> None:
    """Keep what a sentence says, where no object of the cluster says the same."""
    names = {PHYSICAL: NODE_RAM, LENT: MOST_OF_A_NODE, WORKER: WORKER_MEMORY if manager == "standalone" else NODE_RAM}
    if manager == "local":
        names = {PHYSICAL: MACHINE, OWN: MACHINE}
    of_yarn = {LENT: _NODES, CONTAINER: _LARGEST_CONTAINER}.get(one.kind, "")
    if manager in ("", "yarn") and of_yarn:
        cluster.setdefault(of_yarn, str(one.mib))
    elif one.kind in names and not any(other.name == names[one.kind] for other in said):
        said.append(Said(names[one.kind], f"{one.mib}m", text.count("\n", 0, one.at) + 1, one.words))


def _beside(text: str, at: int) -> re.Match[str] | None:
    """The value beside a name, or alone on one of the lines below it."""
    first, *below = text[at : at + 400].split("\n")[:4]
    found = _IN_THE_LINE.match(first)
    if found is None and _NO_VALUE.match(first.lstrip("\"'`)")):
        for line in below:
            found = _ALONE.match(line)
            if found or not _NO_VALUE.match(line):
                break
    return found if found and _mib(found) else None


def _largest(nodes: list[re.Match[str]], text: str) -> Iterator[Said]:
    """The node that leaves most for pods, and of several sizes the one that leaves least."""
    sized = sorted((one for one in nodes if _mib(one)), key=_mib)
    if sized:
        yield _said(MOST_OF_A_NODE, sized[-1], text)
        if _mib(sized[0]) < _mib(sized[-1]):
            yield _said(SMALLEST_NODE, sized[0], text)


def _said(name: str, found: re.Match[str], text: str) -> Said:
    words = " ".join(found[0].split())[:60]
    return Said(name, f"{_mib(found)}m", text.count("\n", 0, found.start("size")) + 1, words)


def _mib(found: re.Match[str]) -> int:
    """The size in whole MiB, rounded down."""
    unit, number = found["unit"].lower(), found["size"].replace(",", ".")
    thousands = unit in ("", "m", "k") and number[-4:-3] == "."  # 12,288 MB
    size = float(number.replace(".", "") if thousands else number) * _UNITS[unit]
    return int(size / (1 << 20)) if not unit and found.re in (_ALLOCATABLE, _CONTAINER) else int(size)
