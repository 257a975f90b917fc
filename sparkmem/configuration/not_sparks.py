"""Sizes in a text that are none of Spark's: heaps of other programs, what a container or a batch job may take in all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sparkmem.configuration.setting import Ignored

_SIZE = r"[0-9]{1,9}(?:\.[0-9]{1,3})?[kKmMgGtT]?(?:i?[bB])?\b"
_OF_A_CONTAINER, _OF_ANOTHER = "the most that the container may take in all", "the heap of another program"
_KINDS = tuple(
    (re.compile(pattern, re.MULTILINE), reason)
    for pattern, reason in (
        (rf"^[ \t]*#(?:SBATCH|PBS|\$)[^\n]{{0,80}}?(--mem(?:-per-(?:cpu|node|gpu))?|h_vmem|-l mem)[= ]{_SIZE}",
         "what the batch system gives the job in all"),
        (rf"\b(?:srun|sbatch|salloc)\b[^\n]{{0,200}}?\s(--mem(?:-per-(?:cpu|node|gpu))?)[= ]{_SIZE}",
         "what the batch system gives the job in all"),
        (rf"\b(?:docker|podman|nerdctl)\b[^\n]{{0,200}}?\s(-m|--memory)[= ]{_SIZE}", _OF_A_CONTAINER),
        (rf"^[ \t]*[\"']?(mem_limit|mem_reservation)[\"']?:[ \t]*[\"']?{_SIZE}", _OF_A_CONTAINER),
        (rf"^[ \t]*(Memory(?:Max|High|Limit))={_SIZE}", "the most that the unit may take in all"),
        (rf"\b((?:HADOOP|YARN|HIVE|HBASE|JSVC)_\w{{0,30}}?HEAPSIZE(?:_M(?:AX|IN))?)[=:][ \t]*[\"']?{_SIZE}",
         _OF_ANOTHER),
        (r"\b((?:KAFKA|ZK|ZOOKEEPER|ES|LS|HADOOP|YARN|HBASE|HIVE|ZEPPELIN|CATALINA|GRADLE|FLINK|CASSANDRA|NIFI)_\w{0,30}?"
         r"(?:OPTS|MEM|ARGS))[=:][ \t]*[\"']?[^\n\"']{0,200}?-Xm[xs][0-9]", _OF_ANOTHER),
        (r"(?:(?<![\w.])|(?<=-D))((?:mapreduce\.(?:map|reduce)|yarn\.app\.mapreduce\.am\.resource|hive\.tez\.container)"
         r"\.(?:memory\.mb|mb|size|resource\.mb))\b", "of MapReduce or Tez, and not of Spark"),
    )
)  # fmt: skip
_SIGNS = ("--mem", "-m ", "-m=", "mem_", "Memory", "HEAPSIZE", "-Xm", "h_vmem", "mapreduce.", "hive.tez.", "-l mem")
_MOST, _LOOKED_AT = 6, 40_000


def named(text: str, taken: set[int]) -> tuple[Ignored, ...]:
    """The first of them, line by line, without lines of which something was taken or said already.

    >>> [(one.line, one.text) for one in named("#SBATCH --mem=64G\\nspark-submit --executor-memory 4g a.py", {2})]
    [(1, '--mem')]
    """
    near = text[:_LOOKED_AT]
    if not any(sign in near for sign in _SIGNS):
        return ()
    found = {(line, name): reason for line, name, reason in _found(near) if line not in taken}
    first = sorted(found.items())[:_MOST]
    return tuple(Ignored(line, name, f"{reason}, no setting of Spark's") for (line, name), reason in first)


def _found(text: str) -> Iterator[tuple[int, str, str]]:
    for pattern, reason in _KINDS:
        for match in pattern.finditer(text):
            yield text.count("\n", 0, match.start(1)) + 1, match[1], reason
