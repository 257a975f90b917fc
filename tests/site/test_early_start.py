"""The script that starts Python from the head of a page: on each page with a calculator, and on no other."""

import re

from tools.finishing.inline import shortened
from tools.runtime import ROOT

_EARLY = re.compile(r'<script data-folder="([^"]*)" data-part="([^"]*)" data-names="([^"]*)">(.*?)</script>')


def test_each_page_with_a_calculator_starts_its_own_part(site_dir):
    started = {}
    for path in site_dir.rglob("*.html"):
        page = path.read_text()
        found = _EARLY.findall(page)
        element = re.search(r'<spark-(?:calc[^>]* calculator="([a-z-]+)"|watch)[^>]* runtime="([0-9a-f]+)"', page)
        assert bool(found) == bool(element), path
        for folder, part, names, script in found:
            assert element
            assert part == (element[1] or "watch")
            assert (path.parent / folder).resolve() == (site_dir / "assets" / "py" / element[2]).resolve()
            assert (path.parent / folder / f"sparkmem-{part}.zip.gz").is_file()
            started[part] = (names.split(), script)
    assert {"executor-memory", "explain", "watch", "fit-node"} <= set(started)
    assert {"spark.executor.memory", "jvm-max-memory", "release"} <= set(started["executor-memory"][0])
    assert "spark.executor.memoryOverhead" in started["explain"][0], "what an address carries for the box"
    assert len({script for _, script in started.values()}) == 1, "each would need a place in the policy"


def test_the_policy_lets_it_run(site_dir):
    from tools.finishing.policy import _hash, inline_scripts

    page = (site_dir / "explain" / "index.html").read_text()
    (early,) = [script for script in inline_scripts(page) if "sparkmemEarly" in script]
    assert early == shortened((ROOT / "tools" / "finishing" / "early.js").read_text())
    assert _hash(early) in page
