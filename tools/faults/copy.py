"""A throw-away copy of a built tree, into which one fault after another is put, and out of which each is taken again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.faults.fault import ASSETS, NOTHING, RUNTIME, Fault, place

_LINKED = (".venv", "node_modules", ".git", "build/oracle")
_LEFT_OUT = ("build/pycache", "build/faults", ".hypothesis", ".mypy_cache", ".ruff_cache", ".pytest_cache")
_MADE = ("site", "docs/assets/py", "build/stamps")
_MANIFEST = "docs/assets/py/manifest.json"
_PATIENCE = re.compile(r"^(PATIENCE_MS = )[\d_]+", re.MULTILINE)


class NotMade(Exception):
    """What follows from a fault could not be made: whoever builds the site notices."""


class Copy:
    """A copy of a tree whose site is built; tools that are not changed are linked and not copied."""

    def __init__(self, tree: Path, into: Path, patience: int) -> None:
        """``patience`` [s] is how long a test waits for what does not come: less than usual, where a fault is likely."""
        if not (tree / "site/index.html").is_file() or not (tree / "build/stamps").is_dir():
            raise SystemExit(f"{tree} has no built site: run make site there first")
        self.root = into / "tree"
        self._kept = into / "kept"
        skipped = {tree / name for name in (*_LINKED, *_LEFT_OUT)}
        shutil.copytree(
            tree, self.root, symlinks=True,
            ignore=lambda folder, names: [n for n in names if Path(folder, n) in skipped or n == "__pycache__"],
        )  # fmt: skip
        for name in _LINKED:
            if (tree / name).exists():
                (self.root / name).parent.mkdir(exist_ok=True)
                (self.root / name).symlink_to((tree / name).resolve())
        for name in _MADE:
            shutil.copytree(self.root / name, self._kept / name)
        for path in (self.root / "tests").rglob("*.py"):
            self._hurry(path, 1000 * patience)
        self.make("site")  # nothing may be left to do, or each fault would pay for it

    @staticmethod
    def _hurry(path: Path, patience_ms: int) -> None:
        text = path.read_text()
        hurried = _PATIENCE.sub(rf"\g<1>{patience_ms}", text)
        if hurried != text:
            path.write_text(hurried)

    def make(self, target: str) -> None:
        """Make a target of the copy; ``NotMade`` with what was said last."""
        done = subprocess.run(
            ["make", "--no-print-directory", target], cwd=self.root, capture_output=True, text=True, timeout=900
        )
        if done.returncode:
            said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
            raise NotMade(" | ".join(said[-4:])[-600:])

    @contextmanager
    def faulty(self, fault: Fault) -> Iterator[None]:
        """The copy with the fault in it and all made that follows from it; afterwards as it was."""
        path, change = place(fault, self.root)
        before, times = path.read_text(), path.stat()
        after = before.replace(change.find, change.replace)
        path.write_text(after)
        copies: dict[Path, bytes] = {}
        made = False
        try:
            if fault.makes == ASSETS:
                copies = self._copies(path, before, after)
            if fault.makes == RUNTIME:
                made = True
                self.make(_MANIFEST)
            elif fault.makes != NOTHING and not copies:
                made = True
                self.make("site")
            yield
        finally:
            path.write_text(before)
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
            for other, data in copies.items():
                other.write_bytes(data)
            if made:
                self._restore()

    def _copies(self, path: Path, before: str, after: str) -> dict[Path, bytes]:
        """Change the copies of a style or script that the build has put into the site, whole or in a file of several."""
        changed = {}
        for folder in ("site/assets", "docs/assets/py"):
            for other in (self.root / folder).rglob(f"*{path.suffix}"):
                text = other.read_text()
                if before.strip() in text:
                    changed[other] = other.read_bytes()
                    other.write_text(text.replace(before.strip(), after.strip()))
        return changed

    def _restore(self) -> None:
        for name in _MADE:
            shutil.rmtree(self.root / name, ignore_errors=True)
            shutil.copytree(self._kept / name, self.root / name)
