"""What the mark beside each heading copies: a citation in Markdown, for Jira, and as rich text for Confluence.

The texts are made here and lie in the page; the script only fills in the day on which the reader copies them.
"""

import json
import re
from collections.abc import Iterable
from html import escape

from sparkmem import __version__
from sparkmem.release import RELEASES
from tools.finishing.citable import Citable
from tools.finishing.go import FOLDER

DATE = "{date}"


def with_citations(html: str, items: Iterable[Citable], base: str) -> str:
    """The page with the citations of what is on it, before the end of its content."""
    texts = {item.id: citations(item, base) for item in items}
    if not texts:
        return html
    # A template, for the theme makes every script of the content anew, and would run this one.
    data = escape(json.dumps(texts, ensure_ascii=False))
    head, end, tail = html.rpartition("</article>")
    return f"{head}<template data-citations>{data}</template>{end}{tail}"


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
