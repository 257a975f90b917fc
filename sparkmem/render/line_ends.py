"""Where a line may end in what is rendered: at the dots of a key; not in an option's hyphens, a value, or before a unit."""

import re

from sparkmem.render.escaping import escape

_OPTION = re.compile(r"(?<![\w/;.-])--?[A-Za-z]")
_LONG_PART = re.compile(r"\w{18,}")  # a narrow phone has no line for one behind its mark
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PAIR = re.compile(r"(?<![\w.-])([\w.-]*\w)(=\w[\w.,-]{0,14}\b)")
_UNIT = re.compile(r" (?<=\d )(?=(?:bytes|[KMGTPE]iB|cores?)\b)")


def options_whole(html: str) -> str:
    """Text in which no line ends after the hyphens of an option.

    >>> options_whole("sparkmem explain --java 17 a-b")
    'sparkmem explain <span class="sm-whole">--j</span>ava 17 a-b'
    """
    return _OPTION.sub(r'<span class="sm-whole">\g<0></span>', html)


def with_code(text: str) -> str:
    """A text with what stands in backticks marked up.

    >>> with_code("a `b <c>` d `-Xmx`")
    'a <code>b &lt;c&gt;</code> d <code><span class="sm-whole">-X</span>mx</code>'
    """
    pieces = [escape(piece) for piece in text.split("`")]
    return "".join(f"<code>{options_whole(piece)}</code>" if n % 2 else piece for n, piece in enumerate(pieces))


def with_units(text: str) -> str:
    """Text in which no line ends between a number and its unit.

    >>> with_units("1,024 MiB and 2 cores")
    '1,024\\xa0MiB and 2\\xa0cores'
    """
    return _UNIT.sub("\u00a0", text)


def values_whole(html: str) -> str:
    """Text in which a key and its value go to the next line together; where one line is too short for both, it ends
    between them, but not within the value: half of it is another one.

    >>> values_whole("Set spark.executor.memory=10g.")
    'Set <span class="sm-pair">spark.executor.memory<wbr><span class="sm-whole">=10g</span></span>.'
    """
    return _PAIR.sub(r'<span class="sm-pair">\1<wbr><span class="sm-whole">\2</span></span>', html)


def breakable(name: str) -> str:
    """A key as HTML that may break after its dots, and between the words of a long part.

    >>> breakable("spark.memory.offHeap.size"), breakable("a.memoryOverheadFactor")
    ('spark.<wbr>memory.<wbr>offHeap.<wbr>size', 'a.<wbr>memory<wbr>Overhead<wbr>Factor')
    """
    words = _LONG_PART.sub(lambda part: _HUMP.sub("<wbr>", part[0]), escape(name))
    return words.replace(".", ".<wbr>")
