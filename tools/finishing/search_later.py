"""The search index waits for a reader who searches: see search_later.js, which is written into each page."""

from pathlib import Path

from tools.finishing.inline import with_script

_SCRIPT = Path(__file__).with_suffix(".js")


def search_later(site: Path) -> None:
    """Every page that has the theme's search."""
    script = _SCRIPT.read_text()
    for path in sorted(site.rglob("*.html")):
        page = path.read_text()
        if 'data-md-component="search"' in page:
            path.write_text(with_script(page, script, {}))
