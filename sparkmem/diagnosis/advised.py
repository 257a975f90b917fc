"""What to change about a finding: keys of the process that the text tells, values that its own numbers do not contradict."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from sparkmem.diagnosis.conditions import MIB, Number, condition, total, value_of
from sparkmem.diagnosis.finding import MASTER, NOT_TOLD, Change, Finding
from sparkmem.diagnosis.in_force import is_late, said_of
from sparkmem.diagnosis.sentences import lowered
from sparkmem.diagnosis.shares import DEFAULTED, INFERRED
from sparkmem.diagnosis.worked_out import by_names
from sparkmem.size import mib_text

_SIZE = re.compile(r"([0-9]{1,12})([kmgt]?)b?$")
_UNITS = {"k": 2**10, "m": MIB, "g": 2**30, "t": 2**40}
_MOST_DOUBLED = 32 * 2**30
"""A limit that is larger is not only too small [bytes]."""
_LARGE = 40 * 2**30
"""A heap of which no larger one is told [bytes]."""
OPTION, OTHERS = "option", "others"
"""Before an option of a JVM of which the text does not tell whose it is, and behind a key that has options already."""
_KEPT = " Add it to the options that the text has there: a new value takes the place of all of them."
_OPTION = re.compile(r"-XX:(\w{1,60})=")
_AS_THE_HEAP = "MaxDirectMemorySize"
"""An option that is as large as the heap where it is not set."""
_OF_EXECUTORS = "spark.executor."
_OF_PODS = "resources."
"""A field of a container in a pod, whose sizes are Kubernetes' quantities."""
LOCAL_MODE = "local_mode"
"""The sign of a text of local mode; what is asked for under this name are the threads of its tasks, where they are told."""
_HEAP, _XMX = "spark.driver.memory", "-Xmx"
TOO_LATE = "set_too_late"
"""The sign of a driver's heap that a program set when its JVM ran already."""
_MEANT = (
    " As much as was set for executors; before the JVM starts: by --driver-memory, in spark-defaults.conf, or in the builder"
    " of a Python that was started anew."
)
_OLDER = {
    "spark.executor.memoryOverhead": "spark.yarn.executor.memoryOverhead",
    "spark.driver.memoryOverhead": "spark.yarn.driver.memoryOverhead",
}  # fmt: skip
"""What the same was called before Spark 2.3, whose own text names it."""
_NEWER = {old: new for new, old in _OLDER.items()}
_COUNTED = (".cores", "Timeout", ".partitions", "ReaderBatchSize", "parallelism", "GpuTasks", "PerBatch", "maxBatchSize",
            "number of executors")  # fmt: skip
DOUBLED = " Twice that is a first try: what was held beside the heap at its peak, measured, says more."
_NOTHING: Mapping[str, int] = {}
_ALIKE = frozenset(("memory", "memoryOverhead", "extraJavaOptions"))
"""What a driver has under the same name."""


def advised(
    finding: Finding, process: str, numbers: Mapping[str, Number], quote: str = "", signs: Container[str] = (),
    asked: Mapping[str, int] = _NOTHING,
) -> list[dict[str, str]]:  # fmt: skip
    """Keys with values and reasons; values are empty where the text does not tell them.

    ``asked`` is what the text has set [bytes, or a count]: ``set`` in a sum is what its key has now.

    >>> from sparkmem.diagnosis.families import findings
    >>> [one["key"] for one in advised(findings()["heap-space"], "driver", {})]
    ['spark.driver.memory']

    Where the text does not tell the process, each key says for which it is.

    >>> [(one["key"], one["why"][:22]) for one in advised(findings()["metaspace"], "not told", {})][:1]
    [('spark.executor.extraJavaOptions', 'Where it was an execut')]
    """
    open_ = process == NOT_TOLD and not finding.process
    made: list[dict[str, str]] = []
    for change in finding.change:
        if any(sign in signs for sign in change.unless.split("|")) or (change.beside and change.beside not in signs):
            continue
        if change.when and not condition(change.when, {**by_names(asked), **numbers}):
            continue
        if change.where and quote and not any(word in quote.lower() for word in change.where.split("|")):
            continue
        key = change.key if finding.process or process != "driver" else _of_a_driver(change.key)
        key = _of_a_master(change.key) if process == MASTER else key
        asked = _of_the_run(key, numbers, asked)
        if LOCAL_MODE in signs:
            made += _in_one_jvm(change, numbers, asked, made)
        elif key:
            by = value_of(change.by, {**asked, **numbers})
            why = f"Raise it by {by}. {change.why}" if by else change.why
            key = older if (older := _OLDER.get(key, "")) and older in quote else key
            value = _value(change, key, numbers, asked)
            why += _first_try(key, value, asked)
            why += _KEPT if value.startswith("-") and f"{key} {OTHERS}" in asked else ""
            twin = _of_a_driver(key) if open_ and not change.only and key.startswith(_OF_EXECUTORS) else key
            if twin == key:
                made.append({"key": key, "value": value, "why": f"{_now(key, asked)}{why}"})
                continue
            made.append({"key": key, "value": value, "why": f"Where it was an executor: {lowered(_now(key, asked) + why)}"})
            if twin and not any(other.key == twin for other in finding.change):
                said = f"Where it was the driver: {lowered(_now(twin, asked) + why)}"
                made.append({"key": twin, "value": _value(change, twin, numbers, asked), "why": said})
    return made


