"""python -m tools.finish SITE: what is left to do with the site that mkdocs has built."""

import sys
from pathlib import Path

from tools.finishing.cite import add_citations
from tools.finishing.early import add_early_start
from tools.finishing.flags import keep_flags_whole
from tools.finishing.go import add_go_pages
from tools.finishing.hashed_names import rename_assets
from tools.finishing.line_ends import place_line_ends
from tools.finishing.marks import remove_marks
from tools.finishing.policy import add_policy
from tools.finishing.search_later import search_later
from tools.finishing.tables import wrap_tables
from tools.finishing.theme_later import load_theme_later


def finish(site: Path) -> None:
    """Finish the site in place.  The policy comes last: it has to see the pages as they are served."""
    rename_assets(site)
    wrap_tables(site)
    remove_marks(site)
    keep_flags_whole(site)
    place_line_ends(site)
    add_citations(site, add_go_pages(site))
    search_later(site)
    load_theme_later(add_early_start(site))
    add_policy(site)


if __name__ == "__main__":
    finish(Path(sys.argv[1]))
