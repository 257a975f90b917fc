"""Which modules of the standard library the page needs: those that calculations were seen to import.

modules.txt is the list, one name a line.  `make modules` writes it again after a new Pyodide or an
import that is new in sparkmem; tests/site/test_runtime.py fails while it is short of one.
"""

import hashlib
import json
import tempfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from tools.node import run_node
from tools.runtime import HERE, MODULES, PYODIDE, SHIPPED
from tools.runtime.archive import gzipped, stored_zip
from tools.runtime.compiled import compiled_package, compiled_stdlib, toolbox_folder
from tools.runtime.generated import GENERATED_BY, NAME, archived, found_in


def path_in_zip(module: str, files: Mapping[str, bytes]) -> str:
    """Where a module is in the compiled standard library, or "" for one that is built in.

    >>> path_in_zip("json", {"json/__init__.pyc": b""})
    'json/__init__.pyc'
    >>> path_in_zip("sys", {"json/__init__.pyc": b""})
    ''
    """
    base = module.replace(".", "/")
    return next((path for path in (f"{base}/__init__.pyc", f"{base}.pyc") if path in files), "")


def needed_files(stdlib: Mapping[str, bytes]) -> dict[str, bytes]:
    """The part of the compiled standard library that modules.txt names."""
    paths = {name: path_in_zip(name, stdlib) for name in MODULES.read_text().split()}
    gone = [name for name, path in paths.items() if not path]
    if gone:
        raise LookupError(f"not in this Pyodide's standard library: {', '.join(gone)}; run make modules")
    return {path: stdlib[path] for path in paths.values()}


def shipped() -> dict[str, bytes]:
    """What of ours goes into the page's standard library, compiled, by its path there."""
    files = compiled_package(SHIPPED)
    return {path.removeprefix(f"{SHIPPED.name}/"): data for path, data in files.items()}


def with_ours(stdlib: Mapping[str, bytes], ours: Mapping[str, bytes]) -> dict[str, bytes]:
    """The standard library with our modules in the place of those of the same names, and of all that is in those.

    >>> with_ours({"a/__init__.pyc": b"1", "a/b.pyc": b"2", "ab.pyc": b"3"}, {"a.pyc": b"4"})
    {'ab.pyc': b'3', 'a.pyc': b'4'}
    """
    names = {path.removesuffix(".pyc") for path in ours}
    others = {path: data for path, data in stdlib.items() if not _is_within(path.removesuffix(".pyc"), names)}
    return others | dict(ours)


def _is_within(path: str, names: Collection[str]) -> bool:
    return path in names or any(path.startswith(f"{name}/") for name in names)


def library() -> dict[str, bytes]:
    """The modules of the page's standard library: those that modules.txt names, and ours."""
    return with_ours(needed_files(compiled_stdlib()), shipped())


def trimmed_stdlib() -> bytes:
    """stdlib.zip.gz for the page, kept until what it is made of changes."""
    made_from = (MODULES, *sorted(SHIPPED.rglob("*.py")), *GENERATED_BY)
    key = hashlib.sha256(b"".join(path.read_bytes() for path in made_from)).hexdigest()[:16]
    kept = toolbox_folder() / f"stdlib-{key}.zip.gz"
    if not kept.exists():
        modules = MODULES.read_text().split()
        generated = archived(found_in(library(), modules, {}, toolbox_folder()), modules)
        kept.write_bytes(gzipped(stored_zip({**library(), NAME: generated})))
    return kept.read_bytes()


def report(
    folder: Path, stdlib: Mapping[str, bytes], package: Mapping[str, bytes], part: str = "", without: Iterable[str] = ()
) -> dict[str, object]:
    """What exercise.mjs saw with these core files, this standard library and this package, or a page's part of it.

    Calculators of a whole package that are named in `without` were not asked.
    """
    with tempfile.TemporaryDirectory() as scratch:
        zips = [Path(scratch) / "stdlib.zip", Path(scratch) / "sparkmem.zip"]
        for path, files in zip(zips, (stdlib, package), strict=True):
            path.write_bytes(stored_zip(files))
        return dict(json.loads(run_node(HERE / "exercise.mjs", folder, *zips, part, " ".join(without), capture=True)))


def imported(seen: Mapping[str, object], stdlib: Mapping[str, bytes]) -> list[str]:
    """The modules of a report that come from the standard library's zip, and are not ours."""
    modules = seen["modules"]
    assert isinstance(modules, list)
    ours = shipped()
    return sorted(name for name in modules if path_in_zip(name, stdlib) and not path_in_zip(name, ours))


def write_modules(package: Mapping[str, bytes]) -> None:
    """Write modules.txt from a run of the whole package with the whole standard library."""
    stdlib = compiled_stdlib()
    seen = report(PYODIDE, with_ours(stdlib, shipped()), package)
    names = imported(seen, stdlib)
    MODULES.write_text("\n".join(names) + "\n")
    print(f"{len(names)} of {len(stdlib)} modules of the standard library are needed")
    print(f"seen in {seen['answered']} answers and {seen['refused']} refusals; raised: {seen['raised'] or 'none'}")
