"""Where a line may end: a long name breaks between its words, and a range of releases does not break.

Left alone, a browser breaks a key one letter short of its end, and `2.4 to 4.3` after the `to`.
"""

import re

from tools.finishing.apart import elements

_LONG = {"table": 16, "text": 20}  # characters; a shorter name goes to the next line whole
_HUMPS = {"table": 0, "text": 29}  # a part of it that may have no line of its own breaks between its words too
_APART = ("head", "script", "style", "pre", "svg", "textarea", "spark-calc", "spark-watch", "spark-diagnose", "spark-run")
_OTHERS = re.compile(f"({elements(_APART)})", re.DOTALL)
_TABLE = re.compile(f"({elements(['table', 'nav'])})", re.DOTALL)  # a table of contents is as narrow as a column
_CODE = re.compile(r"(?<=<code>)[^<\n]+(?=</code>)")
_NAME = re.compile(r"[^\s<]+")
_PART_END = re.compile(r"((?<=[A-Za-z0-9])(?<!-XX)(?<!\bX)(?!(?<=\d)\.\d)[._=:,/](?=[A-Za-z0-9])|&amp;(?=\w))")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_TEXT = re.compile(r"(?<=>)[^<]*[^<\s]{20}[^<]*(?=<)")
_RELEASES = re.compile(r"(?<=<td>)(?:(?:up )?to |since )?\d\.\d(?: to \d\.\d)?(?=<)")


def placed(html: str) -> str:
    """The page with a place to break after each word of a long name, and ranges of releases on one line.

    What a calculator writes is its own.

    >>> placed("<code>spark.memory.offHeap.size</code> and <code>OutOfMemoryError</code>")
    '<code>spark.<wbr>memory.<wbr>offHeap.<wbr>size</code> and <code>OutOfMemoryError</code>'
    >>> placed("<table><code>spark.memory.offHeap.size</code></table>")
    '<table><code>spark.<wbr>memory.<wbr>off<wbr>Heap.<wbr>size</code></table>'
    >>> placed("<nav><span>spark.memory.offHeap.size</span></nav>")
    '<nav><span>spark.<wbr>memory.<wbr>off<wbr>Heap.<wbr>size</span></nav>'
    >>> placed("<code>spark.executor.memoryOverheadFactor</code>")
    '<code>spark.<wbr>executor.<wbr>memoryOverheadFactor</code>'
    >>> placed("<code>-XX:MaxDirectMemorySize=2g</code>")
    '<code>-XX:MaxDirectMemorySize=<wbr>2g</code>'
    >>> placed("<code>?release=3.5&amp;spark.executor.memory=8g</code>")
    '<code>?release=<wbr>3.5&amp;<wbr>spark.<wbr>executor.<wbr>memory=<wbr>8g</code>'
    >>> placed("<p><span>-X</span>X:OnOutOfMemoryError='kill %p'</p>")
    "<p><span>-X</span>X:OnOutOfMemoryError='kill %p'</p>"
    >>> placed("<h3>53: DISK_STORE_FAILED_TO_CREATE_DIR</h3>")
    '<h3>53: DISK_<wbr>STORE_<wbr>FAILED_<wbr>TO_<wbr>CREATE_<wbr>DIR</h3>'
    >>> placed("<td>2.4 to 4.3</td><td>3.0</td>")
    '<td>2.4&nbsp;to&nbsp;4.3</td><td>3.0</td>'
    """
    parts = _OTHERS.split(html)
    return "".join(part if number % 2 else _placed(part) for number, part in enumerate(parts))


def _placed(html: str) -> str:
    parts = _TABLE.split(html)
    return "".join(_names_placed(part, "table" if number % 2 else "text") for number, part in enumerate(parts))


def _names_placed(html: str, where: str) -> str:
    def named(name: re.Match[str]) -> str:
        return _broken(name[0], where)

    html = _CODE.sub(lambda code: _NAME.sub(named, code[0]), html)
    html = _TEXT.sub(lambda text: _NAME.sub(named, text[0]), html)
    return _RELEASES.sub(lambda span: span[0].replace(" ", "&nbsp;"), html)


def _broken(name: str, where: str) -> str:
    if len(name) < _LONG[where]:
        return name
    parts = _PART_END.split(name)  # every other one is what ends a part
    for place, part in enumerate(parts):
        if place % 2:
            parts[place] += "<wbr>"
        elif len(part) >= _HUMPS[where]:
            parts[place] = _HUMP.sub("<wbr>", part)
    return "".join(parts)
