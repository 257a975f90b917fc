"""Where and when a copy was made, and the address that gives its answer again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sparkmem.calculator import Calculator
from sparkmem.given import Given

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-._")


@dataclass(frozen=True)
class Origin:
    """Where and when a copy was made: the page's address without inputs (empty in a terminal), and the day."""

    page_url: str = ""
    page: str = ""
    date: str = ""

    def address(self, calculator: Calculator, texts: Mapping[str, str]) -> str:
        """The address that gives this answer again; empty where there is no site."""
        if not self.page_url.startswith(("http://", "https://")):
            return ""
        query = query_of(texts)
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


def query_of(texts: Mapping[str, str]) -> str:
    """The texts as the query of an address, in the way of browsers.

    >>> query_of({"spark.executor.memory": "8g", "node-memory": "é &"})
    'spark.executor.memory=8g&node-memory=%C3%A9+%26'
    """
    return "&".join(f"{_encoded(name)}={_encoded(text)}" for name, text in texts.items())


def _encoded(text: str) -> str:
    return "".join(letter if letter in _PLAIN else "+" if letter == " " else _escaped(letter) for letter in text)


def _escaped(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "replace"))
