"""python -m tools.finish SITE: what is left to do with the site that mkdocs has built."""

import sys
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from tools.finishing import Pages
from tools.finishing.anywhere import go_anywhere
from tools.finishing.blank_lines import without_blank_lines
from tools.finishing.cite import with_citations
from tools.finishing.code import with_copying
from tools.finishing.early import starts_early, with_early_start
from tools.finishing.example_log import put_example
from tools.finishing.failures import with_places
from tools.finishing.flags import marked
from tools.finishing.go import all_citable, go_pages
from tools.finishing.hashed_names import rename_assets, with_new_names
from tools.finishing.line_ends import placed
from tools.finishing.marks import without_marks
from tools.finishing.outside import told
from tools.finishing.policy import with_policy
from tools.finishing.search import make_search, with_search
from tools.finishing.sources import with_source_marks
from tools.finishing.tables import wrapped
from tools.finishing.theme_later import with_theme_deferred, with_theme_later
from tools.finishing.theme_start import with_theme_started
from tools.server import address_of


def finish(site: Path) -> None:
    """Finish the site in place: each page is read once, goes through the steps as text, and is written once."""
    make_search(site)
    put_example(site)
    built = {path.relative_to(site).as_posix(): path.read_text() for path in sorted(site.rglob("*.html"))}
    base = address_of(built["index.html"])
    go_anywhere(site, base)
    for path, html in finished(built, base, rename_assets(site)).items():
        if built.get(path) != html:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(html)


def finished(built: Pages, base: str, renamed: Mapping[str, str]) -> dict[str, str]:
    """The pages as they are served, those of the short addresses with them; three steps have to see all, the others one."""
    pages = {path: _content(html, renamed) for path, html in with_places(built).items()}
    items = all_citable(pages)
    for path, cited in groupby(items, lambda item: f"{item.path}index.html"):
        pages[path] = with_citations(pages[path], cited, base)
    pages = {path: _scripts(html, path, renamed) for path, html in pages.items()} | go_pages(items, base)
    return with_policy(dict(sorted(pages.items())))


def _content(html: str, renamed: Mapping[str, str]) -> str:
    html = with_new_names(html, renamed)
    for step in (wrapped, without_marks, with_source_marks, told, marked, placed, with_copying):
        html = step(html)
    return html


def _scripts(html: str, path: str, renamed: Mapping[str, str]) -> str:
    html = with_search(with_theme_started(html), renamed)
    early = starts_early(html)
    html = with_theme_later(with_early_start(html, path), path) if early else with_theme_deferred(html)
    return without_blank_lines(html)


if __name__ == "__main__":
    finish(Path(sys.argv[1]))
