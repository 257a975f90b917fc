"""The values of a Helm chart by their paths, where a text holds its file of values beside the templates that use them."""

from __future__ import annotations

import re
from itertools import pairwise

from sparkmem.configuration.carried import shaped
from sparkmem.configuration.configuration import ConfigurationError
from sparkmem.configuration.yaml_scalars import Mapping, Scalar

APART = re.compile(r"---|apiVersion:|[ \t]*#.{0,80}\.(?:ya?ml|tpl|conf|j2)\b")
"""Where another file begins."""
_FLOW = re.compile(r"^[ \t]*[\"']?[\w.-]{1,60}[\"']?:[ \t]*\{(?!\{)[^\n]*\}[ \t]*(?:#[^\n]*)?$", re.MULTILINE)
_OTHERS = ("{{", "spark-submit", "kind:")
_DEEPEST, _MOST, _LONGEST = 8, 2000, 100_000


def chart_values(text: str) -> dict[str, tuple[str, int]]:
    """What stands at each path of such a file, and on which line; nothing where none of its maps is in braces.

    >>> chart_values('driver: { memory: "2g" }\\n---\\nmemory: {{ .Values.driver.memory }}')
    {'driver.memory': ('2g', 1)}
    """
    if len(text) > _LONGEST or ".Values." not in text or not _FLOW.search(text):
        return {}
    from sparkmem.configuration.yaml_subset import documents  # here: few texts hold a chart

    lines = text.split("\n")
    apart = [0, *(at for at, line in enumerate(lines) if APART.match(line)), len(lines)]
    found: dict[str, tuple[str, int]] = {}
    for first, end in pairwise(apart):
        part = "\n".join(lines[first:end])
        if not part.strip() or any(word in part for word in _OTHERS):
            continue
        try:
            for document in documents(part):
                _take(document, "", first, found)
        except ConfigurationError:
            continue
    return found


def _take(node: object, path: str, first: int, found: dict[str, tuple[str, int]], depth: int = 0) -> None:
    for key, value in node.entries.items() if isinstance(node, Mapping) and depth < _DEEPEST else ():
        below = f"{path}.{key}" if path else key
        if isinstance(value, Scalar) and shaped(value.text) and len(found) < _MOST:
            found[below] = (value.text, first + value.line)
        else:
            _take(value, below, first, found, depth + 1)
