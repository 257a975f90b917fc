"""The scripts that start Python from the head of a page and let the theme wait: where there is a calculator, only there."""

import re

from tools.finishing.inline import shortened
from tools.runtime import ROOT

_EARLY = re.compile(r'<script data-folder="([^"]*)" data-part="([^"]*)" data-names="([^"]*)">(.*?)</script>')


def test_each_page_with_a_calculator_starts_its_own_part(site_dir):
    started = {}
    for path in site_dir.rglob("*.html"):
        page = path.read_text()
        found = _EARLY.findall(page)
        element = re.search(r'<spark-(calc[^>]* calculator="([a-z-]+)"|watch|diagnose|run)[^>]* runtime="([0-9a-f]+)"', page)
        assert bool(found) == bool(element), path
        for folder, part, names, script in found:
            assert element
            assert part == (element[2] or element[1])
            assert (path.parent / folder).resolve() == (site_dir / "assets" / "py" / element[3]).resolve()
            assert (path.parent / folder / f"sparkmem-{part}.zip.gz").is_file()
            started[part] = (names.split(), script)
    assert {"executor-memory", "explain", "watch", "fit-node", "diagnose", "run"} <= set(started)
    assert {"spark.executor.memory", "jvm-max-memory", "release"} <= set(started["executor-memory"][0])
    assert "spark.executor.memoryOverhead" in started["explain"][0], "what an address carries for the box"
    assert len({script for _, script in started.values()}) == 1, "each would need a place in the policy"


def test_the_theme_waits_on_the_pages_that_start_early(site_dir):
    waiting = 0
    for path in site_dir.rglob("*.html"):
        page = path.read_text()
        at_once = re.findall(r'<script defer src="([^"]*/bundle\.[^"]*)"', page)
        later = re.findall(r'<script data-source="([^"]*/bundle\.[^"]*)"', page)
        if _EARLY.search(page):
            assert (len(at_once), len(later)) == (0, 1), path
            assert f'<link rel="preload" as="script" href="{later[0]}">' in page, path
            waiting += 1
        else:
            assert not later, path
            assert not re.search(r'<script src="[^"]*/bundle\.', page), f"{path}: a paint would wait for it"
        for source in [*at_once, *later]:
            assert (path.parent / source).is_file() or source.startswith("/"), (path, source)
    assert waiting > 10


def test_the_policy_lets_it_run(site_dir):
    from tools.finishing.policy import _hash, inline_scripts

    page = (site_dir / "explain" / "index.html").read_text()
    (early,) = [script for script in inline_scripts(page) if "new Worker" in script]
    assert early == shortened((ROOT / "tools" / "finishing" / "early.js").read_text())
    assert _hash(early) in page
