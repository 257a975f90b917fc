"""Tables that are wider than a phone scroll sideways, and can be reached by keyboard to do so.

The theme puts a scrolling box around each table without a class, which a keyboard cannot reach.  Ours is around that one,
with a name: the heading that the table stands under.  Both are made here: the theme would take each table out of the page
as its script starts, and the browser would style and lay out anew all that is in it.

A table of many columns is a list of cards on a phone, so that no figure lies outside it.  What a column is called stands
in a property of the table, from where the style sheet takes it for each cell.  A table that is not laid out as one is none
to a screen reader in some browsers, so that each part says what it is.
"""

import re
from html import escape, unescape

_THEMES = '<div class="md-typeset__scrollwrap"><div class="md-typeset__table">', "</div></div>"
# An empty corner is no heading: a screen reader would announce one without words.
_EMPTY_HEADING = re.compile(r"<th(?P<style> [^>]*)?></th>")
_HEAD, _NAME = re.compile(r"<thead>.*?</thead>", re.DOTALL), re.compile(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", re.DOTALL)
_FEWEST_COLUMNS = 3
_WORD = re.compile("[A-Za-z]{4}")
_BRIEF = 26  # characters: several such cells, each behind its column's name, go into a line of a phone
_ROLES = {"thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "columnheader", "td": "cell"}
_PART = re.compile(r"<(thead|tbody|tr|th|td)(?=[ >])")
_TABLE_OR_HEADING = re.compile(r'(?P<table><table>.*?</table>)|<h[1-6] id="(?P<id>[^"]+)"', re.DOTALL)


def wrapped(html: str) -> str:
    """The page with a box around each table without a class, named by the heading before it.

    >>> wrapped('<h2 id="a">A</h2><table></table>')
    '<h2 id="a">A</h2><div class="sm-scroll" role="group" aria-labelledby="a" tabindex="0">\
<div class="md-typeset__scrollwrap"><div class="md-typeset__table"><table class="sm-table"></table></div></div></div>'
    """
    heading = ""

    def replace(found: re.Match[str]) -> str:
        nonlocal heading
        if found["id"]:
            heading = found["id"]
            return found[0]
        begun = _begun(found["table"])
        table = (_with_roles(found["table"]) if "sm-cards" in begun else found["table"]).replace("<table>", begun, 1)
        box = f'<div class="sm-scroll" role="group" aria-labelledby="{heading}" tabindex="0">'
        return f"{box}{_THEMES[0]}{table}{_THEMES[1]}</div>"

    html = _EMPTY_HEADING.sub(lambda corner: f"<td{corner['style'] or ''}></td>", html)
    return _TABLE_OR_HEADING.sub(replace, html)


def _begun(table: str) -> str:
    """The table's own tag.

    A column that asks is a label beside its answer, where it asks no longer.

    >>> _begun("<table><thead><tr><th>A</th><th>It's <code>b</code></th><th>C?</th></tr></thead></table>")
    '<table class="sm-table sm-cards" style="--sm-2:\\'It\\\\27 s b\\';--sm-3:\\'C\\'" role="table">'
    >>> _begun("<table><thead><tr><th>A</th><th>B</th></tr></thead></table>")
    '<table class="sm-table">'
    >>> _begun("<thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tr><td>1</td><td>2</td></tr>")[:46]
    '<table class="sm-table sm-cards sm-brief sm-fi'
    """
    head = _HEAD.search(table)
    heads = _NAME.findall(head[0] if head else "")
    names = [unescape(re.sub("<[^>]+>", "", name)).strip().removesuffix("?") for name in heads]
    if len(names) < _FEWEST_COLUMNS:
        return '<table class="sm-table">'
    rows = [_cells(row) for row in _HEAD.sub("", table).split("</tr>")]
    asks = _asks_for_its_name([row[0] for row in rows if row])
    first = 1 if asks else 2
    said = ";".join(f"--sm-{place}:{_css_text(name)}" for place, name in enumerate(names, 1) if place >= first)
    kinds = " sm-brief" * _is_brief(rows) + " sm-first" * asks
    return f'<table class="sm-table sm-cards{kinds}" style="{said}" role="table">'


def _cells(row: str) -> list[str]:
    return [unescape(re.sub("<[^>]+>", "", cell)).strip() for cell in _NAME.findall(row)]


def _is_brief(rows: list[list[str]]) -> bool:
    """Whether most cells but the first of their row are a word or two, or a figure; a longer one takes a line of its own."""
    cells = [len(cell) <= _BRIEF for row in rows for cell in row[1:]]
    return bool(cells) and sum(cells) >= len(cells) * 0.6


def _asks_for_its_name(firsts: list[str]) -> bool:
    """Whether the head of a card is a riddle without its column's name: a number, a yes, or the same as another's.

    >>> _asks_for_its_name(["137", "143"]), _asks_for_its_name(["no", "yes"]), _asks_for_its_name(["heap", "overhead"])
    (True, True, False)
    """
    named = [first for first in firsts if first]
    riddles = sum(not _WORD.search(first) for first in named)
    return len(set(named)) < len(named) * 0.8 or riddles > len(named) / 2


def _with_roles(table: str) -> str:
    """The table with the role of each part.

    >>> _with_roles("<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>")
    '<table><thead role="rowgroup"><tr role="row"><th role="columnheader">A</th></tr></thead>\
<tbody role="rowgroup"><tr role="row"><td role="cell">1</td></tr></tbody></table>'
    """
    return _PART.sub(lambda found: f'{found[0]} role="{_ROLES[found[1]]}"', table)


def _css_text(text: str) -> str:
    """A text as CSS writes it, for an attribute."""
    return f"'{escape(re.sub(r'[^A-Za-z0-9 ,.()/%:=-]', lambda one: f'{chr(92)}{ord(one[0]):x} ', text), quote=False)}'"
