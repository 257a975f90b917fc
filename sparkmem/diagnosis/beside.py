"""Words around a failure that say what filled the memory, and so what to change about it, as signs for advice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from sparkmem.diagnosis.context import FRAME, MOST_BEYOND
from sparkmem.diagnosis.times import lasted
from sparkmem.size import MIB

LONGEST_SEEN = 800
"""Characters of a line in which such words are looked for."""
_AROUND = (
    ("broadcast_relation", "BroadcastHashedRelation"),
    ("file_listing", "InMemoryFileIndex"),
    ("file_listing", "listLeafFiles"),
    ("rocksdb", "RocksDB StateStoreId"),
    ("rocksdb", "RocksDBStateStoreProvider"),
    ("python_functions", "pandas_udf"),
    ("python_functions", "InPandas"),
    ("python_functions", "BatchEvalPython"),
    ("python_functions", "ArrowEvalPython"),
    ("python_functions", "pyspark/worker.py"),
    ("collected", "aggregate.Collect"),
    ("collected", "collect_list"),
    ("collected", "collect_set"),
)
_HINT = re.compile(
    r"(?i:/\*\+[^*\n]{0,200}\b(?:broadcast|broadcastjoin|mapjoin)\b|\.hint\([\"'](?:broadcast|broadcastjoin|mapjoin)\b)"
    r"|[(=, ](?:F\.|f\.|functions\.)?broadcast\((?=[A-Za-z_])"
)
"""A hint to broadcast under its three names (``plans.logical.BROADCAST``), or the function of that name."""
_RESULTS_UNLIMITED = re.compile(r"maxResultSize[\"' \t:=]{1,8}0[bBkKmMgG]{0,2}(?![\w.])")
_WHOLE_RESULT = re.compile(
    r"com\.mysql\.(?:cj\.protocol\.a\.(?:TextResultsetReader|BinaryResultsetReader|ResultsetRowReader|NativeProtocol\.readAllResults)"
    r"|jdbc\.MysqlIO\.(?:readSingleRowSet|readAllResults|nextRow))"
    r"|org\.mariadb\.jdbc\.[\w.]{0,60}(?:SelectResultSet\.fetchAllResults|CompleteResult\.)"
    r"|org\.postgresql\.core\.(?:v3\.QueryExecutorImpl\.processResults|PGStream\.receiveTuple)"
)
"""Frames of drivers that keep every row of a query: MySQL's without a cursor, MariaDB's and PostgreSQL's without a size."""
_CLIENTS = ("com.mysql.", "org.mariadb.", "org.postgresql.")
_PROFILED = re.compile(r"(?m)^[ \t]{0,12}[0-9]{1,7}[ \t]{1,12}([0-9]{1,9}\.[0-9]) MiB[ \t]{1,12}-?[0-9]{1,9}\.[0-9] MiB\b")
"""A row of memory_profiler's: what the process had after a line, and by how much more."""
_ONE_DPU = re.compile(r"[Mm]ax(?:imum)? ?[Cc]apacity[\"': =]{1,5}1(?:\.0)?(?![\w.])")
_SILENCE = re.compile(
    r"no recent heartbeats: ([0-9]{1,12}) ms exceeds timeout ([0-9]{1,12}) ms|heartbeat timed out after ([0-9]{1,12}) ms"
)
_DISK_USED = re.compile(r"ephemeral-storage\b[^\n]{0,160}?\bwas using ([0-9]{1,12})(Ki|Mi|Gi)?\b")
_POOLS = (
    ("pool", re.compile(r"spark\.gluten\.memory\.offHeap\.size\.in\.bytes=([0-9.]{1,12}) ?([KMGT])iB")),
    ("share", re.compile(r"spark\.gluten\.memory\.task\.offHeap\.size\.in\.bytes=([0-9.]{1,12}) ?([KMGT])iB")),
)
"""The off-heap memory of all tasks, and of each, as Gluten writes it behind its error (``ThrowOnOomMemoryTarget``)."""
_SHARED, _OF_BLOCKS = "/dev/shm", re.compile(r"/blockmgr-|/dev/shm/[^\n]{0,80}spark")
"""A local directory of Spark's may be there; then it is full as a disk is."""
_QUERIED = re.compile(r"\.execute(?:Query|Internal|WithFlags)?\(")


