"""What the settings in a text asked for, so that what is advised begins from there; and what of a container is heap."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sparkmem.configuration.configuration import ConfigurationError
from sparkmem.configuration.formats import read
from sparkmem.configuration.heap_shown import SHOWN_OTHERWISE
from sparkmem.configuration.lost import SET_TOO_LATE
from sparkmem.diagnosis.advised import OPTION, OTHERS, bytes_of
from sparkmem.diagnosis.conditions import Number
from sparkmem.diagnosis.finding import CAUSE, COMPUTED, CONTEXT, Finding
from sparkmem.diagnosis.found import Found
from sparkmem.diagnosis.in_force import in_force
from sparkmem.diagnosis.lines import Block
from sparkmem.diagnosis.moment.held import Moment
from sparkmem.diagnosis.numbers import value
from sparkmem.diagnosis.prose import in_vain
from sparkmem.diagnosis.shares import DEFAULTED, INFERRED
from sparkmem.facts import FACTS
from sparkmem.release import NEWEST
from sparkmem.size import GIB, MIB, mib_text
from sparkmem.spark.containers.overhead import DEFAULT_FACTOR, DEFAULT_MINIMUM_MIB, default_overhead_mib, heap_within_mib

Asked = Mapping[str, int]
"""Settings by key [bytes, or a count]; an option of a JVM's by the key and its own name, with a blank between."""
_MOST_BYTES, _MOST_PARTS = 1 << 16, 24
_MAY_TELL = re.compile(
    rb"(?<![.\w])spark\.[a-z]|[Mm]emory(?:Overhead)?[\"' \t]{0,4}[:=(]|--[a-z]{2,20}-(?:memory|cores)|-Xmx"
    rb"|\bMax(?:Metaspace|DirectMemory)Size\b|[Cc]ores?\b|MB memory|(?:executor|driver)[ -]memory [0-9]"
)
_COUNTS = (
    "cores", "partitions", "instances", "ReaderBatchSize", "parallelism", "GpuTasks", "RecordsPerBatch",
    "maxBatchSize",
)  # fmt: skip
"""How a key ends whose number is a count."""
_OF_NO_REGION = re.compile(
    r"(?<![\w.])(spark\.(?:sql\.shuffle\.partitions|default\.parallelism|sql\.(?:parquet|orc)\.columnarReaderBatchSize"
    r"|sql\.execution\.arrow\.maxRecordsPerBatch|rapids\.sql\.(?:concurrentGpuTasks|batchSizeBytes)))"
    r"[\"', \t:=]{1,40}([0-9]{1,12}[kKmMgG]?[bB]?)\b"
)
"""Settings that no region of memory follows from, and which a configuration is not read for."""
_PLAIN = re.compile(
    r"(?<![\w./-])(spark\.(?:executor|driver|yarn|memory|comet|python|gluten|kryoserializer|reducer|shuffle)\.[\w.]{1,60})"
    r"[\"'`]?[ \t]{0,2}(?:[=:]|<-)[ \t]{0,2}"
    r"[\"']?([0-9]{1,12}(?:\.[0-9])?[kKmMgGtT]?[bB]?)(?![\w.])"
)
"""A setting beside others, or beside words, on a line that is no log's."""
_XML = re.compile(
    r"<name>\s{0,8}(spark\.[\w.]{1,80})\s{0,8}</name>\s{0,40}<value>\s{0,8}([0-9]{1,12}[kKmMgGtT]?[bB]?)\s{0,8}</value>"
)
"""A setting in a file of Hadoop's."""
_HEAP_FLAG = re.compile(r"(?:OPTS|OPTIONS)[\"']{0,2} {0,2}[=:][^\n]{0,200}?-Xmx([0-9]{1,6}[kKmMgG])\b")
"""The heap of a JVM that some other program's variable sets."""
XMX = "-Xmx"
_WORKER = re.compile(r"\bALIVE[ \t|]{1,8}[0-9]{1,4} \([0-9]{1,4} Used\)[ \t|]{1,8}([0-9]{1,7}(?:\.[0-9])? ?[KMGT]i?B) \(")
"""The memory of a worker in the table of the standalone master's page (``MasterPage``)."""
_PER_EXECUTOR = re.compile(r"\bapp-[0-9]{14}-[0-9]{4}\b[^\n]{1,120}?[\t ]([0-9]{1,7}(?:\.[0-9])? ?[KMGT]i?B)\b")
"""The memory of each executor of an application, in the table of the same page."""
WORKER, SURE = "worker_memory", "worker_sure"
"""Under these names stand what the largest worker offers as the page writes it, and a heap that surely fits."""
_IN_WORDS = (
    ("spark.executor.cores", re.compile(
        r"(?i)(?<!total-)\bexecutors?\b[^\n]{0,120}?(?:\bcores?[ \t]{0,2}[=:]?[ \t]{0,2}(?P<of>[0-9]{1,3})\b"
        r"|\b(?P<many>[0-9]{1,3}) ?(?:v?cores?|vCPUs?)\b"
        r"(?! (?:in )?(?:total|machine|node|box|server|host|cluster|worker)))"
        r"|(?<![\w.])(?P<per>[0-9]{1,3}) ?(?:v?cores?|vCPUs?) ?(?:/|per|for each|in each|an|each) ?executor")),
    ("spark.executor.instances", re.compile(
        r"(?i)\b(?P<of>[0-9]{1,4}) executors?\b(?=[^\n]{0,80}?(?:cores?\b|[0-9] ?g))"
        r"|\bnum-executors (?P<many>[0-9]{1,4})\b")),
)  # fmt: skip
"""Cores and executors as people write them beside other settings."""
_HEAPS_IN_WORDS = tuple(
    (f"spark.{name}.memory", re.compile(
        rf"(?i)(?<![.\w-]){name}s?(?:[ -](?:memory|heap))?(?: (?:is|has|have|had|of|with|gets?))?[ :=]{{1,3}}"
        r"([0-9]{1,4}) ?g(?:i?b)?\b"))
    for name in ("executor", "driver")
)  # fmt: skip
"""A heap as people write it: executor 2g, the driver has 4 GB."""
_LOGGED = re.compile(r"[ \t]{0,8}(?:\[?(?:20[0-9]{2}[-/]|[0-9]{2}/)[0-9]{2}[-/][0-9]{2}|at [\w$.]|\.\.\. [0-9]|Caused by: )")
_OPTION = re.compile(r"-XX:(Max\w{1,60})=([0-9]{1,12}[kKmMgGtT]?)(?![\w.])")
_FLAG = re.compile(
    r"(?<![\w.])(?:-?XX:)?(MaxMetaspaceSize|MaxDirectMemorySize)[ \t]{0,60}:?=[ \t]{0,4}([0-9]{1,20}[kKmMgGtT]?)(?![\w.])"
)
"""A limit of any JVM's: of a command, of ``ps`` cut short, of ``jcmd PID VM.flags``, or of -XX:+PrintFlagsFinal."""
_NO_LIMIT = 1 << 50
_SIZES = ("memory", "maxSizeInFlight", "Overhead", "size", "Threshold", "Size", "max")
_HEAP, _OVERHEAD, _PYSPARK = "spark.{}.memory", "spark.{}.memoryOverhead", "spark.executor.pyspark.memory"
_OFF_HEAP, _OFF_HEAP_ON = "spark.memory.offHeap.size", "spark.memory.offHeap.enabled"
_QUOTA = "vcores-quota"
_NO_ROOM, _DISK_FULL, _LOCAL_DIR, _LOCAL_DIRS = "no-resources", "disk-full", "spark.local.dir", "SPARK_LOCAL_DIRS"
BESIDE = "beside"
"""Under this name stands the overhead that follows from what a machine counted beside the heap."""
WITHIN = "within"
"""Under this name stands the largest heap that fits with the share of it that Spark adds [bytes]."""
OFF = f"{_OFF_HEAP} off size"
"""Under this name stands the size of off-heap memory that is not on."""
_SHARES = (DEFAULT_FACTOR, float(FACTS["NON_JVM_MEMORY_OVERHEAD_FACTOR"].at(NEWEST)))
"""Of a heap, beside it: of a JVM's program, and in a pod of another one."""
_PYTHONS = f" {_SHARES[-1]} of a heap is what Spark adds in a pod of a Python or R program: workers of Python may hold it."
_TYPES = ("of_jvm_type", "of_python_type")
"""Signs of an application's type in a manifest of the operator, for each of these shares."""
_STEP, _SMALL = 256, 4096
"""Steps in which heaps are asked for, and a container [MiB] below which the least overhead may be what was added."""
_OF_A_MACHINE, _OF_WHAT_IS_LEFT, _SMALLER = 0.6, 0.8, 0.75
"""Of a machine's memory, of what it has left, and of a heap that was too large: what is advised for a heap."""


