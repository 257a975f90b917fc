"""The bytecode of what dataclass and namedtuple write and compile, for sitecustomize.py to find in each archive."""

from __future__ import annotations

import base64
import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from tools.node import run_node
from tools.runtime import HERE, PYODIDE
from tools.runtime.archive import stored_zip

NAME = "generated"
GENERATED_BY = (HERE / "generated.mjs", HERE / "pyodide.mjs", HERE / "collecting.py")

Found = list[tuple[str, str, str]]
"""Module, text, and its bytecode in base64."""


def found_in(stdlib: Mapping[str, bytes], modules: Iterable[str], package: Mapping[str, bytes], kept: Path) -> Found:
    """What these modules compile when they are imported; kept in a folder until they change."""
    names = sorted(modules)
    zips = [stored_zip(stdlib), stored_zip(package)]
    made_from = [json.dumps(names).encode(), *zips, *(path.read_bytes() for path in GENERATED_BY)]
    key = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in made_from)).hexdigest()[:16]
    stem = f"generated-{'package' if package else 'stdlib'}"
    file = kept / f"{stem}-{key}.json"
    if not file.exists():
        for old in kept.glob(f"{stem}-*.json"):
            old.unlink()
        with tempfile.TemporaryDirectory() as scratch:
            paths = [Path(scratch) / name for name in ("stdlib.zip", "modules.json", "sparkmem.zip")]
            for path, data in zip(paths, (zips[0], json.dumps(names).encode(), zips[1]), strict=True):
                path.write_bytes(data)
            file.write_text(run_node(HERE / "generated.mjs", PYODIDE, *paths, capture=True))
    return [(module, text, code) for module, text, code in json.loads(file.read_text())]


def archived(found: Found, modules: Iterable[str]) -> bytes:
    """The file of an archive that holds these modules: each text and each bytecode behind its length in four bytes."""
    wanted = set(modules)
    pieces = [
        piece for module, text, code in found if module in wanted for piece in (text.encode(), base64.b64decode(code))
    ]
    return b"".join(len(piece).to_bytes(4, "little") + piece for piece in pieces)
