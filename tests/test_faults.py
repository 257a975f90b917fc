"""The list of seeded faults does not rot: each has its one place in the sources, and there are tests to notice it."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tools.faults import ROOT
from tools.faults.copy import Copy, NotMade
from tools.faults.fault import ASSETS, NOTHING, SITE, Change, Fault, ListError, faults, place
from tools.faults.notice import existing

FAULTS = faults()


def test_each_has_an_id_of_its_own_and_says_what_a_reader_loses():
    assert len({fault.id for fault in FAULTS}) == len(FAULTS) >= 70
    for fault in FAULTS:
        assert fault.loss.endswith("."), fault.id
        assert len(fault.loss.split()) >= 7, fault.id


def test_there_are_enough_that_only_a_browser_can_notice():
    assert sum(fault.needs_a_browser for fault in FAULTS) >= 25


def test_each_text_stands_once_and_something_else_is_put_there():
    wrong = []
    for fault in FAULTS:
        try:
            _, change = place(fault, ROOT)
            assert change.find != change.replace, fault.id
        except ListError as error:
            wrong.append(str(error))
    assert wrong == []


def test_the_tests_that_should_notice_are_there():
    assert [fault.id for fault in FAULTS if not existing(ROOT, fault.noticed)] == []


# A small project, in which a fault is found, put and taken away again.

FAULT = Fault("one", "family", "Something.", (Change("right", "wrong"),), ("docs/*.mjs",), ASSETS, ("tests",))
MAKEFILE = """\
.PHONY: site
site:
\t@mkdir -p site/assets && cat docs/a.mjs docs/b.mjs > site/assets/all.mjs
\t@grep -q right docs/a.mjs
"""


@pytest.fixture
def project(tmp_path) -> Path:
    tree = tmp_path / "project"
    for name, text in {
        "Makefile": MAKEFILE, ".gitignore": "/docs/made.mjs\n", "docs/a.mjs": "it is right\n", "docs/b.mjs": "more\n",
        "docs/made.mjs": "right\n", "site/index.html": "", "site/assets/all.mjs": "it is right\nmore\n",
        "docs/assets/py/x": "", "build/stamps/x": "", "tests/a.py": "PATIENCE_MS = 120_000  # long\n",
    }.items():  # fmt: skip
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text)
    subprocess.run(["git", "init", "-q"], cwd=tree, check=True)
    return tree


def test_what_a_build_has_made_is_no_place(project):
    assert place(FAULT, project)[0] == project / "docs/a.mjs"


@pytest.mark.parametrize(("find", "said"), [
    ("left", "no file"), ("r", "docs/a.mjs, docs/b.mjs"), ("i", "3 times in docs/a.mjs"),
])  # fmt: skip
def test_a_text_that_is_missing_or_there_twice_is_an_error_of_the_list(project, find, said):
    with pytest.raises(ListError, match=said):
        place(replace(FAULT, changes=(Change(find, ""),)), project)


def test_of_several_wordings_a_tree_has_one(project):
    both = (Change("left", "wrong"), Change("it is right", "it is wrong"))
    assert place(replace(FAULT, changes=both), project)[1] is both[1]


def test_a_fault_is_put_into_a_copy_and_what_was_built_from_it_and_is_gone_afterwards(project, tmp_path):
    copy = Copy(project, tmp_path, 30)
    assert (copy.root / "tests/a.py").read_text() == "PATIENCE_MS = 30000  # long\n"
    files = [copy.root / name for name in ("docs/a.mjs", "site/assets/all.mjs")]
    before = [(file.read_text(), file.stat().st_mtime_ns) for file in files[:1]], files[1].read_text()
    with copy.faulty(FAULT):
        assert [file.read_text() for file in files] == ["it is wrong\n", "it is wrong\nmore\n"]
    assert before == ([(file.read_text(), file.stat().st_mtime_ns) for file in files[:1]], files[1].read_text())
    assert (project / "docs/a.mjs").read_text() == "it is right\n"


def test_what_cannot_be_built_is_noticed_by_the_build(project, tmp_path):
    copy = Copy(project, tmp_path, 30)
    with pytest.raises(NotMade), copy.faulty(replace(FAULT, makes=SITE)):
        pass
    assert (copy.root / "docs/a.mjs").read_text() == "it is right\n"
    with copy.faulty(replace(FAULT, makes=NOTHING)):
        assert (copy.root / "site/assets/all.mjs").read_text() == "it is right\nmore\n"
