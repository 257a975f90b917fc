"""Imports point one way: a module uses only what stands before it in the map of ``sparkmem/__init__.py``."""

import ast
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAYERS = [
    {"version", "release", "source", "errors", "javalang"},
    {"size"},
    {"facts", "stops"},
    {"answer"},
    {"jvm"},
    {"spark"},
    {"machines", "configuration"},
    {"calculator"},
    {"subjects"},
    {"calculators"},
    {"requests"},
    {"watch"},
    {"render"},
    {"browser", "__main__"},
]
ORDER = {name: level for level, names in enumerate(LAYERS) for name in names}
MAY_USE_NEIGHBOURS = {name for names in LAYERS for name in names if (ROOT / "sparkmem" / name).is_dir()}


def layer_of(path: Path) -> str:
    parts = path.relative_to(ROOT / "sparkmem").parts
    return parts[0].removesuffix(".py")


def imported(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sparkmem"):
            yield node.module.split(".")[1] if "." in node.module else "__init__"
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("sparkmem."))


def test_imports_point_one_way():
    wrong = []
    for path in sorted((ROOT / "sparkmem").rglob("*.py")):
        layer = layer_of(path)
        if layer == "__init__":
            continue  # it sees everything
        for used in imported(path):
            if used == "__init__" and layer in ("__main__", "browser", "render"):
                continue  # the public names
            same = used == layer and layer in MAY_USE_NEIGHBOURS
            if not same and ORDER[used] >= ORDER[layer]:
                wrong.append(f"{path.relative_to(ROOT / 'sparkmem')} imports {used}")
    assert wrong == []


def test_the_model_uses_the_standard_library_alone():
    import sys

    for path in (ROOT / "sparkmem").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path} imports relatively"
                names = [node.module]
            for name in names:
                top = name.split(".")[0]
                assert top == "sparkmem" or top in sys.stdlib_module_names, f"{path} imports {name}"
