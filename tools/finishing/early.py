"""Python's early start, in the head of each page that has a calculator: see early.js, which is written into it."""

from html.parser import HTMLParser
from pathlib import Path

from tools.finishing.inline import with_script

_SCRIPT = Path(__file__).with_suffix(".js")
_ELEMENTS = ("spark-calc", "spark-watch")


def add_early_start(site: Path) -> list[Path]:
    """The pages that now start early where their address holds inputs."""
    script = _SCRIPT.read_text()
    started = []
    for path in sorted(site.rglob("*.html")):
        page = path.read_text()
        if not any(f"<{element} " in page for element in _ELEMENTS):
            continue
        found = _Calculator()
        found.feed(page)
        folder = "../" * len(path.parent.relative_to(site).parts) + f"assets/py/{found.runtime}/"
        data = {"folder": folder, "part": found.part, "names": " ".join(found.names)}
        path.write_text(with_script(page, script, data))
        started.append(path)
    return started


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
