"""The runtime's folder: the same bytes each time, nothing missing, nothing besides."""

import ast
import gzip
import json
import marshal
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from importlib.machinery import SourceFileLoader
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import pytest

from sparkmem.calculators import CALCULATORS
from sparkmem.diagnosis import families
from tests.import_graph import arrows, statements, within
from tools.runtime import MODULES, PUBLISHED, ROOT
from tools.runtime.__main__ import runtime_files
from tools.runtime.archive import files_of_zip, gzipped, stored_zip, unchecked
from tools.runtime.compiled import compiled_package, compiled_stdlib, package_sources
from tools.runtime.folder import content_hash, sha256
from tools.runtime.generated import NAME
from tools.runtime.modules import imported, path_in_zip, report, shipped
from tools.runtime.order import ORDER
from tools.runtime.reachable import DIAGNOSE, FINDINGS, READS_FINDINGS, RUN, WATCH, module_name, reachable, reachable_from


@pytest.fixture(scope="module")
def folder() -> Path:
    """The published folder."""
    manifest = json.loads((PUBLISHED / "manifest.json").read_text())
    return PUBLISHED / manifest["hash"]


@cache
def unpacked(path: Path) -> Mapping[str, bytes]:
    return files_of_zip(gzip.decompress(path.read_bytes()))


IN_PARTS = ("executor-memory", "explain")
"""Calculators that are asked in the modules of their own pages; the others are asked in the whole package."""


@pytest.fixture(scope="module")
def seen(folder) -> dict[str, dict[str, object]]:
    """What calculations in the published runtime did, under Node: by part, and under "" in the whole package."""
    stdlib = unpacked(folder / "stdlib.zip.gz")
    found = {part: report(folder, stdlib, unpacked(folder / f"sparkmem-{part}.zip.gz"), part) for part in IN_PARTS}
    return found | {"": report(folder, stdlib, unpacked(folder / "sparkmem.zip.gz"), without=IN_PARTS)}


@pytest.mark.costly("each input of each calculator with five texts, in the page's own Python")
def test_a_calculation_imports_nothing_that_is_left_out(seen):
    modules = {name for one in seen.values() for name in one["modules"]}
    assert imported({"modules": sorted(modules)}, compiled_stdlib()) == MODULES.read_text().split(), "run make modules"


def test_nothing_that_a_module_of_the_package_may_import_is_left_out(seen):
    loaded = {name for one in seen.values() for name in one["modules"]}
    paths = [path for path in reachable(ROOT) if path.endswith(".py") and path != READS_FINDINGS]
    left_out = {path: missing for path in paths if (missing := outside((ROOT / path).read_text()) - loaded)}
    assert left_out == {}, "some of these imports are made only when a function is called"


def outside(source):
    """The modules of the standard library that a module imports, at any place."""
    nodes = list(statements(ast.parse(source)))
    named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name for name in named if name.partition(".")[0] != "sparkmem"}


def test_what_pyodide_starts_with_and_no_page_uses_is_ours_and_small(folder):
    stdlib, ours, theirs = unpacked(folder / "stdlib.zip.gz"), shipped(), compiled_stdlib()
    assert {name: stdlib[name] for name in ours} == ours
    replaced = {name for name in ours if path_in_zip(name.removesuffix(".pyc").replace("/", "."), theirs)}
    assert replaced == set(ours) - {"sitecustomize.pyc"}, "ours takes no module's place"
    parted = ("asyncio/", "concurrent/", "zipfile/", "ssl.", "socket.", "subprocess.", "shutil.", "tempfile.")
    assert [name for name in stdlib if name.startswith(parted)] == []


def test_requests_of_every_kind_are_answered_or_refused(seen):
    assert seen[""]["raised"] == []
    assert int(str(seen[""]["answered"])) > 50
    assert int(str(seen[""]["refused"])) > 50


def test_the_folder_is_what_the_manifest_says(folder):
    manifest = json.loads((PUBLISHED / "manifest.json").read_text())
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert manifest["hash"] == content_hash(files)
    assert {name: len(data) for name, data in files.items()} == {
        name: size["bytes"] for name, size in manifest["files"].items()
    }
    assert [path.name for path in PUBLISHED.iterdir() if path.is_dir()] == [folder.name]


