"""Links to findings: one by its title, some as a sentence, many as a list that opens, and all that go with a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from macros.content import ContentError
from sparkmem.diagnosis.families import findings
from sparkmem.diagnosis.finding import CAUSE, HARMLESS, Finding

FOLDER, HARMLESS_PAGE = "errors", "errors/harmless.md"
_MOST_IN_A_LINE = 8
"""So many links are read as a sentence; more are a list that opens."""


def page_of(finding: Finding) -> str:
    """The source of a finding's page below docs/, with the id where several share one."""
    return f"{HARMLESS_PAGE}#{finding.id}" if finding.kind == HARMLESS else f"{FOLDER}/{finding.id}.md"


class FindingLinks:
    """Links on a page from which ``to`` leads to the sources of others."""

    def __init__(self, to: Callable[[str], str]) -> None:
        self._to = to

    def one(self, finding_id: str, words: str = "") -> str:
        """A finding, linked by its title."""
        if finding_id not in findings():
            raise ContentError(f"{finding_id!r} is no finding of sparkmem/diagnosis/findings")
        found = findings()[finding_id]
        return f"[{words or found.title}]({self._to(page_of(found))})"

    def all(self, ids: Iterable[str]) -> str:
        """Findings, one behind the other."""
        return ", ".join(map(self.one, ids))

    def behind(self, said: str, ids: Sequence[str], many: str = "") -> str:
        """Findings behind a few words; many of them as a list that opens, since nobody reads a paragraph of links."""
        if len(ids) <= _MOST_IN_A_LINE:
            return f"{said}: {self.all(ids)}."
        listed = "\n".join(f"- {self.one(finding_id)}" for finding_id in ids)
        summary = many or f"{said}: {len(ids)} failures"
        return f'<details class="sm-links" markdown>\n<summary>{summary}</summary>\n\n{listed}\n\n</details>'

    def beside(self, one: Finding) -> list[str]:
        """What a finding leads to, what leads to it, and what it gives way to."""
        causes = [other.id for other in findings().values() if one.id in other.explains]
        follows = "It may follow from" if one.kind == CAUSE else "It follows from"
        instead = "It is not this one where one of these is found"
        pairs = (("It explains", one.explains), (follows, causes), (instead, one.gives_way))
        return [self.behind(said, ids) for said, ids in pairs if ids]
