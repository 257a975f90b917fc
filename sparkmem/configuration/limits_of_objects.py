"""Limits in objects beside a job: LimitRange and ResourceQuota of Kubernetes, a worker's container in a compose file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from sparkmem.configuration.clue import clue
from sparkmem.configuration.limits_in_sentences import mib
from sparkmem.configuration.setting import Said

LIMIT_RANGE, QUOTA = "limit-range", "memory-quota"
WORKERS_CONTAINER, CLIENTS_CONTAINER = "worker-container", "client-container"

_AMOUNT = r"[\"']?(?P<size>[0-9]{1,9}(?:\.[0-9]{1,3})?)(?P<unit>[mMgGtT])(?:i?[bB]?)(?![\w.])"
_KIND = re.compile(r"^[ \t\"']*kind[\"']?:[ \t]*[\"']?(?P<kind>LimitRange|ResourceQuota)\b", re.MULTILINE)
_APART = re.compile(r"^(?:---|apiVersion:)", re.MULTILINE)
_MOST_OF_ONE = re.compile(
    r"\bmax[\"']?:\s{0,60}\{?\s{0,60}(?:[\"']?cpu[\"']?:[^\n,}]{1,30}[,\n]\s{0,60})?"
    r"[\"']?memory[\"']?:[ \t]{0,9}" + _AMOUNT
)
_BYTES = r"(?<![\w.-])(?P<size>[0-9]{1,6}(?:\.[0-9]{1,3})?)[ ]?(?P<unit>[MgGtT])(?:i?[bB]|i)?(?![\w.]\w)"
"""An amount of memory, and none of processors, as 500m is."""
_RANGE = r"\b[lL](?:imit range|imitRange|imitrange|imit Range)"
_RANGE_TOLD = (
    clue(("imit",), (
     _RANGE + r"s?\b[^.!?;\n]{0,60}?\b(?:[mM]ax(?:imum)?|at most|up to|no more than)\b[^!?;\n]{0,40}?" + _BYTES)),
    clue(("imit",), (
     r"\b(?:[mM]ax(?:imum)?|at most|up to|no more than)\b[^.!?;\n]{0,20}?" + _BYTES +
     r"[^.!?;\n]{0,40}?" + _RANGE + r"\b")),
)  # fmt: skip
"""A sentence about it."""
_HEAD = "Limit/Request Ratio"
_RANGE_SHOWN = re.compile(r"(?m)^[ \t]*(?:Container|Pod)[ \t]{1,20}memory[ \t]{1,20}\S{1,12}[ \t]{1,20}" + _BYTES)
"""A row of what ``kubectl describe`` shows of it, in the column Max behind Min."""
_OF_A_NAMESPACE = re.compile(r"^[^\n#]{0,60}?(?:(?:requests|limits)\.)?memory[\"']?:[ \t]{0,9}" + _AMOUNT, re.MULTILINE)
_DESCRIBED = clue(
    ("requests.memory", "limits.memory", "quota"),
    r"(?m)(?:^[ \t]*(?:requests|limits)\.memory[ \t]+[0-9]\w{0,12}[ \t]+|\b(?:requests|limits)\.memory: [0-9]\w{0,12}/"
    r"|\bquota\b[^.;:\n]{0,30}?(?:\bis|\bof|:) )" + _AMOUNT,
)
_SERVICE = re.compile(r"^(?P<indent>[ ]{2,8})[\w.-]{1,60}:[ \t]*$", re.MULTILINE)
_IS_WORKER = re.compile(
    r"\bSPARK_WORKER_(?:MEMORY|CORES)\b|\bSPARK_(?:MODE|WORKLOAD)[=:][ ]?[\"']?worker\b"
    r"|\bdeploy\.worker\.Worker\b|\bstart-(?:worker|slave)\.sh\b"
)
LIMITS = (
    r"(?:^[ \t]*[lL]imits:[ \t]*\n(?:[ \t]*(?!memory)[\w./-]{1,60}:[^\n]*\n){0,4}[ \t]*memory:[ \t]*[\"']?"
    r"|(?:^[ \t]*|resources:[ ]?\{[ ]?(?:requests:[ ]?\{[^}\n]{0,60}\},[ ]?)?)limits:[ \t]*\{[^}\n]{0,60}?memory:[ ]?[\"']?"
    r"|\"limits\"\s{0,9}:\s{0,9}\{[^}]{0,200}?\"memory\"\s{0,9}:\s{0,9}\""
    r"|\blimits\s{0,3}=?\s{0,3}\{[^}]{0,120}?(?:[\"']memory[\"']\s{0,3}[:=]|\bmemory\s{0,9}=)\s{0,9}[\"'])"
)
"""Where the limit of a container's memory stands: in YAML, as kubectl describes it, in JSON, in a call or a block."""
_LIMIT = re.compile(rf"(?:^[ \t]*mem_limit:[ \t]*|{LIMITS}){_AMOUNT}", re.MULTILINE)
_SIGNS = ("mem_limit", "imits:", "\"limits\"", "limits =", "limits=", "limits {")
_SUBMITS = re.compile(
    r"\b(?:spark[23]?-(?:submit|shell|sql)|pyspark)\b|\bstart-(?:thriftserver|connect-server)\.sh\b"
    r"|\borg\.apache\.spark\.deploy\.SparkSubmit\b"
)
_WORKLOAD = re.compile(
    r"^[ \t]{0,4}\"?kind\"?:[ \t]*[\"']?(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|Job|CronJob)\b"
    r"|^Name:[ \t]{1,40}\S[^\n]{0,200}\n(?=(?:[^\n]*\n){0,60}?Containers:)",
    re.MULTILINE,
)
"""Where an object begins, also one that kubectl describes."""
_MOST, _LONGEST = 60, 100_000


