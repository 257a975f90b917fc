"""A fault as the list has it, and where its text stands in a tree."""

from __future__ import annotations

import hashlib
import subprocess
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.faults import FAMILIES

NOTHING, ASSETS, RUNTIME, SITE = "nothing", "assets", "runtime", "site"
MAKES = (NOTHING, ASSETS, RUNTIME, SITE)


class ListError(Exception):
    """The list is wrong, not the project: a text that is not there, or there twice, or tests that are not there."""


@dataclass(frozen=True)
class Change:
    """A text that stands exactly once in the files of a fault, and what is put there."""

    find: str
    replace: str


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: what a reader loses, the change, what is made again, and where it should be noticed.

    ``changes`` are the same fault in several wordings, of which a tree has one: a line may be rewritten.
    ``noticed`` names test files, the narrowest first; ``word`` chooses among their tests.
    """

    id: str
    family: str
    loss: str
    changes: tuple[Change, ...]
    within: tuple[str, ...]
    makes: str
    noticed: tuple[str, ...]
    word: str = ""

    @property
    def digest(self) -> str:
        """Changes when the fault does, so that a result is not kept for another one."""
        return hashlib.sha256(repr((self.changes, self.within, self.makes)).encode()).hexdigest()[:12]

    @property
    def needs_a_browser(self) -> bool:
        """Whether only a browser can notice it, as far as the list says."""
        return all(path.startswith("tests/browser") for path in self.noticed)


def faults(folder: Path = FAMILIES) -> list[Fault]:
    """All faults, family by family."""
    return [fault for path in sorted(folder.glob("*.toml")) for fault in _family(path)]


def _family(path: Path) -> Iterator[Fault]:
    data = tomllib.loads(path.read_text())
    family = data["family"]
    for entry in data["fault"]:
        unknown = set(entry) - {"id", "loss", "find", "replace", "or", "within", "makes", "noticed", "word"}
        if unknown:
            raise ListError(f"{path.name}: {entry.get('id')}: unknown {', '.join(sorted(unknown))}")
        makes = entry.get("makes", family["makes"])
        if makes not in MAKES:
            raise ListError(f"{path.name}: {entry['id']}: makes is one of {', '.join(MAKES)}")
        yield Fault(
            entry["id"],
            path.stem,
            entry["loss"],
            tuple(Change(one["find"], one["replace"]) for one in (entry, *entry.get("or", ()))),
            tuple(entry.get("within", family["within"])),
            makes,
            tuple(entry["noticed"]),
            entry.get("word", ""),
        )


def place(fault: Fault, tree: Path) -> tuple[Path, Change]:
    """The file in which the fault's text stands, and the wording that this tree has; ``ListError`` unless there is one."""
    found = [(path, change) for path, text in _texts(tree, fault.within) for change in fault.changes if change.find in text]
    if len(found) != 1:
        where = ", ".join(str(path.relative_to(tree)) for path, _ in found) or "no file"
        raise ListError(f"{fault.id}: its text stands in {where} of {' '.join(fault.within)}")
    path, change = found[0]
    times = path.read_text().count(change.find)
    if times != 1:
        raise ListError(f"{fault.id}: its text stands {times} times in {path.relative_to(tree)}")
    return path, change


@cache
def _texts(tree: Path, patterns: Sequence[str]) -> tuple[tuple[Path, str], ...]:
    """The sources of a tree as they were when first asked for: what the build has made is left out, and the list itself."""
    paths = sorted({path for pattern in patterns for path in tree.glob(pattern) if path.is_file()})
    made, own = _made(tree), tree / "tools" / "faults"
    return tuple((path, path.read_text()) for path in paths if path not in made and not path.is_relative_to(own))


@cache
def _made(tree: Path) -> frozenset[Path]:
    """What git ignores in a tree: files that stand in `.gitignore` since a build makes them."""
    command = ["git", "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--"]
    said = subprocess.run([*command, "docs", "sparkmem", "tests", "tools"], cwd=tree, capture_output=True, text=True)
    return frozenset(tree / name for name in said.stdout.split("\0") if name)
