"""Python's early start, in the head of each page that has a calculator: see early.js, which is written into it."""

from html.parser import HTMLParser
from pathlib import Path

from tools.finishing.inline import with_script

_SCRIPT = Path(__file__).with_suffix(".js").read_text()
_ELEMENTS = ("spark-calc", "spark-watch", "spark-diagnose", "spark-run")


def starts_early(html: str) -> bool:
    """Whether there is something on the page that an address may hold inputs of."""
    return any(f"<{element} " in html for element in _ELEMENTS)


def with_early_start(html: str, path: str) -> str:
    """The page, of this path below the site's folder, with the script; it has a calculator."""
    found = _Calculator()
    found.feed(html)
    folder = "../" * path.count("/") + f"assets/py/{found.runtime}/"
    return with_script(html, _SCRIPT, {"folder": folder, "part": found.part, "names": " ".join(found.names)})


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
