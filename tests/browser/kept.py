"""A browser context that is kept for all tests of a worker, with a Python that has started once.

Each test gets a tab of its own in it, with a new document, and storage as in a new profile.  A page whose scripts
ask for Python's worker is given the one that the keeper has, a page without a calculator from which every tab was
opened; it says that it is ready as a new one does, only sooner.  All else is the site's own.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page
from reader import HELPERS, PATIENCE_MS

OF_A_PAGE = ("color_scheme", "reduced_motion", "forced_colors")
"""Options of a context that a page can have alone."""

# A worker without trust in what was kept, and any other than Python's, is the browser's own.
WORKER = """
(() => {
  const Genuine = globalThis.Worker;
  const { setTimeout } = globalThis;
  const kept = new Map();
  // In the keeper: one more who listens to the worker of an address, and is given a way to ask it.
  globalThis.keptWorker = (address, options, hear) => {
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


class Kept:
    """Contexts of a browser, one for each set of options that a page cannot have alone."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self._keepers: dict[str, Page] = {}

    def page(self, own_python: bool = False, **options: Any) -> Page:
        """A new tab, as if in a new profile with these options; `own_python` has its page start one, from what was kept."""
        alone = {name: options.pop(name) for name in OF_A_PAGE if name in options}
        size = None if options.get("is_mobile") else options.pop("viewport", None)
        keeper = self._keeper(options)
        if options.get("java_script_enabled", True):
            keeper.evaluate("() => localStorage.clear()")
        if options.get("java_script_enabled", True) and not own_python:
            with keeper.context.expect_page() as opened:
                keeper.evaluate("() => { open('about:blank'); }")
            page = opened.value
        else:
            page = keeper.context.new_page()
        if size:
            page.set_viewport_size(size)
        if alone:
            page.emulate_media(**alone)
        return page

    def leave(self, context: BrowserContext) -> None:
        """Closes every tab but the keeper's, and takes back what was asked of the context."""
        for page in context.pages[1:]:
            page.close()
        context.unroute_all()
        context.clear_permissions()

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
        return self._keepers[key]
