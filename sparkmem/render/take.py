"""The row of an answer's ways out: copied in a format, or kept to compare with; and what is said of a copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sparkmem.render.copied import copied
from sparkmem.render.escaping import escape
from sparkmem.render.origin import Origin
from sparkmem.requests.copy_formats import COPY_FORMATS
from sparkmem.requests.copying import CannotHold

_TEXTS = {
    "starting": "Starting Python in this page: the text is copied when it is there.",
    "denied": "The browser does not allow copying by itself: the text below is selected, copy it by hand.",
    "failed": "There is nothing to copy.",
    "unfetched": "Copying and comparing could not be loaded. Press again; if that does not help, reload the page.",
    "pinned": "What you entered is kept as before.",
    "opened": "The {} kept as before.",
    "defaults": "The defaults are kept as before.",
    "waiting": "The answer is still being worked out; comparing begins when it is there.",
    "unusable": "What you entered has no answer, so it cannot be compared.",
    "swapped": "The sides have changed places.",
    "ended": "The comparison has ended.",
}


_KEPT = ("pinned", "opened", "defaults")
_THEN = " Change the form, and both answers stand side by side."


def take_html(whose: str, more: str = "") -> str:
    """The row as it stands in the page; scripts show it.

    ``whose`` answer the page opens with, ``example`` or ``defaults``; ``more`` is the HTML of what follows the buttons.
    """
    opened = f"{whose} {'are' if whose.endswith('s') else 'is'}"
    texts = {name: text.format(opened) + _THEN * (name in _KEPT) for name, text in _TEXTS.items()}
    formats = "".join(map(_button, COPY_FORMATS))
    data = " ".join(f'data-text-{name}="{escape(text)}"' for name, text in texts.items())
    return (
        f'<div class="sm-take" role="group" aria-label="Take it with you" data-ways {data}>'
        f'<button type="button" data-take="panel" aria-expanded="false">Copy as…</button>'
        '<button type="button" data-take="pin">Compare from here</button>'
        '<button type="button" data-take="swap">Swap the sides</button>'
        '<button type="button" data-take="end">End comparison</button>'
        f"{more}"
        '<p class="sm-take-status" role="status" data-take-status></p></div>'
        f'<div class="sm-copy" data-copy role="group" aria-label="Copy as" hidden>'
        f'<div class="sm-copy-formats">{formats}</div>'
        '<p class="sm-copy-said" role="status" data-copy-said></p><div data-copy-more></div>'
        f'<div class="sm-copy-shown" data-copy-shown hidden><p>What is copied</p>'
        '<button type="button" data-take="again">Copy again</button>'
        f'<textarea aria-label="What is copied" rows="9" readonly spellcheck="false" data-copy-text></textarea></div></div>'
    )


def copy_reply(request: Mapping[str, Any]) -> dict[str, Any]:
    """A copy for the page: ``{"ok": true, "text", "said", "html"}``, or why there is none and what to take instead.

    ``html`` names what has no place in the text, or offers the other formats.
    """
    wanted, origin = (
        str(request.get("format", "")),
        Origin(str(request.get("address", "")), str(request.get("page", "")), str(request.get("date", ""))),
    )
    try:
        found = copied(request, wanted, origin)
    except CannotHold as error:
        message = error.message[:1].upper() + error.message[1:]
        return {"ok": False, "text": "", "said": f"Not copied. {message}.", "html": _instead(error.instead)}
    return {"ok": True, "text": found.text, "said": found.said, "html": _beside(found.beside)}


def _button(format: str) -> str:
    return f'<button type="button" data-take="copy" data-format="{format}">{escape(COPY_FORMATS[format].name)}</button>'


def _instead(formats: Sequence[str]) -> str:
    return f'<p>Take instead:</p><div class="sm-copy-formats">{"".join(map(_button, formats))}</div>' if formats else ""


def _beside(lines: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<p>The answer also rests on this, which has no place there:</p><ul>{items}</ul>" if lines else ""
