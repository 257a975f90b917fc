"""The style sheet: each subject is in it once, the pages get it whole, and no two subjects style one class."""

import re
from collections import defaultdict
from itertools import combinations

from tools.pages import pages
from tools.styles import ASSETS, SHEET, SUBJECTS, joined


def test_each_subject_is_in_the_sheet():
    written = {path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*.css")} - {SHEET}
    assert sorted(SUBJECTS) == sorted(written)


def test_a_page_links_the_sheet_behind_the_theme_s_and_no_subject(site_dir):
    """Each further one would be waited for before anything is drawn."""
    linked = [link for link in pages(site_dir)["memory/executor-heap/"].resources if link.endswith(".css")]
    assert ["/stylesheets/" in link for link in linked] == [True, True, False]
    own = (site_dir / "memory/executor-heap" / linked[-1]).resolve()
    assert own.read_text() == joined()
    assert {path for path in site_dir.rglob("*.css") if path.parent.name != "stylesheets"} == {own}


def test_no_class_is_styled_by_two_subjects():
    """A folder's rules for a class by itself: where another folder sets the same, one of them says it of something else."""
    found = defaultdict(list)
    for subject in SUBJECTS:
        for name, properties in alone((ASSETS / subject).read_text()):
            found[name].append((subject.rpartition("/")[0], properties))
    clashes = {
        (name, one, other): shared
        for name, places in found.items()
        for (one, some), (other, others) in combinations(places, 2)
        if one != other and (shared := [a for a in some for b in others if a == b or a.startswith(f"{b}-")])
    }
    assert clashes == {}


def alone(css: str) -> list[tuple[str, list[str]]]:
    """Each class with the properties that are set where nothing but itself is asked for, on every screen.

    >>> alone(".md-typeset .a, .b .c { border: 0; margin: 0; } @media print { .a { border: 0; } } .d:hover { top: 0; }")
    [('a', ['border', 'margin'])]
    """
    css = re.sub(r"/\*.*?\*/|@[^{;]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css, flags=re.DOTALL)
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", css)
    return [
        (name[1], re.findall(r"(?:^|;)\s*([a-z-]+)\s*:", body))
        for selectors, body in rules
        for one in selectors.split(",")
        if (name := re.fullmatch(r"(?:\.md-typeset )?[a-z]*\.(sm-[a-z0-9-]+|[a-z])(?:\[class\])?", one.strip()))
    ]
