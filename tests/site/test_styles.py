"""The style sheet: each subject is in it once, and the pages get it whole."""

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
