// @ts-check
// <spark-paste>: one box for whatever a reader has.  Python says what it is, and the answer opens below it.
//
// The text is in the memory of this page alone: in no address, in no store, in no request.

import { atOnce } from "./answer/at-once.mjs";
import { put } from "./answer/folded.mjs";
import { part } from "./answer/status.mjs";
import { takeFiles, takeLongPastes } from "./form/dropped.mjs";
import { recall, remember, setText, textIn } from "./form/form.mjs";
import { keep } from "./form/had.mjs";
import { engine } from "./python/engine.mjs";
import { InStep } from "./python/in-step.mjs";

/** @typedef {{ok: boolean, html: string, summary: string, found?: string}} Reply */

const SUMMARY_DELAY_MS = 600;
const LONGEST_QUERY = 200;

class SparkPaste extends InStep {
  /** What an address holds of the failure in the box. */
  #found = "";
  /** Whether Python was not there yet when the text came: what is said of that stays until the answer is there. */
  #waited = false;

  /** @param {AbortSignal} signal */
  begin(signal) {
    const box = this.#box;
    setText(box, recall(box));
    box.addEventListener("input", () => { remember(box); this.edited(box); }, { signal });
    takeFiles(box, signal);
    takeLongPastes(box, signal);
    this.addEventListener("click", ({ target }) => { // the page of a failure has its text then, and its address has none of it
      if (!(target instanceof Element)) return;
      if (target.closest("[data-carries-text]")) keep(textIn(box), this.#found);
      if (target.closest("[data-search]")) search(textIn(box));
    }, { signal });
  }

  get call() {
    return "pasted";
  }

  /** Most of what is pasted is a configuration. */
  get needs() {
    return "explain";
  }

  /** What it is may need any part of the package. */
  get asks() {
    return "";
  }

  /** Whoever only passes through the home page fetches nothing. */
  get patient() {
    return true;
  }

  changed() {
    const text = textIn(this.#box);
    this.wanted = text.trim() ? JSON.stringify({ text, page: this.dataset.page ?? "" }) : "";
    if (this.wanted && engine.stage !== "ready") this.#waited = true;
    const first = this.wanted && engine.stage !== "ready" ? atOnce(this, text) : "";
    if (first || this.hasAttribute("data-at-once")) put(part(this, "answer"), first);
    this.toggleAttribute("data-at-once", Boolean(first));
    if (!this.wanted && this.shown) this.place("", { ok: true, html: "", summary: "" });
    this.render();
  }

  /** @param {string} request @param {Reply} reply */
  place(request, reply) {
    put(part(this, "answer"), reply.html);
    this.removeAttribute("data-at-once");
    this.shown = request;
    this.#waited = false;
    this.#found = reply.found ?? "";
    this.dataset.answerFor = request ? (reply.ok ? "inputs" : "none") : "defaults";
    this.render();
    this.status.say(reply.summary, SUMMARY_DELAY_MS);
  }

  render() {
    this.status.show(this.stale, "", this.#waited);
  }

  get #box() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
  }
}

/** Opens the theme's search with the first line of a text; no address has it. @param {string} text */
function search(text) {
  const query = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-md-component=search-query]"));
  const toggle = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-md-toggle=search]"));
  if (!query || !toggle) return;
  query.value = text.trim().split("\n", 1)[0].slice(0, LONGEST_QUERY);
  if (!toggle.checked) toggle.click();
  query.focus();
  query.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
}

customElements.define("spark-paste", SparkPaste);
