"""Elements that a step of the finishing leaves as they are."""

from collections.abc import Iterable

LIVE = ("spark-calc", "spark-watch", "spark-variants", "spark-diagnose", "spark-run")
"""Elements of ours, in which a script puts what Python has written: it comes finished."""


def elements(names: Iterable[str]) -> str:
    """A pattern of whole elements of these names; with `re.DOTALL` it goes over the ends of lines.

    >>> import re
    >>> re.split(f"({elements(['pre'])})", "a<pre>b</pre>c")
    ['a', '<pre>b</pre>', 'c']
    """
    return "|".join(rf"<{name}\b.*?</{name}>" for name in names)