@dataclass
class AskedFor:
    """Lines in which settings may stand: all of a short text, of a long one those that look like some."""

    _lines: list[bytes] = field(default_factory=list)
    _bytes: int = 0

    def see(self, block: Block) -> None:
        """Takes the new lines of a block."""
        if self._bytes >= _MOST_BYTES:
            return
        new = block.lines[block.first : block.last]
        size = sum(map(len, new))
        if self._bytes + size < _MOST_BYTES:
            self._lines += new
            self._bytes += size
            return
        for line in new:
            if self._bytes >= _MOST_BYTES:
                return
            if _MAY_TELL.search(line, 0, 2000):
                self._lines.append(line)
                self._bytes += len(line)

    def settings(self) -> dict[str, int]:
        """What is set, each key as the text as a whole has it, else the first paragraph without lines of a log.

        >>> from sparkmem.diagnosis.lines import blocks, of_text
        >>> seen = AskedFor()
        >>> for block in blocks(of_text("--executor-memory 6g --executor-cores 3")):
        ...     seen.see(block)
        >>> seen.settings()
        {'spark.executor.memory': 6442450944, 'spark.executor.cores': 3}
        """
        if not any(map(_MAY_TELL.search, self._lines)):
            return {}
        lines = [line.decode("utf-8", "replace") for line in self._lines]
        kept = [line for line in lines if not in_vain(line)]
        return {**_all_of(lines), **_all_of(kept)} if len(kept) < len(lines) else _all_of(lines)


