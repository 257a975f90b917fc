"""python -m tools.same_pages OLD NEW: whether two builds of the site are the same to the reader, byte for byte.

Only names that follow from content may differ: those of our own assets and of the runtime's folder, wherever they
stand, and in the pages' policy the hash of an inline script whose text is the same but for such names.  The day of
the build in the sitemap is no difference either.
"""

import argparse
import base64
import gzip
import hashlib
import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from tools.finishing.hashed_names import ASSETS
from tools.finishing.policy import inline_scripts

_RUNTIMES = "assets/py"
_HASH = r"\.[0-9a-f]{8}"
_POLICY = re.compile(rb"(?<=script-src )[^;]*")
_BUILT_ON = re.compile(rb"(?<=<lastmod>)[^<]*(?=</lastmod>)")
_AROUND = 60  # bytes shown on each side of a difference


def differences(old: Path, new: Path, left_out: list[str]) -> list[str]:
    """What is not the same, one line each, by the name of the file; none where all is."""
    before, after = files(old), files(new)
    names = [name for name in sorted({*before, *after}) if not any(fnmatch(name, pattern) for pattern in left_out)]
    hashed = [*hashed_names(old)], [*hashed_names(new)]
    policies = policy_hashes(old, hashed[0]), policy_hashes(new, hashed[1])
    found = []
    for name in names:
        if name not in before or name not in after:
            found.append(f"{name}: only in {old if name in before else new}")
        elif difference := _first_difference(
            _normal(before[name], hashed[0], policies[0]), _normal(after[name], hashed[1], policies[1])
        ):
            found.append(f"{name}: {difference}")
    return found


def files(site: Path) -> dict[str, Path]:
    """Every file of the site by its path, without the hashes in it."""
    names = [*hashed_names(site)]
    paths = [path for path in site.rglob("*") if path.is_file()]
    return {_unhashed(path.relative_to(site).as_posix().encode(), names).decode(): path for path in paths}


def hashed_names(site: Path) -> Iterator[tuple[bytes, bytes]]:
    """Each name on this site that has a hash of content in it, and the name without."""
    for asset in map(Path, ASSETS):
        pattern = re.compile(rf"{re.escape(asset.stem)}{_HASH}{re.escape(asset.suffix)}")
        for path in (site / asset.parent).iterdir():
            if pattern.fullmatch(path.name):
                yield path.name.encode(), f"{asset.stem}.HASH{asset.suffix}".encode()
    for folder in sorted((site / _RUNTIMES).glob("*/")):
        yield folder.name.encode(), b"RUNTIME"


def policy_hashes(site: Path, names: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """The hash by which the policy knows each inline script, and that of its text without the hashes in names."""
    scripts = {script.encode() for page in site.rglob("*.html") for script in inline_scripts(page.read_text())}
    return {_digest(script): _digest(_unhashed(script, names)) for script in scripts}


def _digest(script: bytes) -> bytes:
    return b"'sha256-" + base64.b64encode(hashlib.sha256(script).digest()) + b"'"


def _unhashed(data: bytes, names: list[tuple[bytes, bytes]]) -> bytes:
    for name, without in names:
        data = data.replace(name, without)
    return data


def _normal(file: Path, names: list[tuple[bytes, bytes]], policy: dict[bytes, bytes]) -> bytes:
    """What has to be the same of a file."""
    data = file.read_bytes()
    if file.name == "sitemap.xml.gz":
        data = gzip.decompress(data)
    if file.name.startswith("sitemap.xml"):
        data = _BUILT_ON.sub(b"DAY", data)
    if file.suffix == ".html":  # the policy lists its hashes in their order
        data = _POLICY.sub(lambda found: b" ".join(sorted(policy.get(w, w) for w in found[0].split())), data, count=1)
    return _unhashed(data, names)


def _first_difference(old: bytes, new: bytes) -> str:
    """Where two files part, with what stands there in each; empty for equal ones.

    >>> _first_difference(b"a\\nbcd", b"a\\nbxd")
    "line 2: b'bcd' became b'bxd'"
    """
    if old == new:
        return ""
    shorter = min(len(old), len(new))
    at = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    line = old.rfind(b"\n", 0, at) + 1
    shown = slice(max(line, at - _AROUND), at + _AROUND)
    was, now = (text[shown].splitlines()[:1] or [b""] for text in (old, new))
    return f"line {old[:at].count(10) + 1}: {was[0]!r} became {now[0]!r}"


def main() -> int:
    """1 where something differs, and says what; 0 where nothing does."""
    parser = argparse.ArgumentParser(prog="python -m tools.same_pages", description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--without", metavar="PATTERN", action="append", default=[], help="leave out, such as assets/py/*")
    given = parser.parse_args()
    found = differences(given.old, given.new, given.without)
    print("\n".join(found) or f"{len(files(given.new))} files, the same" + "".join(f", without {p}" for p in given.without))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
