"""Terms, claims, questions and links of the pages, as Markdown."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from macros.containers import exit_code_title
from macros.content import VERDICTS, WHOSE, Claim, ContentError, Term, claims, outside, questions, terms
from macros.lab import Lab
from macros.prose import hadoop_source, jdk_source, spark_source
from sparkmem.release import NEWEST
from sparkmem.render.markdown import table

_DOCS = Path(__file__).resolve().parent.parent / "docs"
_HEADING = re.compile(r"^#+ (.+?) \{ #([\w-]+)", re.MULTILINE)
_AREA = re.compile(r'claims_of\("([\w-]+)"\)')
_SUMMED = ("wrong", "half-right", "right-until", "right", "not-verified")  # a phone shows the first two or three
_LONG_VERDICT = 24  # characters; one that is longer takes more than two lines beside its claim

GLOSSARY, CLAIMS = "reference/glossary.md", "reference/claims.md"
KEYS, EXPERIMENTS = "reference/configuration-keys.md", "reference/experiments.md"


class Knowledge:
    """The macros that need to know the page they stand on, or that fill in the texts of `content/`."""

    def __init__(self, env: Any, lab: Lab) -> None:
        self._env = env
        self._lab = lab

    def macros(self) -> list[Callable[..., str]]:
        """All of them, to be registered."""
        return [
            self.term, self.glossary, self.key, self.to, self.questions, self.link, self.experiment,
            self.claim, self.claims_summary, self.claims_of,
        ]  # fmt: skip

    # -- links ---------------------------------------------------------------

    def to(self, target: str) -> str:
        """A page (its path below docs/, with or without an id) as a relative address from this one."""
        here = posixpath.dirname(self._env.page.file.src_uri)
        path, _, fragment = target.partition("#")
        return posixpath.relpath(path, here or ".") + (f"#{fragment}" if fragment else "")

    def key(self, name: str) -> str:
        """A configuration key, linked to its row in the reference."""
        return f"[`{name}`]({self.to(f'{KEYS}#{name}')})"

    def link(self, link_id: str, words: str = "") -> str:
        """A page of somebody else, listed with the day on which its content was confirmed."""
        if link_id not in outside():
            raise ContentError(f"{link_id!r} is not a link of content/outside.toml")
        found = outside()[link_id]
        return f"[{words or found['title']}]({found['url']})"

    def experiment(self, experiment_id: str) -> str:
        """A recorded experiment, linked by its question."""
        asked = self._lab.run(experiment_id)
        target = self.to(f"{EXPERIMENTS}#experiment-{asked['id']}")
        return f"measured: [{asked['question']}]({target})"

    # -- glossary --------------------------------------------------------------

    def term(self, term_id: str, words: str = "") -> str:
        """A word of the glossary, linked to its entry, with its meaning as a tooltip."""
        if term_id not in terms():
            raise ContentError(f"{term_id!r} is not a term of the glossary (content/glossary)")
        found = terms()[term_id]
        meaning = plain(self._filled(found.text))
        return f'[{words or found.inline}]({self.to(f"{GLOSSARY}#term-{term_id}")} "{meaning}"){{ .sm-term }}'

    def glossary(self) -> str:
        """Every term under a heading of its own."""
        return "\n\n".join(self._entry(term) for term in terms().values())

    def _entry(self, term: Term) -> str:
        whose = WHOSE.get(term.of, f"A word of {term.of}.")
        also = f" Also called {term.also}." if term.also else ""
        see = f"\n{self._more(term.see)}" if term.see else ""
        return f"## {term.term} {{ #term-{term.id} }}\n\n{self._filled(term.text)}\n{whose}{also}{see}"

    # -- questions ---------------------------------------------------------------

    def questions(self) -> str:
        """The questions of readers that this page answers, each leading to its section."""
        here = self._env.page.file.src_uri
        asked = [q for q in questions() if q.page.partition("#")[0] == here]
        if not asked:
            raise ContentError(f"no question of content/questions.toml leads to {here}")
        return "\n".join(f"- [{q.question}](#{q.page.partition('#')[2]})" for q in asked)

    # -- claims --------------------------------------------------------------------

    def claim(self, claim_id: str, words: str = "", *, aside: bool = False) -> str:
        """A checked claim, linked, with its verdict; in brackets already where it is said ``aside``."""
        found = _claims().get(claim_id)
        if not found:
            raise ContentError(f"{claim_id!r} is not a claim of content/claims")
        link, said = f"[{words or found.claim}]({self.to(f'{CLAIMS}#claim-{claim_id}')})", verdict(found, aside=True)
        return f"{link}: {said}" if aside else f"{link} ({said})"

    def claims_summary(self) -> str:
        """How many claims of each area came out how, in the order of the page."""
        shown = _AREA.findall((_DOCS / CLAIMS).read_text())
        rows = []
        for title, found in sorted(claims().items(), key=lambda area: shown.index(area[1][0].area)):
            counts = Counter(c.verdict for c in found)
            rows.append([f"[{title}](#{found[0].area})", *(str(counts[v] or "") for v in _SUMMED), str(len(found))])
        counts = Counter(c.verdict for found in claims().values() for c in found)
        rows.append(["All", *(str(counts[v]) for v in _SUMMED), str(counts.total())])
        head = ["Area { .sm-name }", *(VERDICTS[v] for v in _SUMMED), "Claims"]
        return table(head, rows, right=range(1, len(head)))

    def claims_of(self, area: str) -> str:
        """The claims of one area: each with its verdict, what is true, and the evidence."""
        for found in claims().values():
            if found[0].area == area:
                return "\n\n".join(self._claim(c) for c in found)
        raise ContentError(f"there is no content/claims/{area}.toml")

    def _claim(self, claim: Claim) -> str:
        evidence = "\n".join(f"- {self.evidence(item)}" for item in claim.evidence)
        long = " sm-verdict-long" if len(verdict(claim)) > _LONG_VERDICT else ""
        return (
            '<div class="sm-claim" markdown="1">\n\n'
            f"### {claim.claim} {{ #claim-{claim.id} }}\n\n"
            '<details markdown="1">\n'
            f'<summary><span class="sm-verdict sm-verdict-{claim.verdict}{long}">{verdict(claim)}</span></summary>\n\n'
            f"{self._filled(claim.answer)}\n\n"
            f"Said by: {claim.said_by.rstrip('.')}.\n{self._more(claim.see)}\n\n"
            f"Evidence:\n\n{evidence}\n\n"
            "</details>\n\n</div>"
        )

    def evidence(self, item: Mapping[str, str]) -> str:
        """What proves a statement, as a link or in words."""
        for kind, source in (("spark", spark_source), ("jdk", jdk_source), ("hadoop", hadoop_source)):
            if kind in item:
                more = {"release": item.get("release", NEWEST)} if kind == "spark" else {}
                return source(item[kind], item["symbol"], **more)
        if "test" in item:
            file, _, name = item["test"].partition("::")
            return f"shown by a test of this project: `{file}`, `{name}`"
        if "lab" in item:
            return self.experiment(item["lab"])
        if "outside" in item:
            return self.link(item["outside"])
        return item["none"]

    def _more(self, target: str) -> str:
        """Where more is said; a title that asks ends the sentence by itself."""
        title = self._title(target)
        return f"More: [{title}]({self.to(target)}){'' if title.endswith('?') else '.'}"

    def _title(self, target: str) -> str:
        """Words for a link to a page: its title, and that of the section."""
        path, _, fragment = target.partition("#")
        if fragment.startswith("exit-"):
            return f"Exit code {exit_code_title(fragment)}"
        titles = _headings(path)
        page = next(iter(titles.values()))
        section = titles.get(fragment) if fragment else page
        if section is None:
            raise ContentError(f"no heading of docs/{path} has the id {fragment!r}")
        return self._filled(page if section == page else f"{page}: {section}")

    def _filled(self, text: str) -> str:
        """A text of `content/` with its macros filled in."""
        return str(self._env.env.from_string(text).render(**self._env.variables)).strip()


def verdict(claim: Claim, *, aside: bool = False) -> str:
    """The verdict in words, in small letters where it is said ``aside``."""
    said = f"Right until {claim.until}" if claim.until else VERDICTS[claim.verdict]
    return said[0].lower() + said[1:] if aside else said


def plain(markdown: str) -> str:
    """A text without its links and marks, as a tooltip shows it.

    >>> plain('[384 MiB](https://example.org "x") of `heap`.')
    '384 MiB of heap.'
    """
    without_links = re.sub(r"\[([^\]]*)\]\([^)]*\)(\{[^}]*\})?", r"\1", markdown)
    return re.sub(r"[`*]", "", without_links).replace('"', "'").replace("\n", " ")


def _claims() -> dict[str, Claim]:
    return {c.id: c for found in claims().values() for c in found}


@cache
def _headings(path: str) -> Mapping[str, str]:
    """The headings of a page by id, as they are written; its title is the first.

    >>> _headings("memory/memory-overhead.md")["interned-strings"][:16]
    'Interned strings'
    """
    return {id: text for text, id in _HEADING.findall((_DOCS / path).read_text())}
