// @ts-check
// <spark-calc>: a form and an answer that are already in the page, kept in step by Python.
//
// When the form changes, the element posts what differs from the defaults, and puts the HTML
// that Python rendered in place of the old answer.  It knows no key, unit or formula.
//
// An empty address means what the page opens with, which the build has answered; one with inputs means the defaults
// and what it holds.

import "./address/history.mjs"; // asked for at once, not when the module that needs it has come
import { PAUSE_MS, put, unseen } from "./answer/folded.mjs";
import { part } from "./answer/status.mjs";
import { Asked } from "./form/asked.mjs";
import { mark, openingOf, textIn, tidy } from "./form/form.mjs";
import { placeSliders } from "./form/slider.mjs";
import { engine } from "./python/engine.mjs";

/** @typedef {import("./form/form.mjs").Fault} Fault */
/** @typedef {{ok: boolean, html: string, later?: boolean, summary: string, errors?: Fault[], hints?: Record<string, string>,
 *   places?: Record<string, number>, address?: Record<string, string>, fields?: Record<string, string>}} Reply */

const SUMMARY_DELAY_MS = 600; // PAUSE_MS: a screen reader that hears every keystroke's result hears none
const WORKING_DELAY_MS = 150; // most answers are there in 20 ms; grey and a text for those would only flicker

class SparkCalc extends Asked {
  /** The answer that the build made, once another has taken its place. @type {string | undefined} */
  #built;
  /** The build-time text of each hint. @type {Map<Element, string>} */
  #original = new Map();
  /** What is said beside each field that has such a place. @type {Map<Element, Element>} */
  #hints = new Map();
  /** Where the texts that the answer is for lie among the stops of their sliders. @type {Record<string, number>} */
  #places = {};
  #working = 0;
  /** When the reader last pressed a key. */
  #typed = -Infinity;
  /** Lets go what waits for the reader to pause. */
  #go = () => {};

