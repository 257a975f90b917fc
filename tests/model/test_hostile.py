"""Texts, addresses, requests, traces and scripts that mean no good, or that went wrong on their way.

Each is answered or refused in words: nothing escapes, nothing that may be a secret is repeated by what reads texts,
and what is rendered holds no markup but our own.  They are data, in ``tests/corpus/hostile``, a line each; ``kind`` says
what a line is there for, and ``piece`` and ``times`` stand for what is too long to be written out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from time import process_time
from typing import Any
from urllib.parse import parse_qsl

import pytest

import sparkmem
from sparkmem import browser
from sparkmem.calculators import CALCULATORS
from sparkmem.spark.managers.trace import replay

FOLDER = Path(__file__).parents[1] / "corpus" / "hostile"
SECRET = "hunter2-SECRET"
MOST_SECONDS, MOST_LETTERS = 2.0, 400_000
OURS = {
    "a", "b", "br", "button", "caption", "code", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure",
    "h3", "h4", "ins", "li", "ol", "p", "q", "s", "section", "small", "span", "strong", "summary", "sub", "sup", "table",
    "tbody", "td", "th", "thead", "tr", "ul", "wbr", "time", "i", "bdi",
}  # fmt: skip


def lines(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line of a file, with what to call it where it fails."""
    for number, line in enumerate((FOLDER / f"{name}.jsonl").read_text().splitlines(), 1):
        item = json.loads(line)
        if "piece" in item:
            item["text"] = item["script"] = item["piece"] * item["times"]
        yield f"{name}.jsonl:{number} ({item['kind']})", item


class Markup(HTMLParser):
    """What is wrong with some HTML: elements that are not ours, and attributes that run something."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.wrong += [tag] * (tag not in OURS)
        self.wrong += [name for name, _ in attrs if name.startswith("on") or name in ("srcdoc", "action", "formaction")]
        links = [value or "" for name, value in attrs if name in ("href", "src")]
        self.wrong += [link for link in links if ":" in link.split("/")[0] and not link.startswith("https://")]

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}")


def checked(reply_json: str, where: str) -> dict[str, Any]:
    """A reply for the page, which holds what a page may be given and is answered or refused in words."""
    reply: dict[str, Any] = json.loads(reply_json)
    html = "".join(str(reply.get(name, "")) for name in ("html", "table", "faults"))
    assert Markup(html).wrong == [], where
    assert len(reply_json) < MOST_LETTERS, (where, len(reply_json))
    reply_json.encode()  # no half of a surrogate pair, which could not be sent
    if not reply["ok"]:
        assert reply["errors"], where
        refused_in_words(reply, where)
    return reply


def refused_in_words(reply: dict[str, Any], where: str) -> None:
    for error in reply.get("errors", ()):
        assert len(error["message"].split()) >= 3, (where, error)
        assert "Traceback" not in error["message"], (where, error)


def in_time(where: str, began: float) -> None:
    assert process_time() - began < MOST_SECONDS, where


def test_there_are_enough_of_each():
    counts = {name: sum(1 for _ in lines(name)) for name in ("texts", "addresses", "requests", "traces", "scripts")}
    assert counts["texts"] + counts["addresses"] >= 300
    assert counts["requests"] >= 100
    assert counts["traces"] + counts["scripts"] >= 60


@pytest.mark.parametrize("part", range(4))
def test_a_text_is_read_or_refused_and_its_secrets_stay_in_it(part):
    for where, item in list(lines("texts"))[part::4]:
        began = process_time()
        request = {"calculator": "explain", "page": "explain/", "inputs": {"text": item["text"]}}
        reply = checked(browser.answer(json.dumps(request)), where)
        assert SECRET not in json.dumps(reply), where
        in_time(where, began)


def test_an_address_is_answered_or_refused():
    for where, item in lines("addresses"):
        began = process_time()
        known = CALCULATORS[item["calculator"]].by_name
        given = dict(reversed(parse_qsl(item["query"], keep_blank_values=True)))  # a page takes the first of a name
        inputs = {name: text for name, text in given.items() if name in known and not known[name].private}
        request = {"calculator": item["calculator"], "page": "memory/executor-heap/", "inputs": inputs}
        if "against" in given:
            against = dict(parse_qsl(given["against"], keep_blank_values=True))
            request["against"] = {name: text for name, text in against.items() if name in known}
        reply = checked(browser.answer(json.dumps(request)), where)
        assert SECRET not in json.dumps(reply.get("address", "")), where
        in_time(where, began)


def test_a_request_is_answered_or_refused():
    for where, item in lines("requests"):
        began = process_time()
        reply = sparkmem.evaluate(item["request"])
        assert ("errors" in reply) != ("rows" in reply), where
        refused_in_words(reply, where)
        if item["kind"].startswith(("no request", "a misspelt", "a figure where")):
            assert reply.get("errors"), where
        in_time(where, began)


def test_a_trace_is_replayed_or_refused():
    for where, item in lines("traces"):
        began = process_time()
        trace = item["trace"]
        reply = replay({**trace, "ops": trace["ops"] * item["times"]} if "times" in item else trace)
        assert ("errors" in reply) != ("steps" in reply), where
        refused_in_words(reply, where)
        assert len(json.dumps(reply)) < MOST_LETTERS, where
        in_time(where, began)


def test_a_script_is_played_or_refused():
    for where, item in lines("scripts"):
        began = process_time()
        inputs = item.get("inputs") or {"script": item["script"]}
        reply = checked(browser.watch(json.dumps({"page": "memory-manager/", "inputs": inputs})), where)
        if "#" in item.get("script", ""):
            assert SECRET not in json.dumps(reply.get("address", "")), where
        in_time(where, began)
