"""Tables that are wider than a phone scroll sideways, and can be reached by keyboard to do so.

The theme puts a scrolling box around each table, which a keyboard cannot reach.  Ours is around
that one, with a name: the heading that the table stands under.
"""

import re

# An empty corner is no heading: a screen reader would announce one without words.
_EMPTY_HEADING = re.compile(r"<th(?P<style> [^>]*)?></th>")
_TABLE_OR_HEADING = re.compile(r'(?P<table><table>.*?</table>)|<h[1-6] id="(?P<id>[^"]+)"', re.DOTALL)


def wrapped(html: str) -> str:
    """The page with a box around each table without a class, named by the heading before it.

    >>> wrapped('<h2 id="a">A</h2><table></table>')
    '<h2 id="a">A</h2><div class="sm-scroll" role="group" aria-labelledby="a" tabindex="0"><table></table></div>'
    """
    heading = ""

    def replace(found: re.Match[str]) -> str:
        nonlocal heading
        if found["id"]:
            heading = found["id"]
            return found[0]
        return f'<div class="sm-scroll" role="group" aria-labelledby="{heading}" tabindex="0">{found["table"]}</div>'

    html = _EMPTY_HEADING.sub(lambda corner: f"<td{corner['style'] or ''}></td>", html)
    return _TABLE_OR_HEADING.sub(replace, html)
