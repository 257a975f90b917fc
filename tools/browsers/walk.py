"""What a reader does on the site, in any engine: opens with inputs, edits, pastes, copies, cites, tries again.

Each step waits for what is to be seen, and compares it with what CPython says.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from sparkmem.browser import answer

PAGE, EXPLAIN = "memory/executor-heap/", "explain/"
HEAP = "spark.executor.memory"
PASTED = "spark-submit --master yarn --deploy-mode cluster --executor-memory 6g --class a.B b.jar"
SECONDS = 120

CALC = 'document.querySelector("spark-calc")'
FIELD = f"{CALC}.querySelector('[name=\"{HEAP}\"]')"
SETTLED = f'{CALC}?.dataset.answerFor === "inputs" && !{CALC}.hasAttribute("data-stale")'
HEADLINE = f'{CALC}.querySelector("[data-answer] .sm-headline").textContent.trim()'
ENGINE = 'new URL("python/engine.mjs", document.querySelector("script[src*=spark-calc]").src).href'


class Tab(Protocol):
    """A tab of an engine."""

    def open(self, address: str) -> None: ...
    def run(self, expression: str) -> Any: ...
    def press(self, text: str) -> None: ...


def walk(tab: Tab, site: str) -> Iterator[str]:
    """Takes the steps one by one and says each that was taken; ``AssertionError`` where one comes to something else."""
    for step in (opens, edits, tries_again, copies, cites, pastes):
        step(tab, site)
        yield step.__name__.replace("_", " ")


def opens(tab: Tab, site: str) -> None:
    tab.open(f"{site}{PAGE}?{HEAP}=8g")
    seen(tab, SETTLED)
    says(tab, {HEAP: "8g"})


def edits(tab: Tab, site: str) -> None:
    tab.run(f"void ({FIELD}.focus(), {FIELD}.select())")
    tab.press("9g")
    seen(tab, f'{SETTLED} && {FIELD}.value === "9g"')
    says(tab, {HEAP: "9g"})
    seen(tab, f'location.search === "?{HEAP}=9g"')


def tries_again(tab: Tab, site: str) -> None:
    tab.run(f"import({ENGINE}).then(({{ engine }}) => engine.fail('for the walk'))")
    seen(tab, f'{CALC}.dataset.stage === "failed" && !{CALC}.querySelector("[data-retry]").hidden')
    tab.run(f'void {CALC}.querySelector("[data-retry]").click()')
    seen(tab, f'{CALC}.dataset.stage === "ready"')
    tab.run(f"void ({FIELD}.focus(), {FIELD}.select())")
    tab.press("7g")
    seen(tab, f'{SETTLED} && {FIELD}.value === "7g"')
    says(tab, {HEAP: "7g"})


def copies(tab: Tab, site: str) -> None:
    tab.run(f'void {CALC}.querySelector("[data-take=panel]").click()')
    seen(tab, f'!{CALC}.querySelector("[data-copy]").hidden')
    tab.run(f'void {CALC}.querySelector("[data-format=markdown]").click()')
    seen(tab, f'!{CALC}.querySelector("[data-copy-shown]").hidden')
    text = tab.run(f'{CALC}.querySelector("[data-copy-text]").value')
    assert f"{HEAP}=7g" in text, text


def cites(tab: Tab, site: str) -> None:
    tab.run('void document.querySelector("#storage-region a.headerlink").click()')
    seen(tab, 'Boolean(document.querySelector(".sm-cite textarea")?.value)')
    text = tab.run('document.querySelector(".sm-cite textarea").value')
    assert "/go/executor-heap.storage-region/" in text, text


def pastes(tab: Tab, site: str) -> None:
    tab.open(f"{site}{EXPLAIN}")
    seen(tab, f'{CALC}?.dataset.stage === "ready"')
    box = f'{CALC}.querySelector("[name=text]")'
    tab.run(f"void ({box}.focus(), {box}.select(), document.execCommand('insertText', false, {json.dumps(PASTED)}))")
    seen(tab, f"{SETTLED} && {box}.value === {json.dumps(PASTED)}")
    says(tab, {"text": PASTED}, "explain", EXPLAIN)
    seen(tab, f'location.search.includes("{HEAP}=6g")')


def says(tab: Tab, inputs: dict[str, str], calculator: str = "executor-memory", page: str = PAGE) -> None:
    """The answer's first sentence is CPython's."""
    wanted = json.loads(answer(json.dumps({"calculator": calculator, "page": page, "inputs": inputs})))
    shown = tab.run(HEADLINE)
    assert " ".join(shown.split()) == " ".join(wanted["summary"].split()), (shown, wanted["summary"])


def seen(tab: Tab, expression: str, clock: Callable[[], float] = time.monotonic) -> None:
    """Waits until an expression is true."""
    end = clock() + SECONDS
    while not tab.run(f"Boolean({expression})"):
        state = f"[location.href, {CALC}?.dataset.stage, {CALC}?.querySelector('[data-status]').textContent]"
        assert clock() < end, f"not seen: {expression}; {tab.run(state)}"
        time.sleep(0.1)
