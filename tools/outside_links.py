"""python -m tools.outside_links: add the links of the built site that leave it to tests/golden/outside-links.txt.

Each line is an address, a tab, and the day on which somebody confirmed that what stands there is what we cite it
for, or `not confirmed`.  tests/site/test_outside_links.py watches that the list and the site agree.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

from tools.pages import pages

ROOT = Path(__file__).parents[1]
REGISTRY = ROOT / "tests" / "golden" / "outside-links.txt"
LIST = "reference/outside-links/"
NOT_CONFIRMED = "not confirmed"
CONFIRMED = re.compile(r"\d{4}-\d{2}-\d{2}(, .+)?")


def outside_links(site: Path) -> set[str]:
    """Every address on another host that a page links; the page that is made of the list itself does not count."""
    found = {
        link for page in pages(site).values() if page.path != LIST for link in page.links if urlsplit(link).netloc
    }
    return {link for link in found if urlsplit(link).scheme in ("http", "https")}


def registered() -> dict[str, str]:
    """The list: for each address the day on which it was confirmed."""
    lines = REGISTRY.read_text().splitlines() if REGISTRY.exists() else []
    return dict(line.split("\t", 1) for line in lines)


def main() -> None:
    """Write the list with what is new in it, and without what no page links any more."""
    before = registered()
    links = outside_links(ROOT / "site")
    REGISTRY.write_text("".join(f"{link}\t{before.get(link, NOT_CONFIRMED)}\n" for link in sorted(links)))
    waiting = sum(before.get(link, NOT_CONFIRMED) == NOT_CONFIRMED for link in links)
    print(f"{len(links)} links leave the site, {len(links - set(before))} of them new, {waiting} not confirmed")


if __name__ == "__main__":
    main()
