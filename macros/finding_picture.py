"""The container of an executor in outline, with the memory of a finding marked."""

from __future__ import annotations

from html import escape

from macros.boxes import WIDTH, Box
from sparkmem.diagnosis.finding import CAUSE, CONTEXT, SERVICE, Finding

_THIS, _OR_THIS = "◀\N{NO-BREAK SPACE}this\N{NO-BREAK SPACE}one", "◀\N{NO-BREAK SPACE}or\N{NO-BREAK SPACE}this"
_REGIONS = {
    "heap": ("Heap", "user"),
    "metaspace": ("Metaspace: classes", "overhead"),
    "direct": ("Direct buffers: NIO, Netty, Arrow", "overhead"),
    "overhead/native": ("Other native memory: threads, libraries, the JVM itself", "overhead"),
    "off-heap": ("Spark's off-heap memory", "offheap"),
    "python": ("Python or R, processes of their own", "pyspark"),
    "disk": ("Local disk: spill, shuffle files, cached blocks", "tinted"),
    SERVICE: ("Heap", "user"),
}
"""Of each region its words, and the colour that its box has where it is marked: no other has any."""
_IN_THE_JVM = ("heap", "metaspace", "direct", "overhead/native", "off-heap")
_WORDS = {
    "container": "the container as a whole", "heap": "the heap", "metaspace": "metaspace", "direct": "direct buffers",
    "overhead/native": "native memory of the process", "off-heap": "Spark's off-heap memory",
    "python": "the memory of a Python or R process", "disk": "local disk, which is no memory",
    "node": "the machine's, for all of its processes", "elsewhere": "none of Spark's: a device's, or another program's",
    "none": "none", SERVICE: "the heap of a JVM that serves shuffle files: a NodeManager's, or a worker's",
}  # fmt: skip
"""Each region of a finding in words."""
_WHOSE = {"driver": "JVM process of the driver", "executor": "JVM process of an executor"}


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
        return "No memory ran out" if one.kind == CAUSE else "Which memory ran out, if any, it does not tell"
    return f"{_asked(one)}: {_memory_words(one)}"


def memory_of(one: Finding) -> str:
    """The region under which a finding is listed: what its picture marks first."""
    return next((name for name in one.drawn if name != SERVICE), one.region)


def _marked(one: Finding) -> tuple[str, ...]:
    return one.drawn or (one.region,)


def _memory_words(one: Finding) -> str:
    *others, last = map(region_words, _marked(one))
    return f"{', '.join(others)} or {last}" if others else last


def _asked(one: Finding) -> str:
    if one.kind == CONTEXT:
        return "What it is about"
    return "What may have run out" if one.certainty == "possible" else "What ran out"


def finding_picture(one: Finding) -> str:
    """The drawing with a finding's region marked; empty where no memory of a container ran out."""
    marked = _marked(one)
    if marked[0] in ("none", "node", "elsewhere"):
        return ""

    def box(name: str) -> Box:
        words, kind = _REGIONS[name]
        if name not in marked:
            return Box(words)
        return Box(f"{words} {_OR_THIS if marked.index(name) else _THIS}", "", kind, marked=True)

    process = Box(_WHOSE.get(one.process, "JVM process"), "", "paper", tuple(box(name) for name in _IN_THE_JVM))
    whole = "container" in marked
    around = "Container; in client mode the driver has none" if one.process == "driver" and not whole else "Container"
    name, kind = (f"{around} {_THIS}", "tinted") if whole else (around, "plain")
    container = Box(name, "", kind, (process, box("python")), marked=whole)
    service = Box("NodeManager or worker: a JVM of its own", "", "paper", (box(SERVICE),))
    drawn = [*((service,) if SERVICE in marked else ()), container, box("disk")]
    elements, below, gap = list[str](), 2.0, 8
    for one_box in drawn:
        elements += one_box.drawn(2, below, WIDTH - 4)
        below += one_box.height(WIDTH - 4) + gap
    tall = below - gap + 2
    said = escape(f"{_asked(one)}: {_memory_words(one)}")
    return (
        f'<figure class="sm-diagram"><svg viewBox="0 0 {WIDTH} {tall:g}" role="img" aria-label="{said}"'
        f' xmlns="http://www.w3.org/2000/svg">{"".join(elements)}</svg><figcaption>{said}</figcaption></figure>'
    )
