"""A browser context that is kept for all tests of a worker, with a Python that has started once.

Each test gets a tab in it, with a new document, and storage as in a new profile.  A tab that is as it was opened goes on
to the next test: to open and close one costs half as much as a page.  A page whose scripts
ask for Python's worker is given the one that the keeper has, a page without a calculator from which every tab was
opened; it says that it is ready as a new one does, only sooner.  A page that is to start a Python of its own is not
given it, and does so in the same process, where the browser has compiled Python already.  All else is the site's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize
from reader import HELPERS, PATIENCE_MS

ENTRIES = 30
"""Of a tab's history, which has room for 50, before it is closed: tests count how many they add."""

OF_A_PAGE = ("color_scheme", "reduced_motion", "forced_colors")
"""Options of a context that a page can have alone."""

NO_WISHES = dict.fromkeys(("media", *OF_A_PAGE), "null")

# A worker without trust in what was kept, and any other than Python's, is the browser's own.
WORKER = """
(() => {
  const Genuine = globalThis.Worker;
  const { setTimeout } = globalThis;
  const kept = new Map();
  // In the keeper: one more who listens to the worker of an address, and is given a way to ask it.
  globalThis.lendWorker = (address, options, hear) => {
    if (!kept.has(address)) {
      const worker = new Genuine(address, options);
      const all = { worker, ready: false, listeners: new Set(), asked: new Map(), requests: 0 };
      kept.set(address, all);
      worker.onmessage = ({ data }) => {
        if (data.ready) all.ready = true;
        if (data.failed) kept.delete(address);
        if (!data.id) return all.listeners.forEach((listener) => listener(data));
        const { hear, id } = all.asked.get(data.id);
        all.asked.delete(data.id);
        if (all.listeners.has(hear)) hear({ ...data, id });
      };
      worker.onerror = (event) => {
        kept.delete(address);
        all.listeners.forEach((listener) => listener({ lost: event.message ?? "" }));
      };
    }
    const all = kept.get(address);
    all.listeners.add(hear);
    return {
      ready: all.ready,
      ask: (message) => {
        all.asked.set(++all.requests, { hear, id: message.id });
        all.worker.postMessage({ ...message, id: all.requests });
      },
      leave: () => all.listeners.delete(hear),
    };
  };
  const keptWorker = globalThis.opener?.keptWorker;
  if (!keptWorker) return;
  globalThis.Worker = class Worker extends EventTarget {
    onmessage = null;
    onerror = null;
    #kept;
    constructor(given, options = {}) {
      super();
      const address = String(new URL(given, document.baseURI));
      const python = /\\/py\\/[^/]+\\/worker\\.mjs$/.test(address);
      if (!python || options.name?.includes(" ")) return new Genuine(address, options);
      // Whether the page's policy lets it have such a worker is asked of the browser.
      addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
        if (effectiveDirective === "worker-src") this.#tell({ lost: "refused" });
      });
      new Genuine(address, options).terminate();
      this.#kept = keptWorker(address, options, (data) => this.#tell(data));
      if (this.#kept.ready) setTimeout(() => this.#tell({ ready: true }));
      addEventListener("pagehide", () => this.terminate());
    }
    postMessage(message) { this.#kept?.ask(message); }
    terminate() { this.#kept?.leave(); this.#kept = undefined; }
    #tell(data) {
      if (!this.#kept) return;
      const event = "lost" in data ? new ErrorEvent("error", { message: data.lost }) : new MessageEvent("message", { data });
      this.dispatchEvent(event);
      this[`on${event.type}`]?.(event);
    }
  };
})();
"""


# For the next tab: with nothing stored, and with the keeper's Python or without.
OPENING = """(ownPython) => {
  localStorage.clear();
  globalThis.keptWorker = ownPython ? undefined : lendWorker;
}"""

# A tab's storage goes with the tab, and so does its name.
LEFT = """() => {
  globalThis.name = "";
  if (location.origin !== "null") sessionStorage.clear();
  return history.length;
}"""


