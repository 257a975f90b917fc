"""The search index waits for a reader who searches: see search_later.js, which is written into each page."""

from pathlib import Path

from tools.finishing.inline import with_script

_SCRIPT = Path(__file__).with_suffix(".js").read_text()


def with_search_later(html: str) -> str:
    """The page with the script, where it has the theme's search."""
    return with_script(html, _SCRIPT, {}) if 'data-md-component="search"' in html else html
