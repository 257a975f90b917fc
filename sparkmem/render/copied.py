"""An answer to be taken away: its configuration as text with a word on where it is from, or the answer itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sparkmem.calculator import Calculator
from sparkmem.calculators import CALCULATORS
from sparkmem.errors import BadInputs
from sparkmem.given import Given
from sparkmem.render.origin import Origin, spark
from sparkmem.render.unseen import without_unseen
from sparkmem.requests.addressed import addressed, refused_texts
from sparkmem.requests.copy_formats import COPY_FORMATS
from sparkmem.requests.copying import CannotHold, written
from sparkmem.requests.evaluate import evaluate, run
from sparkmem.requests.sharing import reduced
from sparkmem.version import __version__


@dataclass(frozen=True)
class Copied:
    """What is put on the clipboard, what is said of it, and lines on what had no place in it."""

    text: str
    said: str
    beside: tuple[str, ...] = ()


def copied(request: Mapping[str, Any], format: str, origin: Origin) -> Copied:
    """The answer to a request in a format; ``CannotHold`` where it has no place there, ``BadInputs`` for no answer."""
    if format not in COPY_FORMATS:
        raise CannotHold(f"no format {format[:80]!r}; there are {', '.join(COPY_FORMATS)}", ())
    request, secret = reduced(request)
    if secret:
        said = f"what stands at {', '.join(secret)} is no number, size or known word, so it may be a secret"
        raise CannotHold(said, ())
    found = _copied(request, format, origin)
    return replace(found, text=without_unseen(found.text))


def _copied(request: Mapping[str, Any], format: str, origin: Origin) -> Copied:
    name = COPY_FORMATS[format].name
    if format == "json":
        return Copied(_json(request, origin), "Copied as JSON: the whole answer.")
    if format == "link":
        return _link(request, origin)
    if format == "short":
        from sparkmem.render.in_short import in_short  # here: the same

        return Copied(*in_short(request, origin))
    if format == "markdown":
        from sparkmem.render.written_up import written_up  # here: a configuration needs no prose

        return Copied(written_up(request, origin), "Copied as Markdown, for a postmortem.")
    try:
        _, given, id = run(request)
    except BadInputs as bad:
        names = ", ".join(dict.fromkeys(error.name for error in bad.errors if error.name))
        raise CannotHold(f"there is no answer for what you entered: see {names}", ("markdown", "json")) from None
    calculator = CALCULATORS[id]
    text, found = written(calculator, request.get("inputs", {}), given, format)
    beside, address = found.beside, origin.address(calculator, addressed(given), request)
    said = f"Copied as {name}, {found.count} setting{'s' * (found.count != 1)}."
    if found.defaults:
        said = said.removesuffix(".") + " with their defaults, since none was changed."
    if not COPY_FORMATS[format].has_comments:
        return Copied(text, said, beside)
    return Copied("".join(f"# {line}\n" for line in _head(given, calculator, address, origin, beside)) + text, said, beside)


def _head(given: Given, calculator: Calculator, address: str, origin: Origin, beside: tuple[str, ...]) -> list[str]:
    """The comment above a configuration: whose figures it has, where they are, and what could not be written."""
    lines = [", ".join(filter(None, [f"{calculator.title}, {spark(given)}", f"sparkmem {__version__}", origin.day]))]
    lines += [address] if address else []
    if beside:
        lines += ["The answer also rests on this, which has no place here:", *(f"  {line}" for line in beside)]
    return lines


def _link(request: Mapping[str, Any], origin: Origin) -> Copied:
    """The address alone, of a refusal too; a terminal has none."""
    calculator = CALCULATORS.get(str(request.get("calculator", "")))
    if calculator is None:
        raise CannotHold("there is no calculator of that name", ())
    try:
        texts = addressed(run(request)[1])
    except BadInputs:
        texts = refused_texts(calculator, request)
    address = origin.address(calculator, texts, request)
    if not address:
        raise CannotHold("a link leads to a page of the site, and this answer stands on none", ("short", "markdown", "json"))
    return Copied(address, f"Copied the link: it opens {'this comparison' if 'against' in request else 'these inputs'}.")


def _json(request: Mapping[str, Any], origin: Origin) -> str:
    answer = evaluate(request)
    about: dict[str, str] = {"version": __version__}
    if origin.day:
        about["date"] = origin.day
    if "errors" not in answer:
        _, given, id = run(request)
        address = origin.address(CALCULATORS[id], addressed(given), request)
        about |= {"address": address} if address else {}
    return json.dumps(about | answer, indent=2, ensure_ascii=False) + "\n"
