"""The imports between the modules of a package, drawn from its source: those in functions and for types alone as well.

To import ``a.b.c`` runs ``a`` and ``a.b`` first, so an arrow from outside of these leads to them too.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

BY_NAME = ("__import__", "import_module")
ROOMS = "    "
"""How far the lines of a map are moved in; names stand first, and at least three spaces before what they are."""


@dataclass(frozen=True)
class Arrow:
    """One import; ``late`` is one that is not made when the module is loaded, ``direct`` one that stands in it."""

    source: str
    target: str
    late: bool
    direct: bool = True


def modules(package: Path) -> dict[str, Path]:
    """Every module by its name."""
    return {
        ".".join(path.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(package.rglob("*.py"))
    }


def arrows(package: Path) -> list[Arrow]:
    """Every import of a module of the package by another."""
    known = modules(package)
    found = []
    for source, path in known.items():
        text = path.read_text()
        tree = ast.parse(text)
        named = _by_name(tree, source, known) if any(name in text for name in BY_NAME) else ()
        for target, late in [*_written(tree, known), *named]:
            found.append(Arrow(source, target, late))
            found += [Arrow(source, outer, late, False) for outer in _outer(target) if not within(source, outer)]
    return list(dict.fromkeys(found))


def statements(tree: ast.Module) -> Iterator[ast.AST]:
    """Every statement of a module, at any depth, and none of the expressions in them, which are ten times as many.

    >>> [type(node).__name__ for node in statements(ast.parse("try:\\n    import a\\nexcept B:\\n    x = 1"))]
    ['Try', 'Import', 'ExceptHandler', 'Assign']
    """
    waiting: list[ast.AST] = [*tree.body]
    for node in waiting:  # it grows
        yield node
        for part in ("body", "handlers", "orelse", "finalbody", "cases"):
            waiting += getattr(node, part, ())


def _written(tree: ast.Module, known: dict[str, Path]) -> Iterator[tuple[str, bool]]:
    at_once = set(map(id, tree.body))
    for node in statements(tree):
        late = id(node) not in at_once
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in (f"{node.module}.{alias.name}" for alias in node.names):
                target = name if name in known else node.module
                if target in known:
                    yield target, late
        elif isinstance(node, ast.Import):
            yield from ((alias.name, late) for alias in node.names if alias.name in known)


def _by_name(tree: ast.Module, source: str, known: dict[str, Path]) -> Iterator[tuple[str, bool]]:
    """A module that imports by name may come to all packages below it."""
    if any(isinstance(node, ast.Name | ast.Attribute) and _name(node) in BY_NAME for node in ast.walk(tree)):
        below = (name for name in known if name.rpartition(".")[0] == source and known[name].name == "__init__.py")
        yield from ((name, True) for name in below)


def _name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def _outer(name: str) -> list[str]:
    """The packages that a module is in, but for the outermost."""
    parts = name.split(".")
    return [".".join(parts[:length]) for length in range(2, len(parts))]


def within(name: str, package: str) -> bool:
    """Whether a module is a package or stands in it."""
    return name == package or name.startswith(f"{package}.")


def circle(graph: list[Arrow]) -> list[str]:
    """Modules that come back to the first of them; none where there is no circle."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for arrow in graph:
        if arrow.source != arrow.target:
            sorter.add(arrow.source, arrow.target)
    try:
        sorter.prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def collapsed(graph: list[Arrow], package: str) -> list[Arrow]:
    """The same between what stands side by side in one package: its modules, and its packages as wholes."""
    inside = [arrow for arrow in graph if within(arrow.source, package) and within(arrow.target, package)]
    return [Arrow(_child(a.source, package), _child(a.target, package), a.late) for a in inside]


def _child(name: str, package: str) -> str:
    return ".".join(name.split(".")[: package.count(".") + 2])


def rooms(text: str) -> tuple[list[list[str]], list[str]]:
    """The lines of a map in its order, each the rooms that stand in it, and the rooms that are still to come.

    >>> rooms("The map:\\n\\n    release errors   what all use\\n    [news/]   to come\\n    size/   bytes")
    ([['release', 'errors'], ['size/']], ['news/'])
    """
    lines = [line.strip().partition("   ")[0].split() for line in text.splitlines() if line.startswith(ROOMS)]
    to_come = [name.strip("[]") for names in lines for name in names if name.startswith("[")]
    built = [[name for name in names if not name.startswith("[")] for names in lines]
    return [names for names in built if names], to_come


def room_of(module: str, names: list[str]) -> str:
    """The room of a module: the longest that it stands in, "" where it stands in none."""
    inside = module.partition(".")[2]
    return max((name for name in names if within(inside, _dotted(name))), key=len, default="")


def _dotted(name: str) -> str:
    return name.rstrip("/").replace("/", ".")


def upward(graph: list[Arrow], lines: list[list[str]]) -> list[str]:
    """Arrows that do not lead to an earlier line of the map, nor stay in their room.

    The package itself sees all but the last line, whose rooms alone may ask it.
    """
    level = {name: number for number, names in enumerate(lines) for name in names} | {"": len(lines) - 1.5}
    names = [name for line in lines for name in line]
    wrong = []
    for arrow in graph:
        source, target = room_of(arrow.source, names), room_of(arrow.target, names)
        outer = not target and "." in arrow.target  # of a room in a room; it holds no code
        if source != target and not outer and level[target] >= level[source]:
            wrong.append(f"{arrow.source} imports {arrow.target}")
    return wrong


def unplaced(package: Path, lines: list[list[str]], to_come: list[str]) -> list[str]:
    """Where map and folders disagree."""
    names = [name for line in lines for name in line]
    known = modules(package)
    said = [f"{name} is in the map twice" for name in set(names) if names.count(name) > 1]
    said += [f"{name} is in the map and is not there" for name in names if not _place(package, name).exists()]
    said += [f"{name} is there, and to come in the map" for name in to_come if _place(package, name).exists()]
    for module, path in known.items():
        holds_rooms = path.name == "__init__.py" and any(within(f"{package.name}.{_dotted(name)}", module) for name in names)
        if not room_of(module, names) and module != package.name and not (holds_rooms and _is_empty(path)):
            said.append(f"{module} is not in the map")
    return said


def _place(package: Path, name: str) -> Path:
    return package / name if name.endswith("/") else package / f"{name}.py"


def _is_empty(path: Path) -> bool:
    return all(isinstance(node, ast.Expr) for node in ast.parse(path.read_text()).body)
