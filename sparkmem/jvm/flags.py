"""Java options that decide the size of the heap, as the JVM reads them from its command line."""

import re
from dataclasses import replace
from typing import Any

from sparkmem.javalang import LONG_MAX
from sparkmem.record import record
from sparkmem.size import GIB, KIB, MIB, TIB

COLLECTOR_FLAGS = {
    "UseG1GC": "g1",
    "UseParallelGC": "parallel",
    "UseParallelOldGC": "parallel",
    "UseSerialGC": "serial",
    "UseZGC": "z",
    "UseShenandoahGC": "shenandoah",
    "UseConcMarkSweepGC": "cms",
    "UseEpsilonGC": "epsilon",
}
_CHOOSING = frozenset(f"-XX:+{flag}" for flag in (*COLLECTOR_FLAGS, "UseParNewGC"))

_SIZE = re.compile(r"(0[xX][0-9a-fA-F]+|[0-9]+)([kKmMgGtT]?)")
_UNITS = {"": 1, "k": KIB, "m": MIB, "g": GIB, "t": TIB}


class FlagError(ValueError):
    """A Java option with which the JVM would not start; the message is its own where it is short."""


def jvm_size(text: str) -> int:
    """A size as the JVM reads it after ``-Xmx`` [bytes]: one letter k, m, g or t, either case, or none.

    >>> jvm_size("4g"), jvm_size("0x10M")
    (4294967296, 16777216)
    """
    match = _SIZE.fullmatch(text)
    if not match:
        raise FlagError(f"Invalid size {text!r}: digits and then one of k, m, g, t or nothing")
    base = 16 if match[1][:2] in ("0x", "0X") else 10
    digits = match[1].lstrip("0xX") or "0"
    size_bytes = int(digits, base) * _UNITS[match[2].lower()] if len(digits) < 20 else LONG_MAX + 1
    if size_bytes > LONG_MAX:
        raise FlagError(f"Size {text!r} is more than the JVM can address")
    return size_bytes


@record
class HeapFlags:
    """What the options say about the heap; ``None`` is *not given* [sizes in bytes]."""

    gc: str | None = None
    max_heap_bytes: int | None = None
    initial_heap_bytes: int | None = None
    new_size_bytes: int | None = None
    max_new_size_bytes: int | None = None
    new_ratio: int | None = None
    survivor_ratio: int | None = None
    min_survivor_ratio: int | None = None
    initial_survivor_ratio: int | None = None
    region_bytes: int | None = None
    max_ram_bytes: int | None = None
    initial_ram_percentage: float = 1.5625  # 1/64
    max_ram_percentage: float = 25
    min_ram_percentage: float = 50
    shares_given: bool = False
    """Whether one of the three was on the command line."""
    adaptive_size_policy: bool = True
    generational_z: bool | None = None
    parallel_threads: int | None = None
    cms_young_per_worker_bytes: int | None = None

    @property
    def least_heap_bytes(self) -> int:
        """Heap below which the JVM would not start with these flags."""
        return self.initial_heap_bytes or 0


_VALUES = {
    "MaxHeapSize": "max_heap_bytes",
    "InitialHeapSize": "initial_heap_bytes",
    "NewSize": "new_size_bytes",
    "MaxNewSize": "max_new_size_bytes",
    "NewRatio": "new_ratio",
    "SurvivorRatio": "survivor_ratio",
    "MinSurvivorRatio": "min_survivor_ratio",
    "InitialSurvivorRatio": "initial_survivor_ratio",
    "G1HeapRegionSize": "region_bytes",
    "ShenandoahRegionSize": "region_bytes",
    "MaxRAM": "max_ram_bytes",
    "CMSYoungGenPerWorker": "cms_young_per_worker_bytes",
}
_SHARES = {
    "InitialRAMPercentage": "initial_ram_percentage",
    "MaxRAMPercentage": "max_ram_percentage",
    "MinRAMPercentage": "min_ram_percentage",
}
_SHORT = {
    "-Xmx": ("maximum heap", ("max_heap_bytes",)),
    "-Xms": ("initial heap", ("initial_heap_bytes",)),
    "-Xmn": ("initial young generation", ("new_size_bytes", "max_new_size_bytes")),
}


def heap_flags(options: str) -> HeapFlags:
    """The heap's flags in a string of Java options, a later one winning; others are passed over.

    >>> heap_flags("-XX:+UseParallelGC -Dx=y -XX:NewRatio=1").new_ratio
    1
    """
    flags = HeapFlags()
    for option in options.split():
        flags = _with_option(flags, option.strip("\"'"))
    return flags


