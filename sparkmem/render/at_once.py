"""What an answer about a failure begins with: what it is, what to do first, and the way to what treats it.

The home page has these lines of bare codes and names from the build on (``macros/at_once.py``), so that they are there
before Python is; Python's own answer then begins with the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sparkmem.diagnosis.diagnose import Diagnosis
from sparkmem.render.do_first import do_first
from sparkmem.render.escaping import escape
from sparkmem.render.exit_rows import TABLE, first_sentence, named, row_link, rows_of
from sparkmem.render.headline import headline
from sparkmem.render.html import link
from sparkmem.render.line_ends import with_code
from sparkmem.requests.diagnosis import diagnosis_dict
from sparkmem.requests.recognised import Recognised

_WHICH = "find the line that this is from, and paste all of it: its other words tell which."


def at_once(known: Recognised, found: Diagnosis, page: str) -> str:
    """The first lines in HTML for what was found in a text; empty where nothing was.

    A code of which only its row is known has what that means in the place of what is to be done.
    """
    told = diagnosis_dict(found)
    if rows := rows_of(known.code):
        said = _first(do_first(told["findings"][0])) if has_a_page(told) else f"<p>{with_code(first_sentence(rows[0]))}</p>"
        return _lines(named(rows[0]), said, row_link(rows[0], page))
    if not told["findings"]:
        return ""
    one = told["findings"][0]
    if found.by_words and len(told["findings"]) > 1:
        return _lines(headline(told), _first(_WHICH), "")
    return _lines(headline(told), _first(do_first(one)), f"<p>{_page(one, page)}</p>")


def has_a_page(told: Mapping[str, Any]) -> bool:
    """Whether the first finding is treated anywhere but in the table of exit codes."""
    return bool(told["findings"]) and not told["findings"][0]["page"].startswith(TABLE)


def _lines(head: str, said: str, way: str) -> str:
    return f'<div class="sm-at-once"><p class="sm-headline">{escape(head)}</p>{said}{way}</div>'


def _first(what: str) -> str:
    return f"<p><b>Do this first:</b> {with_code(what)}</p>" if what else ""


def _page(one: Mapping[str, Any], page: str) -> str:
    return f'<a href="{escape(link(one["page"], page))}">Why, and what else can be done</a>'
