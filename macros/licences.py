"""The page that lists whose work the site carries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sparkmem.render.markdown import table

_INDEX = Path(__file__).resolve().parent.parent / "docs" / "assets" / "licences" / "index.json"


def licences(within: str = "") -> str:
    """A table of what stands by itself in the site, or of what is inside one of these, each with its licence."""
    components: list[dict[str, Any]] = json.loads(_INDEX.read_text())
    found = [component for component in components if component["inside"] == within]
    if not found:
        raise ValueError(f"licences: nothing is inside {within!r}")
    columns = ["What", "Version", "Licence"]
    if within:
        return table(columns, [_row(component) for component in found])
    return table([*columns, "Where it lies"], [[*_row(component), _places(component)] for component in found])


def _row(component: dict[str, Any]) -> list[str]:
    name = f"[{component['name']}]({component['source']})" if component["source"] else component["name"]
    licence = "public domain" if component["licence"].startswith("LicenseRef") else component["licence"]
    return [name, component["version"] or "not told", f"[{licence}](../assets/licences/{component['id']}.txt)"]


def _places(component: dict[str, Any]) -> str:
    if not component["package"]:
        return "everything else"
    return ", ".join(f"`{place}`" for place in component["files"])
