"""Options stay on one line: a browser would break them after the hyphens that they begin with."""

import re

from sparkmem.render.line_ends import options_whole
from tools.finishing.apart import LIVE, elements

_LONGEST = 32  # characters, which a phone has room for
_FLAG = re.compile(rf"<code>(?=-[^<]{{1,{_LONGEST - 1}}}</code>)")
_APART = ("head", "script", "style", "svg", "textarea", "select", "template", *LIVE)
_OTHERS = re.compile(f"({elements(_APART)}|<[^>]*>)", re.DOTALL)


def marked(html: str) -> str:
    """The page with a class on each piece of code that is a short flag, and on how any other option begins.

    >>> marked("<code>-Xmx</code> and <code>spark-submit</code>")
    '<code class="sm-flag">-Xmx</code> and <code>spark-submit</code>'
    >>> marked('<pre title="-a">jcmd -h</pre>')
    '<pre title="-a">jcmd <span class="sm-whole">-h</span></pre>'
    """
    parts = _OTHERS.split(_FLAG.sub('<code class="sm-flag">', html))
    return "".join(
        part if number % 2 or parts[number - 1].endswith('"sm-flag">') else options_whole(part)
        for number, part in enumerate(parts)
    )
