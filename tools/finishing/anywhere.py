"""The theme goes from page to page without a new document wherever the site lies.

The sitemap names the address that the site was built for.  The theme puts the reader's protocol and host in its
place, and neither the port nor the folder: on any other one each link is a new document, Python starts anew, and
what a reader has pasted is gone.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

_BUNDLE = "assets/javascripts/bundle.*.min.js"
_PLACED = re.compile(
    r"(?P<page>\w+)\.protocol=(?P<site>\w+)\.protocol,(?P=page)\.hostname=(?P=site)\.hostname(?=,(?P=page)\})"
)


def go_anywhere(site: Path, base: str) -> None:
    """Have the theme of ``site``, built for ``base``, find its pages below whatever address the reader has."""
    for bundle in site.glob(_BUNDLE):
        bundle.write_text(with_any_address(bundle.read_text(), urlsplit(base).path))


def with_any_address(script: str, folder: str) -> str:
    """The theme's script; ValueError where it does not do this in one place.

    >>> with_any_address("function f(e,t){return e.protocol=t.protocol,e.hostname=t.hostname,e}", "/docs/")
    'function f(e,t){return e.protocol=t.protocol,e.host=t.host,e.pathname=t.pathname+e.pathname.slice(6),e}'
    """
    place = r"\g<page>.protocol=\g<site>.protocol,\g<page>.host=\g<site>.host,"
    place += rf"\g<page>.pathname=\g<site>.pathname+\g<page>.pathname.slice({len(folder)})"
    script, replaced = _PLACED.subn(place, script)
    if replaced != 1:
        raise ValueError(f"the theme's script has {replaced} places for the reader's host, expected one")
    return script
