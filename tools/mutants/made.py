"""A copy of the repository in which each function of the arithmetic stands beside its changed forms."""

import ast
import difflib
import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPY = ROOT / "build" / "mutants"
COPIED = ("sparkmem", "tests", "tools", "macros", "content", "pyproject.toml")
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutmut"]


@dataclass(frozen=True)
class Mutant:
    """One small change of a function."""

    name: str
    """As mutmut calls it: sparkmem.javalang.x_wrap__mutmut_1."""
    before: str
    after: str
    """The text of the function, without its name."""

    @property
    def module(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def function(self) -> str:
        """`wrap`, or `Heap.size`."""
        return self.name.rpartition(".")[2].rpartition("__mutmut_")[0][2:].replace("ǁ", ".")  # behind x_ or xǁ

    def lines(self) -> tuple[str, str]:
        """What stood there, and what stands there now."""
        changed = list(difflib.ndiff(self.before.splitlines(), self.after.splitlines()))
        old, new = ("\n".join(line[2:].strip() for line in changed if line[0] == sign) for sign in "-+")
        return old, new

    def difference(self) -> str:
        """Both, as a patch shows them."""
        both = zip("-+", self.lines(), strict=True)
        return "\n".join(f"{sign} {line}" for sign, text in both for line in text.splitlines())


def modules() -> list[Path]:
    """The files of the arithmetic, relative to the repository."""
    left_out = {path for pattern in SETTINGS["do_not_mutate"] for path in ROOT.glob(pattern)}
    found = {path for pattern in SETTINGS["only_mutate"] for path in ROOT.glob(pattern)}
    return sorted(path.relative_to(ROOT) for path in found - left_out if path.suffix == ".py")


def path_of(module: str) -> str:
    """The file of a module, relative to the repository."""
    path = module.replace(".", "/")
    return f"{path}.py" if (ROOT / f"{path}.py").exists() else f"{path}/__init__.py"


def make() -> list[Mutant]:
    """All changes that can be tried, after the copy has been made again where it is old."""
    changed = {ROOT / path for path in modules()}
    for name in COPIED:
        _copied(ROOT / name, COPY / name, changed)
    return [mutant for path in modules() for mutant in _changed(path)]


def _changed(path: Path) -> Iterator[Mutant]:
    """The changes of one file, which are written into the copy."""
    text = _plain(_mutated((ROOT / path).read_text(), str(path)))
    if not (COPY / path).exists() or (COPY / path).read_text() != text:
        (COPY / path).write_text(text)
    bodies = dict(_bodies(text))
    module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    for name, body in bodies.items():
        original, _, number = name.rpartition("__mutmut_")
        if number.isdigit():
            yield Mutant(f"{module}.{name}", bodies[f"{original}__mutmut_orig"], body)


def _mutated(source: str, name: str) -> str:
    """What mutmut makes of a file, kept under the file's hash: it takes half a minute for all of them."""
    kept = COPY / "kept" / f"{sha256(source.encode()).hexdigest()[:16]}.py"
    if not kept.exists():
        from mutmut.mutation.file_mutation import mutate_file_contents  # here: the tests of this package run without mutmut

        kept.parent.mkdir(exist_ok=True)
        kept.write_text(mutate_file_contents(name, source).code)
    return kept.read_text()


def _plain(text: str) -> str:
    """Without the decorator that asks at each call which form is wanted: `place.put` changes the function itself."""
    own = re.compile(r"@_mutmut_mutated\(|mutants_.*(MutantDict = |# mutmut generated)|from mutmut\.mutation\.trampoline ")
    return "\n".join(line for line in text.split("\n") if not own.match(line.strip()))


def _bodies(text: str) -> Iterator[tuple[str, str]]:
    """Functions and methods by their names."""
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and "__mutmut_" in node.name:
            yield node.name, "\n".join(lines[node.lineno - 1 : node.end_lineno]).replace(node.name, "", 1)


def _copied(source: Path, target: Path, left_out: set[Path]) -> None:
    """A file or folder, of which only what has changed is copied."""
    if source in left_out:
        return
    if source.is_file():
        if not target.exists() or source.read_bytes() != target.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
        return
    names = {path.name for path in source.iterdir() if path.name != "__pycache__"}
    for name in names:
        _copied(source / name, target / name, left_out)
    for old in target.iterdir() if target.exists() else ():
        if old.name not in names and old.name != "__pycache__":
            shutil.rmtree(old) if old.is_dir() else old.unlink()
