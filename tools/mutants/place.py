"""Where a change stands in the copy, and how it takes the place of what stood there."""

import ast
import difflib
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .made import Mutant, path_of


@dataclass(frozen=True)
class Place:
    """The lines of the copy that a change is of: the statement, or the head of one that holds others."""

    file: str
    function: range
    lines: range


def place_of(mutant: Mutant) -> Place:
    node = _functions(path_of(mutant.module))[mutant.function]
    blocks = [(first, last) for tag, first, last, _, _ in _blocks(mutant) if tag != "equal"]
    changed = [line for first, last in blocks for line in range(first, max(last, first + 1))]
    spans = [_span(node, node.lineno + line) for line in changed]
    lines = range(min(span.start for span in spans), max(span.stop for span in spans))
    return Place(path_of(mutant.module), range(node.lineno, (node.end_lineno or node.lineno) + 1), lines)


def put(mutant: Mutant) -> None:
    """The function does what the change says, for whoever has it by whatever name."""
    class_name, _, name = mutant.function.rpartition(".")
    module = sys.modules[mutant.module]
    owner = vars(module)[class_name] if class_name else module
    old, new = vars(owner)[name], vars(owner)[mutant.name.rpartition(".")[2]]
    try:
        old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
    except ValueError:  # one of them knows its class, by super(), and the other does not
        setattr(owner, name, new)


def put_at_import(mutant: Mutant | None, module: str) -> None:
    """The module is loaded again, with the change or as it is: for what it works out as it is loaded."""
    text = Path(path_of(module)).read_text()
    if mutant:
        name = mutant.function.rpartition(".")[2]
        text = text.replace(f"def {mutant.name.rpartition('.')[2]}(", f"def {name}(")
    exec(compile(text, path_of(module), "exec"), vars(sys.modules[module]))


def _blocks(mutant: Mutant) -> list[tuple[str, int, int, int, int]]:
    before, after = mutant.before.splitlines(), mutant.after.splitlines()
    return difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _span(function: ast.FunctionDef, line: int) -> range:
    """The innermost statement that holds the line; of one that holds statements, from its head to the line."""
    statements = [node for node in ast.walk(function) if isinstance(node, ast.stmt)]
    holds = [node for node in statements if node.lineno <= line <= (node.end_lineno or 0)]
    inner = min(holds, key=lambda node: (node.end_lineno or 0) - node.lineno, default=function)
    last = inner.end_lineno or line
    if body := getattr(inner, "body", None):
        last = max(line, body[0].lineno - 1)
    return range(inner.lineno, last + 1)


@cache
def _functions(path: str) -> dict[str, ast.FunctionDef]:
    """As they stand unchanged in the copy, by `name` or `Class.name`."""
    tree = ast.parse(Path(path).read_text())
    inside = [(f"{node.name}.", node.body) for node in tree.body if isinstance(node, ast.ClassDef)]
    return {
        f"{prefix}{node.name}": node
        for prefix, body in [("", tree.body), *inside]
        for node in body
        if isinstance(node, ast.FunctionDef) and "__mutmut_" not in node.name
    }
