"""The published folder docs/assets/py/<hash>/ and manifest.json beside it."""

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from tools.runtime import PYODIDE, WORKER, WORKER_PARTS
from tools.runtime.archive import gzipped

_HASHES = "const HASHES = {};"
_IMPORT = re.compile(r'^import [^;"]*"\./[^"]*";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(async )?function|const|class)", re.MULTILINE)

CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")


def core_files() -> dict[str, bytes]:
    """Pyodide's own files that a browser needs; the rest of the npm package stays out.

    The comment that names a source map is taken off: the map is not published, and a browser
    with its tools open would ask for it.
    """
    files = {name: (PYODIDE / name).read_bytes() for name in CORE}
    for name in CORE[:2]:
        lines = files[name].splitlines(keepends=True)
        files[name] = b"".join(line for line in lines if not line.startswith(b"//# sourceMappingURL="))
    return files


def worker_file(loaded: Mapping[str, bytes]) -> dict[str, bytes]:
    """The worker, one script of its parts, beside what it loads and with the hash of each of these files."""
    parts = [_joined(path.read_text()) for path in (*WORKER_PARTS, WORKER)]
    script = "\n".join(parts)
    if script.count(_HASHES) != 1:
        raise ValueError(f"the worker should say once {_HASHES!r}")
    hashes = {name: sha256(data) for name, data in sorted(loaded.items())}
    return {WORKER.name: script.replace(_HASHES, f"const HASHES = {json.dumps(hashes)};").encode()}


def _joined(script: str) -> str:
    """A module as a part of one script: it needs no imports there, and exports nothing.

    >>> _joined('import { a } from "./a.mjs";\\nexport const b = a;\\nexport function c() {}\\n')
    'const b = a;\\nfunction c() {}\\n'
    """
    return _EXPORT.sub("", _IMPORT.sub("", script))


def sha256(data: bytes) -> str:
    """The hash of a file, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def content_hash(files: Mapping[str, bytes]) -> str:
    """Twelve hexadecimal digits over names and contents.

    >>> content_hash({"a": b"1"}) == content_hash({"a": b"2"})
    False
    """
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name} {len(files[name])}\n".encode())
        digest.update(files[name])
    return digest.hexdigest()[:12]


def manifest(files: Mapping[str, bytes], core_wire_bytes: Mapping[str, int]) -> dict[str, object]:
    """What the pages and the benchmarks need to know: hash, versions, and the bytes of each file.

    `gzip` is what goes over the wire from a host that compresses at level 6, as GitHub Pages does; a file
    that is not what `sha256` says is used by no page.
    """
    version = json.loads((PYODIDE / "package.json").read_text())["version"]
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text())["info"]
    sizes: dict[str, dict[str, int | str]] = {}
    for name, data in sorted(files.items()):
        wire_bytes = len(data) if name.endswith(".gz") else core_wire_bytes.get(name) or len(gzipped(data, 6))
        sizes[name] = {"bytes": len(data), "gzip": wire_bytes, "sha256": sha256(data)}
    return {
        "hash": content_hash(files),
        "pyodide": version,
        "python": lock["python"],
        "lock": {"info": lock, "packages": {}},
        "files": sizes,
    }


def core_wire_bytes(kept: Path) -> dict[str, int]:
    """Compressed bytes of Pyodide's own files, kept in a file: they take most of a second to count."""
    if not kept.exists():
        kept.write_text(json.dumps({name: len(gzipped(data, 6)) for name, data in core_files().items()}))
    return dict(json.loads(kept.read_text()))


def publish(files: Mapping[str, bytes], made: Mapping[str, object], published: Path) -> Path:
    """The folder, in place, with the manifest beside it; folders of earlier builds are removed."""
    folder = published / str(made["hash"])
    if not folder.exists():
        unfinished = published / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        for name, data in files.items():
            (unfinished / name).write_bytes(data)
        unfinished.rename(folder)
    (published / "manifest.json").write_text(json.dumps(made, indent=2) + "\n")
    for old in published.iterdir():
        if old.is_dir() and old != folder:
            shutil.rmtree(old)
    return folder
