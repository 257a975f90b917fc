"""Tables that are wider than a phone scroll sideways, and can be reached by keyboard to do so.

The theme puts a scrolling box around each table without a class, which a keyboard cannot reach.  Ours is around that one,
with a name: the heading that the table stands under.  Both are made here: the theme would take each table out of the page
as its script starts, and the browser would style and lay out anew all that is in it.
"""

import re

_THEMES = '<div class="md-typeset__scrollwrap"><div class="md-typeset__table">', "</div></div>"
# An empty corner is no heading: a screen reader would announce one without words.
_EMPTY_HEADING = re.compile(r"<th(?P<style> [^>]*)?></th>")
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
        table = found["table"].replace("<table>", '<table class="sm-table">', 1)
        box = f'<div class="sm-scroll" role="group" aria-labelledby="{heading}" tabindex="0">'
        return f"{box}{_THEMES[0]}{table}{_THEMES[1]}</div>"

    html = _EMPTY_HEADING.sub(lambda corner: f"<td{corner['style'] or ''}></td>", html)
    return _TABLE_OR_HEADING.sub(replace, html)
