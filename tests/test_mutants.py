"""What is changed to see whether a test notices, and by which tests: the list does not rot."""

import tomllib
from pathlib import Path

from tools.mutants.__main__ import COPIED, results

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutmut"]


def test_every_module_and_test_of_the_list_is_there():
    for pattern in SETTINGS["only_mutate"] + SETTINGS["do_not_mutate"]:
        assert list(ROOT.glob(pattern)), pattern
    for path in SETTINGS["pytest_add_cli_args_test_selection"]:
        assert (ROOT / path).exists(), path
    assert set(SETTINGS["also_copy"]) <= set(COPIED)


def test_what_was_tried_is_told_by_module(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.py.meta").write_text('{"exit_code_by_key": {"a.b.x__mutmut_1": 0, "a.b.x__mutmut_2": null}}')
    (tmp_path / "a" / "c.py.meta").write_text('{"exit_code_by_key": {"a.c.x__mutmut_1": null}}')
    assert results(tmp_path) == {"a/b.py": {"a.b.x__mutmut_1": 0}}
