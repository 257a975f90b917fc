"""A small page for each thing that can be cited, at /go/ID/: a preview of what it leads to."""

from collections.abc import Iterable
from html import escape

from tools.finishing import Pages
from tools.finishing.citable import Citable, citable

FOLDER = "go"
_INDEX = "index.html"


def all_citable(pages: Pages) -> list[Citable]:
    """Everything that can be cited, page by page; ValueError where two things would have one address.

    It has to see all pages: an address is given once.
    """
    addresses = [path.removesuffix(_INDEX) for path in sorted(pages) if path.endswith(_INDEX)]
    found = [item for address in addresses for item in citable(address, pages[address + _INDEX], "sparkmem")]
    taken: dict[str, str] = {}
    for item in found:
        if item.go in taken:
            raise ValueError(f"/go/{item.go}/ would be both {taken[item.go]} and {item.target}")
        taken[item.go] = item.target
    return found


def go_pages(items: Iterable[Citable], base: str) -> dict[str, str]:
    """The pages by their paths, for a site at this address."""
    return {f"{FOLDER}/{item.go}/{_INDEX}": go_page(item, base) for item in items}


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