def _all_of(lines: Sequence[str]) -> dict[str, int]:
    """What lines set; what was only tried in vain is not among them where the same is set elsewhere."""
    found, lost = _read("\n".join(lines))
    for key, text in _OF_NO_REGION.findall("\n".join(lines)):
        found.setdefault(key, bytes_of(text) if key.endswith("Bytes") else _number(key, text))
    if workers := [int(value(one.replace(" ", ""), "size")) for one in _WORKER.findall("\n".join(lines))]:
        found[WORKER] = max(workers)
        found[SURE] = max(map(_sure, _WORKER.findall("\n".join(lines))))
        if wanted := _PER_EXECUTOR.search("\n".join(lines)):
            found.setdefault("spark.executor.memory", int(value(wanted[1].replace(" ", ""), "size")))
    for key, text in _XML.findall("\n".join(lines)):
        if size := _number(key, text.strip()):
            found.setdefault(key, size)
    if heap := _HEAP_FLAG.search("\n".join(lines)):
        found[XMX] = bytes_of(heap[1])
    bare = "\n".join("" if _LOGGED.match(line) else line for line in lines)
    for part in re.split(r"\n[ \t]*\n", bare)[:_MOST_PARTS] if bare.strip() else ():
        if _MAY_TELL.search(part.encode()):
            found = {**_settings(part.strip("\n")), **found}
    for key, text in _PLAIN.findall(bare):
        if (size := _number(key, text)) and (key != _OFF_HEAP or OFF not in found):
            found.setdefault(key, size)
    for key, pattern in _IN_WORDS:
        if key not in found and (told := pattern.search(bare)) and (many := int(next(filter(None, told.groups())))):
            found[key] = many
    for key, pattern in _HEAPS_IN_WORDS:
        if key not in found and (heap := pattern.search(bare)):
            found[key] = bytes_of(f"{heap[1]}g")
    lost |= _read(bare)[1] if "driver.memory" in bare else set()
    for name, sizes in _options_told("\n".join(lines)).items():
        found.setdefault(f"{OPTION} {name}", max(sizes))
    return in_force(found, "\n".join(lines), lost)


