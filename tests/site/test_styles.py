"""Style sheets: each subject is in one of them, and the pages get them whole."""

from itertools import chain

from tools.pages import pages
from tools.styles import ASSETS, SHEETS, joined


def test_each_subject_is_in_one_sheet():
    named = sorted(chain.from_iterable(SHEETS.values()))
    written = {path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*.css")} - set(SHEETS)
    assert named == sorted(written)


def test_a_page_links_the_sheets_in_their_order_and_no_subject(site_dir):
    linked = [link for link in pages(site_dir)["memory/executor-heap/"].resources if link.endswith(".css")]
    own = [(site_dir / "memory/executor-heap" / link).resolve() for link in linked if "/stylesheets/" not in link]
    assert [path.read_text() for path in own] == [joined(sheet) for sheet in SHEETS]
    assert {path for path in site_dir.rglob("*.css") if path.parent.name != "stylesheets"} == set(own)