def test_the_worker_knows_the_hash_of_all_that_it_loads(folder):
    manifest = json.loads((PUBLISHED / "manifest.json").read_text())["files"]
    found = re.findall(r"^const HASHES = (.*);$", (folder / "worker.mjs").read_text(), re.MULTILINE)
    hashes = {path.name: sha256(path.read_bytes()) for path in folder.iterdir()}
    assert {name: file["sha256"] for name, file in manifest.items()} == hashes
    del hashes["worker.mjs"]
    assert [json.loads(text) for text in found] == [hashes]


def test_the_worker_is_one_script(folder):
    assert not re.search(r"^(import|export)\b", (folder / "worker.mjs").read_text(), re.MULTILINE)


def test_the_folder_on_the_site_is_the_same(folder, site_dir):
    there = site_dir / "assets" / "py" / folder.name
    assert {path.name: path.read_bytes() for path in there.iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }


def test_the_package_holds_exactly_what_the_page_can_come_to(folder):
    sources = set(package_sources(ROOT / "sparkmem"))
    wanted = reachable(ROOT)
    assert {"sparkmem/__init__.py", "sparkmem/browser.py", "sparkmem/spark/managers/unified_regions.py"} <= wanted <= sources
    assert sources - wanted < {path for path in sources if path.endswith((".py", ".toml"))}
    assert "sparkmem/__main__.py" not in wanted
    data = {NAME, FINDINGS, ORDER}
    assert set(unpacked(folder / "sparkmem.zip.gz")) == {path.replace(".py", ".pyc") for path in wanted} | data


def test_what_is_loaded_ahead_is_all_of_it_and_each_module_behind_what_it_imports(folder):
    order = json.loads(unpacked(folder / "sparkmem.zip.gz")[ORDER])
    assert sorted(order) == sorted(module_name(path) for path in reachable(ROOT))
    place = {name: at for at, name in enumerate(order)}
    known = [
        (one.source, one.target)
        for one in arrows(ROOT / "sparkmem")
        if one.direct and not one.late and {one.source, one.target} <= set(place) and not within(one.target, one.source)
    ]
    assert len(known) > 1000
    assert [pair for pair in known if place[pair[0]] < place[pair[1]]] == []


@pytest.mark.parametrize("part", [*CALCULATORS, WATCH, DIAGNOSE, RUN])
def test_each_page_s_part_is_smaller_and_holds_its_own_calculator(folder, part):
    own = set(unpacked(folder / f"sparkmem-{part}.zip.gz"))
    data = {FINDINGS} if READS_FINDINGS in reachable_from(ROOT, part) else set()
    assert own == {path.replace(".py", ".pyc") for path in reachable_from(ROOT, part)} | {NAME} | data
    assert bool(data) == (part in (DIAGNOSE, RUN))
    assert own < set(unpacked(folder / "sparkmem.zip.gz"))
    calculators = {f"sparkmem/calculators/{id.replace('-', '_')}/__init__.pyc" for id in CALCULATORS}
    assert part in (WATCH, DIAGNOSE, RUN) or f"sparkmem/calculators/{part.replace('-', '_')}/__init__.pyc" in own
    assert len(own & calculators) < len(calculators)
    reads = part in (DIAGNOSE, RUN) or (part in CALCULATORS and any(item.private for item in CALCULATORS[part].inputs))
    assert any(name.startswith("sparkmem/configuration/") for name in own) is reads, "170 kB for readers of texts"


