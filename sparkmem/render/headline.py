"""A diagnosis in one sentence: the first cause, or that there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sparkmem.diagnosis.sentences import lowered

_MOST_NAMED, _MOST_HARMLESS = 6, 3
_FINISHED = "job-finished"
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
    if first["kind"] == "cause" and any(row["shows"] == "against" for row in first.get("shown", ())):
        return f"Perhaps: {first['title']}{_lost(first)}; something in the text speaks against it."
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
    named = [lowered(title) for title in titles]
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
