"""Files of installed packages, named as content/components.toml names them, and what the packages say of themselves."""

import json
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from tools.licences import ROOT

_STANDARD = ROOT / "node_modules" / "spdx-license-list"


def files(name: str) -> list[Path]:
    """The files behind `npm:PACKAGE/PATH`, `python:PACKAGE/PATH` or `repository:PATH`; a path may hold stars.

    >>> [path.name for path in files("repository:LICENSE")]
    ['LICENSE']
    """
    kind, _, rest = name.partition(":")
    if kind == "npm":
        found = sorted((ROOT / "node_modules").glob(rest))
    elif kind == "python":
        package, _, path = rest.partition("/")
        found = sorted(Path(str(distribution(package).locate_file(""))).glob(path))
    elif kind == "repository":
        found = sorted(ROOT.glob(rest))
    else:
        raise ValueError(f"{name}: npm:, python: or repository: is needed")
    if not found:
        raise FileNotFoundError(f"{name}: no installed package has such a file")
    return found


@cache
def content(name: str) -> str:
    """The content of the one file of this name; of a binary, each byte as a character."""
    found = files(name)
    if len(found) != 1:
        raise ValueError(f"{name}: one file is meant, and there are {len(found)}")
    data = found[0].read_bytes()
    return data.decode("latin-1" if found[0].suffix == ".wasm" else "utf-8")


def said_of(package: str) -> tuple[str, str]:
    """Version and licence of `npm:PACKAGE` or `python:PACKAGE`, by its own metadata."""
    kind, _, name = package.partition(":")
    if kind == "npm":
        said = json.loads(content(f"npm:{name}/package.json"))
        return said["version"], said["license"]
    metadata = distribution(name).metadata
    return metadata["Version"], metadata["License-Expression"]


@cache
def standard_text(spdx_id: str) -> str:
    """The text of a licence as SPDX lists it."""
    file = _STANDARD / "licenses" / f"{spdx_id}.json"
    if not file.is_file():
        raise FileNotFoundError(f"spdx:{spdx_id}: SPDX lists no licence of this name")
    return str(json.loads(file.read_text())["licenseText"]).strip()


@cache
def standard_ids() -> frozenset[str]:
    """The identifiers that SPDX has given."""
    return frozenset(json.loads((_STANDARD / "spdx-simple.json").read_text()))
