"""Which modules of sparkmem the page can come to: those that sparkmem.browser imports, and what they import in turn.

Imports inside functions count as well.  The calculators are loaded by their names, so each of them counts.
What is left out serves the build and the command line: the page would fetch it for nothing.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ENTRANCE = "sparkmem.browser"
LOADED_BY_NAME = "sparkmem/calculators"


def reachable(root: Path) -> set[str]:
    """Paths, from `root`, of the modules that the page can come to."""
    waiting = [ENTRANCE, *(_name(path, root) for path in (root / LOADED_BY_NAME).glob("*.py"))]
    found: dict[str, Path] = {}
    while waiting:
        name = waiting.pop()
        path = _path(name, root)
        if path is None or name in found:
            continue
        found[name] = path
        packages = name.split(".")
        waiting += [".".join(packages[:length]) for length in range(1, len(packages))]
        waiting += imports(path.read_text())
    return {path.relative_to(root).as_posix() for path in found.values()}


def imports(source: str) -> Iterator[str]:
    """Every name that a module of sparkmem may be imported by.

    >>> list(imports("from sparkmem.spark import config"))
    ['sparkmem.spark', 'sparkmem.spark.config']
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sparkmem"):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("sparkmem"))


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")


def _path(name: str, root: Path) -> Path | None:
    base = root / name.replace(".", "/")
    return next((path for path in (base / "__init__.py", base.with_suffix(".py")) if path.is_file()), None)
