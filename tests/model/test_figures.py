"""Figures and words of the arithmetic, a line each, as they were when they agreed with all that was recorded.

A line that changes is a number or a word that changes for readers: it is named, and the recordings say which is right.
`python -m tests.model.test_figures` writes the file anew.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import product, zip_longest
from pathlib import Path

import pytest

from sparkmem.errors import InputError, Refused
from sparkmem.javalang import java_double, java_double_text, java_integer, java_one_decimal, java_trim, wrap
from sparkmem.jvm.collectors import NAMES, java_heap
from sparkmem.jvm.flags import FlagError, heap_flags
from sparkmem.release import JAVA_VERSIONS
from sparkmem.size import MIB, SizeError, byte_string_as_bytes, byte_string_as_kb, byte_string_as_mb
from sparkmem.size.meant import meant_number, meant_size, what_to_write
from sparkmem.size.shown import NotANumber, by_hand, readings
from sparkmem.size.written import bytes_to_string, mib_text, ui_bytes
from sparkmem.spark.containers import yarn
from sparkmem.spark.containers.container import KUBERNETES, STANDALONE, YARN, Application
from sparkmem.spark.containers.kubernetes import driver_pod, executor_pod
from sparkmem.spark.containers.python_workers import worker_limit
from sparkmem.spark.containers.resource_profile import default_profile
from sparkmem.spark.managers.sizes import static_manager, unified_manager
from sparkmem.spark.managers.task_shares import too_few_cores
from sparkmem.spark.managers.trace import replay
from sparkmem.spark.managers.unified_regions import check_pools, on_heap_regions, page_size
from sparkmem.spark.settings.spark_conf import SparkConf

PATH = Path(__file__).parents[1] / "golden" / "arithmetic.txt"
GIB = 1024 * MIB
SOME = ("2.4", "3.0", "3.2", "3.5", "4.3")
"""Releases on both sides of each change of rule."""


def told(call, *given) -> str:
    """What a call gives, fields by name; what refuses, in all its words."""
    try:
        return _shown(call(*given))
    except (Refused, InputError) as error:
        name = error.key if isinstance(error, Refused) else error.name
        return f"refused: {name} | {error.message!r} | {error.see} | {error.change} | {error.by}"
    except (SizeError, FlagError, NotANumber, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def _shown(value) -> str:
    if is_dataclass(value):
        return "(" + ", ".join(f"{field.name} {_shown(getattr(value, field.name))}" for field in fields(value)) + ")"
    if isinstance(value, SparkConf):
        return str(len(value.settings))
    return "[" + ", ".join(map(_shown, value)) + "]" if isinstance(value, list | tuple) else repr(value)


def heaps() -> Iterator[str]:
    flags = ("", "-Xms256m", "-XX:NewSize=100m", "-XX:MaxNewSize=300m", "-XX:NewRatio=5", "-XX:SurvivorRatio=4 -Xmn600m",
             "-XX:MinSurvivorRatio=5 -XX:-UseAdaptiveSizePolicy", "-XX:G1HeapRegionSize=4m",
             "-XX:InitialRAMPercentage=50")  # fmt: skip
    for gc, java, mib, given in product(NAMES, JAVA_VERSIONS, (50, 1500, 9001), flags):
        if gc != "cms" or java < 14:
            heap = told(java_heap, mib * MIB + 5, gc, java, heap_flags(given), 16 * GIB, 6)
            yield f"{gc} {java} {mib} {given}: {heap}"


def settings() -> Iterator[tuple[str, dict[str, str]]]:
    yield "nothing", {}
    yield "sizes", {"executor.memory": "5g", "driver.memory": "3g", "yarn.am.memory": "2g", "executor.cores": "3"}
    yield "overheads", {
        "executor.memoryOverhead": "700m", "driver.memoryOverhead": "800m", "yarn.am.memoryOverhead": "900m",
        "executor.pyspark.memory": "1200m", "executor.memory": "3g",
    }  # fmt: skip
    yield "factors", {
        "executor.memory": "20g", "driver.memory": "30g", "executor.memoryOverheadFactor": "0.25",
        "driver.memoryOverheadFactor": "0.35", "kubernetes.memoryOverheadFactor": "0.15",
    }  # fmt: skip
    yield "off the heap", {"memory.offHeap.enabled": "true", "memory.offHeap.size": "3g", "executor.memory": "2g"}
    yield "least", {"executor.minMemoryOverhead": "600m", "driver.minMemoryOverhead": "500m"}
    yield "wrong", {"executor.memory": "-1g", "driver.memory": "x", "executor.cores": "y", "yarn.am.memory": "z"}


def containers() -> Iterator[str]:
    for release, (name, given) in product(SOME, settings()):
        conf = SparkConf({f"spark.{key}": text for key, text in given.items()}, release)
        for call, *more in (
            (yarn.submission, False, False), (yarn.submission, True, True), (yarn.executor, True), (default_profile,),
            (driver_pod, "java"), (driver_pod, "r"), (executor_pod,),
        ):  # fmt: skip
            yield f"{release} {name}, {call.__name__} {more}: {told(call, conf, *more)}"
        for manager, cluster in product((YARN, KUBERNETES, STANDALONE), (False, True)):
            app = Application(conf, manager, cluster, language="python")
            found = [told(app.executor), told(app.driver), told(app.master), told(app.verify, 2000)]
            yield f"{release} {name}, {manager} {cluster}: {' '.join(found)}"


def _static(conf: SparkConf) -> str:
    return type(static_manager(conf)).__name__


def _unified(conf: SparkConf) -> str:
    return type(unified_manager(conf)).__name__


def managers() -> Iterator[str]:
    three = {"testing.memory": "3000000000"}
    given = (
        {}, {"testing.memory": "1000000"}, {**three, "memory.fraction": "0.75"},
        {**three, "memory.storageFraction": "1"}, {**three, "memory.fraction": "x"},
        {**three, "memory.offHeap.enabled": "true"},
        {**three, "memory.offHeap.enabled": "true", "memory.offHeap.size": "1g"},
        {**three, "executor.memory": "100m"}, {**three, "executor.memory": "x"},
        {"testing.memory": "5000", "testing": "1"}, {"testing.memory": "5000", "testing.reservedMemory": "70"},
        {**three, "storage.safetyFraction": "2"}, {**three, "buffer.pageSize": "2m"},
    )  # fmt: skip
    for release, conf in product(SOME, given):
        texts = {f"spark.{key}": text for key, text in conf.items()}
        for manager, cores in (("unified", 1), ("unified", 5), *([("static", 3)] if release == "2.4" else [])):
            trace = {"release": release, "manager": manager, "conf": texts, "cores": cores, "ops": []}
            yield f"{release} {manager} {cores} {conf}: {replay(trace)}"
        make = _static if release == "2.4" else _unified
        yield f"{release} {conf}: {told(make, SparkConf(texts, release))}"
    for size, cores, gc in product((0, 15 * MIB, 3 * GIB, 200 * GIB), (1, 3, 64), ("g1", "z", "parallel")):
        sizes = [page_size(size, cores, off_heap, gc, release) for off_heap in (False, True) for release in SOME]
        yield f"{size} {cores} {gc}: {sizes}"
    for release, fraction in product(SOME, (0.0, 1.0, -0.5, float("nan"))):
        regions = on_heap_regions(GIB, 300 * MIB, fraction, 0.5)
        yield f"{release} {fraction}: {told(check_pools, regions, release)}"
        yield f"{release} cores: {too_few_cores(2, 3, release)}"


def sizes() -> Iterator[str]:
    units = (1, 1024, MIB, GIB, 1 << 40, 1 << 50, 1 << 60)
    counts = sorted({max(0, round(unit * share) + step) for unit, share, step in product(units, _SHARES, (-1, 0, 1))})
    for count in (*counts, -1, -5000):
        yield f"{count}: {[told(write, count, release) for write, release in product((bytes_to_string, ui_bytes), SOME)]}"
        yield f"{count}: {mib_text(count)}"
    for text in ("4g", " 4G ", "4gb", "4.5g", "0.5gb", "9007199254740993k", "8388608t", "-4g", "4 g", "", "x", "4ib", "7p"):
        read = [told(reader, text, release) for reader in _READERS for release in ("2.4", "4.3")]
        yield f"{text!r}: {read}"


_SHARES = (1, 1.55, 2, 999.95)
_READERS = (byte_string_as_bytes, byte_string_as_kb, byte_string_as_mb)


def texts() -> Iterator[str]:
    for text in ("434.4 MiB", "2 GiB", "956.6 MB", "1.55 GB", "114 GB", "0.0 B / 434.4 MiB", "5 B", "1023.9 KiB", "8 EiB",
                 "2.0 KB", "1,234.5 MiB", "12", "x", "3.0 TB", "1000 TiB", "0.1 GiB", "1.0 MB", "17.20 GB"):  # fmt: skip
        yield f"{text}: {told(readings, text)} {told(readings, text, '2.4')} {told(by_hand, text)}"
    for text in ("8 GB", "7.5g", "1,5g", "8,000m", "1.23456m", "9", "8gib", "x", "0.5", "1e3", "60%", "0,6", "12.50 %", ""):
        write = [what_to_write(unit, text, "16g") for unit in ("size", "number", "text")]
        told_of = [meant_size(text), meant_number(text), *write]
        yield f"{text!r}: {told_of}"


def _double_written(text: str) -> str:
    return java_double_text(java_double(text))


def numbers() -> Iterator[str]:
    for text in ("12", " 12 ", "+7", "-0", "007", "2147483648", "9223372036854775808", "", "x", "1_0", "٣", "0" * 25 + "1"):
        yield f"{text!r}: {told(java_integer, text)} {told(java_integer, text, 32)}"
    for text in ("1", "1.", ".5", "1e5", "1E-7d", "-2.5f", "NaN", "-Infinity", "0x1p3", "0x.8P-1D", "x", "", "1e400", " 7 "):
        read = told(java_double, text)
        yield f"{text!r}: {read} {told(_double_written, text)} {java_trim(text)!r}"
    for value in (0.05, 0.15, 0.25, 0.95, 1.25, 99.95, 1e-9, 123456.75, 2.5, 1e15 + 0.5, 7.0):
        yield f"{value!r}: {java_one_decimal(value)} {java_double_text(value)} {java_double_text(-value)}"
    for value in (0, 1, -1, 1 << 31, (1 << 31) - 1, -(1 << 31) - 1, 1 << 63, -(1 << 63) - 1, (1 << 64) + 5):
        yield f"{value}: {wrap(value)} {wrap(value, 32)}"
    for memory, cores, cpus in product((1, 3, 1024, 5000), (1, 4, 7), (1, 2)):
        yield f"{memory} {cores} {cpus}: {[told(worker_limit, memory, cores, cpus, release) for release in SOME]}"


SECTIONS = (heaps, containers, managers, sizes, texts, numbers)


def written(section) -> str:
    return "".join(f"{section.__name__}: {line}\n" for line in section())


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.__name__)
def test_no_figure_and_no_word_changes_unseen(section):
    kept = [line for line in PATH.read_text().splitlines() if line.startswith(f"{section.__name__}: ")]
    both = zip_longest(kept, written(section).splitlines())
    changed = [f"was {was}\nis  {now}" for was, now in both if was != now]
    assert not changed, "\n".join(changed[:10])


if __name__ == "__main__":
    PATH.write_text("".join(map(written, SECTIONS)))
