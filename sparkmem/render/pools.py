"""The pools of a memory manager at one step, drawn to scale: what is in them, what is lent, what has gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sparkmem.render.escaping import escape
from sparkmem.size import mib_text as mib
from sparkmem.watch.scenes import Scene, View


@dataclass(frozen=True)
class Span:
    """A piece of a bar [bytes from its start], and what it is called there."""

    key: str
    kind: str
    label: str
    start: int
    size: int


def pools_html(before: Scene | None, after: Scene, largest: int, is_static: bool) -> str:
    """Each memory mode's bar; ``largest`` [bytes] takes the whole width."""
    drawn = [_mode(before.view(view.off_heap) if before else None, view, after, largest, is_static) for view in after.views]
    return "".join(drawn)


def spans(view: View) -> Iterator[Span]:
    """What is in the pools, from the left: storage, its free rest, execution's free rest, tasks."""
    place = 0
    for block in view.blocks:
        kind = "sm-storage sm-span-read" if block.readers else "sm-storage"
        yield Span(block.name, kind, f"{block.name}{', being read' if block.readers else ''}", place, block.size_bytes)
        place += block.size_bytes
    if view.unroll_bytes:
        yield Span("unroll", "sm-unroll", "unrolling", place, view.unroll_bytes)
    place = view.max_bytes - view.execution_used
    for task, held in view.tasks:
        if held:
            yield Span(f"task {task}", "sm-execution", f"task {task}", place, held)
        place += held


def _mode(was: View | None, view: View, scene: Scene, largest: int, is_static: bool) -> str:
    where = "Off the heap" if view.off_heap else "On the heap"
    old = {span.key: span for span in spans(was)} if was else {}
    parts = "".join(_span(span, old.get(span.key), view.max_bytes, was is not None) for span in spans(view))
    pools = _pool(view.storage_pool, was.storage_pool if was else None, view)
    return (
        f'<div class="sm-mode"><div role="img" aria-label="{escape(_spoken(where, view, scene))}">'
        f'<div class="sm-mode-where">{where}</div>'
        f'<div class="sm-mode-names"><span>Storage pool <b>{mib(view.storage_pool)}</b></span>'
        f"<span>Execution pool <b>{mib(view.execution_pool)}</b></span></div>"
        f'<div class="sm-to-scale" style="inline-size:{_percent(view.max_bytes, largest)}">'
        f'<div class="sm-track">{pools}{parts}{"" if is_static else _region(view)}</div>'
        f"{'' if is_static else _lent(view)}</div></div>"
        f'<p class="sm-mode-sums">Storage uses <b>{mib(view.storage_used)}</b> of {mib(view.storage_pool)},'
        f" execution <b>{mib(view.execution_used)}</b> of {mib(view.execution_pool)}."
        f"{'' if is_static else _borrowed(view)}{_unmanaged(view)}</p>{_gone(was, view, scene, largest)}</div>"
    )


def _percent(size: int, of: int) -> str:
    return f"{100 * size / of:.3f}%" if of else "0%"


def _pool(pool: int, old: int | None, view: View) -> str:
    """Storage's pool as the left part of the track; the rest is execution's."""
    moved = f";--from:0%;--wide:{_percent(old, view.max_bytes)}" if old is not None and old != pool else ""
    name = "sm-pool sm-moves" if moved else "sm-pool"
    return f'<span class="{name}" style="inset-inline-start:0%;inline-size:{_percent(pool, view.max_bytes)}{moved}"></span>'


def _span(span: Span, old: Span | None, most: int, has_before: bool) -> str:
    place, width = _percent(span.start, most), _percent(span.size, most)
    moves = ""
    if old is not None and (old.start, old.size) != (span.start, span.size):
        moves = f";--from:{_percent(old.start, most)};--wide:{_percent(old.size, most)}"
    elif old is None and has_before:
        moves = f";--from:{place};--wide:0%"
    name = f"sm-span {span.kind}{' sm-moves' if moves else ''}"
    return (
        f'<span class="{name}" style="inset-inline-start:{place};inline-size:{width}{moves}">'
        f"<span>{escape(span.label)} <b>{mib(span.size)}</b></span></span>"
    )


def _region(view: View) -> str:
    return f'<span class="sm-region" style="inset-inline-start:{_percent(view.region_bytes, view.max_bytes)}"></span>'


def _lent(view: View) -> str:
    """A mark under the part of the bar that one side has from the other."""
    lent = view.storage_pool - view.region_bytes
    start, width = _percent(min(view.storage_pool, view.region_bytes), view.max_bytes), _percent(abs(lent), view.max_bytes)
    mark = f'<span class="sm-lent" style="inset-inline-start:{start};inline-size:{width}"></span>' if lent else ""
    return f'<div class="sm-lending">{mark}</div>'


def _borrowed(view: View) -> str:
    lent = view.storage_pool - view.region_bytes
    who = "storage" if lent > 0 else "execution"
    borrows = f"; {who} borrows <b>{mib(abs(lent))}</b>" if lent else ""
    return f" The storage region is {mib(view.region_bytes)}{borrows}."


def _unmanaged(view: View) -> str:
    return f" Held unmanaged: <b>{mib(view.unmanaged_bytes)}</b>." if view.unmanaged_bytes else ""


def _gone(was: View | None, view: View, scene: Scene, largest: int) -> str:
    """Blocks that were evicted in this step, and a call that waits, in widths to the same scale."""
    sizes = {block.name: block.size_bytes for block in was.blocks} if was else {}
    gone = [name for name in scene.answer.get("evicted", []) if name in sizes]
    items = [
        f'<li class="sm-gone" style="inline-size:{_percent(sizes[name], largest)}">evicted: {escape(name)}'
        f" <b>{mib(sizes[name])}</b></li>"
        for name in gone
    ]
    if scene.waiting and scene.waiting.off_heap == view.off_heap:
        items.append(
            f'<li class="sm-waits" style="inline-size:{_percent(scene.waiting.wants_bytes, largest)}">task'
            f" {scene.waiting.task} waits for <b>{mib(scene.waiting.wants_bytes)}</b></li>"
        )
    return f'<ul class="sm-aside">{"".join(items)}</ul>' if items else ""


def _spoken(where: str, view: View, scene: Scene) -> str:
    held = ", ".join(f"{span.label} {mib(span.size)}" for span in spans(view)) or "nothing in use"
    return (
        f"{where}, {mib(view.max_bytes)}: storage pool {mib(view.storage_pool)}, execution pool"
        f" {mib(view.execution_pool)}; {held}"
    )