def limits(text: str) -> Iterator[Said]:
    """The smallest of each kind that the text holds, with the line that holds it."""
    if len(text) > _LONGEST:
        return
    of_objects = list(_of_a_namespace(text)) if "LimitRange" in text or "ResourceQuota" in text else []
    yield from of_objects
    telling = (*_RANGE_TOLD, _RANGE_SHOWN) if _HEAD in text else _RANGE_TOLD
    told = [one for words in telling for one in islice(words.finditer(text), _MOST)]
    if told and not any(one.name == LIMIT_RANGE for one in of_objects):
        yield _said(LIMIT_RANGE, min(told, key=mib), "LimitRange")
    if described := _DESCRIBED.search(text):
        yield _said(QUOTA, described, "quota")
    if any(sign in text for sign in _SIGNS):
        blocks = [*(_services(text) if "services:" in text else ()), *_workloads(text)]
        workers = [one for span, block in blocks if _IS_WORKER.search(block) for one in _LIMIT.finditer(text, *span)]
        if workers:
            yield _said(WORKERS_CONTAINER, min(workers, key=mib), "the worker's container")
        clients = [one for span, block in blocks if _SUBMITS.search(block) for one in _LIMIT.finditer(text, *span)]
        if len(clients) == 1:
            yield _said(CLIENTS_CONTAINER, clients[0], "the container of the command")


def _of_a_namespace(text: str) -> Iterator[Said]:
    for object in islice(_KIND.finditer(text), _MOST):
        behind = _APART.search(text, object.end())
        told = _MOST_OF_ONE if object["kind"] == "LimitRange" else _OF_A_NAMESPACE
        found = list(told.finditer(text, object.end(), behind.start() if behind else len(text)))
        if found:
            name = LIMIT_RANGE if object["kind"] == "LimitRange" else QUOTA
            yield _said(name, min(found, key=mib), object["kind"])


def _workloads(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Where each object of Kubernetes that runs one container with a limit begins and ends, and its text."""
    for object in islice(_WORKLOAD.finditer(text), _MOST):
        begun = max(text.rfind("\n---", 0, object.start()), text.rfind("\napiVersion:", 0, object.start()), 0)
        behind = _APART.search(text, object.end())
        end = behind.start() if behind else len(text)
        if len(_LIMIT.findall(text, begun, end)) == 1:
            yield (begun, end), text[begun:end]


def _services(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Where each service of a compose file begins and ends, and its text."""
    begun = text.find("services:")
    heads = list(islice(_SERVICE.finditer(text, begun), _MOST * 4))
    own = [head for head in heads if len(head["indent"]) == len(heads[0]["indent"])] if heads else []
    for head, after in zip(own, [*[one.start() for one in own[1:]], len(text)], strict=True):
        yield (head.start(), after), text[head.start() : after]


def _said(name: str, found: re.Match[str], words: str) -> Said:
    return Said(name, f"{mib(found)}m", found.string.count("\n", 0, found.start("size")) + 1, words)