  /** @param {AbortSignal} signal */
  begin(signal) {
    super.begin(signal);
    for (const hint of this.querySelectorAll("[data-hint]")) {
      if (!this.#original.has(hint)) this.#original.set(hint, hint.textContent ?? "");
    }
    for (const control of this.controls) {
      const hint = control.closest("[data-field]")?.querySelector("[data-hint]");
      if (hint) this.#hints.set(control, hint);
    }
    this.form.addEventListener("change", () => { this.#typed = -Infinity; this.#go(); }, { signal });
    this.addEventListener("click", ({ target }) => this.#takes(target), { signal });
    for (const event of ["pointerenter", "focusin"]) part(this, "ways").addEventListener(event, waysOut, { signal });
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.wanted) arrive(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#working);
  }

  get call() {
    return unseen(part(this, "answer")) ? "begun" : "answer";
  }

  /** The ways out of the answer have a module of their own. @param {EventTarget | null} target */
  async #takes(target) {
    const button = /** @type {HTMLElement | null} */ (target instanceof Element ? target.closest("[data-take]") : null);
    if (!button) return;
    const ways = await waysOut();
    if (ways) ways.take(this, button);
    else part(this, "take-status").textContent = part(this, "ways").dataset.textUnfetched ?? "";
  }

  /** @param {unknown} field */
  edited(field) {
    this.#typed = performance.now();
    this.#go();
    super.edited(field);
    helpEditing(this);
  }

  changed() {
    const { request, asOpened } = this;
    this.wanted = asOpened && !this.against ? "" : JSON.stringify(request);
    this.askFirst();
    tidy(this.controls);
    this.toggleAttribute("data-comparing", Boolean(this.against));
    this.toggleAttribute("data-edited", !asOpened);
    placeSliders(this.form, this.stale ? undefined : this.#places);
    this.status.hush();
    clearTimeout(this.#working);
    this.#working = 0;
    if (!this.wanted && this.shown) this.#showBuilt();
    else if (this.stale) {
      this.#working = setTimeout(() => { this.#working = 0; this.render(); }, WORKING_DELAY_MS);
    }
    this.render();
  }

  /** @param {string} request @param {Reply} reply */
  place(request, reply) {
    if (!reply.ok && this.#typing) {
      return this.#paused().then(() => { if (request === this.wanted) this.#show(request, reply); });
    }
    if (reply.fields) this.#restore(reply.fields);
    else this.#show(request, reply);
    return undefined;
  }

  /** Whether the reader may not have finished: half a number is no fault. */
  get #typing() {
    return performance.now() - this.#typed < PAUSE_MS;
  }

  /** Until the reader pauses, leaves the field or goes on typing. @returns {Promise<void>} */
  #paused() {
    return new Promise((done) => {
      this.#go = done;
      setTimeout(done, PAUSE_MS - (performance.now() - this.#typed));
    });
  }

  /** Puts what an address carried into the box that it came from; it is asked for again then. @param {Record<string, string>} fields */
  #restore(fields) {
    this.restore(fields);
    this.changed();
  }

  /** @param {string} request @param {Reply} reply */
  #show(request, reply) {
    clearTimeout(this.#working); // it is not late
    this.#working = 0;
    this.#built ??= part(this, "answer").innerHTML;
    put(part(this, "answer"), reply.html, reply.later ? () => this.#figures(request) : undefined);
    this.shown = request;
    this.told = reply.address ?? {};
    this.dataset.answerFor = reply.ok ? "inputs" : "none";
    this.#mark(reply.errors ?? [], reply.hints ?? {}, reply.places ?? {});
    if (this.reads || !reply.ok) this.address.writeSoon(); // which says what a refused text is
    this.render();
    this.status.say(reply.summary, SUMMARY_DELAY_MS);
    this.dispatchEvent(new CustomEvent("sparkmem:answer", { bubbles: true }));
  }

  /**
   * The rows of an answer that came without them; where Python ends before it has them, another gives them after a retry.
   * @param {string} request
   * @returns {Promise<string>}
   */
  async #figures(request) {
    while (this.isConnected && request === this.shown) {
      const reply = await engine.ask("figures", request, this.needs).catch(() => "");
      if (reply) return JSON.parse(reply).rows;
      await new Promise((again) => engine.addEventListener("stage", again, { once: true }));
    }
    throw new Error("the answer is another by now");
  }

  /** The build made this answer: no need to ask. */
  #showBuilt() {
    if (this.#built) put(part(this, "answer"), this.#built);
    this.shown = "";
    this.dataset.answerFor = "defaults";
    this.#mark([], {}, {});
    this.render();
    const sentence = part(this, "answer").querySelector(".sm-headline")?.textContent ?? "";
    if (!engine.cause) this.status.say(sentence, SUMMARY_DELAY_MS); // why Python is not there stays
    this.dispatchEvent(new CustomEvent("sparkmem:answer", { bubbles: true }));
  }

  /** @param {Fault[]} errors @param {Record<string, string>} hints @param {Record<string, number>} places */
  #mark(errors, hints, places) {
    for (const control of this.controls) {
      mark(control, errors);
      const hint = this.#hints.get(control);
      if (!hint) continue;
      // What the page came with is said of what it opens with; of another text, as of one that is refused, it would be wrong.
      const words = hints[control.name] || (textIn(control) === openingOf(control) && this.#original.get(hint)) || "";
      if (hint.textContent !== words) hint.textContent = words; // the same again would be laid out again
    }
    this.#places = places;
    placeSliders(this.form, places);
  }

  render() {
    const { answerFor, textDefaults, textOpened, textStale } = this.dataset;
    const whose = answerFor !== "defaults" ? this.stale && textStale : this.stale ? textDefaults : textOpened;
    this.status.show(this.stale, whose || "", !this.#working);
  }

  // The address

  moved() {
    super.moved();
    part(this, "take-status").textContent = ""; // it was said of where the reader came from
    this.dispatchEvent(new Event("sparkmem:moved"));
    if (this.wanted) this.wake();
  }
}

/** What helps whoever edits, as far as it has come. @type {{steady?: (element: Element) => void, peek?: (element: HTMLElement) => void}} */
const help = {};

/** It is fetched for the first edit. @param {HTMLElement} element */
async function helpEditing(element) {
  try {
    help.steady ??= (await import("./editing/steady.mjs")).steady;
    help.steady(element);
    help.peek ??= (await import("./editing/peek.mjs")).peek;
    help.peek(element);
  } catch {
    // Without the one the page moves more, without the other it says less.
  }
}

/** A link with inputs opens on the answer. @param {HTMLElement} element */
async function arrive(element) {
  try {
    (await import("./answer/arrival.mjs")).arrive(element);
  } catch {
    // Without it the page begins at its top.
  }
}

/** Copying and comparing: fetched when a reader reaches for them; undefined where they do not come. */
async function waysOut() {
  try {
    return await import("./answer/take.mjs");
  } catch {
    // Some browsers remember that a module did not come: under another address it is asked for again.
    const again = new URL(`./answer/take.mjs?${Date.now()}`, import.meta.url).href;
    return import(again).catch(() => undefined);
  }
}

/** What one page has is fetched where it stands. */
class SparkLater extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("spark-run")) import("./spark-run.mjs");
    else if (this.querySelector("spark-variants")) import("./variants.mjs");
    else import("./spark-diagnose.mjs");
  }
}

customElements.define("spark-calc", SparkCalc);
customElements.define("spark-later", SparkLater);
