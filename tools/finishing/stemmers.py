"""The theme brings stemmers of thirty languages for its search; a site in English loads none of them."""

import json
import shutil
from pathlib import Path

_FOLDER = Path("assets") / "javascripts" / "lunr"


def remove_stemmers(site: Path) -> None:
    """The folder that the search worker would load them from, gone: 1 MB, and the licences of a dozen authors."""
    languages = json.loads((site / "search" / "search_index.json").read_text())["config"]["lang"]
    if languages != ["en"]:
        raise ValueError(f"a search in {languages} needs the theme's stemmers, and content/components.toml their authors")
    shutil.rmtree(site / _FOLDER)
