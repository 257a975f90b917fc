"""What can be cited in a built page: its headings, each with a short address that never changes.

The short address of a section is `/go/PAGE.ID/`, of a page `/go/PAGE/`.  On pages that are lists (claims, terms, keys,
exit codes, changes) each entry has an id that no other page uses, and its short address is `/go/ID/`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_HEADING = re.compile(r'<h(?P<level>[1-3]) id="(?P<id>[^"]+)"[^>]*>(?P<title>.*?)</h(?P=level)>', re.DOTALL)
_HEADERLINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_PARAGRAPH = re.compile(r"<p[ >].*?</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_NOT_CITED = {"sources", "questions-answered"}
# Ids that no other page uses: entries of lists, whose short address is their id alone.
_ENTRIES = ("claim-", "term-", "spark.", "exit-", "since-", "change-", "experiment-")
_FOLDERS = {"calculators": "calculator", "errors": "error"}
"""Folders whose pages have names that pages elsewhere have too."""
LONGEST = 220


@dataclass(frozen=True)
class Citable:
    """A page or a section of one: where it is, its short address, its title, and its first words."""

    path: str
    id: str
    go: str
    title: str
    page_title: str
    text: str

    @property
    def target(self) -> str:
        """Its address below the site's."""
        return f"{self.path}#{self.id}" if self.id else self.path

    @property
    def full_title(self) -> str:
        """The section's title with the page's behind it."""
        return self.title if self.title == self.page_title else f"{self.title} · {self.page_title}"


def page_name(path: str) -> str:
    """What a page is called in short addresses.

    >>> page_name("memory/off-heap/"), page_name("calculators/jvm-heap/"), page_name("errors/exit-52/"), page_name("")
    ('off-heap', 'calculator-jvm-heap', 'error-exit-52', 'home')
    """
    folder, _, name = path.strip("/").rpartition("/")
    return f"{_FOLDERS[folder]}-{name}" if folder in _FOLDERS else name or "home"


def citable(path: str, html: str, site_name: str) -> Iterator[Citable]:
    """Everything on a page that can be cited, in its order; the page itself comes first.

    >>> page = '<article><h1 id="a">A</h1><p>One.</p><h2 id="b">B<a class="headerlink" href="#b">¶</a></h2><p>Two.</p>'
    >>> [(c.go, c.full_title, c.text) for c in citable("memory/a/", page, "site")]
    [('a', 'A', 'One.'), ('a.b', 'B · A', 'Two.')]
    """
    article = html[html.find("<article") :].partition("</article>")[0]
    headings = list(_HEADING.finditer(article))
    name, page_title = page_name(path), ""
    for number, heading in enumerate(headings):
        end = headings[number + 1].start() if number + 1 < len(headings) else len(article)
        title = text_of(_HEADERLINK.sub("", heading["title"]))
        if heading["id"] in _NOT_CITED:
            continue
        first = heading["level"] == "1"
        page_title = title if first else page_title
        entry = path.startswith("reference/") and heading["id"].startswith(_ENTRIES)
        go = name if first else heading["id"] if entry else f"{name}.{heading['id']}"
        text = shortened(" ".join(text_of(p) for p in _PARAGRAPH.findall(article[heading.end() : end])[:3]))
        yield Citable(path, "" if first else heading["id"], go, title, page_title or site_name, text)


def text_of(html: str) -> str:
    """The words of a piece of HTML.

    >>> text_of("<p>a <code>b</code>&amp;c\\n d</p>")
    'a b&c d'
    """
    return " ".join(unescape(_TAG.sub("", html)).split())


def shortened(text: str) -> str:
    """The text, or its first words and a sign that it goes on."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"