def _in_one_jvm(
    change: Change, numbers: Mapping[str, Number], asked: Mapping[str, int], made: Sequence[dict[str, str]]
) -> list[dict[str, str]]:
    """The same where driver, executor and tasks are one JVM: keys of an executor do nothing there."""
    if change.key == _OF_EXECUTORS + "cores":
        threads = asked.get(LOCAL_MODE, 0)
        why = f"It is local[{threads}] here, which runs as many tasks at once. {change.why}"
        return [{"key": "spark.master", "value": f"local[{threads // 2}]", "why": why}] if threads > 1 else []
    key = _of_a_driver(change.key)
    if not key or key.endswith("Overhead") or any(one["key"] == key for one in made):
        return []
    key = _XMX if key == _HEAP and _XMX in asked else key
    value = _value(change, key, numbers, asked) or (value_of("2 * set", {"set": asked[key]}) if key in asked else "")
    beside = " A container that holds the JVM has to be larger than that." if key == _XMX else ""
    if key == _HEAP and key not in asked and (meant := asked.get(change.key, 0)):
        value, beside = f"{meant // MIB}m", _MEANT
    return [{"key": key, "value": value, "why": f"{_now(key, asked)}{change.why}{beside}"}]


def _of_the_run(key: str, numbers: Mapping[str, Number], asked: Mapping[str, int]) -> Mapping[str, int]:
    """What was asked for, with the heap that a refusal itself names: another size beside it is of another try.

    Without a driver's heap that came too late: it is not what the driver has.

    >>> _of_the_run("spark.executor.memory", {"heap": 2**34}, {"spark.executor.memory": 2**33})
    {'spark.executor.memory': 17179869184}
    """
    if key == _HEAP and TOO_LATE in numbers:
        return {name: size for name, size in asked.items() if name != key and not name.endswith(f" {key}")}
    return {**asked, key: int(numbers["heap"])} if key in asked and key.endswith(".memory") and "heap" in numbers else asked


def _now(key: str, asked: Mapping[str, int]) -> str:
    """What the text has set for a key.

    >>> _now("spark.executor.memory", {"spark.executor.memory": 2**31})
    'It is 2,048 MiB here. '
    """
    name = _NEWER.get(key, key)
    if is_late(name, asked):
        return said_of(name, asked)
    now = asked.get(name)
    it_is = "By the container's limit it is" if f"{INFERRED} {name}" in asked else "It is"
    it_is = "Not set, it is" if f"{DEFAULTED} {name}" in asked else it_is
    return f"{it_is} {now if key.endswith(_COUNTED) else mib_text(now)} here. " if now else ""


def _option_now(key: str, name: str, asked: Mapping[str, int]) -> int:
    """What an option has, by its key, or by the flags of a JVM in the text [bytes].

    >>> _option_now("spark.driver.extraJavaOptions", "MaxMetaspaceSize", {"option MaxMetaspaceSize": 1 << 29})
    536870912
    """
    return asked.get(f"{key} {name}", 0) or asked.get(f"{OPTION} {name}", 0)


