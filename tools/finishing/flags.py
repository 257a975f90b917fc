"""Flags stay on one line: a browser would break them after the hyphen that they begin with."""

import re
from pathlib import Path

_LONGEST = 32  # characters, which a phone has room for
_FLAG = re.compile(rf"<code>(?=-[^<]{{1,{_LONGEST - 1}}}</code>)")


def keep_flags_whole(site: Path) -> None:
    """Mark the short flags of every page for the style sheet."""
    for page in site.rglob("*.html"):
        text = page.read_text()
        if _FLAG.search(text):
            page.write_text(marked(text))


def marked(html: str) -> str:
    """The page with a class on each piece of code that is a short flag.

    >>> marked("<code>-Xmx</code> and <code>spark-submit</code>")
    '<code class="sm-flag">-Xmx</code> and <code>spark-submit</code>'
    """
    return _FLAG.sub('<code class="sm-flag">', html)
