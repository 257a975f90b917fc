"""python -m tests.reached: run the tests of the model that a change since their last passing run can reach by its imports.

Of a calculator's own folder these are the tests that name it, by an import or by its id, and those that go over all
calculators: an answer is asked for by its name, so that no import leads there.  `make test` runs everything.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.import_graph import arrows, modules

ROOT = Path(__file__).parents[1]
PASSED = ROOT / "build" / "reached.json"
"""What the files were when their tests passed last: the hash of each."""

ALL = "sparkmem.calculators"
BESIDE = ("tests/test_layers.py", "tests/site/test_prose.py", "tests/site/test_seed_map.py")
"""They read sources and pages as texts: a second each, whatever has changed."""

Graph = Mapping[str, set[str]]


def main(arguments: list[str]) -> int:
    """Exit status of pytest; what passes is written down, and not run again until it changes."""
    now = hashes(ROOT)
    before = json.loads(PASSED.read_text()) if PASSED.exists() else {}
    changed = {name for name in now.keys() | before.keys() if now.get(name) != before.get(name)}
    chosen = reached(ROOT, changed)
    print(f"{len(chosen)} of {len(files_with_tests(ROOT))} files with tests can be reached by what has changed", flush=True)
    command = [sys.executable, "-m", "pytest", *BESIDE, *chosen, *arguments]
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    if status == 0:
        PASSED.parent.mkdir(exist_ok=True)
        PASSED.write_text(json.dumps(now, indent=1))
    return status


def hashes(root: Path) -> dict[str, str]:
    """Of every file that a test of the model can read."""
    folders = ("sparkmem", "macros", "content", "tests/model", "tests/cases", "tests/golden", "tests/corpus")
    files = [path for folder in folders for path in sorted((root / folder).rglob("*")) if path.is_file()]
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def files_with_tests(root: Path) -> list[str]:
    """The files that hold tests of the model: those in tests/model, and every module with an example in its text."""
    written = sorted((root / "tests/model").glob("test_*.py"))
    examples = [path for folder in ("sparkmem", "macros") for path in sorted((root / folder).rglob("*.py"))
                if ">>> " in path.read_text()]  # fmt: skip
    return [str(path.relative_to(root)) for path in (*written, *examples)]


def reached(root: Path, changed: Iterable[str]) -> list[str]:
    """The files with tests that a change of some files can reach; data may be read by any of them, so that all are."""
    changed, files = set(changed), files_with_tests(root)
    named = {str(path.relative_to(root)): name for package in ("sparkmem", "macros")
             for name, path in modules(root / package).items()}  # fmt: skip
    code = {name for name in changed if name.endswith(".py")}
    if changed - code or any(name.startswith("tests/model/") and Path(name).name[:5] != "test_" for name in code):
        return files
    graph = graph_of(root)
    touched = {named[name] for name in code if name in named}
    found = []
    for file in files:
        starts = {named[file]} if file in named else imported((root / file).read_text(), graph)
        if file in code or closure(starts, graph) & touched:
            found.append(file)
    return found


def graph_of(root: Path) -> Graph:
    """What each module imports, but for the calculators, which are asked for by their names.

    A module that none imports is loaded by a name in a table: its package comes to it.
    """
    graph: dict[str, set[str]] = defaultdict(set)
    for package in ("sparkmem", "macros"):
        graph |= {name: set() for name in modules(root / package)}
        for arrow in arrows(root / package):
            if arrow.source != ALL:
                graph[arrow.source].add(arrow.target)
    asked = set().union(*graph.values())
    for name in graph.keys() - asked:
        if (outer := name.rpartition(".")[0]) and outer != ALL:
            graph[outer].add(name)
    return graph


def imported(text: str, graph: Graph) -> set[str]:
    """The modules that a test imports, and the calculators that it names; all of them where it goes over the list.

    >>> sorted(imported("from sparkmem.size import MIB\\nevaluate('jvm-heap')", {"sparkmem.size": set(),
    ...     "sparkmem.calculators.jvm_heap": set(), "sparkmem.calculators.explain": set()}))
    ['sparkmem.calculators.jvm_heap', 'sparkmem.size']
    """
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    folders = {name for name in graph if name.startswith(f"{ALL}.") and name.count(".") == 2}
    over_all = ALL in found or "tools.bench.requests" in found or "tools.bench" in found
    found |= {name for name in folders if over_all or re.search(rf"\b{_id(name)}\b", text)}
    return {name for name in found if name in graph}


def _id(module: str) -> str:
    return module.rpartition(".")[2].replace("_", "[-_]")


def closure(starts: Iterable[str], graph: Graph) -> set[str]:
    """These modules and all that they come to.

    >>> sorted(closure({"a"}, {"a": {"b"}, "b": {"a", "c"}, "c": set(), "d": {"a"}}))
    ['a', 'b', 'c']
    """
    found, todo = set(), list(starts)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += graph.get(name, ())
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
