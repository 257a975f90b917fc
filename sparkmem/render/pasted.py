"""The box of the home page that takes whatever a reader has, and what is put below it: what it is, and the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sparkmem.calculators import CALCULATORS
from sparkmem.errors import BadInputs
from sparkmem.render.escaping import escape
from sparkmem.render.html import answer_html, errors_html, link, plainly
from sparkmem.render.origin import query_of
from sparkmem.requests.evaluate import run
from sparkmem.requests.phrases import Phrase
from sparkmem.requests.recognise import EXIT_PAGE, Recognised, recognise
from sparkmem.requests.sharing import shareable
from sparkmem.spark.ends.exit_code import ExitCode

_UNKNOWN = (
    "Nothing in it is known here. What is read: settings of Spark in any notation, a line of a log, an exit code such as"
    " 137, a number of the web UI such as 366.3 MiB, and what a JVM says of its native memory."
)


def pasted(text: str, page: str) -> dict[str, Any]:
    """``{"ok", "html", "summary"}`` for a text: what it is, the answer to it, and the way to its page."""
    if not text.strip():
        return {"ok": True, "html": "", "summary": ""}
    found = recognise(text)
    if found is None:
        return {"ok": False, "html": f'<p class="sm-change">{escape(_UNKNOWN)}</p>', "summary": _UNKNOWN}
    if not found.calculator:
        return _meaning(found, page)
    try:
        result, given, calculator = run({"calculator": found.calculator, "inputs": dict(found.inputs)})
    except BadInputs as bad:
        told, html = plainly(bad.errors[0], found.calculator), errors_html(bad.errors, found.calculator, page)
    else:
        told, html = result.headline, answer_html(result, given, calculator, page)
        kept = shareable(calculator, given.changed)
        return {"ok": True, "html": _way(found, kept, page) + html, "summary": f"{_read_as(found)} {told}"}
    return {"ok": False, "html": _way(found, {}, page) + html, "summary": f"{_read_as(found)} {told}"}


def _read_as(found: Recognised) -> str:
    return f"This is {found.kind}."


def _way(found: Recognised, kept: Mapping[str, str], page: str) -> str:
    calculator = CALCULATORS[found.calculator]
    address = calculator.see.partition("#")[0]
    target = link(address, page) + (f"?{query_of(kept)}" if kept else "")
    return (
        f'<p class="sm-kind">{escape(_read_as(found))}'
        f' <a href="{escape(target)}">Open it in “{escape(calculator.title)}”</a>, to change it, to compare and to copy.</p>'
    )


def _meaning(found: Recognised, page: str) -> dict[str, Any]:
    """What the errors and codes of a text mean, and what to do first."""
    items = [_phrase(phrase, page) for phrase in found.phrases] + [_code(code, page) for code in found.codes]
    first = found.phrases[0].what if found.phrases else found.codes[0].meaning.replace("`", "")
    html = f'<p class="sm-kind">{escape(_read_as(found))}</p><ul class="sm-meanings">{"".join(items)}</ul>'
    return {"ok": True, "html": html, "summary": f"{_read_as(found)} {first}"}


def _phrase(phrase: Phrase, page: str) -> str:
    see = f'<p><a href="{escape(link(phrase.see, page))}">Why, and what else it can be</a></p>'
    return f"<li>{first_html(phrase, page)}{see}</li>"


def first_html(phrase: Phrase, page: str) -> str:
    """Three lines for whoever has just met an error: what ran out, what to do first, and where the figure is."""
    return (
        f'<p class="sm-headline">{escape(phrase.what)}</p><p><b>Do this first:</b> {escape(phrase.first)}</p>'
        f'<p><b>How much:</b> <a href="{escape(link(phrase.figure_at, page))}">{escape(phrase.figure)}</a>.</p>'
    )


def _code(code: ExitCode, page: str) -> str:
    see = f"{EXIT_PAGE}#{code.id}"
    name = f" ({code.name})" if code.name else ""
    return (
        f'<li><p class="sm-headline">Exit code {code.code}{escape(name)}: ended by {escape(code.by)}</p>'
        f"<p>{_with_code(code.meaning)}</p>"
        f'<p><a href="{escape(link(see, page))}">Its row in the table of exit codes</a></p></li>'
    )


def _with_code(text: str) -> str:
    """A text with its quotations marked up.

    >>> _with_code("a `b <c>` d")
    'a <code>b &lt;c&gt;</code> d'
    """
    pieces = text.split("`")
    return "".join(f"<code>{escape(piece)}</code>" if n % 2 else escape(piece) for n, piece in enumerate(pieces))
