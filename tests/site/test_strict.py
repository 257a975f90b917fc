"""The build stops at what would be wrong in a page: shown by real builds of a site of one page, one fault in each."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = "---\ntitle: One\ndescription: A page.\n---\n\n# One { #one }\n\n{text}\n"
FAULTLESS = "See [above](#one), `${#shell}` and {# this #}."
FAULTS = {
    "unknown-macro": ("{{ no_such_macro() }}", "no_such_macro"),
    "unknown-fact": ("{{ fact('NO_SUCH_FACT') }}", "NO_SUCH_FACT"),
    "broken-link": ("See [there](there.md).", "there.md"),
    "broken-anchor": ("See [below](#below).", "#below"),
    "absolute-link": ("See [there](/there/).", "/there/"),
}
"""A text, and what the build has to say of it."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Exit status and what was said, for each fault, and for a page without one, the last: with our own settings."""
    folder = tmp_path_factory.mktemp("one-page")
    settings = (ROOT / "mkdocs.yml").read_text()
    settings, replaced = re.subn(r"^nav:\n(?:[ -].*\n)+", "nav: [index.md]\n", settings, flags=re.MULTILINE)
    assert replaced == 1
    (folder / "mkdocs.yml").write_text(settings)
    for name in ("content", "macros", "sparkmem"):
        (folder / name).symlink_to(ROOT / name)
    for below in (".overrides", "assets/brand"):
        shutil.copytree(ROOT / "docs" / below, folder / "docs" / below)
    texts = {name: text for name, (text, _) in FAULTS.items()} | {"": FAULTLESS}
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("builds.py"), folder],
        input=json.dumps([PAGE.replace("{text}", text) for text in texts.values()]),
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return folder / "site", dict(zip(texts, json.loads(done.stdout), strict=True))


def test_a_page_without_faults_is_built_and_after_faults_too(built):
    site, builds = built
    status, said = builds[""]
    assert status == 0, said
    html = (site / "index.html").read_text()
    assert '<h1 id="one">' in html
    assert "${#shell}" in html


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_stops_the_build(built, fault):
    status, said = built[1][fault]
    assert status != 0
    assert FAULTS[fault][1] in said
