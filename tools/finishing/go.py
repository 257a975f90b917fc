"""A small page for each thing that can be cited, at /go/ID/: a preview of what it leads to."""

from html import escape
from pathlib import Path

from tools.finishing.citable import Citable, citable
from tools.server import built_for

FOLDER = "go"


def add_go_pages(site: Path) -> list[Citable]:
    """Write the pages; ValueError where two things would have one address."""
    base = built_for(site)
    found = all_citable(site)
    taken: dict[str, str] = {}
    for item in found:
        if item.go in taken:
            raise ValueError(f"/go/{item.go}/ would be both {taken[item.go]} and {item.target}")
        taken[item.go] = item.target
        page = site / FOLDER / item.go / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(go_page(item, base))
    return found


def all_citable(site: Path) -> list[Citable]:
    """Everything on the site that can be cited, page by page."""
    pages = [page for page in sorted(site.rglob("index.html")) if page.relative_to(site).parts[0] != FOLDER]
    return [
        item
        for page in pages
        for item in citable(page.relative_to(site).as_posix().removesuffix("index.html"), page.read_text(), "sparkmem")
    ]


def go_page(item: Citable, base: str) -> str:
    """The page: it leads on by itself, without a script, and says where to."""
    title, text, target = escape(item.full_title), escape(item.text or item.full_title), escape(base + item.target)
    onward = escape(f"../../{item.target}")  # right wherever the site lies
    return (
        '<!doctype html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8">\n'
        f"    <title>{title} - sparkmem</title>\n"
        f'    <meta name="description" content="{text}">\n'
        '    <meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '    <meta name="robots" content="noindex, follow">\n'
        f'    <link rel="canonical" href="{target}">\n'
        '    <meta property="og:site_name" content="sparkmem">\n    <meta property="og:type" content="article">\n'
        f'    <meta property="og:title" content="{title}">\n    <meta property="og:description" content="{text}">\n'
        f'    <meta property="og:url" content="{escape(base)}{FOLDER}/{escape(item.go)}/">\n'
        '    <meta name="twitter:card" content="summary">\n'
        f'    <meta http-equiv="refresh" content="0; url={onward}">\n'
        f'  </head>\n  <body>\n    <main>\n      <h1>{title}</h1>\n      <p>{text}</p>\n'
        f'      <p><a href="{onward}">{title}</a></p>\n    </main>\n  </body>\n</html>\n'
    )
