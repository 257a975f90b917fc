"""python -m tools.mutants [GLOB…]: change the arithmetic in small ways, one at a time, and name what no fast test notices.

mutmut makes the changes and runs the tests that come to each; `[tool.mutmut]` in pyproject.toml says which modules are
arithmetic and which tests are fast.  It works in a copy, build/mutants, and goes on where it was stopped.  A glob is of
mutants as they are named in the list of survivors: 'sparkmem.size.*'.

mutmut leaves functions with a decorator alone, properties too.
"""

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPY = ROOT / "build" / "mutants"
COPIED = ("sparkmem", "tests", "tools", "macros", "content", "pyproject.toml")
MUTMUT = Path(sys.executable).parent / "mutmut"
MOST_SHOWN = 40
_SURVIVED, _UNTESTED = {0}, {5, 33}


def main(patterns: list[str]) -> int:
    """0 where all were noticed."""
    for name in COPIED:
        _copied(ROOT / name, COPY / name)
    done = subprocess.run([MUTMUT, "run", "--max-children", "1", *patterns], cwd=COPY, check=False)
    found = results(COPY / "mutants")
    if done.returncode or not found:
        return 1
    for module, counts in sorted(found.items()):
        print(f"{module}: {_share(counts)}")
    alive = [name for counts in found.values() for name, code in counts.items() if code in _SURVIVED | _UNTESTED]
    print(f"all: {_share({name: code for counts in found.values() for name, code in counts.items()})}")
    for name in alive[:MOST_SHOWN]:
        subprocess.run([MUTMUT, "show", name], cwd=COPY, check=False)
    return 1 if alive else 0


def results(folder: Path) -> dict[str, dict[str, int]]:
    """What the tests ended with for each mutant that was tried, by module."""
    found = {}
    for path in sorted(folder.rglob("*.meta")):
        codes = json.loads(path.read_text())["exit_code_by_key"]
        if tried := {name: code for name, code in codes.items() if code is not None}:
            found[str(path.relative_to(folder).with_suffix(""))] = tried
    return found


def _share(codes: dict[str, int]) -> str:
    counts = Counter("survived" if c in _SURVIVED else "untested" if c in _UNTESTED else "noticed" for c in codes.values())
    told = f"{counts['noticed']} of {len(codes)} noticed, {100 * counts['noticed'] / len(codes):.1f} %"
    return told + (f"; {counts['untested']} that no test comes to" if counts["untested"] else "")


def _copied(source: Path, target: Path) -> None:
    """A file or folder, of which only what has changed is copied."""
    if source.is_file():
        if not target.exists() or source.read_bytes() != target.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
        return
    names = {path.name for path in source.iterdir() if path.name != "__pycache__"}
    for name in names:
        _copied(source / name, target / name)
    for old in target.iterdir() if target.exists() else ():
        if old.name not in names:
            shutil.rmtree(old) if old.is_dir() else old.unlink()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
