"""The runtime's folder: the same bytes each time, nothing missing, nothing besides."""

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sparkmem.calculators import CALCULATORS
from tools.runtime import MODULES, PUBLISHED, ROOT
from tools.runtime.__main__ import runtime_files
from tools.runtime.archive import files_of_zip, unchecked
from tools.runtime.compiled import compiled_package, compiled_stdlib, package_sources
from tools.runtime.folder import content_hash
from tools.runtime.generated import NAME
from tools.runtime.modules import imported, report
from tools.runtime.reachable import WATCH, reachable, reachable_from


@pytest.fixture(scope="module")
def folder() -> Path:
    """The published folder."""
    manifest = json.loads((PUBLISHED / "manifest.json").read_text())
    return PUBLISHED / manifest["hash"]


def unpacked(path: Path) -> dict[str, bytes]:
    return files_of_zip(gzip.decompress(path.read_bytes()))


@pytest.fixture(scope="module")
def seen(folder) -> dict[str, object]:
    """What calculations in the published runtime did, under Node."""
    return report(folder, unpacked(folder / "stdlib.zip.gz"), unpacked(folder / "sparkmem.zip.gz"))


def test_a_calculation_imports_nothing_that_is_left_out(seen):
    assert imported(seen, compiled_stdlib()) == MODULES.read_text().split(), "run make modules"


def test_requests_of_every_kind_are_answered_or_refused(seen):
    assert seen["raised"] == []
    assert int(str(seen["answered"])) > 50
    assert int(str(seen["refused"])) > 50


def test_the_folder_is_what_the_manifest_says(folder):
    manifest = json.loads((PUBLISHED / "manifest.json").read_text())
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert manifest["hash"] == content_hash(files)
    assert {name: len(data) for name, data in files.items()} == {
        name: size["bytes"] for name, size in manifest["files"].items()
    }
    assert [path.name for path in PUBLISHED.iterdir() if path.is_dir()] == [folder.name]


def test_the_folder_on_the_site_is_the_same(folder, site_dir):
    there = site_dir / "assets" / "py" / folder.name
    assert {path.name: path.read_bytes() for path in there.iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }


def test_the_package_holds_exactly_what_the_page_can_come_to(folder):
    sources = set(package_sources(ROOT / "sparkmem"))
    wanted = reachable(ROOT)
    assert {"sparkmem/__init__.py", "sparkmem/browser.py", "sparkmem/spark/managers/unified_regions.py"} <= wanted <= sources
    assert sources - wanted < {path for path in sources if path.endswith(".py")}
    assert "sparkmem/__main__.py" not in wanted
    assert set(unpacked(folder / "sparkmem.zip.gz")) == {path.replace(".py", ".pyc") for path in wanted} | {NAME}


@pytest.mark.parametrize("part", [*CALCULATORS, WATCH])
def test_each_page_s_part_is_smaller_and_holds_its_own_calculator(folder, part):
    own = set(unpacked(folder / f"sparkmem-{part}.zip.gz"))
    assert own == {path.replace(".py", ".pyc") for path in reachable_from(ROOT, part)} | {NAME}
    assert own < set(unpacked(folder / "sparkmem.zip.gz"))
    calculators = {f"sparkmem/calculators/{id.replace('-', '_')}/__init__.pyc" for id in CALCULATORS}
    assert part == WATCH or f"sparkmem/calculators/{part.replace('-', '_')}/__init__.pyc" in own
    assert len(own & calculators) < len(calculators)


@pytest.mark.parametrize("part", [*CALCULATORS, WATCH])
def test_each_page_s_part_is_enough_for_its_first_answer(tmp_path, part):
    for path in reachable_from(ROOT, part):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, tmp_path / path)
    code = f"from sparkmem.browser import prepare; prepare({part!r}); print('prepared')"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout == "prepared\n", done.stderr


@pytest.mark.parametrize("part", ["executor-memory", "explain"])
def test_a_page_s_part_answers_and_refuses_all_that_its_calculator_is_asked(folder, part):
    seen = report(folder, unpacked(folder / "stdlib.zip.gz"), unpacked(folder / f"sparkmem-{part}.zip.gz"), part)
    assert seen["raised"] == []
    assert int(str(seen["answered"])) > 50
    assert int(str(seen["refused"])) > 5
    assert written(seen) == []


def written(seen):
    """What dataclass and namedtuple had to compile until the first answer."""
    return [text for text in seen["compiled"] if "__create_fn__" in text or "lambda _cls" in text]


def test_what_dataclass_writes_is_compiled_when_the_runtime_is_made(folder, seen):
    assert written(seen) == []
    package = unpacked(folder / "sparkmem.zip.gz")
    del package[NAME]
    bare = report(folder, unpacked(folder / "stdlib.zip.gz"), package, "jvm-heap")
    assert len(written(bare)) > 5, "nothing would be compiled: this test sees nothing"
    assert bare["raised"] == []


def test_building_again_gives_the_same_bytes(folder):
    assert content_hash(runtime_files()) == folder.name


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
