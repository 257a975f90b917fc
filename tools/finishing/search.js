// Written into the head of each page: the theme's dialog asks the worker of docs/assets/search, and that is fetched,
// with its index, when a reader reaches for the search.  The theme would fetch worker and index on every page.
{
  const OURS = /(?:^|\/)assets\/search[^/]*\/worker\.mjs$/;
  const THEIRS = /\/search_index\.json$/;
  const UNREACHABLE = "The search could not be fetched. It is tried again when you come back to this field.";
  const SEARCH = "[data-md-component=search], [for=__search]";
  const FIELD = "[data-md-component=search-query]";
  const QUERY = 2;
  let reached = new URLSearchParams(location.search).has("q");
  let start = () => {};
  let openQuestions = 0;
  /** The field whose reader pressed Enter before the results for all that is typed had come. @type {HTMLInputElement | undefined} */
  let waiting;

  // What the theme takes for its worker: it sends a question once it has heard that the worker is ready.
  class Later extends EventTarget {
    /** @type {Worker | undefined} */
    worker;
    constructor(/** @type {string | URL} */ given) {
      super();
      const address = new URL(given, location.href); // another page may be shown when it is fetched
      start = () => { this.worker ??= this.started(address); };
      if (reached) start();
    }
    started(/** @type {URL} */ address) {
      const worker = new Plain(address, { type: "module" });
      const failed = () => {
        worker.terminate();
        this.worker = undefined;
        openQuestions = 0;
        this.say(UNREACHABLE);
      };
      worker.onerror = failed;
      worker.onmessage = ({ data }) => {
        if (data.failed) return failed();
        this.dispatchEvent(new MessageEvent("message", { data }));
        if (data.data) this.answered();
        if (data.data?.said) this.say(data.data.said);
      };
      return worker;
    }
    postMessage(/** @type {any} */ message) {
      if (message.type === QUERY) openQuestions += 1;
      this.worker?.postMessage(message);
    }
    answered() {
      openQuestions -= 1;
      const field = waiting;
      if (openQuestions || !field) return;
      waiting = undefined;
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    }
    terminate() { this.worker?.terminate(); }
    say(/** @type {string} */ text) {
      const meta = document.querySelector("[data-md-component=search-result] > :first-child");
      if (meta) meta.textContent = text;
    }
  }

  const Plain = Worker;
  globalThis.Worker = new Proxy(Plain, {
    construct: (target, given) => OURS.test(String(given[0])) ? new Later(given[0]) : Reflect.construct(target, given),
  });

  // The index that the theme would give to a worker of its own.
  const { open, send } = XMLHttpRequest.prototype;
  const theirs = new WeakSet();
  XMLHttpRequest.prototype.open = function (/** @type {any[]} */ ...given) {
    if (THEIRS.test(String(given[1]))) theirs.add(this);
    return Reflect.apply(open, this, given);
  };
  XMLHttpRequest.prototype.send = function (...given) {
    if (!theirs.has(this)) Reflect.apply(send, this, given);
  };

  const searching = (/** @type {Event} */ { target }) => {
    if (!(target instanceof Element && target.closest(SEARCH))) return;
    reached = true;
    start();
  };
  for (const event of ["focusin", "pointerover", "touchstart"]) addEventListener(event, searching, { passive: true });

  // Enter follows the first result, which is that of an earlier text while an answer is under way.
  addEventListener("keydown", (event) => {
    waiting = undefined;
    const field = event.target;
    if (event.key !== "Enter" || event.isComposing || !openQuestions) return;
    if (!(field instanceof HTMLInputElement && field.matches(FIELD) && field.value.trim())) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = field;
  }, { capture: true });
}
