"""What is put below the box of the home page, which takes whatever a reader has: what it is, and the answer."""

from __future__ import annotations

from typing import Any

from sparkmem.calculators import CALCULATORS
from sparkmem.configuration.no_text import no_text
from sparkmem.diagnosis.diagnose import Diagnosis
from sparkmem.errors import BadInputs
from sparkmem.render.at_once import at_once, has_a_page
from sparkmem.render.diagnosis_html import diagnosis_html, findings_html, no_text_html, no_text_said
from sparkmem.render.escaping import escape
from sparkmem.render.exit_rows import exit_rows_after
from sparkmem.render.headline import headline
from sparkmem.render.html import answer_html, errors_html, link, plainly
from sparkmem.render.openings import address_of_defaults
from sparkmem.render.setting_rows import setting_rows
from sparkmem.requests.diagnosis import address_of, diagnosis_dict
from sparkmem.requests.evaluate import run
from sparkmem.requests.query import query as query_of
from sparkmem.requests.recognised import (
    CONFIGURATION,
    EVENT_LOG,
    EXIT_CODE,
    FAILURE,
    HEAP,
    NATIVE,
    NUMBER,
    SIZE,
    SIZING,
    UNKNOWN,
    Recognised,
    recognised,
)  # fmt: skip
from sparkmem.requests.sharing import shareable
from sparkmem.requests.subjects_named import Subject

_HAPPENED = "What happened?"
_IS = {
    FAILURE: "This is the text of a failure.", CONFIGURATION: "This is a configuration.", EXIT_CODE: "This is an exit code.",
    NUMBER: "This is a number of the web UI.", SIZE: "This is a size of an executor.",
    HEAP: "This is the largest heap of a JVM, taken as an executor's.",
    NATIVE: "This is what a JVM says of its native memory.",
    SIZING: "This asks for sizes. Assumed: a node is the executors' alone, and each executor has {} of its cores.",
}  # fmt: skip
_SAID = {
    EVENT_LOG: "This is an event log of Spark. It is read whole, as a file, in “Read a run” or by sparkmem run FILE.",
    SIZING: "This asks for sizes. Write the memory and the cores of a node, as in 64 GB and 16 cores for each of 5 nodes;"
    " or fill them in on the page “Executors on a node”.",
    UNKNOWN: "Nothing in it is known here. What is read: settings of Spark in any notation, a line of a log, an exit code"
    " such as 137, a number of the web UI such as 366.3 MiB, a machine type such as r5.4xlarge, and what a JVM says of"
    " its native memory.",
}
_PERHAPS = "These words stand in texts of failures."
_SEARCH = '<p class="sm-actions"><button type="button" data-search>Search the pages for it</button></p>'


def pasted(text: str, page: str) -> dict[str, Any]:
    """``{"ok", "html", "summary"}`` for a text: what it is, the answer to it, and the way to its page.

    ``found`` is what the address of a diagnosis holds of it: ids and numbers, never a word.
    """
    if not text.strip():
        return {"ok": True, "html": "", "summary": ""}
    known = recognised(text)
    if known.calculator:
        return _answered(known, page)
    if known.settings:
        return _named(known.settings, page)
    if known.subjects:
        return _subjects(known.subjects, page)
    if known.found:
        return _diagnosed(known, known.found, page)
    binary = no_text(text)
    if binary and known.kind == UNKNOWN:
        return {"ok": False, "html": no_text_html(*binary), "summary": no_text_said(*binary)}
    said = _SAID[known.kind]
    there = "Go there" if known.kind == SIZING else "Choose the file there"
    way = f' <a href="{escape(link(known.page, page))}">{there}</a>.' if known.page else ""
    search = "" if known.page else _SEARCH
    return {"ok": False, "html": f'<p class="sm-change">{escape(said)}{way}</p>{search}', "summary": said}


def _named(settings: tuple[str, ...], page: str) -> dict[str, Any]:
    said = "This is the name of a setting." if len(settings) == 1 else f"{len(settings)} settings have this name."
    return {"ok": True, "html": f'<p class="sm-kind">{said}</p>{setting_rows(settings, page)}{_SEARCH}', "summary": said}


def _subjects(subjects: tuple[Subject, ...], page: str) -> dict[str, Any]:
    said = "This is the name of a subject." if len(subjects) == 1 else f"These words name {len(subjects)} subjects."
    ways = "".join(f'<li><a href="{escape(link(one.page, page))}">{escape(one.title)}</a></li>' for one in subjects)
    html = f'<p class="sm-kind">{said}</p><ul class="sm-meanings">{ways}</ul>{_SEARCH}'
    return {"ok": True, "html": html, "summary": f"{said} {', '.join(one.title for one in subjects)}"}


def _answered(known: Recognised, page: str) -> dict[str, Any]:
    calculator = CALCULATORS[known.calculator]
    try:
        result, given, _ = run({"calculator": calculator.id, "inputs": dict(known.inputs)})
    except BadInputs as bad:
        told, html = plainly(bad.errors[0], calculator.id), errors_html(bad.errors, calculator.id, page)
        return _reply(known, known.page, calculator.title, told, html, page) | {"ok": False}
    kept = shareable(calculator.id, given.changed)
    query = query_of(kept or address_of_defaults(calculator.id))
    target = known.page + (f"?{query}" if query else "")
    return _reply(known, target, calculator.title, result.headline, answer_html(result, given, calculator.id, page), page)


def _diagnosed(known: Recognised, found: Diagnosis, page: str) -> dict[str, Any]:
    """A failure as the page of diagnoses has it; of a code its row stands first."""
    kept, told = address_of(found), diagnosis_dict(found)
    first = at_once(known, found, page)
    perhaps = found.by_words and known.code is None
    if known.code is not None:
        html = exit_rows_after(known.code, page, begun=not has_a_page(told))
    else:
        html = findings_html(told, page) if first else diagnosis_html(told, page)
    html += _SEARCH if perhaps else ""
    target = known.page + (f"?{query_of(kept)}" if kept else "")
    return _reply(known, target, _HAPPENED, headline(told), html, page, perhaps, first) | kept


def _reply(
    known: Recognised, target: str, title: str, told: str, html: str, page: str, perhaps: bool = False, first: str = ""
) -> dict[str, Any]:
    is_what = known.said or (_PERHAPS if perhaps else _IS[known.kind].format(known.inputs.get("spark.executor.cores", "")))
    carries = " data-carries-text" if known.found else ""
    way = (
        f'<p class="sm-kind">{escape(is_what)}'
        f' <a href="{escape(link(target, page))}"{carries}>Open it in “{escape(title)}”</a>, to change it and to copy.</p>'
    )
    if not first and html.startswith('<p class="sm-headline'):  # the answer before what it is the answer to
        first, end, html = html.partition("</p>")
        first += end
    return {"ok": True, "html": first + way + html, "summary": f"{is_what} {told}"}
