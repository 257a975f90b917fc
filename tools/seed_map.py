"""python -m tools.seed_map: write tests/golden/seed-map.md: where each line of the seed notes is treated.

In the section of a page that treats a line stands a mark, `<!-- seed: 3-5 right -->`; the notes are in
tests/cases/seed-notes.txt.  tests/site/test_seed_map.py watches that no line is missing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOTES = ROOT / "tests" / "cases" / "seed-notes.txt"
MAP = ROOT / "tests" / "golden" / "seed-map.md"

_MARK = re.compile(r"<!-- seed: (?P<lines>[\d,\- ]+?) (?P<verdict>[a-z][\w.-]*) -->")
_HEADING = re.compile(r"^#{1,3}\s.*\{[^{}]*#(?P<id>[\w.-]+)[^{}]*\}\s*$")
VERDICTS = ("right", "half-right", "wrong", "not-verified", "heading", "question", "source")
_UNTIL = re.compile(r"right-until-\d+\.\d+")


@dataclass(frozen=True, order=True)
class Treated:
    """One line of the notes, the section that treats it, and the verdict."""

    line: int
    section: str
    verdict: str


def treated(docs: Path = ROOT / "docs") -> list[Treated]:
    """Every mark of every page, a line of the notes at a time."""
    sources = {page.relative_to(docs).as_posix(): page.read_text() for page in docs.rglob("*.md")}
    return sorted({mark for page, source in sources.items() for mark in marks(page, source)})


def marks(page: str, source: str) -> Iterator[Treated]:
    """The marks of one page, each under the heading that it stands under.

    >>> list(marks("a.md", "## A { #a }\\n<!-- seed: 2-3, 7 right -->"))[1:]
    [Treated(line=3, section='a.md#a', verdict='right'), Treated(line=7, section='a.md#a', verdict='right')]
    """
    section = page
    for text in source.splitlines():
        if heading := _HEADING.match(text):
            section = f"{page}#{heading['id']}"
        for mark in _MARK.finditer(text):
            if mark["verdict"] not in VERDICTS and not _UNTIL.fullmatch(mark["verdict"]):
                raise ValueError(f"{section}: {mark['verdict']!r} is not one of {', '.join(VERDICTS)}, right-until-RELEASE")
            for part in mark["lines"].split(","):
                first, _, last = part.strip().partition("-")
                for line in range(int(first), int(last or first) + 1):
                    yield Treated(line, section, mark["verdict"])


def noted() -> dict[int, str]:
    """The lines of the notes that say something."""
    lines = enumerate(NOTES.read_text().splitlines(), 1)
    return {number: text.strip() for number, text in lines if text.strip(" \t-*#")}


def references() -> Iterator[tuple[int, str]]:
    """Each address that the notes give, with its line, without the part after `#`.

    >>> list(_addresses("[a](https://example.org/b#:~:text=c) and https://example.org/d"))
    ['https://example.org/b', 'https://example.org/d']
    """
    for line, text in noted().items():
        yield from ((line, address) for address in _addresses(text))


def _addresses(text: str) -> Iterator[str]:
    yield from (found.partition("#")[0] for found in re.findall(r"https?://[^\s)\]|]+", text))


def seed_map() -> str:
    """The table: a row for each line and section."""
    notes = noted()
    rows = [f"| {t.line} | {_cell(notes[t.line])} | {t.section} | {t.verdict} |" for t in treated() if t.line in notes]
    head = "# Where each line of the seed notes is treated\n\nMade by `make seed-map` from the marks in the pages.\n\n"
    return head + "\n".join(["| Line | Note | Section | Verdict |", "| ---: | --- | --- | --- |", *rows]) + "\n"


def _cell(text: str) -> str:
    short = text if len(text) <= 80 else text[:79] + "…"
    return short.replace("|", "\\|")


def main() -> None:
    """Write the table, and say what is missing."""
    MAP.write_text(seed_map())
    missing = sorted(set(noted()) - {t.line for t in treated()})
    print(f"{len(noted()) - len(missing)} of {len(noted())} lines are treated; missing: {missing or 'none'}")


if __name__ == "__main__":
    main()
