"""In which order modules are loaded, so that each finds there what it imports and takes only its own time."""

import ast
from pathlib import Path

from tools.runtime.reachable import imports, module_name

ORDER = "sparkmem/loading.json"
"""The list's place in the package: names, as JSON (``sparkmem/ahead.py`` goes by it)."""


def leaves_first(root: Path, sources: set[str]) -> list[str]:
    """Names of the modules in `sources` (paths from `root`), each behind those that it imports when it is loaded.

    What a function imports is left to its call: only so is there an order, since no circle is among the rest.
    """
    paths = {module_name(source): root / source for source in sorted(sources) if source.endswith(".py")}
    found: list[str] = []
    begun: set[str] = set()
    waiting = [(name, False) for name in reversed(paths)]
    while waiting:
        name, is_ready = waiting.pop()
        if is_ready:
            found.append(name)
        elif name in paths and name not in begun:
            begun.add(name)
            waiting.append((name, True))
            waiting += [(one, False) for one in _at_once(paths[name])]
    return found


def _at_once(path: Path) -> list[str]:
    """What a module imports as it is loaded."""
    body = [node for node in ast.parse(path.read_text()).body if not isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return [name for node in body for name in imports(node)]
