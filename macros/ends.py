"""Statements about how a process ended: who writes each, and all that is known to end so, as one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from macros.content import CONTENT, EVIDENCE, ContentError, entries
from macros.lab import Lab
from sparkmem.render.markdown import table

FILE = CONTENT / "ends.toml"
UNVERIFIED = "could not be verified here"
_TESTS = "../checked.md#outside-the-heap"


@dataclass(frozen=True)
class End:
    """What is ``said``, in whose words (``writer``), and its ``causes``; ``codes`` are the exit codes it speaks of.

    A cause is a table: ``what`` ends so, and one key of ``EVIDENCE``.  ``pattern`` matches every way in which a page may
    quote it.
    """

    said: str
    writer: str
    evidence: tuple[Mapping[str, str], ...]
    causes: tuple[Mapping[str, str], ...]
    codes: tuple[int, ...] = ()
    pattern: str = ""


@cache
def ends() -> tuple[End, ...]:
    """Every statement of content/ends.toml, or a ``ContentError`` that names the one that leaves something out."""
    return tuple(checked(end) for end in entries(End, "end", FILE))


def checked(end: End) -> End:
    """The statement itself, where it names its writer with evidence, and at least two causes, each with its own.

    >>> checked(End("exit code 9", "the kernel", ({"lab": "x"},), ({"what": "one", "lab": "x"},)))
    Traceback (most recent call last):
    macros.content.ContentError: content/ends.toml, exit code 9: one cause; name the others that write the same
    """
    where = f"content/{FILE.name}, {end.said}"
    if not end.writer or not end.evidence:
        raise ContentError(f"{where}: no writer, or no evidence for it")
    for item in end.evidence:
        if len(set(item) & (EVIDENCE - {"none"})) != 1:
            raise ContentError(f"{where}: {dict(item)} is no source line and no run")
    if len(end.causes) < 2:
        raise ContentError(f"{where}: one cause; name the others that write the same")
    for cause in end.causes:
        if not cause.get("what") or len(set(cause) & EVIDENCE) != 1:
            raise ContentError(f"{where}: {dict(cause)} needs what ends so, and its source line, its run, or none")
        if not cause.get("none", UNVERIFIED).startswith(UNVERIFIED):
            raise ContentError(f"{where}: {cause['none']!r} has to begin with {UNVERIFIED!r}")
    return end


_FLAGS = {
    "plain": "none",
    "kill": "`-XX:OnOutOfMemoryError='kill %p'`",
    "kill-9": "`-XX:OnOutOfMemoryError='kill -9 %p'`",
    "exit": "`-XX:+ExitOnOutOfMemoryError`",
}
"""The flags of the experiment executor-ends-by-flag, as its figures name them."""


def ends_by_flag(lab: Lab) -> Callable[[], str]:
    """The macro that says with which codes executors ended whose heap was full, by flag and release."""
    def table_by_flag() -> str:
        """How often each code came, with each flag."""
        runs = lab.runs("executor-ends-by-flag")
        rows = [[words, *(_codes(row["figures"], name) for row in runs)] for name, words in _FLAGS.items()]
        return table(["Flag", *(f"Code on {row['spark']}" for row in runs)], rows)

    return table_by_flag


def _codes(figures: Mapping[str, Mapping[str, int]], flag: str) -> str:
    """Each code that came with a flag, and how often, the most frequent first.

    >>> _codes({"kill-143": {"count": 4}, "kill-52": {"count": 1}, "kill-9-137": {"count": 5}, "runs": {"count": 5}}, "kill")
    '143 (4 times), 52 (once)'
    """
    own = {name.removeprefix(f"{flag}-"): found for name, found in figures.items() if name.startswith(f"{flag}-")}
    counts = {code: found["count"] for code, found in own.items()}
    ordered = sorted(((code, number) for code, number in counts.items() if code.isdigit()), key=lambda found: -found[1])
    return ", ".join(f"{code} ({'once' if number == 1 else f'{number} times'})" for code, number in ordered)


def ends_table(evidence: Callable[[Mapping[str, str]], str]) -> Callable[[], str]:
    """The macro that writes the table; ``evidence`` renders a witness as a link."""
    def table_of_ends() -> str:
        """What is read of an end, who writes it, and what ends so; of what shows it the build makes a mark."""
        def shown(item: Mapping[str, str]) -> str:
            return f"[a test of this project]({_TESTS} \"{item['test']}\")" if "test" in item else evidence(item)

        rows = [
            [
                f"`{end.said}`" if end.pattern else end.said[0].upper() + end.said[1:],
                f"{end.writer} ({'; '.join(map(shown, end.evidence))})",
                "<ul>" + "".join(f"<li>{cause['what']} ({shown(cause)})</li>" for cause in end.causes) + "</ul>",
            ]
            for end in ends()
        ]
        return table(["You read", "Written by", "What ends so"], rows)

    return table_of_ends
