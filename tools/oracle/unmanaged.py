"""A task that is alone beside unmanaged memory, on real managers: tests/oracle/unmanaged-alone.json.

Traces that were thought out, not drawn: what is held unmanaged, and what a task then asks for.  The operations are those of
sparkmem/spark/managers/trace.py, `Trace.java` does them, and a call that waits does so in a thread of its own.
"""

from pathlib import Path
from typing import Any

from . import jvm, packages
from .kinds import trace, umm
from .record import PROCESSORS, RECORDED, outcome, write

FILE = "unmanaged-alone.json"
COMMAND = "python -m tools.oracle unmanaged"
RELEASES = ("4.1.4", "4.2.1", "4.3.0")
_MIB = 1 << 20
_OFF_HEAP = 100 * _MIB
_CONF = {umm.HEAP: "1000", umm.RESERVED: "0", umm.FRACTION: "1.0", umm.OFF_HEAP: "true", umm.OFF_HEAP_SIZE: f"{_OFF_HEAP}b"}
_OPTIONS = ["-Xmx512m", f"-XX:ActiveProcessorCount={PROCESSORS}", *jvm.COLLECTORS["g1"],
            "--add-exports", "java.base/sun.nio.ch=ALL-UNNAMED"]


def _held(mib: int, more: int = 0) -> list[Any]:
    return ["unmanaged", "off", mib * _MIB + more]


def _asks(mib: int, task: int = 1) -> list[Any]:
    return ["acqExec", mib * _MIB, task, "off"]


SCENES: dict[str, list[list[Any]]] = {
    "nothing is held": [_asks(30), _asks(100)],
    "80 of 100 are held, and 30 are asked for": [_held(80), _asks(30)],
    "what is held has gone, and nobody wakes the call": [_held(80), _asks(30), _held(0)],
    "another task comes when it has gone": [_held(80), _asks(30), _held(0), _asks(1, 2)],
    "another task comes while it is held": [_held(80), _asks(30), _asks(1, 2), ["relTask", 2]],
    "page by page": [_held(80), _asks(8), _asks(8), _asks(8)],
    "within what is left": [_held(80), _asks(20)],
    "three quarters of the pool": [_held(75), _asks(30)],
    "a byte more than three quarters": [_held(75, 1), _asks(30)],
    "half, and all is asked for at once": [_held(50), _asks(100)],
    "a byte more than half, and all is asked for at once": [_held(50, 1), _asks(100)],
    "a byte more than half, page by page": [_held(50, 1), *([_asks(8)] * 7)],
    "held after the task had its memory": [_asks(24), _held(90), _asks(8)],
    "held after the task had more than half": [_asks(60), _held(90), _asks(8)],
    "blocks are cached too": [["put", "rdd_0_0", 40 * _MIB, "off"], _held(40), _asks(20), _asks(60)],
    "on the heap": [["unmanaged", "on", 800], ["acqExec", 300, 1, "on"], ["unmanaged", "on", 0]],
    "the other mode": [["unmanaged", "on", 1000], _asks(100)],
}
"""Operations by what happens in them."""


def record() -> Path:
    """Writes tests/oracle/unmanaged-alone.json."""
    rows = []
    for release in RELEASES:
        with jvm.Jvm(17, _OPTIONS, packages.unpacked(f"spark-{release}")) as real:
            version = jvm.version(real)
            rows += [{**case, **outcome(real, trace, case)} for case in questions(release)]
    path = RECORDED / FILE
    write(path, {"command": COMMAND, "jvm": version}, "cases", rows)
    return path


def questions(release: str) -> list[dict[str, Any]]:
    """The traces of a release; the first scene that waits is asked once more with the polling off, as it is by default."""
    def case(name: str, conf: dict[str, str], ops: list[list[Any]]) -> dict[str, Any]:
        head = {"release": release, "kind": trace.KIND, "id": name}
        return {**head, "manager": "unified", "conf": conf, "cores": 4, "ops": ops}

    polled = [case(name, _CONF | trace.POLLING, ops) for name, ops in SCENES.items()]
    return [*polled, case("the same with the polling off", _CONF, [_held(80), _asks(30)])]
