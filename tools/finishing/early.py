"""Python's early start, in the head of each page that has a calculator: see early.js, which is written into it."""

import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

_SCRIPT = Path(__file__).with_suffix(".js")
_PLACE = '<meta charset="utf-8">'
_ELEMENTS = ("spark-calc", "spark-watch")


def add_early_start(site: Path) -> list[Path]:
    """The pages that now start early where their address holds inputs."""
    text = shortened(_SCRIPT.read_text())
    started = []
    for path in sorted(site.rglob("*.html")):
        page = path.read_text()
        if not any(f"<{element} " in page for element in _ELEMENTS):
            continue
        found = _Calculator()
        found.feed(page)
        folder = "../" * len(path.parent.relative_to(site).parts) + f"assets/py/{found.runtime}/"
        data = {"folder": folder, "part": found.part, "names": " ".join(found.names)}
        attributes = " ".join(f'data-{name}="{escape(value)}"' for name, value in data.items())
        path.write_text(page.replace(_PLACE, f"{_PLACE}\n      <script {attributes}>{text}</script>", 1))
        started.append(path)
    return started


def shortened(script: str) -> str:
    """The script without its comments and line ends: every statement of it ends with a mark.

    >>> shortened("// why\\na();\\n  b(/** @type {any} */ (c));  // d\\n")
    'a(); b((c));'
    """
    bare = re.sub(r"/\*.*?\*/ ?", "", re.sub(r"(?m)(^|\s)//.*$", "", script))
    return " ".join(line.strip() for line in bare.splitlines() if line.strip())


class _Calculator(HTMLParser):
    """The element's runtime and part, and the names that an address may give it."""

    def __init__(self) -> None:
        super().__init__()
        self.runtime = self.part = self._inside = ""
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _ELEMENTS and not self.part:
            self._inside = tag
            self.runtime = given["runtime"]
            self.part = given.get("calculator") or tag.removeprefix("spark-")
        elif self._inside:
            self.names += [*filter(None, [given.get("name")]), *given.get("data-carries", "").split()]

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""
