"""What stands beside a finding: what it leads to, what leads to it, what it gives way to; many of them folded, in groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from macros.finding_index import GROUPS
from sparkmem.diagnosis.families import findings
from sparkmem.diagnosis.finding import CAUSE, Finding

_MOST_IN_A_SENTENCE = 8
"""Links that a sentence holds; more are a list that is folded."""


def beside(one: Finding, link: Callable[[str], str]) -> str:
    """All of it in Markdown, with ``link`` for each finding's id; empty where nothing is."""
    said = []
    if one.explains:
        said.append(_named("It explains", one.explains, link))
    causes = [other.id for other in findings().values() if one.id in other.explains]
    if causes:
        said.append(_named("It may follow from" if one.kind == CAUSE else "It follows from", causes, link))
    if one.gives_way:
        said.append(_named("It is not this one where one of these is found", one.gives_way, link))
    return "\n\n".join(said)


def _named(words: str, ids: Iterable[str], link: Callable[[str], str]) -> str:
    """Findings, linked; of many their number, and below it, folded, all by the memory that they are about."""
    named = [findings()[finding_id] for finding_id in ids]
    if len(named) <= _MOST_IN_A_SENTENCE:
        return f"{words}: {', '.join(link(one.id) for one in named)}."
    groups: dict[str, list[str]] = {}
    for one in named:
        groups.setdefault(one.region if one.kind == CAUSE else one.kind, []).append(link(one.id))
    rows = "\n".join(f"- {GROUPS[name]}: {', '.join(groups[name])}." for name in GROUPS if name in groups)
    folded = f"<summary>All {len(named)}</summary>\n\n{rows}\n\n</details>"
    return f"{words}: {len(named)} failures.\n\n<details markdown=\"1\">\n{folded}"