def beside(before: Sequence[str], line: str, after: Sequence[str]) -> dict[str, int]:
    """What the words around say of what filled the memory.

    ``broadcast_relation``: a table that is broadcast.  ``file_listing``: a listing of files.  ``rocksdb``: state stores.
    ``python_functions``: functions of Python in tasks.  ``results_unlimited``: a driver whose results have no limit.
    ``collected``: values of a key in one row.  ``broadcast_hint``: a hint to broadcast a table, which no threshold undoes.
    ``shared_memory``: a file in /dev/shm, which is none of Spark's.
    ``profiled``: the most that memory_profiler saw [bytes].  ``one_dpu``: a job of Glue's that has one DPU.
    ``system_gc``: a collection that the program asked for.  ``lasted``: how long a container ran [ms].
    ``pool``, ``share``: off-heap memory of Gluten's, of all tasks and of each [bytes].
    ``metadata_gc``: a collection for metaspace.
    ``silence``: without a heartbeat, ``allowed`` of it [ms].  ``disk_used``: of ephemeral storage [bytes].
    ``jdbc_result``: rows of a database, all of a query before the first is given.

    >>> beside([], "java.lang.OutOfMemoryError: x", ["spark.driver.maxResultSize 0"])
    {'results_unlimited': 1}
    """
    whole = "\n".join(text[:LONGEST_SEEN] for text in (*before, line, *after))
    found = {name: 1 for name, word in _AROUND if word in whole}
    if "maxResultSize" in whole and _RESULTS_UNLIMITED.search(whole):
        found["results_unlimited"] = 1
    if ("roadcast" in whole or "mapjoin" in whole.lower()) and _may_hint(whole) and _HINT.search(whole):
        found["broadcast_hint"] = 1
    if silent := _SILENCE.search(line):
        found["silence"] = int(silent[1] or silent[3])
        found |= {"allowed": int(silent[2])} if silent[2] else {}
    if used := _DISK_USED.search(line):
        found["disk_used"] = int(used[1]) * {"Ki": 2**10, "Mi": MIB, "Gi": 2**30}.get(used[2], 1)
    if "System.gc()" in line:
        found["system_gc"] = 1
    if "(Metadata GC Threshold)" in line:
        found["metadata_gc"] = 1
    if "inished" in whole and (run := lasted(whole)):
        found["lasted"] = run
    if "spark.gluten." in whole:
        found |= {name: _size(*one.groups()) for name, pattern in _POOLS if (one := pattern.search(whole))}
    if " MiB" in whole and (profiled := [float(one) for one in _PROFILED.findall(whole)]):
        found["profiled"] = int(max(profiled) * MIB)
    if "apacity" in whole and _ONE_DPU.search(whole):
        found["one_dpu"] = 1
    if _SHARED in line and not _OF_BLOCKS.search(line):
        found["shared_memory"] = 1
    stack = "\n".join(takewhile(FRAME.match, after[:MOST_BEYOND]))
    if any(map(stack.__contains__, _CLIENTS)) and _WHOLE_RESULT.search(stack) and _QUERIED.search(stack):
        found["jdbc_result"] = 1
    return found


def _may_hint(text: str) -> bool:
    """Whether letters stand there of which each hint has some."""
    return "/*+" in text or "broadcast(" in text or ".hint(" in text.lower() or not text.isascii()


def _size(number: str, unit: str) -> int:
    return int(float(number) * 1024 ** (1 + "KMGT".index(unit)))
