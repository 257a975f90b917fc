"""The inputs that say what a node has, and what of it executors may be given."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from sparkmem.errors import InputError
from sparkmem.given import Given
from sparkmem.input import Input
from sparkmem.machines.platforms import PLATFORMS, Platform
from sparkmem.machines.shapes import Machine
from sparkmem.machines.usable import Usable
from sparkmem.size import GIB, MIB, SizeError, byte_string_as_mb
from sparkmem.spark.containers.kubernetes import millicores

PAGE = "calculators/fit-node/"

NODE_INPUTS = (
    Input(
        "platform", "Platform", "What it keeps is taken off the machine. Without one, enter what containers may use.",
        choices=(("", "none"), *((p.id, p.label) for p in PLATFORMS.values())),
        group="executor", see=PAGE + "#platforms",
    ),
    Input(
        "machine-type", "Machine type", "A machine type of the platform, which sets memory and cores.",
        group="executor", unit="text", example="r5.4xlarge", see=PAGE + "#machine-types",
        only=("platform", tuple(PLATFORMS)),
    ),
    Input(
        "node-memory", "Memory of the node",
        "With a platform, the memory of the machine; without one, what containers may use. A bare number is MiB.",
        default="64g", group="executor", unit="size", example="64g", see=PAGE + "#node",
    ),
    Input(
        "node-cores", "Cores of the node", "With a platform, those of the machine; without one, what containers may use.",
        default="16", group="executor", unit="count", example="16", see=PAGE + "#node",
    ),
    Input(
        "max-pods", "Most pods on the node", "EKS and AKS keep memory for each pod that could run, used or not.",
        group="machine", unit="count", example="110", see=PAGE + "#kubernetes", only=("platform", tuple(PLATFORMS)),
    ),
    Input(
        "set-aside-memory", "Memory set aside", "For DaemonSets, an application master or other work on the node.",
        default="0", group="machine", unit="size", example="1g", see=PAGE + "#set-aside",
    ),
    Input(
        "set-aside-cores", "Cores set aside", "For DaemonSets, an application master or other work; half a core is 0.5.",
        default="0", group="machine", unit="number", example="1", see=PAGE + "#set-aside",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Node:
    """A node: memory [bytes] and cores in thousandths, what of both can be given away, and who says so."""

    name: str
    memory_bytes: int
    cores: int
    usable: Usable
    platform: Platform | None
    max_pods: int
    set_aside_bytes: int
    set_aside_millicores: int

    @property
    def free_bytes(self) -> int:
        """Memory for executors."""
        return max(self.usable.memory_bytes - self.set_aside_bytes, 0)

    @property
    def free_millicores(self) -> int:
        """Thousandths of a core for executors."""
        return max(self.usable.millicores - self.set_aside_millicores, 0)


def read_node(given: Given) -> Node | None:
    """The node that the inputs describe; None, with the faults kept in ``given``, where they describe none."""
    platform = PLATFORMS.get(given.text("platform"))
    machine = given.attempt("machine-type", lambda: _machine(given, platform))
    pods = given.attempt("max-pods", read_count, given, "max-pods") if given.is_set("max-pods") else 0
    memory = given.attempt("set-aside-memory", read_size, given, "set-aside-memory")
    millicores = given.attempt("set-aside-cores", millicores_of, given, "set-aside-cores")
    if machine is None or pods is None or memory is None or millicores is None:
        return None
    name, memory_bytes, cores = machine
    if platform is None:
        usable = Usable(memory_bytes, cores * 1000, "what the node can give away, as you say", None)
    else:
        shape = Machine(name, cores, memory_bytes // MIB, platform.evidence)
        if not pods and platform.max_pods:
            pods = platform.max_pods(shape)
        usable = platform.usable(shape, pods)
    return Node(name, memory_bytes, cores, usable, platform, pods, memory, millicores)


def _machine(given: Given, platform: Platform | None) -> tuple[str, int, int]:
    """Name, memory [bytes] and cores."""
    name = given.text("machine-type").strip()
    if name:
        return _of_type(given, platform, name)
    if platform and platform.node and not given.is_set("node-memory") and not given.is_set("node-cores"):
        return platform.node.name, platform.node.memory_mib * MIB, platform.node.cores
    memory_bytes, cores = read_size(given, "node-memory"), read_count(given, "node-cores")
    if not 64 * MIB <= memory_bytes <= GIB << 20:
        raise _fault(given, "node-memory", "is not between 64 MiB and 1 PiB", "write it as 64g")
    return "", memory_bytes, cores


def _of_type(given: Given, platform: Platform | None, name: str) -> tuple[str, int, int]:
    if platform is None:
        raise InputError(
            "machine-type", f"machine-type {name!r} needs a platform", PAGE + "#machine-types", change="choose one"
        )
    for other in ("node-memory", "node-cores"):
        if given.is_set(other):
            raise InputError(
                other, f"{other} and machine-type say the same thing", PAGE + "#machine-types", change="keep one"
            )
    machines = platform.machines()
    found = machines.get(name) or next((m for m in machines.values() if m.name.lower() == name.lower()), None)
    if found is None:
        near = get_close_matches(name, machines, 3, 0.6)
        change = f"did you mean {' or '.join(near)}?" if near else "give node-memory and node-cores instead"
        message = f"machine-type {name!r} is not one that we know of {platform.label}"
        raise InputError("machine-type", message, PAGE + "#machine-types", change=change)
    return found.name, found.memory_mib * MIB, found.cores


def read_size(given: Given, name: str) -> int:
    """A size of ours [bytes], in whole MiB, as a bare number is."""
    try:
        return byte_string_as_mb(given.text(name)) * MIB
    except SizeError as error:
        raise InputError(name, str(error), PAGE + "#node", change="write it as 64g") from None


def read_count(given: Given, name: str) -> int:
    """A whole number from 1 on."""
    text = given.text(name).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) > 0):
        raise _fault(given, name, "is not a whole number from 1 on", "write it as 16")
    return int(text)


def millicores_of(given: Given, name: str) -> int:
    """Cores in thousandths, written as ``2``, ``0.5`` or ``500m``."""
    found = millicores(given.text(name).strip())
    if found is None:
        raise _fault(given, name, "is not a number of cores", "write it as 2, 0.5 or 500m")
    return found


def _fault(given: Given, name: str, rule: str, change: str) -> InputError:
    return InputError(name, f"{name} {given.text(name)!r} {rule}", PAGE + "#node", change=change)
