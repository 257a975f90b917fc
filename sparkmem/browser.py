"""The only functions that JavaScript may call: JSON in, JSON out, and never an exception."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from functools import lru_cache
from time import perf_counter
from typing import Any

import sparkmem
from sparkmem.answer.read import Read
from sparkmem.answer.result import Result
from sparkmem.calculators import CALCULATORS
from sparkmem.errors import BadInputs
from sparkmem.given import Given
from sparkmem.render.html import answer_html, errors_html, figures_html, label_of, plainly
from sparkmem.render.page_defaults import on_page
from sparkmem.requests.evaluate import evaluate, run
from sparkmem.stops import STOPS

WATCH = "watch"
DIAGNOSE = "diagnose"
RUN = "run"
_PREPARED: set[str] = set()
_AHEAD: list[Iterator[str]] = []
"""What is loaded ahead, once it has begun."""
_LEFT_BEHIND = 50_000
"""Objects that may come and stay before Python's collector looks for those that only hold each other: an answer makes a
few thousand, nearly all of which go by themselves, and in the midst of it most of them are in use."""


def look_again() -> None:
    """Forget what the package's archive held when it was first read: it holds more now."""
    loader = sparkmem.__spec__.loader if sparkmem.__spec__ else None
    if loader and hasattr(loader, "invalidate_caches"):
        loader.invalidate_caches()


def prepare(part: str) -> None:
    """Load all that a page's first answer needs: ``part`` is its calculator's id, ``watch``, ``diagnose`` or ``run``.

    That is done before the reader's inputs are here, so that the picture of Python's memory holds it and nothing of theirs.
    """
    if part in _PREPARED:
        return
    if part == WATCH:
        watch("{}")
        complete("{}")
    elif part == DIAGNOSE:
        diagnose("{}")
    elif part == RUN:
        run_log('{"do": "answer"}')
        answer('{"calculator": "executor-memory"}')
        answer('{"calculator": "container-request"}')
    else:
        answer(json.dumps({"calculator": part}))
    _PREPARED.add(part)
    gc.freeze()  # what is loaded stays: without it, each edit would have some thousand of these objects looked at again
    gc.set_threshold(_LEFT_BEHIND)


def load_on(milliseconds: float) -> bool:
    """Load what no page has asked for yet, for about this long: whether there is more of it."""
    if not _AHEAD:
        from sparkmem.ahead import pieces

        _AHEAD.append(pieces(prepare, (*CALCULATORS, WATCH, DIAGNOSE)))
    until = perf_counter() + milliseconds / 1000
    more = any(perf_counter() > until for _ in _AHEAD[0])
    gc.freeze()
    return more


def answer(request_json: str) -> str:
    """A finished answer for the page: ``{"ok": true, "html", "summary", "hints", "places"}``, or the faults.

    Where a text was read there are ``address``, the inputs that it came to, and ``fields`` for a box that is empty.

    The request is that of ``evaluate`` with ``page``, the page's address from the site's root; ``against`` holds the
    inputs of another answer, and both are then put side by side.
    """
    return _answered(request_json)


def begun(request_json: str) -> str:
    """The same with an empty list for the rows of figures, and ``later`` where ``figures`` has them."""
    return _answered(request_json, whole=False)


def figures(request_json: str) -> str:
    """The rows that ``begun`` has left out for the same request: ``{"rows"}``, the HTML inside of their list."""
    return json.dumps({"rows": figures_html(*_ran(request_json), str(json.loads(request_json).get("page", "")))})


@lru_cache(maxsize=1)  # an answer that has begun is asked for its rows next
def _ran(request_json: str) -> tuple[Result, Given, str]:
    return run(on_page(json.loads(request_json)))


