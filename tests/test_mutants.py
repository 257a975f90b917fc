"""What is changed to see whether a test notices, by which tests, and what no test can notice: the lists do not rot."""

import ast
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tools.mutants.__main__ import told
from tools.mutants.made import SETTINGS, Mutant, _plain, modules
from tools.mutants.place import _span, put
from tools.mutants.reasons import reason, reasons
from tools.mutants.results import NOTICED, SURVIVED, UNTRIED, Results

ROOT = Path(__file__).parents[1]
MUTANT = Mutant("sparkmem.javalang.x_wrap__mutmut_3", "def (a):\n    return a + 1", "def (a):\n    return a + 2")


MODULE = """
def f(a, b=1):
    return a + b
def x_f__mutmut_1(a, b=2):
    return a - b
class C:
    def g(self):
        return 1
    def xǁCǁg__mutmut_1(self):
        return 2
"""


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


def test_a_change_takes_the_place_of_a_function_for_whoever_has_it(monkeypatch):
    module = ModuleType("changed")
    exec(MODULE, vars(module))
    monkeypatch.setitem(sys.modules, "changed", module)
    had, made = module.f, module.C()
    assert (had(5), made.g()) == (6, 1)
    put(Mutant("changed.x_f__mutmut_1", "", ""))
    put(Mutant("changed.xǁCǁg__mutmut_1", "", ""))
    assert (had(5), made.g()) == (3, 2)


@pytest.mark.parametrize(("line", "lines"), [(3, range(2, 4)), (4, range(4, 5)), (6, range(5, 8)), (1, range(1, 2))])
def test_a_change_is_of_its_statement_or_of_the_head_of_what_holds_others(line, lines):
    text = "def f(a):\n    if (a and\n            a > 1):\n        a = 2\n    return [\n        a,\n    ]\n"
    (function,) = ast.parse(text).body
    assert _span(function, line) == lines


def test_what_mutmut_asks_at_each_call_is_taken_out():
    text = "@_mutmut_mutated(mutants_x_f__mutmut)\ndef f():\n    pass\nmutants_x_f__mutmut['a'] = b # mutmut generated"
    assert _plain(text) == "def f():\n    pass"


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
