"""The container of an executor in outline, with the memory of a finding marked."""

from __future__ import annotations

from html import escape

from macros.boxes import WIDTH, Box
from sparkmem.diagnosis.finding import CONTEXT, Finding

_MARK = "◀\N{NO-BREAK SPACE}this\N{NO-BREAK SPACE}one"
_REGIONS = {
    "heap": ("Heap", "user"),
    "metaspace": ("Metaspace: classes", "overhead"),
    "direct": ("Direct buffers: NIO, Netty, Arrow", "overhead"),
    "overhead/native": ("Other native memory: threads, libraries, the JVM itself", "overhead"),
    "off-heap": ("Spark's off-heap memory", "offheap"),
    "python": ("Python or R, processes of their own", "pyspark"),
    "disk": ("Local disk: spill, shuffle files, cached blocks", "tinted"),
}
"""Of each region its words, and the colour that its box has where it is the one that is marked: no other has any."""
_IN_THE_JVM = ("heap", "metaspace", "direct", "overhead/native", "off-heap")
_WORDS = {
    "container": "the container as a whole", "heap": "the heap", "metaspace": "metaspace", "direct": "direct buffers",
    "overhead/native": "native memory of the process", "off-heap": "Spark's off-heap memory",
    "python": "the memory of a Python or R process", "disk": "local disk, which is no memory",
    "node": "the machine's, for all of its processes", "elsewhere": "none of Spark's: a device's, or another program's",
    "none": "none",
}  # fmt: skip
"""Each region of a finding in words."""


def region_words(region: str) -> str:
    """A region in words.

    >>> region_words("direct")
    'direct buffers'
    """
    return _WORDS[region]


def region_said(one: Finding) -> str:
    """Which memory ran out, or may have; of what fails nothing, which it is about; and of a limit, what it limits."""
    if one.about:
        return f"No memory ran out: it is a limit or a refusal, about {region_words(one.about)}"
    if one.region == "none":
        return "No memory ran out"
    return f"{_asked(one)}: {region_words(one.region)}"


def _asked(one: Finding) -> str:
    if one.kind == CONTEXT:
        return "What it is about"
    return "What may have run out" if one.certainty == "possible" else "What ran out"


def finding_picture(one: Finding) -> str:
    """The drawing with a finding's region marked; empty where no memory of a container ran out."""
    region = one.region
    if region in ("none", "node", "elsewhere"):
        return ""

    def box(name: str) -> Box:
        words, kind = _REGIONS[name]
        return Box(f"{words} {_MARK}", "", kind, marked=True) if name == region else Box(words)

    process = Box("JVM process", "", "paper", tuple(box(name) for name in _IN_THE_JVM))
    whole = region == "container"
    name, kind = (f"Container {_MARK}", "tinted") if whole else ("Container", "plain")
    container = Box(name, "", kind, (process, box("python")), marked=whole)
    disk, gap = box("disk"), 8
    height = container.height(WIDTH - 4)
    elements = [*container.drawn(2, 2, WIDTH - 4), *disk.drawn(2, height + 2 + gap, WIDTH - 4)]
    tall = height + gap + disk.height(WIDTH - 4) + 4
    said = escape(f"{_asked(one)}: {region_words(region)}")
    return (
        f'<figure class="sm-diagram"><svg viewBox="0 0 {WIDTH} {tall:g}" role="img" aria-label="{said}"'
        f' xmlns="http://www.w3.org/2000/svg">{"".join(elements)}</svg><figcaption>{said}</figcaption></figure>'
    )
