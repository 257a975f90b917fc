"""Numbers about Spark and the JVM come from the model: none is typed into a page or into the texts of content/."""

import re
import tomllib
from pathlib import Path

from tests.rows import each

ROOT = Path(__file__).parents[2]

_TYPED = re.compile(r"(?<![\w.\-/])(\d[\d,.]*\s?(?:B|KiB|MiB|GiB|TiB|bytes?|KB|MB|GB|TB|%|percent)(?![\w/])|0\.\d+)")
_NOT_PROSE = [
    re.compile(r"\A---\n.*?\n---\n", re.DOTALL),  # front matter
    re.compile(r"^( *)(```+|~~~+).*?^\1\2 *$", re.DOTALL | re.MULTILINE),  # code, and quotations from logs
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"\{\{.*?\}\}", re.DOTALL),  # what a macro is asked for
    re.compile(r"`[^`\n]*`"),  # code and quotations in a line
    re.compile(r"\]\([^)]*\)"),  # addresses
    re.compile(r"\{[^{}\n]*#[^{}\n]*\}"),  # ids
]


_NOT_OURS = re.compile(
    r"\b(?:pass(?:ed|es) over|(?:enters?|bears?) (?:into it|on it)|lends?|(?:is|was) entered|one often reads|half right"
    r"|half of it is true|as is often said|people (?:think|believe)|nearly everybody|(?:Spark|the) UI|knobs?|bump\w*"
    r"|tune|in earnest|all but empty|(?:is|are) a matter of)\b",
    re.IGNORECASE,
)
"""Words that CONTRIBUTING.md has others for; what people ask and claim is quoted, and is not looked at."""


def prose(source: str) -> str:
    """A page's words, without code, quotations, macros and addresses; lines stay where they are."""
    for pattern in _NOT_PROSE:
        source = pattern.sub(lambda found: "\n" * found[0].count("\n"), source)
    return source


def typed(source: str) -> list[str]:
    """Sizes and shares that somebody typed, each with its line."""
    return [
        f"line {number}: {found[0]}"
        for number, line in enumerate(prose(source).splitlines(), 1)
        for found in _TYPED.finditer(line)
    ]


def questions_of(text: str) -> str:
    """A file of content/ as prose: its texts, which may hold macros, and nothing that is quoted from readers."""
    keys = ("answer", "text")
    found = tomllib.loads(text)
    entries = [entry for table in found.values() if isinstance(table, list) for entry in table]
    plain = [value for value in found.values() if isinstance(value, str)]
    return "\n\n".join([str(entry[key]) for entry in entries for key in keys if key in entry] + plain)


@each(sorted((ROOT / "docs").rglob("*.md")), lambda page: page.stem)
def test_no_page_types_a_size(page):
    assert typed(page.read_text()) == []


@each(sorted((ROOT / "content").rglob("*.toml")), lambda file: file.stem)
def test_no_text_types_a_size(file):
    assert typed(questions_of(file.read_text())) == []


def test_typed_sizes_are_found():
    assert typed("a 300 MiB b\nhalf, 0.6, of 4GB and 10 % of it") == [
        "line 1: 300 MiB", "line 2: 0.6", "line 2: 4GB", "line 2: 10 %",
    ]  # fmt: skip
    quoted = "```\n10 GB\n```\n`4 GB` {{ size('4 GB') }} [x](a%20b 4 GB) ## A { #a-4 }\nSpark 3.5, v4.0.5, 1.2.0"
    assert typed(quoted) == []


def test_pages_are_written_in_our_words():
    pages = {file: prose(file.read_text()) for file in (ROOT / "docs").rglob("*.md")}
    texts = {file: questions_of(file.read_text()) for file in (ROOT / "content").rglob("*.toml")}
    findings = {file: file.read_text() for file in (ROOT / "sparkmem" / "diagnosis" / "findings").glob("*.toml")}
    every = (pages | texts | findings).items()
    told = {f"{file.name}: {found[0]}" for file, said in every for found in _NOT_OURS.finditer(said)}
    assert told == set(), "CONTRIBUTING.md, Words, has what we write instead"


def test_a_heading_says_what_its_own_page_has_to_say():
    on = {}
    for page in (ROOT / "docs").rglob("*.md"):
        for heading in re.findall(r"^## (.+?)(?: \{ #.*)?$", prose(page.read_text()), re.MULTILINE):
            on.setdefault(heading.strip(), []).append(page.stem)
    everywhere = {heading for heading, pages in on.items() if len(pages) > 2}
    assert everywhere == {"Sources", "Questions answered here", "On the command line", "Often said, and checked"}


@each(sorted((ROOT / "docs").rglob("*.md")), lambda page: page.stem)
def test_no_page_is_left_unwritten(page):
    assert not re.search(r"\bSTUB\b|\bTODO\b|\bTBD\b", page.read_text())
