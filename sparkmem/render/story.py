"""A script told and drawn: a scene for each step, and a table with the same content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sparkmem.render.escaping import escape
from sparkmem.render.pools import pools_html
from sparkmem.size import mib_text as mib
from sparkmem.watch.presets import DEFAULT
from sparkmem.watch.scenes import Scene, View, play
from sparkmem.watch.script import Fault, Statement, as_read, read_script
from sparkmem.watch.sentences import sentence
from sparkmem.watch.sides import Side, known_inputs, sides


def reply(inputs: Mapping[str, str]) -> dict[str, Any]:
    """A finished story for the page, and what an address may hold of it; ``BadInputs`` with every fault of the settings."""
    html, table, faults, summary = story(known_inputs(inputs))
    return {
        "ok": True,
        "html": html,
        "table": table,
        "faults": faults_html(faults),
        "summary": summary,
        "errors": [fault.as_dict() for fault in faults],
        "address": {"script": as_read(inputs.get("script", DEFAULT.script))},
    }


def story(inputs: Mapping[str, str], current: int = 0) -> tuple[str, str, list[Fault], str]:
    """All steps drawn, and as tables, the script's faults, and a summary; ``BadInputs`` from the settings.

    ``current`` is the step that is shown.
    """
    told = sides(inputs)
    statements, faults = read_script(inputs.get("script", DEFAULT.script))
    played = [(side, play(statements, side)) for side in told]
    said = [[sentence(b, a, side) for b, a in zip([None, *scenes], scenes, strict=False)] for side, scenes in played]
    count = f"{len(statements)} operation{'s' if len(statements) != 1 else ''}"
    summary = f"{count} on {' and '.join(side.label for side in told)}."
    return _scenes(played, said, current), _tables(played, said), faults, summary


Played = Sequence[tuple[Side, list[Scene]]]
Said = Sequence[Sequence[str]]


def _scenes(played: Played, said: Said, current: int) -> str:
    largest = max(view.max_bytes for _, scenes in played for view in scenes[0].views)
    items = []
    for number, first in enumerate(played[0][1]):
        parts = []
        for (side, scenes), words in zip(played, said, strict=True):
            before = scenes[number - 1] if number else None
            name = f'<p class="sm-side-name">{escape(side.label)}</p>' if len(played) > 1 else ""
            parts.append(
                f'<div class="sm-side">{name}{_tags(before, scenes[number])}'
                f'<p class="sm-sentence">{escape(words[number])}</p>'
                f"{pools_html(before, scenes[number], largest, side.is_static)}</div>"
            )
        line = f' data-line="{first.statement.line}"' if first.statement else ""
        line += " data-current" if number == current else ""
        told = f'{_operation(number, first.statement)}<div class="sm-sides">{"".join(parts)}</div>'
        items.append(f'<li class="sm-scene"{line}>{told}</li>')
    return f'<ol class="sm-scenes" data-scenes>{"".join(items)}</ol>'


def _operation(number: int, statement: Statement | None) -> str:
    if statement is None:
        return '<p class="sm-operation"><b>0</b> Before the first operation</p>'
    return f'<p class="sm-operation"><b>{number}</b> <code>{escape(statement.text)}</code></p>'


def _tags(before: Scene | None, after: Scene) -> str:
    tags = "".join(f'<li class="sm-tag sm-tag-{kind}">{escape(text)}</li>' for kind, text in marks(before, after))
    return f'<ul class="sm-tags">{tags}</ul>' if tags else ""


def marks(before: Scene | None, after: Scene) -> list[tuple[str, str]]:
    """What a step is marked with: borrowing, eviction, waiting, less than was wanted."""
    if before is None or after.statement is None:
        return []
    answer, found = after.answer, []
    for was, now in zip((before.on_heap, before.off_heap), (after.on_heap, after.off_heap), strict=True):
        moved = now.storage_pool - was.storage_pool
        if moved:
            who = "storage" if moved > 0 else "execution"
            found.append(("borrow", f"{who} takes {mib(abs(moved))}"))
    found += [("evict", f"{name} evicted") for name in answer.get("evicted", [])]
    if "unblocked" in answer:
        found.append(("wake", f"task {answer['unblocked']['task']} wakes"))
    if answer.get("blocks") or answer.get("cancelled"):
        found.append(("wait", f"task {after.operation[2]} waits"))
    if answer.get("result") is False and after.operation[0] in ("put", "acqUnroll"):
        found.append(("less", "no room"))
    if after.operation[0] == "acqExec" and "result" in answer and answer["result"] < after.operation[1]:
        found.append(("less", f"{mib(answer['result'])} of {mib(after.operation[1])}: spill"))
    if "error" in answer:
        found.append(("less", answer["error"]["class"].rpartition(".")[2]))
    return found


def _tables(played: Played, said: Said) -> str:
    return "".join(_table(side, scenes, words) for (side, scenes), words in zip(played, said, strict=True))


def _table(side: Side, scenes: Sequence[Scene], said: Sequence[str]) -> str:
    off_heap = scenes[0].off_heap.max_bytes > 0
    heads = ["Step", "Operation", "What happened, and why", "Storage", "Execution"]
    heads += ["Off-heap storage", "Off-heap execution"] if off_heap else []
    heads += ["Blocks", "Tasks", "Marks"]
    rows = "".join(
        _table_row(number, before, scene, said[number], heads[3:])
        for number, (before, scene) in enumerate(zip([None, *scenes], scenes, strict=False))
    )
    head = "".join(f'<th role="columnheader" scope="col">{name}</th>' for name in heads)
    label = f"Every step on {side.label}; memory in use, of the pool"
    return (
        f'<table class="sm-steps" role="table"><caption>{escape(label)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
    )


def _table_row(number: int, before: Scene | None, scene: Scene, said: str, names: Sequence[str]) -> str:
    """A step; ``names`` are those of its figures, of both kinds of memory where there are both."""
    views = (scene.on_heap, scene.off_heap)[: (len(names) - 3) // 2]
    texts = [text for view in views for text in (_of(view.storage_used, view.storage_pool), _of_execution(view))]
    blocks = [f"{b.name}{' (being read)' if b.readers else ''} {mib(b.size_bytes)}" for v in views for b in v.blocks]
    blocks += [f"unrolling {mib(view.unroll_bytes)}" for view in views if view.unroll_bytes]
    tasks = [f"task {task} {mib(held)}" for view in views for task, held in view.tasks]
    tasks += [f"task {scene.waiting.task} waits for {mib(scene.waiting.wants_bytes)}"] if scene.waiting else []
    texts += [", ".join(blocks), ", ".join(tasks), ", ".join(text for _, text in marks(before, scene))]
    figures = "".join(map(_figure, names, texts))
    operation = f"<code>{escape(scene.statement.text)}</code>" if scene.statement else "start"
    return (
        f'<tr role="row" data-row="{number}"><th role="rowheader" scope="row">'
        f'<button type="button" data-go="{number}" aria-label="Show step {number}">{number}</button></th>'
        f'<td role="cell">{operation}</td><td role="cell">{escape(said)}</td>{figures}</tr>'
    )


def _figure(name: str, text: str) -> str:
    """A cell, which is drawn with its column's name before it."""
    return f'<td role="cell" data-name="{name}">{escape(text)}</td>'


def _of(used: int, pool: int) -> str:
    return f"{mib(used)} of {mib(pool)}"


def _of_execution(view: View) -> str:
    return _of(view.execution_used, view.execution_pool)


def faults_html(faults: Sequence[Fault]) -> str:
    """The script's faults, below it; the lines that can be read are played all the same."""
    items = "".join(
        f'<li><button type="button" data-line-fault="{fault.line}">Line {fault.line}</button> {escape(fault.message)}.'
        f"{_change(fault)}</li>"
        for fault in faults
    )
    left_out = "This line is left out" if len(faults) == 1 else "These lines are left out"
    return f"<p>{left_out}:</p><ul>{items}</ul>" if faults else ""


def _change(fault: Fault) -> str:
    if not fault.change:
        return ""
    text = fault.change[:1].upper() + fault.change[1:]
    return f" {escape(text)}{'' if text.endswith('?') else '.'}"


def completions_html(words: Sequence[str]) -> str:
    """How the line may go on, each to be put in."""
    return "".join(f'<button type="button" data-insert="{escape(word)}">{escape(word)}</button>' for word in words)
