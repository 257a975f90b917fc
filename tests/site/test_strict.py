"""The build stops at what would be wrong in a page: shown by real builds of a site of one page."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = "---\ntitle: One\ndescription: A page.\n---\n\n# One { #one }\n\n{text}\n"


@pytest.fixture
def build(tmp_path):
    """A function that builds a page with this text, with our own settings: exit status and what was said."""
    settings = (ROOT / "mkdocs.yml").read_text()
    settings, replaced = re.subn(r"^nav:\n(?:[ -].*\n)+", "nav: [index.md]\n", settings, flags=re.MULTILINE)
    assert replaced == 1
    (tmp_path / "mkdocs.yml").write_text(settings)
    for name in ("content", "macros", "sparkmem"):
        (tmp_path / name).symlink_to(ROOT / name)
    for folder in (".overrides", "assets/brand"):
        shutil.copytree(ROOT / "docs" / folder, tmp_path / "docs" / folder)

    def run(text: str) -> tuple[int, str]:
        (tmp_path / "docs" / "index.md").write_text(PAGE.replace("{text}", text))
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--site-dir", "site"],
            cwd=tmp_path,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stdout + done.stderr

    return run


def test_a_page_without_faults_is_built(build, tmp_path):
    status, said = build("See [above](#one), `${#shell}` and {# this #}.")
    assert status == 0, said
    html = (tmp_path / "site" / "index.html").read_text()
    assert '<h1 id="one">' in html
    assert "${#shell}" in html


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{{ no_such_macro() }}", "no_such_macro"),
        ("{{ fact('NO_SUCH_FACT') }}", "NO_SUCH_FACT"),
        ("See [there](there.md).", "there.md"),
        ("See [below](#below).", "#below"),
        ("See [there](/there/).", "/there/"),
    ],
    ids=["unknown-macro", "unknown-fact", "broken-link", "broken-anchor", "absolute-link"],
)
def test_a_fault_stops_the_build(build, tmp_path, text, complaint):
    status, said = build(text)
    assert status != 0
    assert complaint in said