def _first_try(key: str, value: str, asked: Mapping[str, int]) -> str:
    """What a doubled overhead is: no need that was measured.

    >>> _first_try("spark.executor.memoryOverhead", "2048m", {"spark.executor.memoryOverhead": 2**30})[:24]
    ' Twice that is a first t'
    """
    now = asked.get(_NEWER.get(key, key), 0)
    return DOUBLED if now and key.endswith("Overhead") and value and bytes_of(value) == 2 * now else ""


def _of_a_driver(key: str) -> str:
    """The driver's key for an executor's; empty where it has none, since it runs no tasks of a cluster."""
    if not key.startswith(_OF_EXECUTORS):
        return key
    name = key.removeprefix(_OF_EXECUTORS)
    return f"spark.driver.{name}" if name in _ALIKE else ""


def _of_a_master(key: str) -> str:
    """The key of client mode's application master for a process's; empty where it has none.

    >>> _of_a_master("spark.driver.memoryOverhead"), _of_a_master("spark.executor.cores")
    ('spark.yarn.am.memoryOverhead', '')
    """
    if not key.startswith((_OF_EXECUTORS, "spark.driver.")):
        return key
    name = key.rpartition(".")[2]
    return f"spark.yarn.am.{name}" if name in _ALIKE else ""


def _value(change: Change, key: str, numbers: Mapping[str, Number], asked: Mapping[str, int]) -> str:
    """A value, but none that is not above what the text says was asked for or was the limit: an option has twice that."""
    name = _NEWER.get(key, key)
    if late := is_late(name, asked):
        return "" if change.below or change.value.startswith("0.") else f"{late // MIB}m"
    now = {"set": asked[name]} if name in asked else {}
    numbers = {**asked, **numbers, **now}
    if numbers.get("beside", 0) <= now.get("set", 0):
        numbers.pop("beside", None)  # what was counted is a lower bound, and the text has more than that already
    value = value_for(key, change.value, numbers)
    if key.endswith(".memory") and _LARGE <= now.get("set", 0) < bytes_of(value):
        return ""  # so large a heap is doubled on few machines
    if change.below and now and bytes_of(value) >= now["set"]:
        return ""
    if key.endswith(_COUNTED) and not change.value.startswith('"'):
        return value
    option = _OPTION.match(value)
    now_set = _option_now(key, option[1], asked) if option else now.get("set", 0) if name.endswith("Overhead") else 0
    if option and option[1] == _AS_THE_HEAP and not now_set:
        now_set = asked.get(key.replace("extraJavaOptions", "memory"), 0)
    floor = max((now_set, *(numbers[name] for name in change.above if name in numbers)))
    if not floor or bytes_of(value) > floor:
        return value
    return f"{option[0]}{-int(-2 * floor // MIB)}m" if option and floor <= _MOST_DOUBLED else ""


def value_for(key: str, text: str, numbers: Mapping[str, Number]) -> str:
    """What a key is set to: a size, or a count where it is one; empty where unknown.

    >>> value_for("spark.executor.cores", "0.5 * set | 1", {}), value_for("spark.executor.memory", "1GiB", {})
    ('1', '1024m')
    """
    if not text or text.startswith('"') or not key.endswith(_COUNTED):
        value = value_of(text, numbers)
        return f"{value.removesuffix('m')}Mi" if key.startswith(_OF_PODS) and value.endswith("m") else value
    many = next((one for part in text.split("|") if (one := total(part, numbers)) is not None), None)
    return str(int(many)) if many is not None and many >= 1 else ""


def bytes_of(value: str) -> int:
    """The bytes of the size with which a value ends; a small number without a unit is one of MiB.

    >>> bytes_of("-XX:MaxDirectMemorySize=2g"), bytes_of("512"), bytes_of("268435456"), bytes_of("none")
    (2147483648, 536870912, 268435456, 0)
    """
    match = _SIZE.search(value.lower())
    if not match:
        return 0
    number = int(match[1])
    return number * (_UNITS[match[2]] if match[2] else MIB if number < MIB else 1)
