"""The page of a finding, made of what is known of it: its texts, what ran out, what to do, and how to write it down."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

from macros.content import ContentError
from macros.finding_advice import Advice
from macros.finding_index import by_memory, by_text
from macros.finding_links import FindingLinks
from macros.finding_picture import finding_picture, region_said
from macros.finding_words import example_numbers, in_code, quoted, shown, witnessed
from sparkmem.diagnosis.families import findings
from sparkmem.diagnosis.finding import CAUSE, HARMLESS, NOBODY, Finding
from sparkmem.diagnosis.sentences import lowered

KINDS = {
    "cause": "A first cause.", "consequence": "A consequence: look for what was said before it.",
    "context": "A circumstance: by itself it fails nothing.", "harmless": "Harmless.",
}  # fmt: skip
_TITLE = re.compile(r"(?m)^title: \"?(.+?)\"?$")
_NO_PROCESS = {"": "The text does not say which process", NOBODY: "It is no process of the application"}


class FindingPages:
    """The macros for pages of findings, which need to know the page that they stand on."""

    def __init__(self, env: Any, key: Callable[[str], str]) -> None:
        self._env = env
        self._advice = Advice(self._to, key)
        self._links = FindingLinks(self._to)

    def macros(self) -> list[Callable[..., str]]:
        """All of them, to be registered."""
        return [
            self.finding, self.finding_link, self.findings_here, self.findings_by_text, self.findings_by_memory,
            self.harmless_findings, self.do_first,
        ]  # fmt: skip

    def _to(self, target: str) -> str:
        path, _, fragment = target.partition("#")
        here = posixpath.dirname(self._env.page.file.src_uri)
        return posixpath.relpath(path, here or ".") + (f"#{fragment}" if fragment else "")

    def _title(self, target: str) -> str:
        """The title of the page that a target is on, as its front matter has it."""
        source = Path(self._env.conf["docs_dir"], target.partition("#")[0]).read_text("utf-8")
        title = _TITLE.search(source)
        if not title:
            raise ContentError(f"{target} has no title")
        return title[1]

    def finding_link(self, finding_id: str, words: str = "") -> str:
        """A finding, linked by its title."""
        return self._links.one(finding_id, words)

    def findings_here(self) -> str:
        """The findings that this page treats, each linked."""
        here = self._env.page.file.src_uri
        known = findings().values()
        told = [one for one in known if one.see.partition("#")[0] == here and one.kind != HARMLESS]
        if not told:
            raise ContentError(f"no finding names {here} as the page that treats it")
        ids = [one.id for one in told]
        many = f"{len(ids)} failures have pages of their own"
        return self._links.behind("Each of these failures has a page of its own", ids, many)

    def do_first(self, finding_id: str) -> str:
        """Three lines above a section for whoever has just met this: what to do first, how much, and why."""
        one = findings()[finding_id]
        if not (one.change or one.look):
            raise ContentError(f"{finding_id!r} names nothing to change and nothing to look at")
        return self._advice.first(one)

    def findings_by_text(self) -> str:
        """Every text that is known, in the order of the alphabet, with its finding, process and memory."""
        return by_text(findings().values(), self.finding_link)

    def findings_by_memory(self) -> str:
        """A line for each failure, by the memory that ran out; what is no cause comes last."""
        return by_memory(findings().values())

    def harmless_findings(self) -> str:
        """Every harmless line under a heading of its own."""
        return "\n\n".join(self._harmless(one) for one in findings().values() if one.kind == HARMLESS)

    def _harmless(self, one: Finding) -> str:
        said = "\n".join(f"- `{shown(text.text, 160)}`" for text in one.text)
        more = f"More: [{self._title(one.see)}]({self._to(one.see)})."
        return f"## {one.title} {{ #{one.id} }}\n\n{in_code(one.says)}\n\n{said}\n\n{more}"

    def finding(self, finding_id: str, caller: Callable[[], str] = str) -> str:
        """All of a finding's page below its title; what is written by hand is called for after what to do."""
        one = findings()[finding_id]
        parts = [
            self._advice.first(one), self._kind(one), finding_picture(one),
            "## The text, and who writes it { #text }", *self._who(one), *self._texts(one),
            "## What to do { #what-to-do }", *self._to_do(one), caller().strip(), *self._links.beside(one),
            f"The section that treats it is in [{self._title(one.see)}]({self._to(one.see)}).", self._postmortem(one),
        ]  # fmt: skip
        return "\n\n".join(part for part in parts if part)

    def _kind(self, one: Finding) -> str:
        process = _NO_PROCESS.get(one.process) or f"Process: {one.process.replace('python', 'Python')}"
        certain = " From the text alone it is possible, and no more." if one.certainty == "possible" else ""
        said = [f"**{KINDS[one.kind]}** {process}. {region_said(one)}.{certain}"]
        return "\n".join(said)

    def _who(self, one: Finding) -> list[str]:
        """Who writes it, and what else writes the same."""
        said = [f"It is written by {in_code(lowered(one.written_by))}"] if one.written_by else []
        if one.alike:
            said.append("These causes write it:\n\n" + "\n".join(f"- {in_code(words)}" for words in one.alike))
        return said

    def _texts(self, one: Finding) -> list[str]:
        if not one.text:
            named = [other for other in findings().values() if any(sharper.id == one.id for sharper in other.sharper)]
            if not named:
                said = "as a state in a list of pods, or the innermost exception of a chain"
                return [f"There is no one text: a kind of line tells it, {said}."]
            links = self._links.all(other.id for other in named)
            return [f"It has no text of its own: a number or another line tells it apart from {links}."]
        grouped = groupby(one.text, witnessed)
        return [part for words, texts in grouped for part in (words, *(quoted(text.example) for text in texts))]

    def _to_do(self, one: Finding) -> list[str]:
        parts = []
        if one.look or one.disproved_by:
            looks = [f"- {in_code(look.what)}" + (f": `{look.command}`" if look.command else "") for look in one.look]
            parts.append("**To confirm it,** look at:\n\n" + "\n".join(looks) if looks else "")
            against = in_code(lowered(one.disproved_by))
            parts.append(f"It was something else, where you see this: {against}" if against else "")
        if one.change:
            parts.append(f"**To change:**\n\n{self._advice.changes(one)}")
        if one.calculator:
            said = "The calculator, with the numbers of the example" if example_numbers(one) else "The calculator"
            parts.append(f"[{said}]({self._advice.calculator(one)}) works out the rest.")
        if one.not_to_do and not self._advice.says_not_to_do(one):
            parts.append(f"**What does not help:** {in_code(lowered(one.not_to_do))}")
        return parts

    def _postmortem(self, one: Finding) -> str:
        address = f"{self._env.conf['site_url']}{one.page}"
        words = {CAUSE: "First cause", "consequence": "What followed"}.get(one.kind, "Circumstance")
        return (
            "**In a postmortem,** it may stand so:\n\n```markdown\n"
            f"{words}: {lowered(one.title)} (application APPLICATION, HOST, TIME).\n{region_said(one)}.\n"
            f"Evidence: the line of the log, and what was looked at to confirm it.\n[{one.title}]({address})\n```"
        )
