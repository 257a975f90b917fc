"""The software bill of materials, in CycloneDX 1.6: the locks, and what is inside the packages that ship.

Nothing in it depends on the machine or the day: no serial number, no time, no address of a registry.
Written here and not by a library, because it is one page of JSON; a test holds it against CycloneDX's schema.
"""

import base64
import re
from collections.abc import Sequence
from typing import Any

from sparkmem import __version__
from tools.licences.components import Component
from tools.licences.installed import standard_ids
from tools.licences.locks import Locked


def bill_of_materials(components: Sequence[Component], packages: Sequence[Locked]) -> dict[str, Any]:
    """The bill: `required` is what a reader's browser gets, `excluded` what builds, tests or records it."""
    own, *others = components
    shipped = {component.purl: component for component in others if component.package}
    missing = shipped.keys() - {package.purl for package in packages}
    if missing:
        raise ValueError(f"in the site and in no lock file: {sorted(missing)}")
    listed = [_package(package, shipped.get(package.purl), others) for package in packages]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "sparkmem",
                "name": "sparkmem",
                "version": __version__,
                "licenses": licences(own.licence),
            }
        },
        "components": listed,
        "dependencies": [{"ref": "sparkmem", "dependsOn": sorted(shipped)}],
    }


def _package(package: Locked, ships: Component | None, components: Sequence[Component]) -> dict[str, Any]:
    entry = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "scope": "required" if ships else "excluded",
    }
    if licence := ships.licence if ships else package.licence:
        entry["licenses"] = licences(licence)
    if package.integrity.startswith("sha512-"):
        digest = base64.b64decode(package.integrity.removeprefix("sha512-")).hex()
        entry["hashes"] = [{"alg": "SHA-512", "content": digest}]
    entry["purl"] = package.purl
    if ships:
        entry["components"] = [_part(part) for part in components if part.inside == ships.id]
    entry["properties"] = [{"name": "sparkmem:lock", "value": lock} for lock in package.locks]
    return entry


def _part(part: Component) -> dict[str, Any]:
    entry = {"type": "library", "bom-ref": f"{part.inside}/{part.id}", "name": part.id, "licenses": licences(part.licence)}
    if part.version:
        entry |= {"version": part.version, "purl": f"pkg:generic/{part.id}@{part.version}"}
    return entry


def licences(expression: str) -> list[dict[str, Any]]:
    """A licence as CycloneDX writes it.

    >>> licences("MIT"), licences("MIT OR CC0-1.0"), licences("Beerware, perhaps")
    ([{'license': {'id': 'MIT'}}], [{'expression': 'MIT OR CC0-1.0'}], [{'license': {'name': 'Beerware, perhaps'}}])
    """
    if expression in standard_ids():
        return [{"license": {"id": expression}}]
    if re.search(r" (?:OR|AND|WITH) |^LicenseRef-", expression):
        return [{"expression": expression}]
    return [{"license": {"name": expression}}]
