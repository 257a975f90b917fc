"""Sources in brackets become small marks: a sentence reads on, and the mark opens the source or says its name."""

from __future__ import annotations

import re
from html import escape

_CODE = r'<a href="https://[^"]*" title="(?:Spark|OpenJDK|Hadoop) [^"]*">[^<]*(?:<wbr>[^<]*)*</a>'
_RUN = r'measured: <a href="[^"]*#experiment-[^"]*">(?:(?!</a>).)*</a>'
_TEST = r'<a href="[^"]*" title="tests/[^"]*">[^<]*</a>'
_PAGE = r'<a href="https://[^"]*">(?:(?!</a>).)*</a>'
_ONE = re.compile(f"{_CODE}|{_RUN}|{_TEST}|{_PAGE}", re.DOTALL)
_MANY = rf"(?:{_ONE.pattern})(?:(?:[,;]| and)\s(?:{_ONE.pattern}))*"
_BRACKET = re.compile(rf"\s\(({_MANY})\)", re.DOTALL)
_AT_ITS_END = re.compile(rf"(?<=[^\s(])[,;:]\s({_MANY})\)(?![^<]*</h[1-6]>)", re.DOTALL)
_LINK = re.compile(r'<a href="([^"]*)"(?: title="([^"]*)")?>(.*?)</a>', re.DOTALL)


def with_source_marks(html: str) -> str:
    """The page with a mark for each source that stood in brackets, alone or behind other words.

    >>> with_source_marks('it is 1 (<a href="https://e.org/A.java" title="Spark v4.3.0, A.java, b">A.<wbr>java</a>).')[:40]
    'it is 1<a class="sm-source" href="https:'
    >>> with_source_marks('seen (run twice; <a href="https://e.org/">E</a>)')[:29]
    'seen (run twice)<a class="sm-'
    >>> with_source_marks('it ends (<a href="../c/#d" title="tests/a.py::test_b">a test</a>)')[-18:]
    '::test_b">test</a>'

    Several stand apart by a space in which no line ends.

    >>> two = with_source_marks('seen (<a href="https://e.org/">E</a> and <a href="https://f.org/">F</a>)')
    >>> "source</a>\N{NARROW NO-BREAK SPACE}<a" in two
    True
    """
    html = _BRACKET.sub(lambda found: _marks(found[1]), html)
    return _AT_ITS_END.sub(lambda found: f"){_marks(found[1])}", html)


def _marks(sources: str) -> str:
    return "\N{NARROW NO-BREAK SPACE}".join(map(_mark, (found[0] for found in _ONE.finditer(sources))))


def _mark(source: str) -> str:
    link = _LINK.search(source)
    assert link, source
    href, title, text = link[1], link[2], re.sub(r"<[^>]*>", "", link[3])
    kind = "measured" if source.startswith("measured:") else "test" if (title or "").startswith("tests/") else "source"
    name = title or text.replace('"', "&quot;")
    return f'<a class="sm-source" href="{href}" title="{name}" aria-label="{escape(kind)}: {name}">{kind}</a>'
