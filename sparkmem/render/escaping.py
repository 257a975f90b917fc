"""Texts made safe for HTML; most of an answer's texts were in the answer before, and are remembered.

The standard library's `html.escape` does the same, but its module brings a table of all named characters along,
which every page would fetch and load.
"""

import re
from functools import lru_cache

_OPTION = re.compile(r"(?<![\w/;.-])--?[A-Za-z]")
_UNIT = re.compile(r"(?<=\d) (?=(?:bytes|[KMGTPE]iB|cores?)\b)")
_WRITTEN = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


@lru_cache(maxsize=2048)
def escape(text: str) -> str:
    """The text with &, <, > and both quotes written as HTML.

    >>> escape("a < 'b'")
    'a &lt; &#x27;b&#x27;'
    """
    return text.translate(_WRITTEN)


def options_whole(html: str) -> str:
    """Text in which no line ends after the hyphens of an option.

    >>> options_whole("sparkmem explain --java 17 a-b")
    'sparkmem explain <span class="sm-whole">--j</span>ava 17 a-b'
    """
    return _OPTION.sub(r'<span class="sm-whole">\g<0></span>', html)


def with_units(text: str) -> str:
    """Text in which no line ends between a number and its unit.

    >>> with_units("1,024 MiB and 2 cores")
    '1,024\\xa0MiB and 2\\xa0cores'
    """
    return _UNIT.sub("\u00a0", text)


def breakable(name: str) -> str:
    """A key as HTML that may break after its dots.

    >>> breakable("spark.memory.offHeap.size")
    'spark.<wbr>memory.<wbr>offHeap.<wbr>size'
    """
    return escape(name).replace(".", ".<wbr>")
