"""What the theme does as it starts, without styling the page anew: see theme_start.js, which is written into the head."""

from pathlib import Path

from tools.finishing.inline import with_script

_SCRIPT = Path(__file__).with_suffix(".js").read_text()
_THEME = "/bundle."


def with_theme_started(page: str) -> str:
    """The page with the script; as it was where it has no theme."""
    return with_script(page, _SCRIPT, {}) if _THEME in page else page
