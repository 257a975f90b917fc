"""Our own styles and scripts get names that change with their content.

A host without headers of one's own keeps files for some minutes.  With a hash in its name a file
is never an old one under a new page.  The scripts import each other by relative names, so their
whole folder is renamed, and nothing inside it needs to change.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

ASSETS = ("assets/site.css", "assets/calc", "assets/cite", "assets/palette", "assets/search")


def rename_assets(site: Path) -> dict[str, str]:
    """Old and new path of each asset, which now lies at the new one."""
    renamed = {}
    for old in ASSETS:
        path = site / old
        renamed[old] = hashed(old, _content(path))
        path.rename(site / renamed[old])
    return renamed


def with_new_names(html: str, renamed: Mapping[str, str]) -> str:
    """The page with the new name of each asset.

    >>> with_new_names('<link href="../assets/site.css"><script src="../assets/calc/a.mjs">',
    ...                {"assets/site.css": "assets/site.1.css", "assets/calc": "assets/calc.2"})
    '<link href="../assets/site.1.css"><script src="../assets/calc.2/a.mjs">'
    """
    for old, new in renamed.items():
        html = html.replace(f'{old}"', f'{new}"').replace(f"{old}/", f"{new}/")
    return html


def hashed(path: str, content: bytes) -> str:
    """The path with eight digits of a hash before its suffix.

    >>> hashed("assets/site.css", b"a"), hashed("assets/calc", b"a")
    ('assets/site.ca978112.css', 'assets/calc.ca978112')
    """
    name = Path(path)
    return f"{name.with_suffix('')}.{hashlib.sha256(content).hexdigest()[:8]}{name.suffix}"


def _content(path: Path) -> bytes:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return b"".join(file.read_bytes() for file in files if file.is_file())
