"""What the mark beside each heading copies: a citation in Markdown, for Jira, and as rich text for Confluence.

The texts are made here and lie in the page; the script only fills in the day on which the reader copies them.
"""

import json
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from sparkmem import __version__
from sparkmem.release import RELEASES
from tools.finishing.citable import Citable
from tools.finishing.go import FOLDER
from tools.server import built_for

DATE = "{date}"


def add_citations(site: Path, items: Iterable[Citable]) -> None:
    """Put the citations of each page into it, before the end of its content."""
    base = built_for(site)
    by_page: dict[str, dict[str, dict[str, str]]] = {}
    for item in items:
        by_page.setdefault(item.path, {})[item.id] = citations(item, base)
    for path, texts in by_page.items():
        page = site / path / "index.html"
        # A template, for the theme makes every script of the content anew, and would run this one.
        data = escape(json.dumps(texts, ensure_ascii=False))
        head, end, tail = page.read_text().rpartition("</article>")
        page.write_text(f"{head}<template data-citations>{data}</template>{end}{tail}")


def citations(item: Citable, base: str) -> dict[str, str]:
    """The citation by format; the day is still to be filled in.

    >>> item = Citable("memory/a/", "b", "a.b", "B [x]", "A", "")
    >>> citations(item, "https://example.org/")["markdown"].partition(",")[0]
    '[B \\\\[x\\\\] · A](https://example.org/go/a.b/)'
    """
    url, names = f"{base}{FOLDER}/{item.go}/", list(RELEASES)
    about = f", sparkmem {__version__}, Spark {names[0]} to {names[-1]}, read {DATE}"
    markdown = re.sub(r"([\\`*_\[\]<>|])", r"\\\1", item.full_title)
    jira = re.sub(r"([\[\]|{}])", r"\\\1", item.full_title)
    return {
        "markdown": f"[{markdown}]({url}){about}",
        "confluence": f'<a href="{escape(url)}">{escape(item.full_title)}</a>{escape(about)}',
        "jira": f"[{jira}|{url}]{about}",
        "address": url,
    }