@dataclass
class _Opened:
    size: ViewportSize | None
    asked: set[str] = field(default_factory=set)
    """What was asked of it by these names, and has to be taken back: to do so for nothing costs a millisecond each."""


def _noted(owner: Any, asked: set[str], *names: str) -> None:
    """Has what is asked of a tab or of a context by one of these names be known."""
    for name in names:
        ask = getattr(owner, name)

        def noted(*given: Any, _name: str = name, _ask: Any = ask, **named: Any) -> Any:
            asked.add(_name)
            return _ask(*given, **named)

        setattr(owner, name, noted)


class Kept:
    """Contexts of a browser, one for each set of options that a page cannot have alone."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self._keepers: dict[str, Page] = {}
        self._opened: dict[Page, _Opened] = {}
        self._asked: dict[Page, set[str]] = {}
        """For a keeper, what was asked of its context."""
        self._free: dict[Page, Page] = {}
        """For a keeper, the tab of the test before."""

    def page(self, own_python: bool = False, **options: Any) -> Page:
        """A tab, as if in a new profile with these options; `own_python` has its page start one, from what was kept."""
        alone = {name: options.pop(name) for name in OF_A_PAGE if name in options}
        size = options.pop("viewport", None)
        keeper = self._keeper(options)
        runs = options.get("java_script_enabled", True)
        if runs:
            keeper.evaluate(OPENING, own_python)
        page = self._tab(keeper) if runs else keeper.context.new_page()
        if size:
            page.set_viewport_size(size)
        if alone:
            page.emulate_media(**alone)
        return page

    def leave(self, context: BrowserContext) -> None:
        """Closes every tab but the keeper's and one for the next test; takes back what was asked of them."""
        keeper, *pages = context.pages
        asked = self._asked[keeper]
        if "route" in asked:
            context.unroute_all(behavior="ignoreErrors")  # what a test leaves on its way ends with its tab
        for page in pages:
            if page is self._free.get(keeper):  # left before, by a test that had no use for it
                continue
            if keeper not in self._free and self._is_as_opened(page):
                self._free[keeper] = page
            else:
                self._opened.pop(page, None)
                page.close()
        if "grant_permissions" in asked:
            context.clear_permissions()
        asked.clear()

    def _is_as_opened(self, page: Page) -> bool:
        """Whether a tab is again as it was opened, after all has been taken back that can be."""
        opened = self._opened.get(page)
        try:
            # No script can be taken back.
            if not opened or "add_init_script" in opened.asked or page.evaluate(LEFT) > ENTRIES:
                return False
            if "route" in opened.asked:
                page.unroute_all(behavior="ignoreErrors")
            page.goto("about:blank")
            page.mouse.move(0, 0)  # what the next page scrolls under it would be pointed at
            if "emulate_media" in opened.asked:
                page.emulate_media(**NO_WISHES)
            opened.asked.clear()
            if page.viewport_size != opened.size:
                page.set_viewport_size(opened.size)
        except Error:  # it has crashed
            return False
        return True

    def _tab(self, keeper: Page) -> Page:
        """One in which scripts find the keeper: the tab of the test before, or a new one."""
        if keeper in self._free:
            return self._free.pop(keeper)
        with keeper.context.expect_page() as opening:
            keeper.evaluate("() => { open('about:blank'); }")
        page = opening.value
        opened = self._opened[page] = _Opened(page.viewport_size)
        _noted(page, opened.asked, "add_init_script", "emulate_media", "route")
        return page

    def _keeper(self, options: dict[str, Any]) -> Page:
        key = repr(sorted(options.items()))
        if key not in self._keepers:
            context = self.browser.new_context(**{name: value for name, value in options.items() if name != "profile"})
            context.add_init_script(HELPERS)
            context.add_init_script(WORKER)
            page = context.new_page()
            page.set_default_timeout(PATIENCE_MS)
            page.goto(self.address, wait_until="load")
            self._keepers[key] = page
            self._asked[page] = set()
            _noted(context, self._asked[page], "route", "grant_permissions")
        return self._keepers[key]
