"""The page that lists whose work the site carries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sparkmem.render.markdown import table

_INDEX = Path(__file__).resolve().parent.parent / "docs" / "assets" / "licences" / "index.json"
_COLUMNS = ["What", "Version", "Licence", "Its text", "Where it lies"]


def licences(within: str = "") -> str:
    """A table of what stands by itself in the site, or of what is inside one of these, each with its licence."""
    components: list[dict[str, Any]] = json.loads(_INDEX.read_text())
    rows = [_row(component) for component in components if component["inside"] == within]
    if not rows:
        raise ValueError(f"licences: nothing is inside {within!r}")
    return table(_COLUMNS[:-1] if within else _COLUMNS, [row[:-1] if within else row for row in rows])


def _row(component: dict[str, Any]) -> list[str]:
    name = f"[{component['name']}]({component['source']})" if component["source"] else component["name"]
    text = "its own" if component["from_package"] else "SPDX's"
    if component["licence"].startswith("LicenseRef"):
        licence, text = "public domain", "none needed"
    else:
        licence = component["licence"]
    places = ", ".join(f"`{place}`" for place in component["files"])
    return [name, component["version"] or "not told", licence, f"[{text}](../assets/licences/{component['id']}.txt)", places]
