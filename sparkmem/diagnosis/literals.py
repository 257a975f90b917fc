"""A pattern that is only tried where one of the literals stands that each match of it has: most texts have none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import AnyStr, Generic


@dataclass(frozen=True)
class Literals(Generic[AnyStr]):
    """A pattern, and letters, as they are written or small, of which every match holds some.

    >>> told = Literals(re.compile(r"Lost executor ([0-9]{1,3})"), ("Lost ",))
    >>> told.search("Lost executor 7")[1], told.search("executor 7")
    ('7', None)
    """

    pattern: re.Pattern[AnyStr]
    letters: tuple[AnyStr, ...]

    def search(self, text: AnyStr) -> re.Match[AnyStr] | None:
        """The first match, as ``re`` finds it."""
        return self.pattern.search(text) if any(map(text.__contains__, self.letters)) else None
