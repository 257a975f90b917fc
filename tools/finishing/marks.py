"""Marks that writers leave for the tools are taken out of the pages: readers have no use for them."""

import re
from pathlib import Path

_MARK = re.compile(r"<!-- (?:seed|measured):.*?-->\n?", re.DOTALL)


def remove_marks(site: Path) -> None:
    """Take the marks out of every page."""
    for page in site.rglob("*.html"):
        text = page.read_text()
        if _MARK.search(text):
            page.write_text(_MARK.sub("", text))
