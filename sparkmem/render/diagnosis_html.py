"""A diagnosis as HTML: what the page puts in the place of its example, and what stands there at build time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sparkmem.render.diagnosis import BEHIND, FIGURE, WRITTEN, figures, harmless_words, kind_words, place, read_words, traits
from sparkmem.render.do_first import named
from sparkmem.render.escaping import escape
from sparkmem.render.evidence import SHOWN, followers
from sparkmem.render.headline import headline
from sparkmem.render.line_ends import with_code
from sparkmem.render.moment import moment_html
from sparkmem.requests.query import query

_CALCULATOR_PAGES = {
    "executor-memory": "memory/executor-heap/",
    "explain": "explain/",
}


def diagnosis_html(found: Mapping[str, Any], page: str) -> str:
    """The whole: the headline, each finding, harmless lines, how much was read."""
    return f'<p class="sm-headline">{escape(headline(found))}</p>{findings_html(found, page)}'


def findings_html(found: Mapping[str, Any], page: str) -> str:
    """The same without the headline."""
    opened = not found.get("by-words")
    findings = "".join(_finding(one, found, page, opened and number == 0) for number, one in enumerate(found["findings"]))
    return (
        f'{f"<ol class=sm-findings>{findings}</ol>" if findings else ""}'
        f'{"".join(moment_html(one, page) for one in found["moments"])}{_harmless(found["harmless"], page)}'
        f'<p class="sm-command">{escape(read_words(found["read"]))}</p>'
    )


def no_text_html(what: str, step: str) -> str:
    """What is said in the place of an answer to what is no text."""
    return f'<p class="sm-change">{escape(no_text_said(what, step))}</p>'


def no_text_said(what: str, step: str) -> str:
    """What to do, and then what came.

    >>> no_text_said("a zip archive", "unpack it")
    'Unpack it: this is a zip archive, and no text.'
    """
    return f"{step[:1].upper()}{step[1:]}: this is {what}{'' if what.startswith('text ') else ', and no text'}."


def _finding(one: Mapping[str, Any], whole: Mapping[str, Any], page: str, is_first: bool) -> str:
    rest = f"{_numbers(one)}{_quoted(one)}<dl>{_said(one, whole, page)}</dl>"
    if not is_first:
        rest = f'<details class="sm-further"><summary>Text, numbers, what to do</summary>{rest}</details>'
    return (
        f'<li class="sm-finding sm-finding-{one["kind"]}" data-finding="{escape(one["id"])}">'
        f'<p class="sm-finding-title"><b>{escape(kind_words(one))}:</b>'
        f' <a href="{escape(up(page) + one["page"])}">{escape(one["title"])}</a></p>'
        f'<p class="sm-traits">{_labelled(one)}{"<br>" if place(one) else ""}{escape(place(one))}</p>'
        f"<p>{escape(one['says'])}</p>{rest}</li>"
    )


def _labelled(one: Mapping[str, Any]) -> str:
    return " · ".join(f"<span>{escape(label)}: <strong>{escape(words)}</strong></span>" for label, words in traits(one))


def _numbers(one: Mapping[str, Any]) -> str:
    return "".join(f'<p class="sm-figure">{escape(figure)}</p>' for figure in figures(one))


def _quoted(one: Mapping[str, Any]) -> str:
    return f'<pre class="sm-quote" tabindex="0"><code>{escape(one["quote"])}</code></pre>' if one["quote"] else ""


def _said(one: Mapping[str, Any], whole: Mapping[str, Any], page: str) -> str:
    titles = {other["id"]: other["title"] for other in whole["findings"]}
    made = [(SHOWN[row["shows"]], f"{escape(row['says'])}{_line(row)}") for row in one.get("shown", ())]
    made += [(FIGURE, escape(words)) for words in one["figures"]]
    if one["follows"]:
        made.append(("Follows from", escape(titles.get(one["follows"], one["follows"]) + followers(one, whole))))
    for change in one["changes"]:
        value = f" <code>{escape(change['value'])}</code>" if change["value"] else ""
        made.append(("Change", f"{with_code(named(change['key']))}{value}: {escape(change['why'])}"))
    if one["calculator"]:
        made.append(("Compute", _asked(one["calculator"], page)))
    if one["not-to-do"]:
        made.append(("Not", escape(one["not-to-do"])))
    for look in one["look"]:
        command = f'<br><code>{escape(look["command"])}</code>' if look["command"] else ""
        made.append(("Look next", f"{escape(look['what'])}{command}"))
    made += [(BEHIND, escape("; ".join(one["alike"])))] if one["alike"] else []
    if one["not-found"]:
        links = (f'<a href="{escape(up(page) + other["page"])}">{escape(other["title"])}</a>' for other in one["not-found"])
        made.append(("Looked for, not found", "; ".join(links)))
    if one["disproved-by"]:
        made.append(("What would disprove it", escape(one["disproved-by"])))
    made += [(WRITTEN, escape(one["written-by"]))] if one["written-by"] else []
    return "".join(f"<dt>{words}</dt><dd>{text}</dd>" for words, text in made)


def _line(row: Mapping[str, Any]) -> str:
    """The line that shows something, behind its sentence."""
    return f' Line {row["line"]}: <code>{escape(row["quote"])}</code>' if row["quote"] else ""


def _asked(asked: Mapping[str, Any], page: str) -> str:
    """A link to the calculator, and that the text's numbers are filled in where it has any."""
    id = asked["calculator"]
    target = f"{_CALCULATOR_PAGES.get(id, f'calculators/{id}/')}?{query(asked['inputs'])}#{id}"
    numbers = any(text[:1].isdigit() for name, text in asked["inputs"].items() if name != "release")
    words = f"{id.replace('-', ' ').capitalize()}{' with these numbers' if numbers else ''}"
    return f'<a href="{escape(up(page) + target)}">{escape(words)}</a>'


def _harmless(found: list[Mapping[str, Any]], page: str) -> str:
    if not found:
        return ""
    items = "".join(
        f'<li data-finding="{escape(one["id"])}"><a href="{escape(up(page) + one["page"])}">{escape(one["title"])}</a>'
        f" ({escape(place(one))}). {escape(harmless_words(one))}{_first_line(one['quote'])}</li>"
        for one in found
    )
    return f'<div class="sm-harmless"><p><b>Harmless</b></p><ul>{items}</ul></div>'


def _first_line(quote: str) -> str:
    return f'<br><code>{escape(quote.splitlines()[0])}</code>' if quote else ""


def up(page: str) -> str:
    """The way from a page to the site's root."""
    return "../" * page.count("/")