def _options_told(text: str) -> dict[str, set[int]]:
    """Limits among the flags of any JVM in a text, by name [bytes]; what stands for no limit is none.

    >>> _options_told("XX:MaxMetaspaceSize=512m, and size_t MaxMetaspaceSize    = 18446744073709547520  {product}")
    {'MaxMetaspaceSize': {536870912}}
    """
    told: dict[str, set[int]] = {}
    for name, size in _FLAG.findall(text):
        if 0 < (many := bytes_of(size) if size[-1:].isalpha() else int(size)) < _NO_LIMIT:
            told.setdefault(name, set()).add(many)
    return told


def _sure(text: str) -> int:
    """A heap that surely fits into a size that is written with one decimal: of GiB, steps below the least of it [bytes].

    >>> _sure("6.7 GiB") // MIB, _sure("2048 MiB") // MIB, _sure("1024.0 MB") // MIB
    (6656, 2048, 1024)
    """
    size, step = int(value(text.replace(" ", ""), "size")), _STEP * MIB
    return (size - GIB // 20) // step * step if "." in text and "G" in text else size


def _settings(text: str) -> dict[str, int]:
    return _read(text)[0]


def _read(text: str) -> tuple[dict[str, int], set[str]]:
    """What is set, and keys that are set where they do nothing."""
    try:
        whole = read(text)
    except ConfigurationError:
        return {}, set()
    settings = {one.key: one.value for one in whole.settings}
    lost = {one.key for one in whole.lost if one.id in (SET_TOO_LATE, SHOWN_OTHERWISE)} - settings.keys()
    if settings.get(_OFF_HEAP_ON, "").lower() != "true" and _OFF_HEAP in settings:
        settings[OFF] = settings.pop(_OFF_HEAP)
    options = {
        f"{key} {one[1]}": bytes_of(one[2])
        for key, value in settings.items() if key.endswith("JavaOptions") for one in _OPTION.finditer(value)
    }  # fmt: skip
    kept = {f"{key} {OTHERS}": 1 for key, value in settings.items() if key.endswith("JavaOptions") and value.strip()}
    return options | kept | {key: size for key, value in settings.items() if (size := _number(key, value))}, lost


def _number(key: str, value: str) -> int:
    """A size [bytes], or a count; 0 where it is neither."""
    if key.endswith(_COUNTS):
        return int(value) if value.isascii() and value.isdigit() else 0
    return bytes_of(value) if key.endswith(_SIZES) else 0


def begun_from(found: Sequence[Found], asked: Asked, moments: Sequence[Moment]) -> list[Found]:
    """The causes with what was asked for, and with what is heap of a container whose limit is told."""
    pod, machine = _only(moments, "pod", "limit"), _only(moments, "error-report", "physical memory")
    disk = next((moment.held[0].name for moment in moments if moment.kind == "disks" and len(moment.held) > 1), "")
    beside = {process: _beside(moments, process) for process in ("executor", "driver")}
    return [
        _begun(one, {**asked, **beside.get(one.process, {})}, pod, machine, disk) if one.finding.kind == CAUSE
        else replace(one, asked={**asked, **one.asked}) if one.finding.kind == CONTEXT else one
        for one in found
    ]  # fmt: skip


def _beside(moments: Sequence[Moment], process: str) -> dict[str, int]:
    """The overhead that would have held what was counted beside a heap [bytes], the largest; nothing where none was."""
    key = _OVERHEAD.format(process)
    found = [bytes_of(one.value) for moment in moments for one in moment.settings if one.key == key]
    return {BESIDE: max(found)} if found else {}


def _only(moments: Sequence[Moment], kind: str, name: str) -> int:
    """What the moments of a kind say of a part [bytes]; 0 where they differ, or say nothing."""
    said = {one.bytes for moment in moments if moment.kind == kind for one in moment.held if one.name == name}
    return said.pop() if len(said) == 1 else 0


def _with_room(finding: Finding, disk: str, key: str) -> Finding:
    """The finding with a directory on the disk that has the most room."""
    room = f'"{disk.rstrip("/")}/spark"'
    change = (replace(one, key=key, value=room) if one.key == _LOCAL_DIR else one for one in finding.change)
    return replace(finding, change=tuple(change))


def _begun(one: Found, asked: Asked, pod: int, machine: int, disk: str) -> Found:
    if one.service or one.elsewhere:
        return one
    if disk and one.finding.id == _DISK_FULL:
        key = _LOCAL_DIRS if "local_dirs_key" in one.more else _LOCAL_DIR
        one = replace(one, finding=_with_room(one.finding, disk, key))
    given = {**asked, **one.asked}
    whole = one.numbers.get("asked", 0) >= given.get(_HEAP.format(one.process), 0) / 2 > 0  # its heap, at the start
    left = one.more.get("available", 0) or (one.more.get("phys_free", 0) if whole and one.region == "node" else 0)
    there = [share for share in (_OF_WHAT_IS_LEFT * left, _OF_A_MACHINE * machine) if share]
    if there and (set_now := given.get(_HEAP.format(one.process), 0)):
        given["fits"] = int(min(*there, _SMALLER * set_now))
    cores = given.get("spark.executor.cores", 0)
    if cores and "asked" in one.numbers:
        given["asked_by_all"] = int(cores * one.numbers["asked"])
    if one.finding.id == _QUOTA:
        one = replace(one, more={**one.more, **_within_quota(one.numbers, given)})
    if "largest" in one.numbers and (fits := _within(one.numbers, given, one.process)):
        one = replace(one, more={**one.more, WITHIN: fits})
    if one.finding.id == _NO_ROOM and 0 < given.get(WORKER, 0) < given.get(_HEAP.format("executor"), 0):
        one = replace(one, certainty=COMPUTED)
    if said := _said(one, asked):
        return replace(one, asked=given, apart=said)
    limit = 0 if one.region != "container" else int(one.numbers.get("limit", 0)) or pod
    if not limit or one.process not in ("executor", "driver"):
        return replace(one, asked={**_defaulted(one, given), **given})
    heap, overhead = _HEAP.format(one.process), _OVERHEAD.format(one.process)
    shares = _SHARES[:1] if "yarn" in one.finding.managers else _SHARES
    size = given.get(heap, 0) or (0 if overhead in given else _by_default(limit // MIB, shares) * MIB)
    others = given.get(_OFF_HEAP, 0) + (given.get(_PYSPARK, 0) if one.process == "executor" else 0)
    rest = limit - size - others
    if not 0 < size < limit or rest <= 0:
        return replace(one, asked=given)
    apart = f"The container's {mib_text(limit)} are a heap of {mib_text(size)} and {mib_text(limit - size)} for all else"
    told = f"{apart}." if heap in given else f"{apart}, if nothing but the heap was set."
    inferred = {} if overhead in given else {overhead: rest, f"{INFERRED} {overhead}": rest}
    of_python = "kubernetes" in one.finding.managers and inferred and rest // MIB == int(_SHARES[-1] * (size // MIB))
    return replace(one, asked={**inferred, **given}, apart=f"{told}{_PYTHONS}" if of_python else told)


def _defaulted(one: Found, given: Asked) -> dict[str, int]:
    """The overhead that goes with a heap that is set, where none is: of an operator's application, whose type is told."""
    heap, overhead = (key.format(one.process) for key in (_HEAP, _OVERHEAD))
    share = next((part for sign, part in zip(_TYPES, _SHARES, strict=True) if sign in one.more), 0)
    if not share or one.region != "container" or heap not in given or overhead in given:
        return {}
    size = max(int(share * (given[heap] // MIB)), DEFAULT_MINIMUM_MIB) * MIB
    return {overhead: size, f"{DEFAULTED} {overhead}": size}


def _within_quota(numbers: Mapping[str, Number], asked: Asked) -> dict[str, Number]:
    """How many executors of the same cores a number of vCores has room for beside the driver, and what they come to.

    Nothing where the settings of the text do not come to what was asked for.

    >>> asked = {"spark.executor.instances": 10, "spark.executor.cores": 8, "spark.driver.cores": 8}
    >>> _within_quota({"asked": 88, "limit": 50}, asked), _within_quota({"asked": 80, "limit": 50}, asked)
    ({'fit_executors': 5, 'fit_vcores': 48}, {})
    """
    keys = ("executor.instances", "executor.cores", "driver.cores")
    many, cores, driver = (asked.get(f"spark.{name}", 0) for name in keys)
    if not cores or many * cores + driver != numbers.get("asked", 0):
        return {}
    fit = int(numbers.get("left", numbers.get("limit", 0)) - driver) // cores
    return {"fit_executors": fit, "fit_vcores": fit * cores + driver} if fit > 0 else {}


def _within(numbers: Mapping[str, Number], asked: Asked, process: str) -> int:
    """The largest heap that fits into the largest container with an overhead that is Spark's share of it [bytes].

    0 where the overhead is another, or is not told and something is set beside the heap.

    >>> _within({"heap": 14336 * MIB, "overhead": 1433 * MIB, "largest": 12288 * MIB}, {}, "executor") // MIB
    11171
    >>> _within({"heap": 14336 * MIB, "overhead": 4096 * MIB, "largest": 12288 * MIB}, {}, "executor")
    0
    """
    others = int(numbers.get("off_heap", 0) + numbers.get("pyspark", 0))
    if _OVERHEAD.format(process) in asked:
        return 0
    if "overhead" in numbers:
        if numbers.get("overhead") != default_overhead_mib(int(numbers.get("heap", 0)) // MIB) * MIB:
            return 0
    elif _OFF_HEAP in asked or _PYSPARK in asked:
        return 0
    return heap_within_mib((int(numbers["largest"]) - others) // MIB) * MIB


def _said(one: Found, asked: Asked) -> str:
    """What follows from the settings alone: what each worker of Python may have, and off-heap memory that is not on."""
    cores, pyspark = asked.get("spark.executor.cores", 0), asked.get(_PYSPARK, 0)
    if one.finding.id == "python-memory-error" and cores and pyspark:
        return f"Each of {cores} workers may have {mib_text(pyspark // cores)} of the executor's {mib_text(pyspark)}."
    if one.region in ("heap", "off-heap") and asked.get(OFF, 0):
        return f"{_OFF_HEAP} ({mib_text(asked[OFF])}) does nothing: {_OFF_HEAP_ON} is not true in this text."
    return ""


def _by_default(limit: int, shares: Sequence[float]) -> int:
    """The round heap to which Spark added what it adds by default [MiB both]; 0 where there is none, or several.

    >>> [_by_default(limit, (0.1, 0.4)) for limit in (11264, 1408, 6758, 11468, 10000)]
    [10240, 1024, 6144, 8192, 0]
    """
    tried = ((share, round(limit / (1 + share) / _STEP) * _STEP) for share in shares)
    heaps = {heap for share, heap in tried if heap + max(int(share * heap), DEFAULT_MINIMUM_MIB) == limit}
    heaps |= {limit - DEFAULT_MINIMUM_MIB} if (limit - DEFAULT_MINIMUM_MIB) % _STEP == 0 and limit <= _SMALL else set()
    return heaps.pop() if len(heaps) == 1 else 0
