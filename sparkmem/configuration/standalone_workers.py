"""What the workers of a standalone cluster offer: by their variable, their options, a chart's value, their master's log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from sparkmem.configuration.lost import LOST, WORKER_SIZE_REFUSED
from sparkmem.configuration.setting import Lost, Said

WORKER_MEMORY, SMALLEST_WORKER, UNKNOWN_WORKER = "worker-memory", "smallest-worker", "unknown-worker"
WORKERS_OF_A_HOST = "workers-per-host"
_SIZED = (
    r"#[^\n]{0,2000}|(?:\b(?:SPARK_WORKER_MEMORY|spark_worker_memory)[\"']?"
    r"(?:\s{0,3}(?:[:=]|=>)|[ \t]{0,3},?\s{1,40}[\"']?value[\"']?[:=])|\bworker\.memoryLimit="
    r"|\b(?P<started>deploy\.worker\.Worker\b[^\n]{0,200}?[ \"'](?:--memory|-m)[\"']?[ ,=]"
    r"|start-(?:worker|slave)s?\.sh\b[^\n]{0,200}? (?:--memory|-m)[ =])"
    r"|(?m:^)(?P<by>[ \t]{0,40})worker:[ \t]*\n(?:(?P=by)[ \t]{1,60}+(?!memoryLimit:)[^\n]{0,300}+\n|\n){0,60}+"
    r"(?P=by)[ \t]{1,60}memoryLimit:)"
    r"\s{0,3}[\"']?(?:\$\{\w{1,60}:?-)?"
)
_WORKER = re.compile(rf"{_SIZED}(?P<size>[0-9]{{1,6}})(?P<unit>[kKmMgGtT])[bB]?\b(?!\.)")
"""A remark is matched as a whole.  Bitnami's chart makes the variable of ``worker.memoryLimit``
(bitnami/charts, bitnami/spark/templates/statefulset-worker.yaml, ``SPARK_WORKER_MEMORY``)."""
_UNREADABLE = re.compile(
    rf"{_SIZED}(?:[0-9]{{1,6}}[kKmMgGtT](?P<unit>i)[bB]?\b|[0-9]{{1,6}}(?P<part>[.,])[0-9]{{1,3}}[kKmMgGtT][bB]?\b)"
)
"""Sizes that Spark does not read (``WorkerArguments``, ``Utils.memoryStringToMb``, ``JavaUtils.byteStringAs``)."""
_REGISTERED = re.compile(
    r"\b(?:Registering|Starting Spark) worker [\w.:-]{1,80} with [0-9]{1,5} cores, "
    r"(?P<size>[0-9]{1,6}(?:\.[0-9])?) (?P<unit>[MGT])i?B RAM"
)
"""What a standalone master or worker logs (``Master``, ``Worker``)."""
_UNKNOWN = re.compile(
    r"(?<![#\w])SPARK_WORKER_MEMORY[\"']?[ \t]{0,3}[:=][ \t]{0,3}[\"']?\$"
    r"(?:\{(?P<name>\w{1,60})\}|(?P<bare>\w{1,60}))"
)
_OF_WORKERS = (
    "SPARK_WORKER_MEMORY", "spark_worker_memory", "memoryLimit", "worker.Worker", "start-worker", "start-slave", "orker ",
)  # fmt: skip
_INSTANCES = re.compile(
    r"^(?![ \t]*#)[^\n]{0,200}?\bSPARK_WORKER_INSTANCES[\"']?"
    r"(?:[ \t]{0,3}[:=]|[ \t]{0,3}\n[ \t]{1,40}value:)[ \t]{0,3}[\"']?(?P<count>[1-9][0-9]{0,2})\b",
    re.MULTILINE,
)
"""How many workers sbin/start-worker.sh starts on a host, each of which offers SPARK_WORKER_MEMORY."""
_MOST_WORKERS = 400
_LARGEST_WORKER = 1 << 40  # a PiB in KiB
_UNITS = {"k": 1, "m": 1 << 10, "g": 1 << 20, "t": 1 << 30}


def of_workers(text: str) -> list[Said]:
    """What the largest worker of a standalone cluster offers, and of several the smallest; a remark says nothing."""
    if not any(name in text for name in _OF_WORKERS):
        return []
    matches = [*islice(_WORKER.finditer(text), _MOST_WORKERS), *islice(_REGISTERED.finditer(text), _MOST_WORKERS)]
    sized = [
        (int(float(match["size"]) * _UNITS[match["unit"].lower()]), match.start("size"), match)
        for match in matches
        if match["size"]
    ]
    found = [one for one in sorted(sized, key=lambda one: one[:2]) if _UNITS["m"] <= one[0] <= _LARGEST_WORKER]
    if not found and (unknown := _UNKNOWN.search(text)):
        line = text.count("\n", 0, unknown.start()) + 1
        return [Said(UNKNOWN_WORKER, f"${unknown['name'] or unknown['bare']}", line, "SPARK_WORKER_MEMORY")]
    named = {WORKER_MEMORY: found[-1:], SMALLEST_WORKER: found[: bool(found) and found[0][0] < found[-1][0]]}
    counts = {one["count"]: one for one in islice(_INSTANCES.finditer(text), _MOST_WORKERS)}
    several = [
        Said(WORKERS_OF_A_HOST, count, text.count("\n", 0, one.start("count")) + 1, "SPARK_WORKER_INSTANCES")
        for count, one in counts.items()
        if len(counts) == 1 and count != "1"
    ]
    return several + [
        Said(name, _size_of(kib, match), text.count("\n", 0, at) + 1, _of_what(match))
        for name, chosen in named.items()
        for kib, at, match in chosen
    ]


def refused(text: str) -> Iterator[Lost]:
    """The sizes at which a worker ends."""
    if not any(name in text for name in _OF_WORKERS):
        return
    words, see = LOST[WORKER_SIZE_REFUSED]
    for one in islice(_UNREADABLE.finditer(text), _MOST_WORKERS):
        if group := "unit" if one["unit"] else "part" if one["part"] else "":
            line = text.count("\n", 0, one.start(group)) + 1
            yield Lost(WORKER_SIZE_REFUSED, line, "SPARK_WORKER_MEMORY", words, "write it as 8g or 8192m", see)


def _size_of(kib: int, match: re.Match[str]) -> str:
    whole = match["size"].partition(".")
    return f"{kib >> 10}m" if whole[2].strip("0") else whole[0] + match["unit"].lower()


def _of_what(match: re.Match[str]) -> str:
    """What says the size of a worker."""
    plain = match.re is _WORKER and not match["started"]
    return "SPARK_WORKER_MEMORY" if plain else " ".join(match[0].split())[:60]
