"""What people wrote as data: glossary, claims, readers' questions, links that leave the site.

Each lies in `content/` as TOML.  A mistake in it stops the build with the file and the entry.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from sparkmem.release import RELEASES

CONTENT = Path(__file__).resolve().parent.parent / "content"

VERDICTS = {
    "right": "Right",
    "right-until": "Right until a release",
    "half-right": "Half right",
    "wrong": "Wrong",
    "not-verified": "Cannot be verified here",
}
WHOSE = {
    "ours": "Our word; Spark has none for it.",
    "our name": "The name is ours.",
    "users": "A word of Spark's users; Spark has none for it.",
    "general": "A general word.",
    "project": "The name of a project of its own.",
}
EVIDENCE = {"test", "lab", "spark", "jdk", "hadoop", "outside", "none"}


class ContentError(ValueError):
    """An entry of `content/` that cannot be used: the file, the entry, and the rule it broke."""


@dataclass(frozen=True)
class Term:
    """A word of the field: ``of`` says whose it is, a project's (such as Spark) or one of ``WHOSE``."""

    id: str
    term: str
    of: str
    text: str
    see: str = ""
    also: str = ""
    name: bool = False  # a proper name, which keeps its capital inside a sentence

    @property
    def inline(self) -> str:
        """The term as it stands inside a sentence."""
        return self.term if self.name or self.term[:2].isupper() else self.term[0].lower() + self.term[1:]


@dataclass(frozen=True)
class Claim:
    """A statement that people repeat, in our words, and what is true of it.

    ``evidence`` lists tables with one key of ``EVIDENCE`` each, what proves the answer; ``see`` is the page and
    section that treats it; ``until`` the release up to which a claim was right.
    """

    id: str
    claim: str
    said_by: str
    verdict: str
    answer: str
    evidence: tuple[Mapping[str, str], ...]
    see: str
    area: str = ""
    until: str = ""


@dataclass(frozen=True)
class Question:
    """What a reader really asks, as asked, and the page (with section) that answers it."""

    id: str
    question: str
    page: str
    source: str = ""


def load(path: Path) -> dict[str, Any]:
    """One file of `content/`."""
    with path.open("rb") as file:
        return tomllib.load(file)


def entries(kind: Any, table: str, path: Path, **more: str) -> list[Any]:
    """The entries of one file as objects, or a ``ContentError`` that says what is wrong with which."""
    known = {field.name for field in fields(kind)}
    found = []
    for number, entry in enumerate(load(path).get(table, []), 1):
        where = f"{path.relative_to(CONTENT.parent)}, {table} {number} ({entry.get('id', 'no id')})"
        if unknown := set(entry) - known:
            raise ContentError(f"{where}: {', '.join(sorted(unknown))} is not one of {', '.join(sorted(known))}")
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
        try:
            found.append(kind(**values, **more))
        except TypeError as error:
            raise ContentError(f"{where}: {error}") from None
    return found


@cache
def terms() -> dict[str, Term]:
    """Every term by its id, in the order of the alphabet."""
    found = [term for path in sorted((CONTENT / "glossary").glob("*.toml")) for term in entries(Term, "term", path)]
    return {term.id: term for term in _unique(sorted(found, key=lambda term: term.term.lower()))}


@cache
def claims() -> dict[str, list[Claim]]:
    """The claims of each area, in the order of their files."""
    found = {}
    for path in sorted((CONTENT / "claims").glob("*.toml")):
        found[str(load(path)["title"])] = [_checked(c) for c in entries(Claim, "claim", path, area=path.stem)]
    _unique(claim for area in found.values() for claim in area)
    return found


@cache
def questions() -> list[Question]:
    """What readers ask, in the order of the file."""
    return list(_unique(entries(Question, "question", CONTENT / "questions.toml")))


@cache
def outside() -> dict[str, dict[str, str]]:
    """Links that leave the site for a page that is not source code, by id: url, title, and what they are cited for."""
    links = [dict(entry) for entry in load(CONTENT / "outside.toml").get("link", [])]
    for field in ("id", "url"):
        twice = [value for value, times in Counter(link[field] for link in links).items() if times > 1]
        if twice:
            raise ContentError(f"content/outside.toml: {', '.join(twice)} stands twice")
    return {link["id"]: link for link in links}


def _checked(claim: Claim) -> Claim:
    where = f"claim {claim.id}"
    if claim.verdict not in VERDICTS:
        raise ContentError(f"{where}: verdict {claim.verdict!r} is not one of {', '.join(VERDICTS)}")
    if (claim.verdict == "right-until") != bool(claim.until):
        raise ContentError(f"{where}: `until` goes with the verdict right-until, and only with it")
    if claim.until and claim.until not in RELEASES and not claim.until[0].isdigit():
        raise ContentError(f"{where}: until {claim.until!r} is not a release")
    if not claim.evidence:
        raise ContentError(f"{where}: no evidence; write {{ none = 'why not' }} where there is none")
    for item in claim.evidence:
        if len(set(item) & EVIDENCE) != 1:
            raise ContentError(f"{where}: evidence {dict(item)} needs one of {', '.join(sorted(EVIDENCE))}")
    return claim


def _unique(items: Any) -> list[Any]:
    listed = list(items)
    twice = [name for name, times in Counter(item.id for item in listed).items() if times > 1]
    if twice:
        raise ContentError(f"ids stand twice: {', '.join(twice)}")
    return listed
