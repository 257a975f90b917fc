"""An answer to be taken away: its configuration as text with a word on where it is from, or the answer itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sparkmem import __version__
from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator, Given
from sparkmem.calculators import CALCULATORS
from sparkmem.errors import BadInputs
from sparkmem.requests.copying import COPY_FORMATS, CannotHold, set_texts, written
from sparkmem.requests.evaluate import evaluate, run

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


@dataclass(frozen=True)
class Copied:
    """What is put on the clipboard, what is said of it, and lines on what had no place in it."""

    text: str
    said: str
    beside: tuple[str, ...] = ()


def copied(request: Mapping[str, Any], format: str, origin: Origin) -> Copied:
    """The answer to a request in a format; ``CannotHold`` where it has no place there, ``BadInputs`` for no answer."""
    if format not in COPY_FORMATS:
        raise CannotHold(f"no format {format!r}; there are {', '.join(COPY_FORMATS)}", ())
    name = COPY_FORMATS[format].name
    if format == "json":
        return Copied(_json(request, origin), "Copied as JSON: the whole answer.")
    if format == "markdown":
        from sparkmem.render.written_up import written_up  # here: a configuration needs no prose

        return Copied(written_up(request, origin), "Copied as Markdown, for a postmortem.")
    try:
        result, given, id = run(request)
    except BadInputs as bad:
        names = ", ".join(dict.fromkeys(error.name for error in bad.errors if error.name))
        raise CannotHold(f"there is no answer for what is entered: see {names}", ("markdown", "json")) from None
    calculator = CALCULATORS[id]
    text, found = written(calculator, request.get("inputs", {}), given, format)
    beside = found.beside
    said = f"Copied as {name}, {found.count} setting{'s' * (found.count != 1)}."
    if found.defaults:
        said = said.removesuffix(".") + " with their defaults, since none was changed."
    if not COPY_FORMATS[format].has_comments:
        return Copied(text, said, beside)
    return Copied("".join(f"# {line}\n" for line in _head(result, given, calculator, origin, beside)) + text, said, beside)


def _head(result: Result, given: Given, calculator: Calculator, origin: Origin, beside: tuple[str, ...]) -> list[str]:
    """The comment above a configuration: whose figures it has, where they are, and what could not be written."""
    lines = [", ".join(filter(None, [f"{calculator.title}, {spark(given)}", f"sparkmem {__version__}", origin.day]))]
    address = origin.address(calculator, set_texts(given))
    lines += [address] if address else []
    if beside:
        lines += ["The answer also rests on this, which has no place here:", *(f"  {line}" for line in beside)]
    return lines


def spark(given: Given) -> str:
    """The release of the answer."""
    return "any release of Spark" if given.release == "any" else f"Spark {given.release}"


def _json(request: Mapping[str, Any], origin: Origin) -> str:
    answer = evaluate(request)
    about: dict[str, str] = {"version": __version__}
    if origin.day:
        about["date"] = origin.day
    if "errors" not in answer:
        _, given, id = run(request)
        address = origin.address(CALCULATORS[id], set_texts(given))
        about |= {"address": address} if address else {}
    return json.dumps(about | answer, indent=2, ensure_ascii=False) + "\n"


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
