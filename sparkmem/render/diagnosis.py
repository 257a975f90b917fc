"""A diagnosis as text for a terminal, and as Markdown for an incident's channel and its postmortem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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
_MOST_NAMED, _MOST_HARMLESS = 6, 3
_FINISHED, _ARTICLES = "job-finished", ("A ", "An ", "Some", "The ", "Blocks ", "Events ")
_ENDED_WELL, _SUCCEEDED = ("ended-in-order", "ended-well"), "SUCCEEDED"
_FAILED = ("application-failed", "yarn-am-failed", "driver-gone", "application-killed")
NOTHING = "Nothing in this text is known to be a failure of memory, or a consequence of one."


def headline(found: Mapping[str, Any]) -> str:
    """The first cause in one sentence, or that there is none.

    >>> headline({"findings": [], "harmless": []})[:7]
    'Nothing'
    """
    if not found["findings"]:
        if found.get("moments") and not found["harmless"]:
            return " ".join([f"{found['moments'][0]['title']}.", *found["moments"][0]["says"][:1]])
        return _harmless_only([one["title"] for one in found["harmless"]]) if found["harmless"] else NOTHING
    first = found["findings"][0]
    if found.get("by-words"):
        return _by_words([one["title"] for one in found["findings"]])
    if first["kind"] in ("cause", "consequence") and _went_well(found):
        return f"The application ended with SUCCEEDED all the same. On the way: {first['title']}{_lost(first)}."
    if first["kind"] == "cause" and first["certainty"] == "possible":
        return f"Possible first cause: {first['title']}{_lost(first)}; other causes write the same."
    if first["kind"] == "cause":
        return f"First cause: {first['title']}{_lost(first)}."
    if first["kind"] == "context":
        finished = " A job finished." * any(one["id"] == _FINISHED for one in found["harmless"])
        return f"No failure is told here, only this: {first['title']}.{finished}"
    return f"{first['title']}. Why, this text does not say."


def _harmless_only(titles: Sequence[str]) -> str:
    """That nothing failed, and what there is instead.

    >>> _harmless_only(["A task gave memory back late", "A job finished"])
    'No failure that is known; what is known of this text is harmless: a task gave memory back late; a job finished.'
    """
    named = [title[:1].lower() + title[1:] if title.startswith(_ARTICLES) else title for title in titles]
    more = f", and {len(named) - _MOST_HARMLESS} more" if len(named) > _MOST_HARMLESS else ""
    return f"No failure that is known; what is known of this text is harmless: {'; '.join(named[:_MOST_HARMLESS])}{more}."


def _went_well(found: Mapping[str, Any]) -> bool:
    """Whether the application is said to have ended well after all that was found, and nobody says that it failed."""
    findings = found["findings"]
    last = max(one["at"]["line"] for one in findings)
    applications = {one["at"]["application"] for one in (*findings, *found["harmless"]) if "application" in one["at"]}
    ended = (one for one in found["harmless"] if one["id"] in _ENDED_WELL and _SUCCEEDED in one["quote"])
    return (
        len(applications) < 2
        and not any(one["id"] in _FAILED for one in findings)
        and any(one["at"]["line"] >= last for one in ended)
    )


def _lost(first: Mapping[str, Any]) -> str:
    """All of whom the first cause is said, where they are several, or one that is no process of the application.

    >>> _lost({"processes": ["driver", "executor"], "executors": ["1", "2"]}), _lost({"processes": ["driver"]})
    (' (driver; executors 1, 2)', '')
    """
    if first.get("program"):
        return f" ({first['program']})"
    processes = first.get("processes", ())
    executors = [one for one in first.get("executors", ()) if one != "driver"] if "executor" in processes else []
    if len(processes) < 2 and len(executors) < 2:
        return ""
    many = f"executor{'s' * (len(executors) > 1)} {', '.join(executors[:_MOST_NAMED])}"
    more = f" and {len(executors) - _MOST_NAMED} more" if len(executors) > _MOST_NAMED else ""
    named = [many + more if one == "executor" and executors else one for one in processes]
    return f" ({'; '.join(named)})"


def _by_words(titles: Sequence[str]) -> str:
    """That a few words are part of a text, or of several.

    >>> _by_words(["The heap is full"])
    'Perhaps: The heap is full. These words are part of a text of it; the whole text says more.'
    """
    if len(titles) == 1:
        return f"Perhaps: {titles[0]}. These words are part of a text of it; the whole text says more."
    return f"Perhaps one of {len(titles)}: these words are part of texts of each. The whole text tells which."


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
    """
    certainly = found["kind"] == "cause" and found["certainty"] != "possible"
    none = "none" if certainly else "not told here"
    region = none if found["region"] == "none" else found["region"] + ", perhaps" * (found["certainty"] == "possible")
    processes = found.get("processes") or [found["process"]]
    process = found.get("program") or " and ".join(_PROCESSES.get(one, one) for one in processes)
    return [("Process", process), ("Memory that ran out", region), ("How sure", CERTAIN[found["certainty"]])]


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
        lines = (f"  {one['title']} ({place(one)}). {one['says']}" for one in found["harmless"])
        parts.append("\n".join(["Harmless:", *lines]))
    parts.append(read_words(found["read"]))
    return "\n\n".join(parts)


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
    made += [(FIGURE, words) for words in one["figures"]]
    made += [("Follows from", titles.get(one["follows"], one["follows"]))] if one["follows"] else []
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
        parts.append("Harmless:\n\n" + "\n".join(f"- {one['title']}: {one['says']}" for one in found["harmless"]))
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

