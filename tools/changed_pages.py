"""python -m tools.changed_pages: build strictly the pages whose own text changed since build/pages was made, or all of them.

All are built where something changed that any of them may come from.  What the model says stands in the pages too, but
its own tests tell of it sooner; `make site` builds everything.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "build" / "pages"
ALWAYS_SAID = "A 'dirty' build is being performed"
"""MkDocs warns of what this is for, and its own strictness would take that for a fault."""


def main() -> int:
    """0, or 1 where a page has a fault; then everything is built again the next time."""
    if not BUILT.exists() or _newer(_of_all_pages(), BUILT.stat().st_mtime):
        shutil.rmtree(BUILT, ignore_errors=True)
    how = ["--dirty", "--no-strict"] if BUILT.exists() else ["--strict"]
    command = [sys.executable, "-m", "mkdocs", "build", *how, "--site-dir", str(BUILT)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    wrong = faults(done.stderr)
    if done.returncode == 0 and not wrong:
        BUILT.touch()
        return 0
    shutil.rmtree(BUILT, ignore_errors=True)
    print("\n".join(wrong) or done.stderr, file=sys.stderr)
    return 1


def faults(log: str) -> list[str]:
    """The lines of MkDocs' log that strictness stops at.

    >>> faults("INFO    -  x\\nWARNING -  A 'dirty' build is being performed, this…\\nWARNING -  a.md: no such target")
    ['WARNING -  a.md: no such target']
    """
    lines = log.splitlines()
    return [line for line in lines if line.startswith(("WARNING", "ERROR", "CRITICAL")) and ALWAYS_SAID not in line]


def _of_all_pages() -> Iterable[Path]:
    yield ROOT / "mkdocs.yml"
    for folder in ("macros", "content", "docs/.overrides", "tests/golden", "tests/oracle"):
        yield from (ROOT / folder).rglob("*")


def _newer(paths: Iterable[Path], than: float) -> bool:
    return any(path.stat().st_mtime > than for path in paths if path.is_file())


if __name__ == "__main__":
    sys.exit(main())
