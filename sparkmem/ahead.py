"""What no page has asked for yet, loaded a piece at a time: a request that comes meanwhile waits for one piece.

A module brings along what it imports, and some would bring half of the package; so the page's archive holds a list of
its modules in an order in which each finds what it needs (``tools/runtime/order.py``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

ORDER = "loading.json"


def pieces(prepare: Callable[[str], None], parts: Iterable[str]) -> Iterator[str]:
    """Load a piece for each step: the modules, then what is known of failures, then what is left of each part."""
    for name in order():
        import_module(name)
        yield name
    from sparkmem.diagnosis.families import family, tables

    for name in tables():
        family(name)
        yield name
    for part in parts:
        prepare(part)
        yield part


def order() -> list[str]:
    """Names of modules; none where the package is no archive of a page's."""
    loader = __spec__.loader
    folder = __file__.replace("\\", "/").rpartition("/")[0]
    try:
        return list(json.loads(loader.get_data(f"{folder}/{ORDER}")))  # type: ignore[union-attr]
    except OSError:
        return []
