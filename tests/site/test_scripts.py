"""The scripts of a page: how many a browser asks for, and how soon it knows of each."""

import re
from pathlib import Path

from tools.pages import pages

_IMPORTED = re.compile(r'^import (?:[^"]* from )?"([^"]+)";', re.MULTILINE)
_LATER = re.compile(r'\bimport\("(\.[^"]+)"\)')
PAGE = "memory/executor-heap/"
AT_ONCE = 16
"""Modules of ours on every page; a host answers them in as many round trips as the longest chain of imports."""


def imported(module: Path) -> set[Path]:
    """What a module imports, before it runs."""
    return {(module.parent / name).resolve() for name in _IMPORTED.findall(module.read_text())}


def rounds(site: Path, page: str = PAGE) -> list[set[Path]]:
    """The modules of a page, then those that it first learns of from them, and so on."""
    entries = {(site / page / source).resolve() for source in pages(site)[page].resources if source.endswith(".mjs")}
    found = [entries]
    while following := {new for module in found[-1] for new in imported(module)} - set().union(*found):
        found.append(following)
    return found


def searching(site: Path) -> set[Path]:
    """The worker of the search, which a page names in its settings, and all that it imports."""
    (name,) = set(re.findall(r"assets/search\.[0-9a-f]+/worker\.mjs", (site / PAGE / "index.html").read_text()))
    found = {(site / name).resolve()}
    while following := {new for module in found for new in imported(module)} - found:
        found |= following
    return found


def test_a_visit_asks_for_few_modules_and_learns_of_the_last_in_two_steps(site_dir):
    found = rounds(site_dir)
    assert len(found) <= 3
    assert 10 < sum(map(len, found)) <= AT_ONCE


def test_every_module_is_asked_for_by_somebody(site_dir):
    at_once = set().union(*rounds(site_dir), *rounds(site_dir, ""), *rounds(site_dir, "reference/claims/"))
    later = {(module.parent / name).resolve() for module in at_once for name in _LATER.findall(module.read_text())}
    later |= {new for module in later for new in imported(module)}
    assert at_once | later | searching(site_dir) == {path.resolve() for path in site_dir.glob("assets/*.*/**/*.mjs")}
