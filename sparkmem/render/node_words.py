"""The words of a picture of a node: its numbers beside their patterns, what is left over, what a screen reader says."""

from __future__ import annotations

from sparkmem.answer.cores import cores_number, cores_text
from sparkmem.answer.packed import Packed, Resource
from sparkmem.render.escaping import escape
from sparkmem.render.picture import kind_of
from sparkmem.size import mib_text


def rest_of(packed: Packed, resource: Resource, what: str) -> str:
    """What is left over of memory or of cores, at the end of its line."""
    left = resource.left(packed.executors)
    amount = _amount(abs(left), what)
    if left < 0:
        return f'<span class="sm-node-over">{amount} more than there are</span>'
    if not left:
        return "<span>none left over</span>"
    return f"<span>{amount} left over, {_percent(left / resource.total)}</span>"


def _percent(share: float) -> str:
    """Whole percent, and a decimal below one.

    >>> _percent(0.384), _percent(0.0006), _percent(0.0001)
    ('38 %', '0.1 %', 'less than 0.1 %')
    """
    if share >= 0.01:
        return f"{100 * share:.0f} %"
    return f"{100 * share:.1f} %" if share >= 0.0005 else "less than 0.1 %"


def legend(packed: Packed) -> str:
    """The numbers, each beside the pattern that it has in the picture."""
    memory, cores = packed.memory, packed.cores
    each = [(kind_of(line.id), line.label, mib_text(line.size_bytes or 0)) for line in packed.parts]
    taken = f"{mib_text(memory.taken)} and {_amount(cores.taken, 'cores')}"
    who = f"Each of {packed.executors:,} executors" if packed.executors > 1 else "The executor"
    who = who if packed.executors else "One executor would take"
    rest = [
        ("held-back", "Kept by the platform", memory.kept, cores.kept),
        ("reserved", "Set aside", memory.start - min(memory.kept, memory.start), min(cores.aside, cores.total)),
        ("idle", "Left over", memory.left(packed.executors), max(cores.left(packed.executors), 0)),
    ]
    node = [(k, label, f"{mib_text(m)} and {_amount(c, 'cores')}") for k, label, m, c in rest if m or c]
    items = "".join(_item(*item) for item in each), "".join(_item(*item) for item in node)
    first = f'<ul class="sm-node-legend"><li>{who}: <b>{taken}</b></li>{items[0]}</ul>'
    return first + (f'<ul class="sm-node-legend">{items[1]}</ul>' if node else "")


def _item(kind: str, label: str, amount: str) -> str:
    return f'<li><span class="sm-swatch sm-{kind}" aria-hidden="true"></span>{escape(label)} <b>{amount}</b></li>'


def scale(packed: Packed, size: int) -> str:
    """How the picture is to be read, as a sentence or two."""
    boxes = f"Each box is {size} executors. " if size > 1 else ""
    who = f"the next of {packed.missing:,} executors that do" if packed.missing > 1 else "an executor that does"
    more = f" Dashed: {who} not fit." if packed.missing else ""
    return f"{boxes}Memory above and cores below, both to scale; a ribbon joins an executor's memory to its cores.{more}"


def spoken_memory(packed: Packed) -> str:
    """What a screen reader says of the memory."""
    memory = packed.memory
    parts = ", ".join(f"{line.label.lower()} {mib_text(line.size_bytes or 0)}" for line in packed.parts)
    return (
        f"Memory of the node, {mib_text(memory.total)}: {_said(memory, 'memory')}"
        f"{_people(packed.executors)} of {mib_text(memory.taken)}, each {parts}; {_over(packed, memory, 'memory')}"
    )


def spoken_cores(packed: Packed) -> str:
    """What a screen reader says of the cores."""
    cores = packed.cores
    return (
        f"Cores of the node, {cores_number(cores.total)}: {_said(cores, 'cores')}"
        f"{_people(packed.executors)} with {_amount(cores.taken, 'cores')} each; {_over(packed, cores, 'cores')}"
    )


def _said(resource: Resource, what: str) -> str:
    """What comes before the executors."""
    aside = resource.start - min(resource.kept, resource.start)
    parts = (("kept by the platform", resource.kept), ("set aside", aside))
    return "".join(f"{said} {_amount(amount, what)}, " for said, amount in parts if amount)


def _over(packed: Packed, resource: Resource, what: str) -> str:
    left = resource.left(packed.executors)
    said = f"{_amount(left, what)} left over" if left >= 0 else f"{_amount(-left, what)} more than there are"
    return said + (f"; {_people(packed.missing)} more asked for" if packed.missing else "")


def _people(number: int) -> str:
    return f"{number:,} executor{'s' * (number != 1)}"


def _amount(amount: int, what: str) -> str:
    return mib_text(amount) if what == "memory" else cores_text(amount)
