"""Each block of code has a button that copies it.

The theme has such buttons, made by its script, in a landmark without a name for each block: a page with two blocks would
have two landmarks that nothing tells apart.  The theme's script copies for any element that names what is to be copied.
"""

import re
from itertools import count

_BLOCK = re.compile(r"<pre><span></span><code>")


def with_copying(html: str) -> str:
    """The page with a button in each block of code; the text has the id, since the theme renames the block.

    >>> with_copying("<pre><span></span><code>a</code></pre>")[:65]
    '<pre><button type="button" class="md-code__button" title="Copy" a'
    """
    blocks = count()

    def replace(_: re.Match[str]) -> str:
        id = f"__text_{next(blocks)}"
        return (
            '<pre><button type="button" class="md-code__button" title="Copy" aria-label="Copy this text"'
            f' data-md-type="copy" data-clipboard-target="#{id}"></button><span></span><code id="{id}">'
        )

    return _BLOCK.sub(replace, html)
