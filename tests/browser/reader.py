"""Somebody in front of a page, and what CPython says to the same question."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Request, Route

from sparkmem.browser import answer
from sparkmem.render.openings import OPENINGS
from tools.bench.host import Host

ROOT = Path(__file__).parents[2]
CALCULATOR = "memory/executor-heap/"
OPENED = OPENINGS["executor-memory"]
"""What its form holds where the address says nothing."""
DEFAULTS = "?release=4.3"
"""The address of Spark's defaults."""
SITEMAP = "**/sitemap.xml"
"""The theme asks it which links are the site's own: before that, each of them brings a new document."""
PATIENCE_MS = 120_000  # Python has been seen to take fifteen seconds to start on a machine with much else to do


class Held:
    """Requests that wait, those included that are made after others have been let go."""

    def __init__(self, page: Page, address: str) -> None:
        self.requests: list[Route] = []
        self._open = False
        page.route(address, self._came)

    def _came(self, route: Route) -> None:
        if self._open:
            route.continue_()
        else:
            self.requests.append(route)

    def let_go(self) -> None:
        """All of them, and from now on each at once."""
        self._open = True
        for route in self.requests:
            route.continue_()


def rewrite(context: BrowserContext, address: str, changes: dict[str, str]) -> list[str]:
    """Serves scripts of an address (a glob) with some lines changed, each of which they have once; those served so far."""
    served: list[str] = []

    def serve(route: Route) -> None:
        response = route.fetch()
        text = response.text()
        if any(text.count(line) != 1 for line in changes):
            route.abort()  # a page without its script is seen at once; one that waits for it holds the whole worker
            return
        for line, instead in changes.items():
            text = text.replace(line, instead)
        served.append(route.request.url)
        # Not kept: the next page in this browser gets the script as it is.
        route.fulfill(response=response, body=text, headers={**response.headers, "cache-control": "no-store"})

    context.route(address, serve)
    return served


def begins(context: BrowserContext, lines: str) -> list[str]:
    """Has Python's worker begin with some lines, which stand in what is returned as often as it was served."""
    served: list[str] = []

    def serve(route: Route) -> None:
        response = route.fetch()
        served.append(lines)
        unkept = {**response.headers, "cache-control": "no-store"}
        route.fulfill(response=response, body=lines + response.text(), headers=unkept)

    context.route("**/worker.mjs", serve)
    return served


FOLLOW = """(address) => {
  const link = document.createElement("a");
  link.href = address;
  const content = document.querySelector(".md-content");
  content.dataset.left = "";
  content.append(link);
  link.click();
}"""


def follow(page: Page, address: str) -> None:
    """Goes on to another page as the theme does, which keeps the document; returns when it stands there."""
    page.evaluate(FOLLOW, address)
    page.wait_for_url(address)
    page.locator(".md-content:not([data-left])").first.wait_for()


@dataclass
class Reader:
    """Somebody with the calculator's page open."""

    page: Page
    host: Host
    listens: bool = False
    """Whether it hears what the browser asks for, which costs a seventh of a page."""
    problems: list[str] = field(default_factory=list)
    """What the console said and what went wrong in scripts."""
    changed: dict[str, list[str]] = field(default_factory=dict)
    """Scripts that the host is to serve with some lines changed, and from where it did."""

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE_MS)
        self._requests: list[str] = []
        if self.listens:
            self.page.on("request", self._asked)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", lambda said: said.type in ("error", "warning") and self.problems.append(said.text))
        self.calc = self.page.locator("spark-calc").first
        self.answer = self.calc.locator("[data-answer]")
        self.status = self.calc.locator("[data-status]")
        self.retry = self.calc.locator("[data-retry]")
        self.reset = self.calc.locator("button[type=reset]")

    def _asked(self, request: Request) -> None:
        self._requests.append(request.url)

    @property
    def requests(self) -> list[str]:
        """What the browser has asked for so far; RuntimeError for a reader who does not listen."""
        if not self.listens:
            raise RuntimeError("mark a test that asks about requests with pytest.mark.requests")
        return self._requests

    def leave(self) -> None:
        """Hears of no more requests; fails where a test that changed a script had the unchanged one."""
        if self.listens:
            self.page.remove_listener("request", self._asked)
        assert all(self.changed.values()), f"not served as changed: {self.changed}"

    def go(self, query: str = "", path: str = CALCULATOR, **options: Any) -> Reader:
        self.page.goto(self.host.url + path + query, **options)
        return self

    def has_theme(self, within: float = 0) -> bool:
        """Whether the theme's script has run, or does so within seconds."""
        return self.sees(lambda: self.page.evaluate("globalThis.document$ !== undefined"), within)

    def sees(self, look: Callable[[], object], within: float = PATIENCE_MS / 1000) -> bool:
        """Whether what is looked for is there, or comes within seconds."""
        end = time.monotonic() + within
        while not (found := look()) and time.monotonic() < end:
            self.page.wait_for_timeout(50)
        return bool(found)

    def frames(self, count: int = 6) -> None:
        """Until so many have been shown: long enough to leave out what is out of sight, or to bring it back."""
        self.page.evaluate("async (count) => { while (count--) await new Promise(requestAnimationFrame); }", count)

    def hold(self, address: str) -> Held:
        """Keeps requests for an address (a glob) waiting."""
        return Held(self.page, address)

    def rewritten(self, script: str, changes: dict[str, str]) -> Reader:
        """Has the host serve a script of the calculators with some of its lines changed."""
        self.changed[script] = rewrite(self.page.context, f"**/assets/calc*/**/{script}", changes)
        return self

    def late(self) -> Reader:
        """Has each answer wait until it is told to be late, however soon Python had it."""
        shown = "    else this.#show(request, reply);"
        wait = "    else return new Promise((done) => setTimeout(done, 60)).then(() => this.#show(request, reply));"
        at_once = {"const WORKING_DELAY_MS = 150;": "const WORKING_DELAY_MS = 0;"}
        return self.rewritten("spark-calc.mjs", at_once | {shown: wait})

    def hasty(self, pause_ms: int = 600_000) -> Reader:
        """Who seems to go on editing for as long as a test takes, or at least so long."""
        return self.rewritten("folded.mjs", {"const PAUSE_MS = 600;": f"const PAUSE_MS = {pause_ms};"})

    def control(self, name: str) -> Locator:
        return self.calc.locator(f'[name="{name}"]')

    def error(self, name: str) -> Locator:
        return self.calc.locator(f'[data-field="{name}"] [data-error]')

    def type(self, name: str, value: str) -> Reader:
        """Replaces a field's content, keystroke by keystroke."""
        self.control(name).select_text()
        self.control(name).press_sequentially(value)
        return self

    def edit(self, name: str, value: str, answer_for: str = "inputs") -> Reader:
        """Changes a field in one step, wherever the focus is."""
        self.control(name).evaluate(EDIT, value)
        return self.settled(answer_for)

    def settled(self, answer_for: str = "inputs") -> Reader:
        """Waits until the answer shown belongs to what the form holds.

        Here and elsewhere it is a locator that waits: a page that does hands over the element as well, for as much again.
        """
        self.page.locator(f"spark-calc[data-answer-for={answer_for}]:not([data-stale])").first.wait_for()
        return self

    def stage(self, name: str) -> Reader:
        self.page.locator(f"spark-calc[data-stage={name}]").first.wait_for()
        return self

    def inputs(self) -> dict[str, str]:
        """What the form holds beyond its defaults."""
        changed: dict[str, str] = self.calc.evaluate("inputsOf")
        return changed

    def runtime_requests(self) -> list[str]:
        return [url for url in self.requests if "/assets/py/" in url]

    def engine(self) -> str:
        """Address of the module that carries requests to Python: importing it gives the page's own."""
        script = self.page.locator("script[src*=spark-calc]").first
        return str(script.evaluate("(script) => new URL('python/engine.mjs', script.src).href"))

    def shown_summary(self) -> str:
        """The sentence that a screen reader gets with what the form holds."""
        return str(python_answer(self.inputs())["summary"])

    def shows(self, inputs: dict[str, str]) -> None:
        """Fails unless the answer on the page is, to the letter, what Python renders for these inputs."""
        compare = "(answer, html) => [comparable(whole(answer)), comparable(html)]"
        shown, expected = self.answer.evaluate(compare, python_answer(inputs)["html"])
        assert shown == expected


