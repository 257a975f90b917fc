"""The page of a failure has its place: in the navigation, below the list of failures, and between its neighbours there.

It is in no navigation of its own, which would make each page of the site longer by all of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

from tools.finishing import Pages

LIST = "errors/index.html"
_HEADING = re.compile(r"<h1\b[^>]*>(?P<title>.*?)<a ", re.DOTALL)
_GROUP = re.compile(
    r'<h3 id="(?P<id>[^"]+)">(?P<title>.*?)<a (?:(?!<h3).)*?<ul class="sm-failures">(?P<listed>.*?)</ul>', re.DOTALL
)
_FAILURE = re.compile(r'<li [^>]*><a href="(?P<to>[^"]+)">(?P<title>.*?)</a>')
_STEP = re.compile(r'<a href="[^"]*" class="md-footer__link md-footer__link--(?P<way>prev|next)".*?</a>', re.DOTALL)
_STEP_TITLE = re.compile(r'(<div class="md-ellipsis">).*?(</div>)', re.DOTALL)
_ENTRY = '<a href="../" class="md-nav__link">'


@dataclass(frozen=True)
class _Link:
    to: str
    title: str

    def __str__(self) -> str:
        return f'<a href="{self.to}">{self.title}</a>'


def with_places(pages: Pages) -> dict[str, str]:
    """All pages, of which those of failures know where they are; ValueError for one that cannot be placed."""
    if LIST not in pages:
        return dict(pages)
    listing = pages[LIST]
    heading = _HEADING.search(listing)
    if not heading:
        raise ValueError(f"{LIST}: no heading")
    top = _Link("../", heading["title"].strip())
    steps = {step["way"]: step[0] for step in _STEP.finditer(listing)}
    places = dict(_places(listing))
    done = dict(pages)
    for path, html in pages.items():
        if path.startswith("errors/") and path != LIST:
            group, *beside = places.get(path, (None, None, None))
            html = _active(html, path).replace("<h1", f"{_above(top, group)}<h1", 1)
            done[path] = html.replace('<footer class="md-footer">', f'<footer class="md-footer">{_below(steps, *beside)}', 1)
    return done


def _places(listing: str) -> Iterator[tuple[str, tuple[_Link, _Link, _Link | None]]]:
    """Of each failure that is listed its group, and what is before and behind it there; before the first is the group."""
    for found in _GROUP.finditer(listing):
        group = _Link(f"../#{found['id']}", found["title"].strip())
        listed = [_Link(f"../{one['to']}", one["title"]) for one in _FAILURE.finditer(found["listed"])]
        for before, one, behind in zip([group, *listed], listed, [*listed[1:], None], strict=False):
            yield f"errors/{one.to.removeprefix('../')}index.html", (group, before, behind)


def _active(html: str, path: str) -> str:
    """The page with the list as the active entry of its navigation, and the section around it open."""
    before, entry, after = html.partition(_ENTRY)
    section, item = before.rfind('<li class="md-nav__item md-nav__item--nested">'), before.rfind('<li class="md-nav__item">')
    if not entry or not 0 < section < item:
        raise ValueError(f"{path}: the list of failures is not in its navigation")
    opened = before[section:item].replace('md-nav__item--nested"', 'md-nav__item--active md-nav__item--nested"', 1)
    opened = re.sub(r'(type="checkbox" id="[^"]+") >', r"\1 checked>", opened, count=1)
    opened = opened.replace('aria-expanded="false"', 'aria-expanded="true"', 1)
    active = before[item:].replace('md-nav__item"', 'md-nav__item md-nav__item--active"', 1)
    link = _ENTRY.replace('md-nav__link"', 'md-nav__link md-nav__link--active"')
    return f"{before[:section]}{opened}{active}{link}{after}"


def _above(top: _Link, group: _Link | None) -> str:
    below = f" › {group}" if group else ""
    return f'<p class="sm-where">{top}{below}</p>\n'


def _below(steps: dict[str, str], before: _Link | None, behind: _Link | None) -> str:
    """The theme's links to the page before and the one behind, made of those that the list has; empty for neither."""
    links = [_step(steps[way], link) for way, link in (("prev", before), ("next", behind)) if link]
    return f'<nav class="md-footer__inner md-grid" aria-label="Footer">{"".join(links)}</nav>' if links else ""


def _step(theirs: str, link: _Link) -> str:
    said = escape(unescape(re.sub(r"<[^>]+>", "", link.title)))
    ours = re.sub(r'^<a href="[^"]*"', f'<a href="{link.to}"', theirs)
    ours = re.sub(r'(aria-label="\w+: )[^"]*"', lambda label: f'{label[1]}{said}"', ours)
    return _STEP_TITLE.sub(lambda title: f"{title[1]}{said}{title[2]}", ours)
