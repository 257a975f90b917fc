"""The manager that a script is done on, and a second one beside it; their sizes come from the calculators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sparkmem.calculators import CALCULATORS
from sparkmem.errors import BadInputs, InputError, Refused
from sparkmem.input import RELEASE, Input
from sparkmem.release import NEWEST, RELEASES, since
from sparkmem.spark.managers import static_regions
from sparkmem.spark.managers.memory_manager import MemoryManager
from sparkmem.spark.managers.static_manager import StaticMemoryManager
from sparkmem.spark.managers.unified_manager import UnifiedMemoryManager
from sparkmem.spark.managers.unified_regions import Regions
from sparkmem.spark.settings import config

PAGE = "memory-manager/"
STATIC = f"{static_regions.RELEASE}-static"
SECOND = "second."
"""What the names of the second manager's inputs begin with."""

_POLLING = config.UNMANAGED_MEMORY_POLLING_INTERVAL
_RELEASES = (
    *((name, f"Spark {name}") for name in reversed(RELEASES)),
    (STATIC, f"Spark {static_regions.RELEASE}, static manager"),
)
_KEYS = ("spark.executor.memory", "spark.memory.fraction", "spark.memory.storageFraction", "spark.memory.offHeap.size")
_KNOWN = {item.name: item for item in CALCULATORS["executor-memory"].inputs}


def _input(name: str, label: str, help: str, default: str) -> Input:
    known = _KNOWN.get(name)
    return Input(
        name, label, help, default=default, group="executor", unit=known.unit if known else "text",
        example=known.example if known else "", see=PAGE + "#settings",
    )  # fmt: skip


FIRST_INPUTS = (
    Input(
        RELEASE.name, "Memory manager", "The release whose manager does the script.", default=NEWEST, choices=_RELEASES,
        group="executor", see=PAGE + "#settings",
    ),
    _input(_KEYS[0], "Executor memory", "The heap, -Xmx.", "1g"),
    _input(_KEYS[1], "Memory fraction", "Share of the heap, less the reserved memory.", "0.6"),
    _input(_KEYS[2], "Storage fraction", "Share of that which is the storage region.", "0.5"),
    _input(_KEYS[3], "Off-heap size", "Pools beside the heap; 0 for none.", "0"),
    _input(_POLLING.key, "Polling of unmanaged memory", "0s counts none (Spark 4.1 and later).", _POLLING.default or ""),
)  # fmt: skip

SECOND_INPUTS = (
    Input(
        SECOND + RELEASE.name, "Second memory manager", "The same script beside the first, for comparing.", default="",
        choices=(("", "none"), *_RELEASES), group="executor", see=PAGE + "#side-by-side",
    ),
    *(
        Input(
            SECOND + item.name, item.label, "Empty: as the first.", group="executor", unit=item.unit,
            example=item.default, see=PAGE + "#side-by-side",
        )
        for item in FIRST_INPUTS[1:]
    ),
)  # fmt: skip


def known_inputs(inputs: Mapping[str, str]) -> dict[str, str]:
    """The script and the settings; whatever else an address holds is passed over."""
    known = {"script", *(item.name for item in FIRST_INPUTS + SECOND_INPUTS)}
    return {name: text for name, text in inputs.items() if name in known}


@dataclass(frozen=True)
class Side:
    """A manager to watch: its release, how people call it, and how one is made."""

    release: str
    label: str
    make: Callable[[], MemoryManager]
    counts_unmanaged: bool

    @property
    def is_static(self) -> bool:
        """Whether neither side lends to the other."""
        return self.label.endswith("static manager")


def sides(inputs: Mapping[str, str]) -> list[Side]:
    """The one or two managers of a request; ``BadInputs`` with every fault."""
    first = {item.name: inputs.get(item.name) or item.default for item in FIRST_INPUTS}
    found, errors = [], []
    wanted = [("", first)]
    if inputs.get(SECOND + RELEASE.name):
        wanted.append((SECOND, {name: inputs.get(SECOND + name) or first[name] for name in first}))
    for prefix, settings in wanted:
        try:
            found.append(_side(settings))
        except BadInputs as bad:
            errors += [InputError(prefix + e.name, e.message, e.see, change=e.change, by=e.by) for e in bad.errors]
    if errors:
        raise BadInputs(errors)
    if len(found) == 2 and found[0].label == found[1].label:
        differ = [name for name in first if wanted[0][1][name] != wanted[1][1][name]]
        found = [
            Side(side.release, _told_apart(side.label, settings, differ), side.make, side.counts_unmanaged)
            for side, (_, settings) in zip(found, wanted, strict=True)
        ]
    return found


def _told_apart(label: str, settings: Mapping[str, str], differ: list[str]) -> str:
    return ", ".join([label, *(f"{name.rpartition('.')[2]} {settings[name]}" for name in differ)])


def _side(settings: Mapping[str, str]) -> Side:
    chosen = settings[RELEASE.name]
    labels = dict(_RELEASES)
    if chosen not in labels:
        raise BadInputs([InputError(RELEASE.name, f"{chosen!r} is none of {', '.join(labels)}", PAGE + "#settings")])
    release = static_regions.RELEASE if chosen == STATIC else chosen
    texts = {"release": release, **{name: settings[name] for name in _KEYS}}
    if chosen == STATIC:
        return Side(release, labels[chosen], _static(_bytes("legacy-memory", texts)), False)
    make = _unified(_bytes("executor-memory", texts))
    try:
        polled = since(release, _POLLING.declared) and _POLLING.read(settings[_POLLING.key], release) > 0
    except Refused as refusal:
        raise BadInputs([InputError(refusal.key, refusal.message, PAGE + "#settings", by=refusal.by)]) from None
    return Side(release, labels[chosen], make, polled)


def _bytes(calculator: str, texts: Mapping[str, str]) -> dict[str, int]:
    """The calculator's figures by the id of their row."""
    result, _ = CALCULATORS[calculator].run(texts)
    return {line.id: line.size_bytes or 0 for line in result.rows()}


def _unified(rows: Mapping[str, int]) -> Callable[[], MemoryManager]:
    on_heap = Regions(rows["spark-memory"], rows["storage-region"])
    off_heap = Regions(rows["off-heap-memory"], rows["off-heap-storage-region"])
    return lambda: UnifiedMemoryManager(on_heap, off_heap)


def _static(rows: Mapping[str, int]) -> Callable[[], MemoryManager]:
    storage, execution = (static_regions.Share(rows[name], rows[name]) for name in ("storage-memory", "execution-memory"))
    return lambda: StaticMemoryManager(storage, execution, rows["unroll-memory"], rows["off-heap-memory"])
