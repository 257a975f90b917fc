// @ts-check
// <spark-variants for="ID">: tables of what would change under another choice, beside the calculator of that id.
//
// They cost many answers, so they follow a pause after the calculator's own, and only where they can be seen.
// Until then they are marked as being for what was entered before.

import { engine } from "./python/engine.mjs";
import { why } from "./python/trouble.mjs";

/** @typedef {HTMLElement & {wanted?: string, against?: Record<string, string>}} Calculator */

const PAUSE_MS = 500;
const NEAR = "400px"; // of the screen: so that they are there when the reader has scrolled to them

class SparkVariants extends HTMLElement {
  /** The job that each table is for: JSON text, "" for the example that the build answered. @type {Map<Element, string>} */
  #shown = new Map();
  /** What the build put there. @type {Map<Element, Node[]>} */
  #original = new Map();
  /** @type {Set<Element>} */
  #near = new Set();
  #pause = 0;
  #asking = false;
  #listening = new AbortController();
  /** @type {MutationObserver | undefined} */
  #edits;
  /** @type {IntersectionObserver | undefined} */
  #sight;

  connectedCallback() {
    for (const part of this.#parts()) {
      const rows = this.#part(part, "rows");
      if (!this.#original.has(rows)) this.#original.set(rows, [...rows.childNodes]);
    }
    const { signal } = this.#listening;
    document.addEventListener("sparkmem:answer", ({ target }) => {
      if (target === this.#calculator()) this.#soon();
    }, { signal });
    this.addEventListener("click", (event) => this.#followed(event), { signal });
    this.addEventListener("toggle", () => this.#soon(), { signal, capture: true });
    engine.addEventListener("stage", () => this.#mark(), { signal });
    // An input makes the calculator's answer old in the same moment, wherever it came from: a key, the address, a reset.
    this.#edits = new MutationObserver(() => this.#mark());
    const calculator = this.#calculator();
    if (calculator) this.#edits.observe(calculator, { attributeFilter: ["data-stale", "data-answer-for"] });
    this.#sight = new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) this.#near[isIntersecting ? "add" : "delete"](target);
      this.#soon();
    }, { rootMargin: NEAR });
    for (const part of this.#parts()) this.#sight.observe(part);
    this.#mark();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#listening = new AbortController();
    this.#edits?.disconnect();
    this.#sight?.disconnect();
    this.#near.clear();
    clearTimeout(this.#pause);
  }

  /**
   * A choice is an address of this page: the calculator takes it from there.  The theme would fetch the page once more.
   * @param {MouseEvent} event
   */
  #followed(event) {
    const link = event.target instanceof Element && event.target.closest("a");
    if (!link || link.pathname !== location.pathname || link.hash || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const { against } = this.#calculator() ?? {};
    const choice = new URL(link.href);
    if (against) choice.searchParams.set("against", String(new URLSearchParams(against))); // a comparison goes on
    history.pushState(null, "", choice.href);
    if (!("navigation" in globalThis)) dispatchEvent(new PopStateEvent("popstate")); // nothing else would tell the calculator
  }

  /** The calculator's job has an answer now, or a table has come into sight. */
  #soon() {
    this.#mark();
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#ask(), PAUSE_MS);
  }

  /** One table after the other, so that an edit waits for one at most. */
  async #ask() {
    if (this.#asking) return;
    this.#asking = true;
    try {
      for (let part; (part = this.#due()); ) {
        const job = this.#job();
        if (!job) this.#place(part, "", this.#original.get(this.#part(part, "rows")) ?? []);
        else {
          const request = JSON.stringify({ ...JSON.parse(job), table: part.dataset.table });
          if (!engine.running) return; // marked as old, and the calculator says why
          const reply = await engine.ask("variants", request).catch((refused) => this.#without(part, refused));
          if (!reply) return;
          if (job === this.#job()) this.#place(part, job, JSON.parse(reply).html);
        }
      }
    } finally {
      this.#asking = false;
    }
  }

  /** There is no such table.  @param {HTMLElement} part @param {import("./python/trouble.mjs").Refused} refused */
  #without(part, refused) {
    if (engine.stage !== "failed") this.#part(part, "failed").textContent = `${this.dataset.textFailed} ${why(this, refused.why)}`;
    return "";
  }

  /** The first table that is open, in sight and for another job, while the calculator's answer is for this one. */
  #due() {
    if (this.#calculator()?.hasAttribute("data-stale")) return undefined;
    const job = this.#job();
    return this.#parts().find((part) => part.open && this.#near.has(part) && this.#old(part, job));
  }

  /** @param {HTMLElement} part @param {string} job @param {string | Node[]} content */
  #place(part, job, content) {
    const rows = this.#part(part, "rows");
    const focused = rows.contains(document.activeElement) ? document.activeElement?.closest("tr")?.dataset.variant : "";
    if (typeof content === "string") rows.innerHTML = content;
    else rows.replaceChildren(...content);
    this.#part(part, "none").hidden = content.length > 0;
    this.#part(part, "failed").textContent = "";
    this.#shown.set(part, job);
    if (focused) {
      const row = rows.querySelector(`[data-variant="${focused}"]`);
      const heading = row?.querySelector("th");
      if (heading) heading.tabIndex = -1; // what is chosen now has no link
      /** @type {HTMLElement | null | undefined} */ (row?.querySelector("a") ?? heading)?.focus({ preventScroll: true });
    }
    this.#mark();
  }

  #mark() {
    const job = this.#job();
    for (const part of this.#parts()) {
      const old = this.#old(part, job);
      part.toggleAttribute("data-stale", old);
      this.#part(part, "old").hidden = !old || !this.#part(part, "none").hidden;
      if (old) part.setAttribute("aria-busy", "true");
      else part.removeAttribute("aria-busy");
    }
  }

  /** @param {Element} part @param {string} job */
  #old(part, job) {
    return (this.#shown.get(part) ?? "") !== job;
  }

  /** What the calculator asks for: JSON text, "" for the example, which may be compared with another job. */
  #job() {
    const { wanted = "" } = this.#calculator() ?? {};
    return wanted.includes('"inputs":{}') ? "" : wanted; // within a text its quotes are written otherwise
  }

  #calculator() {
    return /** @type {Calculator | null} */ (document.getElementById(this.getAttribute("for") ?? ""));
  }

  #parts() {
    return [...this.querySelectorAll("details")];
  }

  /** @param {HTMLElement} part @param {string} name */
  #part(part, name) {
    return /** @type {HTMLElement} */ (part.querySelector(`[data-${name}]`));
  }
}

customElements.define("spark-variants", SparkVariants);
