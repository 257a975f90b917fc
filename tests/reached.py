"""python -m tests.reached: run the tests of the model that a change since their last passing run can reach by its imports.

Of a calculator's own folder these are the tests that name it, by an import or by its id, and those that go over all
calculators: an answer is asked for by its name, so that no import leads there.  The nearest are run at once, within a
budget (tests/budget.py), and the others named as left.  `make test` runs everything.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests import budget
from tests.import_graph import arrows, modules
from tools.kept import keep, kept
from tools.suite import record

ROOT = Path(__file__).parents[1]
PASSED = ROOT / "build" / "reached.json"
"""What the files were when their tests passed last: the hash of each; and the tests that were left then."""

LEFT = ROOT / "build" / "left.json"
"""What the run that has begun leaves out."""

ALL = "sparkmem.calculators"
BESIDE = ("tests/test_layers.py", "tests/site/test_prose.py", "tests/site/test_seed_map.py")
"""They read sources and pages as texts: a second each, whatever has changed."""

Graph = Mapping[str, set[str]]


def main(arguments: list[str]) -> int:
    """Exit status of pytest; what passes is written down, and not run again until it changes."""
    now = hashes(ROOT)
    passed = kept(PASSED) or {}
    files, before = passed.get("files", {}), passed.get("left", [])
    changed = {name for name in now.keys() | files.keys() if now.get(name) != files.get(name)}
    chosen = reached(ROOT, changed)
    costs = record.costs()
    later = budget.left(chosen, costs, before, budget.SECONDS)
    print(f"{len(chosen)} of {len(files_with_tests(ROOT))} files with tests can be reached by what has changed", flush=True)
    LEFT.parent.mkdir(exist_ok=True)
    LEFT.write_text(json.dumps([*later, *budget.passed_already(before, chosen, costs)]))
    paths = dict.fromkeys((*BESIDE, *chosen, *map(budget.file_of, before)))
    command = [sys.executable, "-m", "pytest", "-n2", "-p", "tests.budget", *paths, *arguments]  # none waits for a browser
    status = subprocess.run(command, cwd=ROOT, check=False, env={**os.environ, budget.LEFT: str(LEFT)}).returncode
    if status == 0:
        keep({"files": now, "left": later}, PASSED)
    if later:
        seconds = sum(costs[test] for test in later)
        print(f"NOT RUN: {len(later):,} tests farther from the change, {seconds:.0f} s of processor time."
              " The next make check goes on with them; make test runs everything.")  # fmt: skip
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


def reached(root: Path, changed: Iterable[str]) -> dict[str, int]:
    """The files with tests that a change of some files can reach, and how many imports away it is.

    Data may be read by any of them, so that all are reached.
    """
    changed, files = set(changed), files_with_tests(root)
    named = {str(path.relative_to(root)): name for package in ("sparkmem", "macros")
             for name, path in modules(root / package).items()}  # fmt: skip
    code = {name for name in changed if name.endswith(".py")}
    if changed - code or any(name.startswith("tests/model/") and Path(name).name[:5] != "test_" for name in code):
        return dict.fromkeys(files, 0)
    graph = graph_of(root)
    touched = {named[name] for name in code if name in named}
    found = {}
    for file in files:
        starts = {named[file]} if file in named else imported((root / file).read_text(), graph)
        away = [steps for name, steps in distances(starts, graph).items() if name in touched]
        if file in code or away:
            found[file] = 0 if file in code else min(away)
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


def distances(starts: Iterable[str], graph: Graph) -> dict[str, int]:
    """These modules and all that they come to, each with the number of imports that lead there.

    >>> distances({"a"}, {"a": {"b"}, "b": {"a", "c"}, "c": set(), "d": {"a"}})
    {'a': 0, 'b': 1, 'c': 2}
    """
    found = dict.fromkeys(starts, 0)
    todo = list(found)
    for name in todo:  # it grows: the nearest are looked at first
        for target in sorted(graph.get(name, ())):
            if target not in found:
                found[target] = found[name] + 1
                todo.append(target)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
