"""content/components.toml, each part of it looked up in what is installed."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sparkmem import __version__
from tools.licences import COMPONENTS
from tools.licences.installed import content, files, said_of, standard_text

_PLACEHOLDER = re.compile(r"^Copyright .*(?:<year>|YEAR by AUTHOR).*\n+", re.MULTILINE)


@dataclass(frozen=True)
class Component:
    """One piece of somebody's work in the site; `text` is its licence, whole, and `files` what of it is there."""

    id: str
    name: str
    version: str
    licence: str
    text: str
    from_package: bool
    inside: str = ""
    package: str = ""
    files: tuple[str, ...] = ()
    source: str = ""
    changed: str = ""

    @property
    def purl(self) -> str:
        """Its package URL, where it is installed as a package."""
        kind, _, name = self.package.partition(":")
        return f"pkg:{'pypi' if kind == 'python' else kind}/{name}@{self.version}"


def components(data: Path = COMPONENTS) -> list[Component]:
    """All of them, in the order of the file; what cannot be found, or has no licence, raises ValueError."""
    entries = tomllib.loads(data.read_text())["component"]
    for entry in entries:
        if "maps" in entry:
            _check_bundle(entry, entries)
    return [_component(entry) for entry in entries]


def _component(entry: Mapping[str, Any]) -> Component:
    version, licence = said_of(entry["package"]) if "package" in entry else (_version(entry), entry["licence"])
    if licence != entry["licence"]:
        raise ValueError(f"{entry['id']}: its package says {licence!r}, content/components.toml {entry['licence']!r}")
    return Component(
        id=entry["id"],
        name=entry["name"],
        version=version,
        licence=licence,
        text=_text(entry),
        from_package=any(not text.startswith("spdx:") for text in entry["texts"]),
        source=entry.get("source", "").format(version=version),
        **{name: entry[name] for name in ("inside", "package", "changed") if name in entry},
        files=tuple(entry.get("files", ())),
    )


def _version(entry: Mapping[str, Any]) -> str:
    if entry["id"] == "sparkmem":
        return __version__
    if "found" not in entry:
        return ""
    name, pattern = entry["found"]
    matches = set(_matches(pattern, name))
    if len(matches) != 1:
        raise ValueError(f"{entry['id']}: {pattern!r} has to be in {name} once, and is {sorted(matches) or 'not'} there")
    return matches.pop().replace("_", ".") if re.compile(pattern).groups else ""


def _text(entry: Mapping[str, Any]) -> str:
    notices = _notices(entry)
    texts = [_licence_text(name) for name in entry["texts"]]
    if any(_PLACEHOLDER.search(text) for text in texts) and not notices:
        raise ValueError(f"{entry['id']}: the licence needs the authors' copyright line")
    whole = "\n\n".join(["\n".join(notices), *(_PLACEHOLDER.sub("", text) for text in texts)]).strip()
    if not whole:
        raise ValueError(f"{entry['id']}: it is in the site and has no licence")
    return whole


def _notices(entry: Mapping[str, Any]) -> list[str]:
    lines = entry.get("copyright", [])
    if not lines or ":" not in lines[0].split(" ")[0]:
        return list(lines)
    name, pattern = lines
    found = list(dict.fromkeys(match.rstrip(" .") for match in _matches(pattern, name)))
    if not found:
        raise ValueError(f"{entry['id']}: no copyright line is in {name}")
    return found


@cache
def _matches(pattern: str, name: str) -> list[str]:
    """What a pattern finds in a file, its group where it has one; kept, because the file may have 10 MB."""
    return re.findall(pattern, content(name))


def _licence_text(name: str) -> str:
    kind, _, rest = name.partition(":")
    text = standard_text(rest) if kind == "spdx" else content(name).strip()
    if not text:
        raise ValueError(f"{name}: the licence is empty")
    return text


def _check_bundle(around: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]) -> None:
    """What source maps say is bundled has to be what is listed."""
    sources = [source for path in files(around["maps"]) for source in json.loads(path.read_text())["sources"]]
    there = {found[1] for source in sources if (found := re.search(around["parts"], source))}
    listed = {entry["bundled-as"] for entry in entries if entry.get("inside") == around["id"] and "bundled-as" in entry}
    if there != listed:
        raise ValueError(
            f"{around['id']}: bundled and not in content/components.toml: {sorted(there - listed)};"
            f" listed and not bundled: {sorted(listed - there)}"
        )
