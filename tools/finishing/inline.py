"""Scripts that are written into the head of pages, since what they do cannot wait for a file of its own."""

import re
from collections.abc import Mapping
from html import escape

_PLACE = '<meta charset="utf-8">'


def with_script(page: str, script: str, data: Mapping[str, str]) -> str:
    """The page with the script at the top of its head, and what it is told as `data-` attributes.

    The script's own text is the same on every page: the policy names it by its hash.
    """
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    return page.replace(_PLACE, f"{_PLACE}\n      <script{attributes}>{shortened(script)}</script>", 1)


def shortened(script: str) -> str:
    """The script without its comments and line ends: every statement of it ends with a mark.

    >>> shortened("// why\\na();\\n  b(/** @type {any} */ (c));  // d\\n")
    'a(); b((c));'
    """
    bare = re.sub(r"/\*.*?\*/ ?", "", re.sub(r"(?m)(^|\s)//.*$", "", script), flags=re.DOTALL)
    return " ".join(line.strip() for line in bare.splitlines() if line.strip())
