"""The import graph of sparkmem: no circle, no arrow upward in the map of ``sparkmem/__init__.py``, late imports declared."""

import ast
import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.import_graph import Arrow, arrows, circle, collapsed, modules, rooms, statements, unplaced, upward, within

ROOT = Path(__file__).parent.parent
SPARKMEM = ROOT / "sparkmem"

DOORS = {
    "refusals.entries spark.settings.python": "a decimal number, which only spark.task.cpus of 4.3 is",
    "given refusals.job": "a command line that only loads sparkmem asks for no job",
    "calculator refusals.job": "for its type",
    "calculator refusals.register": "the same",
    "calculator answer.remarks": "most give no flags",
    "calculators calculators.NAME": "a page or a command asks one calculator, and waits for its files alone",
    "answer.result answer.packed": "for its type: one calculator packs a node, and loads it",
    "answer.result answer.table": "for its type: one calculator has a table, and loads it",
    "render.html answer.table": "for its type, the same",
    "render.html render.node": "one calculator draws a node",
    "render.html render.sortable": "one calculator has a table",
    "render.text answer.table": "for its type, the same",
    "render.copied render.written_up": "a configuration that is copied needs no prose",
    "render.copied render.in_short": "the same",
    "render.written_up render.comparison_words": "most answers that are written up stand alone",
    "render.in_short render.comparison_words": "so do most that are copied as short text",
    "browser render.comparison": "most answers stand alone",
    "browser render.pasted": "one page has the box that takes whatever there is",
    "calculator size.meant": "most texts are no mistake",
    "browser requests.sharing": "only what was read from a text is shared from here",
    "browser render.take": "an answer is there before anybody copies it",
    "browser render.variants": "an answer does not wait for what would change under another choice",
    "browser ahead": "the first answer goes before it",
    "ahead diagnosis.families": "the calculators start without what is known of failures",
    "configuration configuration.formats": "whoever imports one of its modules does not wait for all readers",
    "browser render.story": "the calculators start without the manager at work",
    "browser watch.completing": "the same",
    "browser render.diagnosis_reply": "the calculators start without what is known of failures",
    "browser render.job_picture": "a diagnosis does not wait for the picture of its job",
    "browser render.run.session": "one page reads event logs",
    "render.run.taken render.copied": "most who read a run copy nothing",
    "render.run.taken render.origin": "the same",
    "render.run.taken render.run.markdown": "the same",
    "render.run.taken requests.copying": "the same",
    "calculators.explain calculators.explain.calculator": "whoever imports one of its modules does not wait for the others",
    "commands.explain calculators.explain.variants": "an answer alone does not wait for variants",
    "commands.explain render.variants": "the same",
    "answer.read configuration.setting": "for its types: those who read texts load it",
    "configuration.curl_body configuration.by_evidence": "a text inside is read by whatever form it is in",
    "configuration.aws_command configuration.by_evidence": "a text inside is read by whatever form it is in",
    "configuration.notebook_sessions configuration.by_evidence": "a text inside is read by whatever form it is in",
    "configuration.operator_documents configuration.yaml_maps": "most objects stand without a patch beside them",
    "configuration.spark_application configuration.application_text": "an object is read more often than it is written",
    "configuration.submitters configuration.by_evidence": "a text inside is read by whatever form it is in",
    "configuration.submitters configuration.spark_submit": "most texts hold no command of theirs",
    "configuration.emr_json configuration.pairs": "most classifications stand without a job beside them",
    "configuration.emr_json configuration.program": "the same",
    "configuration.environment_variables configuration.by_evidence": "a text inside is read by whatever form it is in",
    "configuration.formats configuration.unread": "most texts are read",
    "configuration.chart_values configuration.yaml_subset": "few texts hold the values of a chart",
    "calculators.explain.reading configuration.unread": "most texts are read",
    "configuration.hcl configuration.by_evidence": "a text inside is read by whatever form it is in",
    "configuration.helm_values configuration.by_evidence": "the same",
    "configuration.json_text configuration.piece": "the same",
    "configuration.jvm_command configuration.spark_submit": "most such commands are an executor's",
    "configuration.markdown_table configuration.by_evidence": "a text around a table is read by whatever form it is in",
    "configuration.other_jobs configuration.any_text": "most texts hold one command",
    "configuration.talk configuration.any_text": "most texts are no talk",
    "configuration.inside_strings configuration.by_evidence": "the same",
    "configuration.inside_strings configuration.spark_submit": "the same, where the text is options of a command",
    "configuration.shell_expansions configuration.shell_arithmetic": "few scripts compute anything",
    "configuration.shell_variables configuration.shell_arithmetic": "the same",
    "configuration.script configuration.shell_arithmetic": "the same",
    "configuration.emr_steps configuration.spark_submit": "most texts hold no step",
    "configuration.properties_xml configuration.by_evidence": "a text inside is read by whatever form it is in",
    "configuration.properties_xml configuration.shell": "the same",
    "configuration.properties_xml configuration.shell_command": "the same",
    "configuration.properties_xml configuration.spark_submit": "the same",
    "configuration.spark_submit configuration.by_evidence": "the same",
    "configuration.spark_submit configuration.submit_command": "a command is read more often than it is written",
    "configuration.stream_edits configuration.by_evidence": "a text inside is read by whatever form it is in",
    "configuration.yaml_entries configuration.by_evidence": "a text inside is read by whatever form it is in",
    "configuration.yaml_entries configuration.spark_submit": "the same",
    " spark.settings.conf_get": "most who import sparkmem never ask for an entry by sparkmem.size.conf_get",
}
"""The imports that are not made when a module is loaded, each with its reason."""


