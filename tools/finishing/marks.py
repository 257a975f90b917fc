"""Marks that writers leave for the tools are taken out of the pages: readers have no use for them."""

import re

_MARK = re.compile(r"<!-- (?:seed|measured):.*?-->\n?", re.DOTALL)


def without_marks(html: str) -> str:
    """The page as readers get it.

    >>> without_marks("<p>a</p>\\n<!-- seed: 3-5 right -->\\n<p>b</p>")
    '<p>a</p>\\n<p>b</p>'
    """
    return _MARK.sub("", html)
