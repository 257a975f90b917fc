"""The pages with a calculator, and those of them on which one stands in a way of its own."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path

import parts
from parts import standing
from reader import ROOT
from walks import PAGES as BUILT

from tools.kept import keep, kept

REMEMBERED = ROOT / "build" / "calculator-pages.json"
"""What was found in the pages that are built: every worker wants to know, and to read them takes half a second."""

_ELEMENT = re.compile(r'<spark-calc[^>]* calculator="([a-z-]+)"')


@cache
def html(page: str) -> str:
    """A page as it is built."""
    return BUILT[page].read_text()


def _found() -> dict[str, str | list[str] | dict[str, str]]:
    built = [[path, (stat := page.stat()).st_mtime_ns, stat.st_size] for path, page in BUILT.items()]
    code = [Path(file).read_text() for file in (parts.__file__, __file__)]
    of = hashlib.sha256(json.dumps([built, code]).encode()).hexdigest()
    found = kept(REMEMBERED)
    if not found or found["of"] != of:
        pages = {page: element[1] for page in BUILT if (element := _ELEMENT.search(html(page)))}
        different = list({standing(html(page), "spark-calc"): page for page in reversed(pages)}.values())
        found = {"of": of, "pages": pages, "different": different}
        keep(found, REMEMBERED)
    return found


_FOUND = _found()

PAGES: dict[str, str] = dict(_FOUND["pages"])
"""The calculator of each."""

DIFFERENT: list[str] = list(_FOUND["different"])
"""Of pages on which the same calculator stands in the same way, the first: any other is to look and act as it does."""
