"""What a cluster manager was asked for, as a log of YARN's driver or a pod says it, and what of it is not heap."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.carried import java_options
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.found import Found
from sparkmem.configuration.setting import Said, Setting
from sparkmem.spark.containers.overhead import default_overhead_mib

PROCESS = "process"
"""The name of the circumstance that a text is of one process, and says nothing of the others."""
POD = "pod"
"""The same of a text in any form that shows the pod of one."""

# YarnAllocator.updateResourceRequests: "(including N MB of overhead)" up to 3.0, a resource profile since 3.1
_OF_YARN = re.compile(
    r"\bWill request (\d{1,6}) executor container(?:s|\(s\))(?: for {1,3}ResourceProfile Id: \d{1,6})?,"
    r" each with (\d{1,5}) cores?(?:\(s\))? and (\d{1,9}) MB memory(?: \(?including (\d{1,9}) MB(?: of)? overhead\)?)?"
)
# BasicExecutorFeatureStep and BasicDriverFeatureStep: the request is heap, overhead, off-heap and PySpark memory together
_OF_A_POD = re.compile(
    r"\bspark-kubernetes-(executor|driver)\b(?:(?!spark-kubernetes-)[\s\S]){0,3000}?"
    r"\b[rR]equests[\"']?:\s{0,60}\{?\s{0,60}"
    r"(?:[\"']?(?!memory)[a-z-]{2,30}[\"']?:[ ]{1,20}[^\s,]{1,20},?\s{1,60}){0,3}"
    r"[\"']?memory[\"']?:[ ]{1,20}[\"']?(\d{1,9})(Mi|Gi)\b"
)
# StandaloneSchedulerBackend.executorAdded: the executor's heap, by Utils.megabytesToString, with one digit behind the point
_GRANTED = re.compile(
    r"\bGranted executor ID \S{1,80} on hostPort \S{1,100} with (\d{1,5}) core\(s\), (\d{1,6})\.(\d) ([MG])i?B RAM"
)
# BasicExecutorFeatureStep gives an executor its heap in this variable, and its container one size as request and as limit
_OF_AN_EXECUTOR = re.compile(r"^[ \t]*[lL]imits:[ \t]*\n(?:[ \t]*(?!memory)[\w./-]{1,60}:[^\n]*\n){0,4}[ \t]*memory:[ \t]*"
    r"[\"']?(\d{1,9})(Mi|Gi)\b", re.MULTILINE)  # fmt: skip
_HEAP = re.compile(r"(\d{1,9})([mMgG])")
_MIB = {"m": 1, "g": 1024}
_ALL_OF_IT = "what was asked for, less the heap: all that is not heap"


def with_request(found: Configuration, text: str) -> Configuration | None:
    """What the first request in a text adds to what was read of its processes; None where there is no request."""
    if "Will request " in text and (request := _OF_YARN.search(text)):
        return _of_yarn(request, found)
    if "spark-kubernetes-" in text and (pod := _OF_A_POD.search(text)):
        asked = Found(found.format)
        asked.know(cluster_manager="kubernetes")
        size = int(pod[2]) * _MIB[pod[3][0].lower()]
        _overhead(pod[1], size, pod.string.count("\n", 0, pod.end()) + 1, found, asked)
        return asked.configuration()
    if "SPARK_EXECUTOR_MEMORY" in text and "imits:" in text and len(pods := _OF_AN_EXECUTOR.findall(text)) == 1:
        pod, asked = _OF_AN_EXECUTOR.search(text), Found(found.format)
        size = int(pods[0][0]) * _MIB[pods[0][1][0].lower()]
        if pod and size != _by_default(found.values.get("spark.executor.memory", "")):
            asked.know(cluster_manager="kubernetes")
            _overhead("executor", size, text.count("\n", 0, pod.end()) + 1, found, asked)
            return asked.configuration()
    return None


def with_overhead(whole: Configuration, text: str) -> Configuration:
    """The same with the overhead that a request to YARN shows beside a heap, where it is not what Spark takes by itself."""
    request = _OF_YARN.search(text) if "Will request " in text else None
    heap, key = whole.values.get("spark.executor.memory", ""), "spark.executor.memoryOverhead"
    if request is None or not heap or any(one.endswith("memoryOverhead") for one in (*whole.values, *whole.unknown)):
        return whole
    if int(request[3]) == _by_default(heap):
        return whole
    asked = Found(whole.format)
    line = text.count("\n", 0, request.start()) + 1
    if request[4]:
        asked.setting(key, f"{request[4]}m", line, "MB of overhead")
    else:
        _overhead("executor", int(request[3]), line, whole, asked)
    found = asked.configuration()
    known = whole.circumstances
    return replace(
        whole,
        settings=(*whole.settings, *found.settings),
        remarks=(*whole.remarks, *found.remarks),
        circumstances=known if known.cluster_manager else replace(known, cluster_manager="yarn"),
        said=whole.said if known.cluster_manager else (*whole.said, Said("cluster-manager", "yarn", line, "Will request")),
    )


def with_java_options(whole: Configuration, text: str) -> Configuration:
    """The same with the executor's Java options as its pod has them: a variable for each word, the user's own first.

    Spark's own (``Utils.sparkJavaOpts``) are properties, which size no memory (``BasicExecutorFeatureStep``,
    ``ENV_JAVA_OPT_PREFIX``); a driver's pod has none.  Several pods say the same: of each variable the first counts.
    """
    if "SPARK_JAVA_OPT_" not in text or "spark.executor.memory" not in whole.values or _OPTIONS in whole.values:
        return whole
    words: dict[int, tuple[str, int]] = {}
    for one in _JAVA_OPTION.finditer(text):
        words.setdefault(int(one[1]), (one[2], text.count("\n", 0, one.start()) + 1))
    in_order = [words[number] for number in sorted(words)]
    kept, _ = java_options(" ".join(word for word, _ in in_order))
    line = next((line for word, line in in_order if word in kept.split()), 0)
    return replace(whole, settings=(*whole.settings, Setting(_OPTIONS, kept, line, OF_A_POD))) if kept else whole


OF_A_POD = "SPARK_JAVA_OPT_…"
"""How the options of an executor's pod are written."""
_OPTIONS = "spark.executor.extraJavaOptions"
_JAVA_OPTION = re.compile(
    r"\bSPARK_JAVA_OPT_(\d{1,4})[\"']?(?:[ \t]{0,9}[:=][ \t]{0,40}|[,\s]{1,40}[\"']?value[\"']?[ \t]{0,9}:[ \t]{0,9})[\"']?"
    r"(-X[\w:.+=%-]{1,120})"
)