def _answered(request_json: str, whole: bool = True) -> str:
    request = json.loads(request_json)
    page = str(request.get("page", ""))
    try:
        result, given, calculator = _ran(request_json)
    except BadInputs as bad:
        faults = _faults(bad, str(request.get("calculator", "")), page)
        return json.dumps(faults | {"places": _places(request)} | _beside(request, bad, page))
    asks = request.get("inputs") or "against" not in request
    return json.dumps({
        "ok": True,
        "html": "" if "against" in request else answer_html(result, given, calculator, page, whole),
        **({} if whole or "against" in request else {"later": True}),
        "summary": _summary(result, given),
        "hints": dict(result.meanings),
        "places": _places(request),
        **(_kept(result.read, given, calculator) if result.read and asks else {}),
        **_beside(request, (result, given), page),
    })  # fmt: skip


def _summary(result: Result, given: Given) -> str:
    """What a screen reader says: the headline, and the order of a table where one was asked for."""
    table = result.table
    return f"{result.headline} {table.sorted_by}" if table and given.is_set(table.sort) else result.headline


def _beside(request: dict[str, Any], now: tuple[Result, Given] | BadInputs, page: str) -> dict[str, str]:
    """Both answers side by side, where the request asks for them; else nothing."""
    if "against" not in request or request.get("calculator") not in CALCULATORS:
        return {}
    from sparkmem.render.comparison import compared_html  # here: most answers stand alone

    html, summary = compared_html(request, now, page)
    return {"html": html, "summary": summary}


def copied(request_json: str) -> str:
    """An answer to be copied: ``{"ok": true, "text", "said", "html"}``, or why it cannot be, and what to take instead.

    The request is that of ``answer`` with ``format``, ``address`` (the page's, without inputs) and ``date``.
    """
    from sparkmem.render.take import copy_reply

    return json.dumps(copy_reply(on_page(json.loads(request_json))))


def _places(request: Any) -> dict[str, float]:
    """Where each quantity that was given lies among the stops of its slider, where it is one."""
    inputs, name = request.get("inputs"), request.get("calculator")
    if not isinstance(inputs, dict) or not isinstance(name, str) or name not in CALCULATORS:
        return {}
    known = CALCULATORS[name].by_name
    texts = {key: str(text) for key, text in inputs.items() if key in STOPS and key in known}
    placed = {key: STOPS[key].place(text, known[key].default) for key, text in texts.items()}
    return {key: place for key, place in placed.items() if place is not None}


def _kept(read: Read, given: Given, calculator: str) -> dict[str, Any]:
    """What of a pasted text the address may hold, and the text for a box that has none; never the text that was pasted."""
    from sparkmem.requests.sharing import shareable  # here: it knows the readers of texts, and most answers read none

    return {"address": shareable(calculator, given.changed)} | ({"fields": {"text": read.text}} if read.text else {})


def _faults(bad: BadInputs, calculator: str, page: str) -> dict[str, Any]:
    names = list(dict.fromkeys(label_of(error.name, calculator) for error in bad.errors))
    return {
        "ok": False,
        "html": errors_html(bad.errors, calculator, page),
        "summary": f"No answer. {', '.join(names)} cannot be used as entered.",
        "errors": [error.as_dict() | {"said": plainly(error, calculator)} for error in bad.errors],
        "hints": {},
    }


def pasted(request_json: str) -> str:
    """What a text is that somebody pasted, and the answer to it: ``{"ok", "html", "summary"}`` for ``{"text", "page"}``."""
    from sparkmem.render.pasted import pasted as read  # here: one page has that box

    request = json.loads(request_json)
    return json.dumps(read(str(request.get("text", "")), str(request.get("page", ""))))


def evaluate_json(request_json: str) -> str:
    """What ``sparkmem.evaluate`` answers, as JSON."""
    return json.dumps(evaluate(json.loads(request_json)))


