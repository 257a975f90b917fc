"""The theme's script waits for the first answer, or at least for the page: see theme_later.js, written in its place."""

import re
from html import escape
from pathlib import Path

from tools.finishing.inline import shortened

_SCRIPT = shortened(Path(__file__).with_suffix(".js").read_text())
_THEME = re.compile(r'<script src="(?P<source>[^"]*/bundle\.[^"]*\.js)"></script>')


def with_theme_later(html: str, path: str) -> str:
    """The page with the theme's script fetched through ours; ValueError, with the path, where it has none."""
    page, replaced = _THEME.subn(_later, html)
    if replaced != 1:
        raise ValueError(f"{path}: {replaced} scripts of the theme, expected one")
    return page


def with_theme_deferred(html: str) -> str:
    """The page with the theme's script run once it is parsed, which no paint waits for; as it was where it has none.

    >>> with_theme_deferred('<script src="../bundle.1.min.js"></script>')
    '<script defer src="../bundle.1.min.js"></script>'
    """
    return _THEME.sub(lambda theme: theme[0].replace("<script ", "<script defer "), html)


def _later(theme: re.Match[str]) -> str:
    """It comes as early as ever, and runs when our script says so."""
    source = escape(theme["source"])
    return f'<link rel="preload" as="script" href="{source}">\n      <script data-source="{source}">{_SCRIPT}</script>'
