"""The standard library and sparkmem as bytecode, kept in build/ until their sources change."""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tools.node import run_node
from tools.runtime import CACHE, HERE, PYODIDE, ROOT
from tools.runtime.archive import files_of_zip, stored_zip, unchecked

_LOCK = ROOT / "requirements" / "bytecode.txt"
_COMPILE = HERE / "compile.mjs"
_START = HERE / "pyodide.mjs"
_STDLIB = "python_stdlib.zip"


def package_sources(package: Path) -> dict[str, bytes]:
    """Content of every file of a package, by its path from the package's parent."""
    return {
        path.relative_to(package.parent).as_posix(): path.read_bytes()
        for path in sorted(package.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def compiled_stdlib() -> dict[str, bytes]:
    """Every module of the runtime's standard library as .pyc, by its path in python_stdlib.zip."""
    return _bytecode(files_of_zip((toolbox_folder() / _STDLIB).read_bytes()))


def compiled_package(package: Path) -> dict[str, bytes]:
    """Every file of a package, .py as .pyc, by its path from the package's parent."""
    toolbox = toolbox_folder()
    sources = stored_zip(package_sources(package))
    kept = toolbox / f"{package.name}-{hashlib.sha256(sources).hexdigest()[:16]}.zip"
    if not kept.exists():
        for old in toolbox.glob(f"{package.name}-*.zip"):
            old.unlink()
        staged = toolbox / f"{package.name}.zip"
        staged.write_bytes(sources)
        _compile(toolbox / _STDLIB, sorted(toolbox.glob("*.whl")), [(staged, kept)])
        staged.unlink()
    return _bytecode(files_of_zip(kept.read_bytes()))


def _bytecode(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: unchecked(data) if name.endswith(".pyc") else data for name, data in files.items()}


def toolbox_folder() -> Path:
    """The folder with the compiled standard library and the compiled compiler, made if it is not there.

    Its name is a hash over what it is made from, so a new Pyodide gets a new one.
    """
    made_from = (PYODIDE / "package.json", PYODIDE / _STDLIB, _LOCK, _COMPILE, _START)
    key = hashlib.sha256(b"".join(path.read_bytes() for path in made_from)).hexdigest()[:16]
    toolbox = CACHE / key
    if not toolbox.exists():
        print("compiling the standard library for the page (once, about 20 seconds)…", flush=True)
        shutil.rmtree(CACHE, ignore_errors=True)
        wheels = _download(CACHE / "wheels")
        unfinished = CACHE / "unfinished"
        unfinished.mkdir()
        archives = [PYODIDE / _STDLIB, *wheels]
        _compile(None, wheels, [(path, unfinished / path.name) for path in archives])
        unfinished.rename(toolbox)
    return toolbox


def _download(folder: Path) -> list[Path]:
    """The wheels of pyodide-build and what it needs, checked against their hashes.

    They are not installed: they run in the page's Python (3.14), whatever the machine's is.
    """
    pip = [sys.executable, "-m", "pip", "-qq", "--disable-pip-version-check", "download"]
    wanted = ["--no-deps", "--only-binary", ":all:", "--python-version", "3.14", "--require-hashes"]
    subprocess.run([*pip, *wanted, "--dest", str(folder), "--requirement", str(_LOCK)], check=True)
    return sorted(folder.glob("*.whl"))


def _compile(stdlib: Path | None, tools: Iterable[Path], archives: list[tuple[Path, Path]]) -> None:
    job = {
        "pyodide": str(PYODIDE),
        "stdlib": str(stdlib) if stdlib else None,
        "tools": [str(path) for path in tools],
        "archives": [[str(source), str(target)] for source, target in archives],
    }
    run_node(_COMPILE, json.dumps(job))
