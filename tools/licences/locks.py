"""What the lock files name: packages of PyPI and npm, each with the locks that hold it."""

import json
import re
from dataclasses import dataclass, field
from urllib.parse import quote

from tools.licences import ROOT

_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", re.MULTILINE)


@dataclass
class Locked:
    """One version of one package."""

    kind: str
    name: str
    version: str
    licence: str = ""
    integrity: str = ""
    locks: list[str] = field(default_factory=list)

    @property
    def purl(self) -> str:
        """Its package URL: no host in it.

        >>> Locked("npm", "@axe-core/x", "1.0").purl
        'pkg:npm/%40axe-core/x@1.0'
        """
        return f"pkg:{self.kind}/{quote(self.name, safe='/')}@{quote(self.version)}"


def locked() -> list[Locked]:
    """Everything that is locked, by package URL."""
    found: dict[str, Locked] = {}
    for package, lock in [*_python(), *_npm()]:
        kept = found.setdefault(package.purl, package)
        if lock not in kept.locks:
            kept.locks.append(lock)
    return [found[purl] for purl in sorted(found)]


def _python() -> list[tuple[Locked, str]]:
    found = []
    for path in sorted([*(ROOT / "requirements").glob("*.txt"), *(ROOT / "tools" / "oracle" / "locks").glob("*.txt")]):
        for name, version in _PINNED.findall(path.read_text()):
            normal = re.sub(r"[-_.]+", "-", name).lower()
            found.append((Locked("pypi", normal, version), path.relative_to(ROOT).as_posix()))
    return found


def _npm() -> list[tuple[Locked, str]]:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    found = []
    for path, package in packages.items():
        if path:
            name = path.rpartition("node_modules/")[2]
            one = Locked("npm", name, package["version"], package.get("license", ""), package.get("integrity", ""))
            found.append((one, "package-lock.json"))
    return found
