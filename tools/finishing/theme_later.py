"""The theme's script waits for the first answer: see theme_later.js, which is written in its place."""

import re
from collections.abc import Iterable
from functools import partial
from html import escape
from pathlib import Path

from tools.finishing.inline import shortened

_SCRIPT = Path(__file__).with_suffix(".js")
_THEME = re.compile(r'<script src="(?P<source>[^"]*/bundle\.[^"]*\.js)"></script>')


def load_theme_later(pages: Iterable[Path]) -> None:
    """The pages fetch the theme's script through ours."""
    script = shortened(_SCRIPT.read_text())
    for path in pages:
        page, replaced = _THEME.subn(partial(_later, script), path.read_text())
        if replaced != 1:
            raise ValueError(f"{path}: {replaced} scripts of the theme, expected one")
        path.write_text(page)


def _later(script: str, theme: re.Match[str]) -> str:
    """It comes as early as ever, and runs when our script says so."""
    source = escape(theme["source"])
    return f'<link rel="preload" as="script" href="{source}">\n      <script data-source="{source}">{script}</script>'