@pytest.fixture(scope="module")
def graph() -> list[Arrow]:
    return arrows(SPARKMEM)


@pytest.fixture(scope="module")
def lines() -> list[list[str]]:
    return rooms(doc(SPARKMEM))[0]


def doc(package: Path) -> str:
    return ast.get_docstring(ast.parse((package / "__init__.py").read_text())) or ""


def late(graph: list[Arrow]) -> set[str]:
    """Importer and imported, without the package's name; what is imported by name under one."""
    found = set()
    for arrow in graph:
        if arrow.late and arrow.direct:
            source, target = (name.partition(".")[2] for name in (arrow.source, arrow.target))
            by_name = arrow.source == "sparkmem.calculators" and within(arrow.target, arrow.source)
            found.add(f"{source} {'calculators.NAME' if by_name else target}")
    return found


def circles(graph: list[Arrow], package: Path) -> list[list[str]]:
    """A circle of modules, and of the folders of each package."""
    packages = [name for name, path in modules(package).items() if path.name == "__init__.py"]
    return [found for one in (graph, *(collapsed(graph, name) for name in packages)) if (found := circle(one))]


ELSEWHERE = ("tools.browsers.firefox", "tools.browsers.webkit", "tools.mutants.recorded", "tools.runtime.shipped",
             "tools.runtime.collecting")  # fmt: skip
"""Loaded by another Python than that of the tests: Debian's, mutmut's, the page's."""


@pytest.mark.parametrize("package", ["sparkmem", "macros", "tools"])
def test_every_module_can_be_imported(package):
    """Pytest loads those alone that hold a test or an example (tools/suite/examples.py)."""
    names = [name for name in modules(ROOT / package) if not name.startswith(ELSEWHERE) and name[-8:] != "__main__"]
    assert len(names) >= 10
    for name in names:
        import_module(name)


def test_there_is_no_circle_of_imports(graph):
    assert circles(graph, SPARKMEM) == []


def test_no_import_leads_upward_in_the_map(graph, lines):
    assert upward(graph, lines) == []


def test_the_map_has_every_room_and_no_other():
    assert unplaced(SPARKMEM, *rooms(doc(SPARKMEM))) == []


@pytest.mark.parametrize("room", ["configuration", "diagnosis"])
def test_a_large_room_has_every_module_in_its_own_map(room):
    words = set(re.findall(r"\w+", doc(SPARKMEM / room)))
    assert [path.stem for path in (SPARKMEM / room).glob("[!_]*.py") if path.stem not in words] == []


def test_rooms_to_come_are_named():
    assert rooms(doc(SPARKMEM))[1] == ["fleet/"]


def test_late_imports_are_declared(graph):
    assert late(graph) == set(DOORS)


def test_every_calculator_has_a_folder_and_a_line():
    from sparkmem.calculators import CALCULATORS

    folders = {path.parent.name.replace("_", "-") for path in (SPARKMEM / "calculators").glob("*/__init__.py")}
    assert folders == set(CALCULATORS)
    assert [path.name for path in (SPARKMEM / "calculators").glob("*.py")] == ["__init__.py"]


