"""Which modules of sparkmem a page can come to: those that sparkmem.browser imports, and what they import in turn.

Imports inside functions count as well.  The calculators are loaded by their names: all of them for the whole package,
one for the part that a page with that calculator starts with; and so are the forms of configurations, all of them
where any is read, since nobody knows what a reader pastes first.  What no page comes to serves the build and the
command line.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from sparkmem.calculators import CALCULATORS

ENTRANCE = "sparkmem.browser"
LOADED_BY_NAME = "sparkmem/calculators"
FORMS = "sparkmem.configuration.forms"
WATCH = "watch"
DIAGNOSE = "diagnose"
RUN = "run"
_CALLS = {WATCH: ("watch", "complete"), DIAGNOSE: ("diagnose", "diagnosis_copied"), RUN: ("run_log", "run_piece", "answer")}
_CALCULATORS = {
    WATCH: ("executor-memory", "legacy-memory"),  # they work out the managers' sizes
    DIAGNOSE: (),
    RUN: ("explain", "executor-memory", "container-request"),  # and these an executor's
}
READS_FINDINGS = "sparkmem/diagnosis/families.py"
FINDINGS = "sparkmem/diagnosis/findings.json"
"""What the page reads in the place of the files that people write."""
_CALCULATES = ("answer",)
_OF_TEXTS = "sparkmem.requests.sharing"
"""What an answer opens only where a text was read, and with it all readers of texts."""


def reachable(root: Path) -> set[str]:
    """Paths, from `root`, of the modules that any page can come to."""
    return _closure(root, [ENTRANCE, *(_name(path, root) for path in (root / LOADED_BY_NAME).glob("*/__init__.py"))])


def reachable_from(root: Path, part: str) -> set[str]:
    """Those that a page comes to until its first answer: `part` is its calculator's id, WATCH, DIAGNOSE or RUN."""
    calls = _CALLS.get(part, _CALCULATES)
    opened = list(_opened((root / ENTRANCE.replace(".", "/")).with_suffix(".py").read_text(), calls))
    if part not in CALCULATORS or not any(item.private for item in CALCULATORS[part].inputs):
        opened = [name for name in opened if not name.startswith(_OF_TEXTS)]
    package = LOADED_BY_NAME.replace("/", ".")
    own = [f"{package}.{name.replace('-', '_')}" for name in _CALCULATORS.get(part, (part,))]
    return _closure(root, [*opened, *own, ENTRANCE], closed={ENTRANCE})


def _closure(root: Path, waiting: list[str], closed: Iterable[str] = ()) -> set[str]:
    """The modules named, and all that they import; of those closed the imports are left to the caller."""
    found: dict[str, Path] = {}
    while waiting:
        name = waiting.pop()
        path = _modules(root).get(name)
        if path is None or name in found:
            continue
        found[name] = path
        packages = name.split(".")
        waiting += [".".join(packages[:length]) for length in range(1, len(packages))]
        if name not in closed:
            waiting += _imported(path)
        if name == FORMS:
            waiting += _forms(path.parent, root)
    return {path.relative_to(root).as_posix() for path in found.values()}


def _is_form(source: str) -> bool:
    """Whether a module is one of those that ``FORMS`` loads: each says its FORMAT.

    >>> _is_form('FORMAT = "json"'), _is_form("def read(text): ...")
    (True, False)
    """
    return any(
        isinstance(node, ast.Assign) and any(isinstance(name, ast.Name) and name.id == "FORMAT" for name in node.targets)
        for node in ast.parse(source).body
    )


def _opened(source: str, calls: Iterable[str]) -> Iterator[str]:
    """What a module imports when it is loaded and when these of its public functions are called."""
    for node in ast.parse(source).body:
        other = isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name not in calls
        if not other:
            yield from imports(node)


# Each part of the package asks for the same modules again: sources are read once in a process.


@cache
def _modules(root: Path) -> dict[str, Path]:
    """Every module of sparkmem by its name."""
    return {_name(path, root): path for path in (root / "sparkmem").rglob("*.py")}


@cache
def _imported(path: Path) -> tuple[str, ...]:
    return tuple(dict.fromkeys(imports(ast.parse(path.read_text()))))


@cache
def _forms(folder: Path, root: Path) -> tuple[str, ...]:
    return tuple(_name(path, root) for path in folder.glob("*.py") if _is_form(path.read_text()))


def imports(tree: ast.AST) -> Iterator[str]:
    """Every name that a module of sparkmem may be imported by; what is for types alone is never loaded.

    >>> list(imports(ast.parse("from sparkmem.jvm import heap")))
    ['sparkmem.jvm', 'sparkmem.jvm.heap']
    """
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        inner = () if _is_for_types(node) else ast.iter_child_nodes(node)
        waiting += (one for one in inner if not isinstance(one, ast.expr))  # none of these imports
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sparkmem"):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("sparkmem"))


def _is_for_types(node: ast.AST) -> bool:
    """Whether it is a block under ``if TYPE_CHECKING``."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and not node.orelse


def _name(path: Path, root: Path) -> str:
    return module_name(path.relative_to(root).as_posix())


def module_name(path: str) -> str:
    """The name that a file of a package is imported by.

    >>> module_name("sparkmem/jvm/__init__.py")
    'sparkmem.jvm'
    """
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
