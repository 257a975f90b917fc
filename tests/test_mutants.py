"""What is changed to see whether a test notices, by which tests, and what no test can notice: the lists do not rot."""

import ast
from pathlib import Path

import pytest

from tools.mutants.__main__ import told
from tools.mutants.made import SETTINGS, Mutant, modules
from tools.mutants.reasons import reason, reasons
from tools.mutants.results import NOTICED, SURVIVED, UNTRIED, Results

ROOT = Path(__file__).parents[1]
MUTANT = Mutant("sparkmem.javalang.x_wrap__mutmut_3", "def (a):\n    return a + 1", "def (a):\n    return a + 2")


def functions():
    """The text of each function of the arithmetic, by module and name."""
    for path in modules():
        text = (ROOT / path).read_text()
        module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(text)
        classes = [(f"{node.name}.", node.body) for node in tree.body if isinstance(node, ast.ClassDef)]
        for prefix, body in [("", tree.body), *classes]:
            for node in body:
                if isinstance(node, ast.FunctionDef):
                    yield f"{module}.{prefix}{node.name}", ast.get_source_segment(text, node)


def test_every_module_and_test_of_the_list_is_there():
    for pattern in SETTINGS["only_mutate"] + SETTINGS["do_not_mutate"]:
        assert list(ROOT.glob(pattern)), pattern
    for path in SETTINGS["pytest_add_cli_args_test_selection"]:
        assert (ROOT / path).exists(), path


def test_a_change_without_a_difference_is_of_a_line_that_is_there():
    by_name = dict(functions())
    for function, before, after in reasons():
        lines = [line.strip() for line in by_name[function].splitlines()]
        assert set(before.splitlines()) <= set(lines), f"{function}: {before}"
        assert after != before
    assert all(len(text) > 20 for text in reasons().values()), "each says why"


def test_a_mutant_is_named_by_its_function_and_shown_as_a_patch():
    assert MUTANT.function == "wrap"
    assert Mutant("sparkmem.jvm.regions.x__g1_region__mutmut_10", "", "").function == "_g1_region"
    assert Mutant("sparkmem.jvm.heap.xǁHeapǁ_size__mutmut_12", "", "").function == "Heap._size"
    assert MUTANT.difference() == "- return a + 1\n+ return a + 2"


def test_a_verdict_holds_for_one_text_of_a_function(tmp_path):
    Results(tmp_path / "results.json").add(MUTANT, NOTICED)
    kept = Results(tmp_path / "results.json")
    assert kept.of(MUTANT) == NOTICED
    assert kept.of(Mutant(MUTANT.name, MUTANT.before, "def (a):\n    return a + 3")) == UNTRIED
    assert Results(tmp_path / "results.json", anew=True).of(MUTANT) == UNTRIED


@pytest.mark.parametrize(("verdict", "status"), [(NOTICED, 0), (SURVIVED, 1)])
def test_what_survived_is_shown_and_fails(tmp_path, capsys, verdict, status):
    results = Results(tmp_path / "results.json")
    results.add(MUTANT, verdict)
    assert not reason(MUTANT)
    assert told([MUTANT], results) == status
    assert ("+ return a + 2" in capsys.readouterr().out) == bool(status)