def test_the_model_uses_the_standard_library_alone():
    for path in SPARKMEM.rglob("*.py"):
        for node in statements(ast.parse(path.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path} imports relatively"
                names = [node.module]
            for name in names:
                top = name.split(".")[0]
                assert top == "sparkmem" or top in sys.stdlib_module_names, f"{path} imports {name}"


# -- each of these tests can fail: a small house, and what is wrong with it -----

MAP = """A house.

    release   what all use
    size/   bytes
    deep/low/   below
    deep/high/   above
    face   the face
That is all.
"""
HOUSE = {
    "__init__": f'"""{MAP}"""\n',
    "release": "",
    "size/__init__": "from house.size.units import KIB\n",
    "size/units": "from house.release import NEWEST\n",
    "deep/__init__": "",
    "deep/low/__init__": "",
    "deep/low/one": "from house.size import KIB\n",
    "deep/high/__init__": "",
    "deep/high/two": "from house.deep.low import one\n",
    "face": "import house\nfrom house.deep.high.two import one\n",
}


def built(folder: Path, files: dict[str, str] | None = None) -> Path:
    """The house, with these files besides or in place of its own."""
    for name, text in (HOUSE | (files or {})).items():
        path = folder / "house" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder / "house"


def faults(house: Path) -> tuple[bool, list[str], list[str], set[str]]:
    """Whether there is a circle, what leads upward, where map and folders disagree, and what is imported late."""
    graph, (lines, to_come) = arrows(house), rooms(doc(house))
    return bool(circles(graph, house)), upward(graph, lines), unplaced(house, lines, to_come), late(graph)


def test_a_house_in_order_has_no_fault(tmp_path):
    assert faults(built(tmp_path)) == (False, [], [], set())


@pytest.mark.parametrize("text", [
    "from house.size.units import KIB\n",
    "def f():\n    from house.size.units import KIB\n",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.size import units\n",
])  # fmt: skip
def test_a_circle_is_seen_also_in_a_function_and_for_a_type(tmp_path, text):
    assert faults(built(tmp_path, {"release": text}))[0]


def test_a_circle_of_folders_is_seen_where_their_modules_have_none(tmp_path):
    house = built(tmp_path, {"deep/low/three": "from house.deep.high import four\n", "deep/high/four": ""})
    assert circle(arrows(house)) == []
    assert faults(house)[0]


def test_a_circle_through_the_packages_on_the_way_is_seen(tmp_path):
    house = built(tmp_path, {"deep/low/__init__": "from house.deep.high.two import one\n"})
    assert circle([arrow for arrow in arrows(house) if arrow.direct]) == []
    assert circle(arrows(house))


@pytest.mark.parametrize(("name", "text"), [
    ("size/units", "from house.deep.low import one\n"),
    ("deep/low/one", "from house.deep.high import two\n"),
    ("release", "import house\n"),
    ("size/units", "def f():\n    from house import face\n"),
])  # fmt: skip
def test_an_arrow_upward_is_seen(tmp_path, name, text):
    assert faults(built(tmp_path, {name: text}))[1]


def test_rooms_of_one_line_do_not_know_each_other(tmp_path):
    text = MAP.replace("    deep/low/   below\n    deep/high/   above\n", "    deep/low/ deep/high/   side by side\n")
    assert faults(built(tmp_path, {"__init__": f'"""{text}"""\n'}))[1] == [
        "house.deep.high.two imports house.deep.low.one", "house.deep.high.two imports house.deep.low",
    ]  # fmt: skip


def test_a_room_that_the_map_does_not_have_is_seen(tmp_path):
    assert faults(built(tmp_path, {"attic/__init__": ""}))[2] == ["house.attic is not in the map"]
    assert "house.deep is not in the map" in faults(built(tmp_path, {"deep/__init__": "X = 1\n"}))[2]


def test_a_room_that_is_not_there_or_no_longer_to_come_is_seen(tmp_path):
    text = MAP.replace("    face ", "    cellar/   below\n    [size/]   to come\n    face ")
    said = faults(built(tmp_path, {"__init__": f'"""{text}"""\n'}))[2]
    assert said == ["cellar/ is in the map and is not there", "size/ is there, and to come in the map"]


def test_a_late_import_is_seen(tmp_path):
    assert faults(built(tmp_path, {"face": "def f():\n    from house.size import units\n"}))[3] == {"face size.units"}


def test_an_import_by_name_is_seen_as_one_of_all_below(tmp_path):
    house = built(tmp_path, {"deep/__init__": "def f(name):\n    return __import__(name)\n"})
    assert {arrow.target for arrow in arrows(house) if arrow.late} == {"house.deep.low", "house.deep.high"}
