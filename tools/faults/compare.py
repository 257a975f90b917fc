"""Two runs of the list side by side, fault by fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, list[str]]:
    """A table of what each run noticed and by which test, and the faults on which they do not agree.

    >>> table, differ = compared({"faults": {"a": {"caught": True, "by": "t"}}}, {"faults": {"a": {"caught": False}}})
    >>> differ
    ['a']
    """
    was, now = old["faults"], new["faults"]
    lines = [f"Old: {_about(old)}", f"New: {_about(new)}", "", "| Fault | Old suite | New suite |", "|---|---|---|"]
    differ = []
    for id in dict.fromkeys([*was, *now]):
        sides = was.get(id), now.get(id)
        lines.append(f"| `{id}` | {_said(sides[0])} | {_said(sides[1])} |")
        if not (sides[0] and sides[1] and sides[0]["caught"] == sides[1]["caught"]):
            differ.append(id)
    both = sum(1 for id in was if was[id]["caught"] and now.get(id, {}).get("caught"))
    lines += ["", f"{both} caught by both; not the same: {', '.join(differ) or 'none'}."]
    return "\n".join(lines), differ


def _about(run: Mapping[str, Any]) -> str:
    faults = run["faults"].values()
    caught = sum(1 for one in faults if one["caught"])
    return f"{run.get('commit', 'unknown')}, {caught} of {len(faults)} caught"


def _said(result: Mapping[str, Any] | None) -> str:
    if result is None:
        return "not run"
    if not result["caught"]:
        return f"**not noticed** {result.get('error', '')}".strip()
    return f"`{result['by'].replace('|', '/')}`" + ("" if result.get("sound", True) else " (which fails without it too)")
