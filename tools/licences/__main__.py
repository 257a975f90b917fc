"""python -m tools.licences: write the licences, their list and the bill of materials into docs/assets.

python -m tools.licences SITE: stop where the built site holds a file that is nobody's.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from tools.licences import BILL, INDEX, PUBLISHED
from tools.licences.attributed import unattributed
from tools.licences.bill import bill_of_materials
from tools.licences.components import Component, components
from tools.licences.locks import locked

_TEXT = {True: "Text: as it comes with the package", False: "Text: the standard one of this licence, as SPDX lists it"}


def licence_file(component: Component) -> str:
    """A licence as it is published: whose, under which name, what was changed, and the text."""
    told = [f"{component.name} {component.version}".strip(), f"Licence: {component.licence}"]
    told += [f"Source: {component.source}"] if component.source else []
    told += [f"Changed here: {component.changed}"] if component.changed else []
    told += [] if component.licence.startswith("LicenseRef") else [_TEXT[component.from_package]]
    return "\n".join([*told, "", component.text, ""])


def published(listed: Sequence[Component]) -> Mapping[Path, str]:
    """Every file that this step writes, with its content."""
    texts = {PUBLISHED / f"{component.id}.txt": licence_file(component) for component in listed}
    index = [{name: value for name, value in asdict(one).items() if name != "text"} for one in listed]
    bill = bill_of_materials(listed, locked())
    return texts | {BILL: _json(bill), INDEX: _json(index)}


def _json(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def write() -> None:
    """Write them; what an earlier build wrote and this one does not is gone."""
    made = published(components())
    PUBLISHED.mkdir(exist_ok=True)
    for path in set(PUBLISHED.iterdir()) - made.keys():
        path.unlink()
    for path, text in made.items():
        path.write_text(text)


def check(site: Path) -> None:
    """Stop where a file of the site belongs to no component."""
    if nobodys := unattributed(site, components()):
        raise SystemExit(f"in the site, and of no component in content/components.toml: {', '.join(nobodys)}")


if __name__ == "__main__":
    check(Path(sys.argv[1])) if sys.argv[1:] else write()
