"""A diagnosis as text for a terminal, and as Markdown for an incident's channel and its postmortem."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sparkmem.render.evidence import SHOWN, followers, where_shown
from sparkmem.render.headline import headline
from sparkmem.render.moment import moment_markdown, moment_text
from sparkmem.size import mib_text

WHERE = {"cause": "Cause", "consequence": "Consequence", "context": "Also said", "harmless": "Harmless"}
CERTAIN = {
    "said": "the text says so",
    "computed": "the arithmetic says so",
    "possible": "possible; the text does not decide it",
}
_CHANGE = {"context": "Where it matters, change"}
"""Nothing has failed by a circumstance alone."""
_PROCESSES = {"none": "none of Spark's"}
FIGURE, BEHIND, WRITTEN = "It comes to", "What can be behind it", "Who wrote it"
"""Headings of what follows by arithmetic, of the causes that write the same, and of whose words they are."""


def kind_words(found: Mapping[str, Any]) -> str:
    """What a finding is to the failure, in a word or two.

    >>> kind_words({"kind": "cause", "certainty": "possible"})
    'Possible cause'
    """
    possible = found["kind"] == "cause" and found["certainty"] == "possible"
    return "Possible cause" if possible else WHERE[found["kind"]]


def place(found: Mapping[str, Any]) -> str:
    """Where something was said, and of whom.

    >>> place({"at": {"line": 12, "time": "10:00:01", "executor": "3", "host": "worker-1"}, "times": 2, "executors": ["3"]})
    'line 12, 10:00:01, executor 3 on worker-1, said 2 times'
    """
    at = found["at"]
    words = [f"line {at['line']}"] if at["line"] else []
    words += [at["time"]] if "time" in at else []
    executors = found["executors"][:6] or [at[name] for name in ("executor",) if name in at]
    who = [f"executor{'s' if len(executors) > 1 else ''} {', '.join(executors)}"] if executors else []
    on = [f"on {at['host']}"] if "host" in at else []
    words += [" ".join(who + on)] if who or on else []
    words += [f"task {at['task']} in stage {at['stage']}"] if "task" in at and "stage" in at else []
    words += [at[name] for name in ("pod", "container") if name in at]
    return ", ".join(words + ([f"said {found['times']:,} times"] if found["times"] > 1 else []))


def traits(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Whose process it was, which memory ran out, and how sure that is: each with its label.

    >>> traits({"kind": "cause", "process": "executor", "region": "container", "certainty": "said"})
    [('Process', 'executor'), ('Memory that ran out', 'container'), ('How sure', 'the text says so')]
    >>> traits({"kind": "consequence", "process": "not told", "region": "none", "certainty": "said"})[:2]
    [('Process', 'not told'), ('Memory that ran out', 'not told here')]
    >>> traits({"kind": "context", "process": "driver", "region": "heap", "certainty": "said"})[1]
    ('What it is about', 'heap')
    """
    certainly = found["kind"] == "cause" and found["certainty"] != "possible"
    none = "none" if certainly else "not told here"
    region = none if found["region"] == "none" else found["region"] + ", perhaps" * (found["certainty"] == "possible")
    processes = found.get("processes") or [found["process"]]
    process = found.get("program") or " and ".join(_PROCESSES.get(one, one) for one in processes)
    memory = "What it is about" if found["kind"] == "context" and found["region"] != "none" else "Memory that ran out"
    return [("Process", process), (memory, region), ("How sure", CERTAIN[found["certainty"]])]


def _labelled(found: Mapping[str, Any]) -> str:
    return " · ".join(f"{label}: {words}" for label, words in traits(found))


def figures(found: Mapping[str, Any]) -> list[str]:
    """Each number as it was written, and in bytes where it is a size.

    >>> figures({"numbers": {"limit": 2097152, "tasks": 3}, "written": {"limit": "2MB", "tasks": "3"}, "sizes": ["limit"]})
    ['limit: 2MB, 2 MiB, 2,097,152 bytes', 'tasks: 3']
    """
    made = []
    for name, value in found["numbers"].items():
        said = found["written"].get(name) or f"{value:,}"
        size = f", {mib_text(int(value))}, {int(value):,} bytes" if name in found["sizes"] else ""
        made.append(f"{name.replace('_', ' ')}: {said}{size}")
    return made


def diagnosis_text(found: Mapping[str, Any]) -> str:
    """The whole for a terminal."""
    parts = [headline(found)]
    parts += [_finding_text(one, found) for one in found["findings"]]
    parts += [moment_text(one) for one in found["moments"]]
    if found["harmless"]:
        parts.append("\n".join(["Harmless:", *map(_harmless_text, found["harmless"])]))
    parts.append(read_words(found["read"]))
    return "\n\n".join(parts)


