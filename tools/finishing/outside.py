"""Links that leave the site say so, so that paper shows the addresses of these alone.

The theme's script makes every link absolute, and then no style sheet tells one of ours from another's.
"""

import re

from tools.finishing.apart import LIVE, elements

_APART = ("head", "script", "template", *LIVE)
_OTHERS = re.compile(f"({elements(_APART)})", re.DOTALL)
_OUTSIDE = re.compile(r'<a (?![^>]*\brel=)(?=[^>]*\bhref="https?://)([^>]*)>')


def told(html: str) -> str:
    """The page with a word on each link that leaves it; what a calculator writes is its own.

    >>> told('<a href="https://e.org/">e</a> <a href="../b/">b</a>')
    '<a href="https://e.org/" rel="external">e</a> <a href="../b/">b</a>'
    """
    parts = _OTHERS.split(html)
    return "".join(part if number % 2 else _OUTSIDE.sub(r'<a \1 rel="external">', part) for number, part in enumerate(parts))