EDIT = """(control, value) => {
  control.value = value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}"""

HELPERS = """
// HTML as it can be compared: formulas closed, links absolute (the theme makes those of a page so, with the
// query that the address had then).
globalThis.comparable = (html) => {
  const copy = document.createElement("div");
  copy.innerHTML = html;
  for (const details of copy.querySelectorAll("details")) details.open = false;
  for (const link of copy.querySelectorAll("a[href]")) {
    if (link.pathname === location.pathname) link.search = "";
    link.setAttribute("href", link.href);
  }
  for (const focused of copy.querySelectorAll("[data-focus-visible-added]")) { // the theme marks what has the focus
    focused.removeAttribute("data-focus-visible-added");
    focused.classList.remove("focus-visible");
    if (!focused.className) focused.removeAttribute("class");
  }
  for (const left of copy.querySelectorAll('[class=""]')) left.removeAttribute("class"); // by the theme, when the focus goes
  for (const named of copy.querySelectorAll("[title]")) { // which the theme takes away while the pointer is there
    const { title } = named;
    named.removeAttribute("title");
    named.title = title;
  }
  return copy.innerHTML;
};
// Whether an answer that is still replaced with every keystroke is another: reasons in closed rows may not be there yet,
// nor the rows, where none are seen, nor what else follows a picture that goes on below the screen.
globalThis.agrees = (shown, expected) => {
  const [seen, wanted] = [shown, expected].map((html) => {
    const copy = document.createElement("div");
    copy.innerHTML = comparable(html);
    return copy;
  });
  for (const { id } of seen.querySelectorAll("details[id]:has(> dl:empty)")) {
    wanted.querySelector(`#${CSS.escape(id)} > dl`)?.replaceChildren();
  }
  if (seen.querySelector(":scope > .sm-rows:empty")) wanted.querySelector(":scope > .sm-rows")?.replaceChildren();
  if (seen.querySelector(":scope > figure + .sm-rows:empty:last-child")) {
    for (const beside of wanted.querySelectorAll(":scope > figure ~ :not(.sm-rows)")) beside.remove();
  }
  return seen.innerHTML === wanted.innerHTML;
};
// All of an answer, as for a sheet of paper.
globalThis.whole = (answer) => { dispatchEvent(new Event("beforeprint")); return answer.innerHTML; };
// What the form holds beyond its defaults.
globalThis.inputsOf = (element) => Object.fromEntries([...element.querySelectorAll("[name]")]
  .filter((control) => control.value !== (control.dataset.default ?? control.defaultValue
    ?? [...control.options].find((o) => o.defaultSelected).value))
  .map(({ name, value }) => [name, value]));
"""


def python_answer(inputs: dict[str, str]) -> dict[str, Any]:
    """What CPython answers to the page's request."""
    reply: dict[str, Any] = json.loads(
        answer(json.dumps({"calculator": "executor-memory", "page": CALCULATOR, "inputs": inputs}))
    )
    return reply
