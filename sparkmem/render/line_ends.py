"""Where a line may end in what is rendered: not inside an option's hyphens, not before a unit, at the dots of a key."""

import re

from sparkmem.render.escaping import escape

_OPTION = re.compile(r"(?<![\w/;.-])--?[A-Za-z]")
_LONG_PART = re.compile(r"\w{18,}")  # a narrow phone has no line for one behind its mark
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNIT = re.compile(r" (?<=\d )(?=(?:bytes|[KMGTPE]iB|cores?)\b)")


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
    """A key as HTML that may break after its dots, and between the words of a long part.

    >>> breakable("spark.memory.offHeap.size"), breakable("a.memoryOverheadFactor")
    ('spark.<wbr>memory.<wbr>offHeap.<wbr>size', 'a.<wbr>memory<wbr>Overhead<wbr>Factor')
    """
    words = _LONG_PART.sub(lambda part: _HUMP.sub("<wbr>", part[0]), escape(name))
    return words.replace(".", ".<wbr>")