def granted(text: str) -> Configuration | None:
    """What a standalone master's first grant says of an executor; None where there is none."""
    found = _GRANTED.search(text) if "Granted executor" in text else None
    if found is None:
        return None
    said, line = Found("any-text"), text.count("\n", 0, found.start()) + 1
    said.know(cluster_manager="standalone")
    said.say(PROCESS, "executor", line, "Granted executor")
    said.setting("spark.executor.cores", found[1], line, "core(s)")
    if found[3] == "0":
        said.setting("spark.executor.memory", f"{found[2]}{found[4].lower()}", line, "RAM")
        said.remark(line, "spark.executor.memory", "what the master granted, as the log rounds it to a tenth")
    else:
        said.hole("spark.executor.memory", line, f"the log rounds it to {found[2]}.{found[3]} {found[4]}iB")
    return said.configuration()


def alone(text: str) -> Configuration | None:
    """What a request to YARN says in a text that says nothing else: of its memory only what it is together."""
    request = _OF_YARN.search(text) if "Will request " in text else None
    if request is None:
        return None
    asked, line = Found("any-text"), text.count("\n", 0, request.start()) + 1
    asked.know(cluster_manager="yarn")
    asked.setting("spark.executor.instances", request[1], line, "executor container(s)")
    asked.setting("spark.executor.cores", request[2], line, "core(s)")
    if request[4]:
        asked.setting("spark.executor.memoryOverhead", f"{request[4]}m", line, "MB of overhead")
        _heap(request, line, asked)
        return asked.configuration()
    for key in ("spark.executor.memory", "spark.executor.memoryOverhead"):
        asked.hole(key, line, f"{request[3]} MB are asked of YARN, heap and overhead together")
    return asked.configuration()


def _of_yarn(request: re.Match[str], found: Configuration) -> Configuration:
    asked, line = Found(found.format), request.string.count("\n", 0, request.start()) + 1
    asked.know(cluster_manager="yarn")
    asked.setting("spark.executor.instances", request[1], line, "executor container(s)")
    if "spark.executor.cores" not in found.values:
        asked.setting("spark.executor.cores", request[2], line, "core(s)")
    if request[4]:
        asked.setting("spark.executor.memoryOverhead", f"{request[4]}m", line, "MB of overhead")
        if "spark.executor.memory" not in found.values:
            _heap(request, line, asked)
    else:
        _overhead("executor", int(request[3]), line, found, asked)
    return asked.configuration()


def _heap(request: re.Match[str], line: int, asked: Found) -> None:
    """The heap of a request that says how much of it is overhead."""
    heap = int(request[3]) - int(request[4])
    if heap > 0:
        asked.setting("spark.executor.memory", f"{heap}m", line, "MB memory")
        asked.remark(line, "spark.executor.memory", "what was asked for, less the overhead; memory of PySpark is in it")


def _by_default(heap: str) -> int:
    """A heap with the overhead that Spark sets aside by itself [MiB]; 0 where it is none of whole MiB."""
    found = _HEAP.fullmatch(heap)
    mib = int(found[1]) * _MIB[found[2].lower()] if found else 0
    return mib + default_overhead_mib(mib) if mib else 0


def _overhead(process: str, size: int, line: int, found: Configuration, asked: Found) -> None:
    key = f"spark.{process}.memoryOverhead"
    heap = _HEAP.fullmatch(found.values.get(f"spark.{process}.memory", ""))
    left = size - int(heap[1]) * _MIB[heap[2].lower()] if heap else 0
    if left > 0 and key not in found.values:
        asked.setting(key, f"{left}m", line, "memory")
        asked.remark(line, key, _ALL_OF_IT)
