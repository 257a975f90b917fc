"""What the theme's templates leave around the article: lines of spaces, a fifth of an ordinary page."""

import re

from tools.finishing.apart import elements

_WHOLE = re.compile(f"({elements(['article', 'script', 'style', 'noscript', 'textarea', 'pre'])})", re.DOTALL)
_BLANK = re.compile(r"\s*\n\s*")


def without_blank_lines(html: str) -> str:
    r"""The page with the end of a line for all white space that has one in it, but for its article and its scripts.

    >>> without_blank_lines("<ul>\n  \n  <li>a b</li>\n</ul><article>c\n\n d</article>\n\n")
    '<ul>\n<li>a b</li>\n</ul><article>c\n\n d</article>\n'
    """
    parts = _WHOLE.split(html)
    return "".join(part if number % 2 else _BLANK.sub("\n", part) for number, part in enumerate(parts))