def _harmless_text(one: Mapping[str, Any]) -> str:
    lines = [f"  {one['title']} ({place(one)}). {harmless_words(one)}"]
    return "\n".join([*lines, *(f"  | {line}" for line in one["quote"].splitlines()[:1])])


def harmless_words(one: Mapping[str, Any]) -> str:
    """What a harmless line means, what else the text shows of it, and who wrote it.

    >>> harmless_words({"says": "It is tidying.", "shown": [], "written-by": "The driver."})
    'It is tidying. Who wrote it: The driver.'
    """
    shown = [f"{row['says']}{where_shown(row)}" for row in one.get("shown", ())]
    return " ".join([one["says"], *shown, *([f"{WRITTEN}: {one['written-by']}"] if one["written-by"] else [])])


def read_words(read: Mapping[str, Any]) -> str:
    """How much was read, and how many failures are known."""
    lines = f"{read['lines']:,} line{'s' * (read['lines'] != 1)}"
    return f"Read: {lines}, {read['bytes']:,} bytes; {read['known']:,} kinds of failure were looked for."


def _finding_text(one: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    lines = [f"{kind_words(one)}: {one['title']}  [{one['id']}]", f"  {_labelled(one)}"]
    lines += [f"  {place(one)}"] if place(one) else []
    lines += [f"  | {line}" for line in one["quote"].splitlines()]
    lines += [f"  {figure}" for figure in figures(one)]
    lines += [f"  {words}: {text}" for words, text in said(one, whole)]
    return "\n".join(lines)


def said(one: Mapping[str, Any], whole: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is said of a finding beside its quote, each with its heading."""
    titles = {other["id"]: other["title"] for other in whole["findings"]}
    made = [("What it means", one["says"])]
    made += [(SHOWN[row["shows"]], f"{row['says']}{where_shown(row)}") for row in one.get("shown", ())]
    made += [(FIGURE, words) for words in one["figures"]]
    follows = f"{titles.get(one['follows'], one['follows'])}{followers(one, whole)}"
    made += [("Follows from", follows)] if one["follows"] else []
    for change in one["changes"]:
        to = f" to {change['value']}" if change["value"] else ""
        made.append((_CHANGE.get(one["kind"], "Change"), f"{change['key']}{to}. {change['why']}".strip()))
    if one["calculator"]:
        made.append(("Compute", command(one["calculator"])))
    made += [("Not", one["not-to-do"])] if one["not-to-do"] else []
    made += [("Look next", f"{look['what']}{': ' + look['command'] if look['command'] else ''}") for look in one["look"]]
    made += [(BEHIND, "; ".join(one["alike"]))] if one["alike"] else []
    made += [("Looked for, not found", "; ".join(other["title"] for other in one["not-found"]))] if one["not-found"] else []
    made += [("What would disprove it", one["disproved-by"])] if one["disproved-by"] else []
    made += [(WRITTEN, one["written-by"])] if one["written-by"] else []
    return [*made, ("More", one["page"])]


def command(asked: Mapping[str, Any]) -> str:
    """The calculator that is asked, as it is called in a terminal."""
    return f"sparkmem {asked['calculator']} " + " ".join(f"--{name} {text}" for name, text in asked["inputs"].items())


def diagnosis_markdown(found: Mapping[str, Any], site: str = "") -> str:
    """The whole as Markdown; ``site`` is where the pages are."""
    parts = [f"**{headline(found)}**"]
    parts += [_finding_markdown(one, found, site) for one in found["findings"]]
    parts += [moment_markdown(one) for one in found["moments"]]
    if found["harmless"]:
        parts.append("Harmless:\n\n" + "\n".join(f"- {one['title']}: {harmless_words(one)}" for one in found["harmless"]))
    return "\n\n".join(parts) + "\n"


def _finding_markdown(one: Mapping[str, Any], whole: Mapping[str, Any], site: str) -> str:
    fence = "`" * max(3, _longest_run(one["quote"], "`") + 1)
    lines = [f"### {kind_words(one)}: {one['title']}", "", f"{_labelled(one)}  ", place(one)]
    lines += ["", fence, one["quote"], fence] if one["quote"] else []
    lines += ["", *(f"- {figure}" for figure in figures(one))]
    for words, text in said(one, whole):
        lines.append(f"- {words}: " + (f"[{one['id']}]({site}{text})" if words == "More" else text))
    return "\n".join(lines)


def _longest_run(text: str, letter: str) -> int:
    longest = run = 0
    for one in text:
        run = run + 1 if one == letter else 0
        longest = max(longest, run)
    return longest