# Each part in a Python of its own, which has the modules of the standard library in common with the others.
_PREPARED = """
import json, os, re, sys, traceback
import dataclasses, decimal, enum, fractions, functools, html, inspect, itertools, typing
for part, archive in json.load(sys.stdin).items():
    sys.stdout.flush()
    if not os.fork():
        sys.path.insert(0, archive)
        try:
            from sparkmem.browser import prepare
            prepare(part)
            said = "prepared"
        except BaseException:
            said = traceback.format_exc()
        print(json.dumps([part, said]))
        sys.stdout.flush()
        os._exit(0)
    os.wait()
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> dict[str, str]:
    """For each page's part, what came of its first answer's preparation in CPython, from an archive of its modules."""
    scratch = tmp_path_factory.mktemp("parts")
    compiled = {}
    for path in reachable(ROOT):
        code = SourceFileLoader(path, str(ROOT / path)).get_code(path)  # from Python's own cache, where it has it
        compiled[path.replace(".py", ".pyc")] = MAGIC_NUMBER + bytes(12) + marshal.dumps(code)
    archives = {}
    for part in (*CALCULATORS, WATCH, DIAGNOSE, RUN):
        names = {path.replace(".py", ".pyc") for path in reachable_from(ROOT, part)}
        archive = scratch / f"{part}.zip"
        data = {FINDINGS: families.packed(families.written())} if READS_FINDINGS.replace(".py", ".pyc") in names else {}
        archive.write_bytes(stored_zip({name: compiled[name] for name in names} | data))
        archives[part] = str(archive)
    done = subprocess.run(
        [sys.executable, "-I", "-c", _PREPARED], input=json.dumps(archives), cwd=scratch, text=True,
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    return dict(json.loads(line) for line in done.stdout.splitlines())


@pytest.mark.parametrize("part", [*CALCULATORS, WATCH, DIAGNOSE, RUN])
def test_each_page_s_part_is_enough_for_its_first_answer(prepared, part):
    assert prepared[part] == "prepared"


@pytest.mark.parametrize("part", IN_PARTS)
def test_a_page_s_part_answers_and_refuses_all_that_its_calculator_is_asked(folder, seen, part):
    own, whole = (unpacked(folder / f"{name}.zip.gz") for name in (f"sparkmem-{part}", "sparkmem"))
    assert all(whole[name] == data for name, data in own.items() if name != NAME), "the whole package would answer otherwise"
    assert seen[part]["raised"] == []
    assert int(str(seen[part]["answered"])) > 50
    assert int(str(seen[part]["refused"])) > 5
    assert written(seen[part]) == []


def written(seen):
    """What dataclass and namedtuple had to compile until the first answer."""
    return [text for text in seen["compiled"] if "__create_fn__" in text or "lambda _cls" in text]


def test_what_dataclass_writes_is_compiled_when_the_runtime_is_made(folder, seen):
    assert written(seen[""]) == []
    package = {name: data for name, data in unpacked(folder / "sparkmem.zip.gz").items() if name != NAME}
    bare = report(folder, unpacked(folder / "stdlib.zip.gz"), package, "jvm-heap")
    assert len(written(bare)) > 5, "nothing would be compiled: this test sees nothing"
    assert bare["raised"] == []


def test_building_again_gives_the_same_bytes(folder, monkeypatch):
    """What is compressed has to be the same; that it then comes out the same is asked of the smallest, not of 20 MB."""
    archives = {gzip.decompress(path.read_bytes()): path.read_bytes() for path in folder.glob("sparkmem*.zip.gz")}
    del archives[min(archives, key=len)]
    again = []

    def compressed(data):
        if data not in archives:
            again.append(data)
        return archives.get(data) or gzipped(data)

    monkeypatch.setattr("tools.runtime.__main__.gzipped", compressed)
    assert content_hash(runtime_files()) == folder.name
    assert len(again) == 1


def test_compiling_again_gives_the_same_bytes(tmp_path):
    package = tmp_path / "again"
    shutil.copytree(ROOT / "sparkmem" / "spark", package, ignore=shutil.ignore_patterns("__pycache__"))
    first = compiled_package(package)
    (package / "new.py").write_text("ANSWER = 42\n")  # another content, so nothing kept is used
    second = compiled_package(package)
    assert set(second) - set(first) == {"again/new.pyc"}
    assert {name: second[name] for name in first} == first


def test_bytecode_is_not_compared_with_a_source(folder):
    for archive in ("stdlib.zip.gz", "sparkmem.zip.gz"):
        for name, data in unpacked(folder / archive).items():
            assert not name.endswith(".pyc") or data[4:8] == b"\x01\x00\x00\x00", name


def test_bytecode_with_a_date_is_refused():
    with pytest.raises(ValueError, match="holds a date"):
        unchecked(b"\x2b\x0e\x0d\x0a" + bytes(12))