def variants(request_json: str) -> str:
    """What would change under another choice, as ``{"html"}``: one table, for the job of a request with ``table``."""
    from sparkmem.render.variants import variants_html  # here: an answer does not wait for it

    request = json.loads(request_json)
    inputs = {str(name): str(text) for name, text in request.get("inputs", {}).items()}
    return json.dumps({"html": variants_html(str(request.get("table", "")), inputs, str(request.get("page", "")))})


def watch(request_json: str) -> str:
    """A script played step by step: ``{"ok": true, "html", "table", "faults", "summary", "errors"}``, or what is wrong.

    The request has ``inputs``, as an address names them, and ``page``.
    """
    from sparkmem.render.story import reply  # here: the calculators start without it

    request = json.loads(request_json)
    try:
        return json.dumps(reply({str(name): str(text) for name, text in request.get("inputs", {}).items()}))
    except BadInputs as bad:
        return json.dumps(_faults(bad, "watch", str(request.get("page", ""))))


def complete(request_json: str) -> str:
    """How a line of a script may go on: ``{"html"}`` for ``{"script", "line", "column"}``."""
    from sparkmem.render.story import completions_html
    from sparkmem.watch.completing import completions

    request = json.loads(request_json)
    words = completions(str(request.get("script", "")), int(request.get("line", 1)), int(request.get("column", 0)))
    return json.dumps({"html": completions_html(words)})


def diagnose(request_json: str) -> str:
    """What a text of a failure says: ``{"ok": true, "html", "summary", "address"}``.

    The request has ``text``, or ``found`` as an address holds it, and ``page``.
    """
    from sparkmem.render.diagnosis_reply import reply  # here: the calculators start without it

    return json.dumps(reply(json.loads(request_json)))


def diagnosis_copied(request_json: str) -> str:
    """The same as Markdown, without names of hosts, users and addresses: ``{"text"}``; ``site`` is the site's address."""
    from sparkmem.render.diagnosis_reply import markdown

    return json.dumps({"text": markdown(json.loads(request_json))})


def job_in(request_json: str) -> str:
    """The job whose settings stand in a text, with the memory marked that ran out: ``{"html"}``, empty where there are none.

    The request has ``text``, ``region``, ``process`` and ``page``.
    """
    from sparkmem.render.job_picture import job_html  # here: a diagnosis does not wait for it

    return json.dumps({"html": job_html(json.loads(request_json))})


def run_log(request: Any) -> str:
    """What is done with event logs: for each ``log``, for each file of it ``file`` and ``end``, then ``whole``.

    ``begin`` comes before all of that, ``answer`` after; ``first``, ``digest`` and ``copy`` when a reader asks.
    """
    from sparkmem.render.run.session import SESSION as session  # here: no other page reads logs
    from sparkmem.render.run.session import head_room_of

    asked = json.loads(request)
    do, page = asked.get("do"), str(asked.get("page", ""))
    reply: dict[str, Any] = {"ok": True}
    if do == "begin":
        reply = session.begin([str(name) for name in asked.get("names", [])], asked.get("example") is True)
    elif do == "log":
        session.log(str(asked.get("name", "")))
    elif do == "file":
        session.file(str(asked.get("note", "")))
    elif do == "end":
        reply = session.end()
    elif do == "whole":
        reply = session.whole(head_room_of(str(asked.get("head-room", ""))))
    elif do == "first":
        reply = session.first(page)
    elif do == "answer":
        reply = session.answer(page, head_room_of(str(asked.get("head-room", ""))))
    elif do == "digest":
        reply = session.digested(str(asked.get("digest", "")), page)
    elif do == "copy":
        reply = session.copied(str(asked.get("format", "")), str(asked.get("date", "")))
    return json.dumps(reply)


def run_piece(data: Any) -> str:
    """The next bytes of a log, as Python's or JavaScript's: ``{"ok", "bytes", "lines"}``, or why they cannot be read."""
    from sparkmem.render.run.session import SESSION  # here: the same

    return json.dumps(SESSION.piece(data if isinstance(data, bytes) else data.to_bytes()))
