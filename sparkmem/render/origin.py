"""Where and when a copy was made, and the address that gives its answer again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sparkmem.calculator import Calculator
from sparkmem.given import Given
from sparkmem.requests.addressed import with_other_side
from sparkmem.requests.query import query as query_of

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Origin:
    """Where and when a copy was made: the page's address without inputs (empty in a terminal), and the day."""

    page_url: str = ""
    page: str = ""
    date: str = ""

    def address(self, calculator: Calculator, texts: Mapping[str, str], request: Mapping[str, Any]) -> str:
        """The address that gives this answer again, beside what it is compared with; empty where there is no site."""
        if not self.page_url.startswith(("http://", "https://")):
            return ""
        query = query_of(with_other_side(calculator, texts, request))
        return f"{self.page_url.partition('?')[0].partition('#')[0]}{'?' if query else ''}{query}#{calculator.id}-calculator"

    def link(self, see: str) -> str:
        """The absolute address of a section; empty where there is no site."""
        site = self.page_url.removesuffix(self.page)
        return f"{site}{see}" if self.page_url.endswith(self.page) and site.startswith(("http://", "https://")) else ""

    @property
    def day(self) -> str:
        """The day, where it is one."""
        return self.date if _DAY.fullmatch(self.date) else ""


def spark(given: Given) -> str:
    """The release of the answer; of a comparison of two releases, both."""
    return spark_of([given.release, *given.releases.values()])


def spark_of(releases: Iterable[str]) -> str:
    """Releases as a sentence names them.

    >>> spark_of(["2.4", "2.4", "4.3"]), spark_of(["any"])
    ('Spark 2.4 and 4.3', 'any release of Spark')
    """
    named = list(dict.fromkeys(releases))
    return "any release of Spark" if "any" in named else f"Spark {' and '.join(named)}"