def with_collector(options: str, gc: str) -> str:
    """The options with this collector in the place of the one that they choose, and as they are where they choose none.

    >>> with_collector("-XX:+UseParallelGC -XX:NewRatio=1", "g1"), with_collector("-Xss4m", "g1")
    ('-XX:+UseG1GC -XX:NewRatio=1', '-Xss4m')
    """
    chosen = next(f"-XX:+{flag}" for flag, name in COLLECTOR_FLAGS.items() if name == gc)
    words = [chosen if word.strip("\"'") in _CHOOSING else word for word in options.split()]
    return " ".join(word for place, word in enumerate(words) if word != chosen or chosen not in words[:place])


def _with_option(flags: HeapFlags, option: str) -> HeapFlags:
    if option[:4] in _SHORT:
        meaning, names = _SHORT[option[:4]]
        size_bytes = read_size(option[4:], f"Invalid {meaning} size: {option}")
        if size_bytes == 0 and option[:4] != "-Xms":
            raise FlagError(f"Invalid {meaning} size: {option}")
        return _with_sizes(flags, dict.fromkeys(names, size_bytes))
    if not option.startswith("-XX:"):
        return flags
    name, has_value, value = option[4:].partition("=")
    if name in _VALUES and has_value:
        return _with_sizes(flags, {_VALUES[name]: read_size(value, f"Improperly specified VM option '{option[4:]}'")})
    if name == "ParallelGCThreads" and value.isascii() and value.isdigit() and len(value) < 10:
        return replace(flags, parallel_threads=int(value))
    if name in _SHARES and has_value and (name == "InitialRAMPercentage" or _is_share(value)):
        shares: dict[str, Any] = {_SHARES[name]: _percentage(option, value)}
        return replace(flags, shares_given=True, **shares)
    switch = name[1:]
    if switch in COLLECTOR_FLAGS and name[0] == "+":
        return _with_collector(flags, COLLECTOR_FLAGS[switch])
    if switch == "UseAdaptiveSizePolicy":
        return replace(flags, adaptive_size_policy=name[0] == "+")
    if switch == "ZGenerational":
        return replace(flags, generational_z=name[0] == "+")
    return flags


def read_size(text: str, refusal: str) -> int:
    """The bytes that a JVM reads in a text, or what it says of a text that is no size."""
    try:
        return jvm_size(text)
    except FlagError:
        raise FlagError(refusal) from None


def _is_share(value: str) -> bool:
    return re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,17})?", value) is not None and float(value) <= 100


def _percentage(option: str, value: str) -> float:
    if not _is_share(value):
        raise FlagError(f"Improperly specified VM option '{option[4:]}'")
    return float(value)


def _with_sizes(flags: HeapFlags, sizes: dict[str, int]) -> HeapFlags:
    changes: dict[str, Any] = {**sizes}
    return replace(flags, **changes)


def _with_collector(flags: HeapFlags, gc: str) -> HeapFlags:
    if flags.gc not in (None, gc):
        raise FlagError("Multiple garbage collectors selected")
    return replace(flags, gc=gc)


def check_flags(flags: HeapFlags, max_heap_bytes: int, gc: str, java: int) -> None:
    """Raise what the JVM says of flags that are well written and with which it does not start."""
    _in_range("uintx SurvivorRatio", flags.survivor_ratio, 1, (1 << 64) - 3)
    _in_range("uintx MinSurvivorRatio", flags.min_survivor_ratio, 3, (1 << 64) - 1)
    if java >= 25:
        _in_range("uintx InitialSurvivorRatio", flags.initial_survivor_ratio, 3, (1 << 64) - 1)
    if gc == "g1":
        _in_range("size_t G1HeapRegionSize", flags.region_bytes, 0, 512 * MIB if java >= 18 else 32 * MIB)
    if flags.initial_heap_bytes and flags.initial_heap_bytes < MIB:
        raise FlagError("Too small initial heap")
    if flags.initial_heap_bytes is not None and flags.initial_heap_bytes > max_heap_bytes:
        raise FlagError("Initial heap size set to a larger value than the maximum heap size")
    if flags.new_ratio == 0 and gc in ("serial", "parallel"):
        raise FlagError("Invalid young gen ratio specified")


def _in_range(name: str, value: int | None, least: int, most: int) -> None:
    if value is not None and not least <= value <= most:
        raise FlagError(f"{name}={value} is outside the allowed range [ {least} ... {most} ]")
