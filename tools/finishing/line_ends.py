"""Where a line may end: a long name breaks between its words, and a range of releases does not break.

Left alone, a browser breaks a key one letter short of its end, and `2.4 to 4.3` after the `to`.
"""

import re
from pathlib import Path

_LONG = 16  # characters; a shorter name goes to the next line whole
_APART = ("head", "script", "style", "pre", "svg", "textarea", "spark-calc", "spark-watch")
_OTHERS = re.compile("(" + "|".join(rf"<{name}\b.*?</{name}>" for name in _APART) + ")", re.DOTALL)
_CODE = re.compile(rf"(?<=<code>)[^<\n]*[^<\s]{{{_LONG}}}[^<\n]*(?=</code>)")
_WORD_END = re.compile(r"(?<=[A-Za-z0-9])[._=:,/](?=[A-Za-z0-9])|(?<=[a-z])(?=[A-Z][a-z])")
_TEXT = re.compile(r"(?<=>)[^<]*[^<\s]{20}[^<]*(?=<)")
_PART_END = re.compile(r"(?<=[A-Za-z0-9])[_/](?=[A-Za-z0-9])")
_RELEASES = re.compile(r"(?<=<td>)(?:(?:up )?to |since )?\d\.\d(?: to \d\.\d)?(?=<)")


def place_line_ends(site: Path) -> None:
    """Say in every page where a line may end; what a calculator writes is its own."""
    for page in site.rglob("*.html"):
        page.write_text(placed(page.read_text()))


def placed(html: str) -> str:
    """The page with a place to break after each word of a long name, and ranges of releases on one line.

    >>> placed("<code>spark.memory.offHeap.size</code> and <code>-Xmx</code>")
    '<code>spark.<wbr>memory.<wbr>off<wbr>Heap.<wbr>size</code> and <code>-Xmx</code>'
    >>> placed("<h3>53: DISK_STORE_FAILED_TO_CREATE_DIR</h3>")
    '<h3>53: DISK_<wbr>STORE_<wbr>FAILED_<wbr>TO_<wbr>CREATE_<wbr>DIR</h3>'
    >>> placed("<td>2.4 to 4.3</td><td>3.0</td>")
    '<td>2.4&nbsp;to&nbsp;4.3</td><td>3.0</td>'
    """
    parts = _OTHERS.split(html)
    return "".join(part if number % 2 else _placed(part) for number, part in enumerate(parts))


def _placed(html: str) -> str:
    html = _CODE.sub(lambda code: _WORD_END.sub(lambda end: f"{end[0]}<wbr>", code[0]), html)
    html = _TEXT.sub(lambda text: _PART_END.sub(lambda end: f"{end[0]}<wbr>", text[0]), html)
    return _RELEASES.sub(lambda span: span[0].replace(" ", "&nbsp;"), html)
