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
import {
  asOpened, carries, changes, defaultOf, fill, mark, openingOf, privateBox, recall, remember, replaces, setText, shareable, textIn, tidy,
} from "./form/form.mjs";
import { listenToSliders, placeSliders } from "./form/slider.mjs";
import { engine } from "./python/engine.mjs";
import { InStep } from "./python/in-step.mjs";

/** @typedef {import("./form/form.mjs").Control} Control */
/** @typedef {import("./form/form.mjs").Fault} Fault */
/** @typedef {{ok: boolean, html: string, later?: boolean, summary: string, errors?: Fault[], hints?: Record<string, string>,
 *   places?: Record<string, number>, address?: Record<string, string>, fields?: Record<string, string>}} Reply */

const SUMMARY_DELAY_MS = 600; // PAUSE_MS: a screen reader that hears every keystroke's result hears none
const WORKING_DELAY_MS = 150; // most answers are there in 20 ms; grey and a text for those would only flicker

class SparkCalc extends InStep {
  /** The answer that the build made, once another has taken its place. @type {string | undefined} */
  #built;
  /** The build-time text of each hint. @type {Map<Element, string>} */
  #original = new Map();
  /**
   * A box that takes any text is private: its text is never in the address.  What Python made of it is, and comes
   * back as inputs that have no field of their own, until Python has written them into the box.
   * @type {Record<string, string>}
   */
  #carried = {};
  /** @type {Record<string, string>} */
  #told = {};
  /** Where the texts that the answer is for lie among the stops of their sliders. @type {Record<string, number>} */
  #places = {};
  /** The inputs of the answer that this one is compared with. @type {Record<string, string> | undefined} */
  #against;
  #working = 0;
  /** When the reader last pressed a key. */
  #typed = -Infinity;
  /** Whether the page has just been opened. */
  #arriving = false;
  /** Lets go what waits for the reader to pause. */
  #go = () => {};
  /** Fields that an address filled and no reader has touched since: what was read from a text is nobody's choice. @type {Set<Control>} */
  #arrived = new Set();
  /** Whether what is entered next takes the place of all that the private box holds. */
  #anew = false;

  /** @param {AbortSignal} signal */
  begin(signal) {
    const { form } = this;
    this.#arriving = true;
    for (const hint of this.querySelectorAll("[data-hint]")) {
      if (!this.#original.has(hint)) this.#original.set(hint, hint.textContent ?? "");
    }
    listenToSliders(form, signal);
    form.addEventListener("input", (event) => {
      if (event.target === this.#private) {
        remember(/** @type {HTMLTextAreaElement} */ (event.target));
        this.#carried = {};
        if (this.#anew) this.#letGo();
      } else this.#arrived.delete(/** @type {Control} */ (event.target));
      this.edited(event.target);
      const { inputType } = /** @type {InputEvent} */ (event);
      if (inputType === "insertFromPaste" || inputType === "insertFromDrop") this.address.finished();
    }, { signal });
    form.addEventListener("change", () => { this.#typed = -Infinity; this.#go(); }, { signal });
    form.addEventListener("beforeinput", ({ target }) => {
      const box = this.#private;
      if (box && target === box) this.#anew = replaces(box);
    }, { signal });
    form.addEventListener("focusin", ({ target }) => { // so that pasting takes the example's place
      const box = this.#private;
      if (box && target === box && box.value === box.defaultValue) box.select();
    }, { signal });
    this.addEventListener("click", ({ target }) => this.#takes(target), { signal });
    const box = this.#private;
    for (const event of box ? ["focusin", "dragenter"] : []) {
      box?.addEventListener(event, () => takeAnything(box, signal), { signal });
    }
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

  get needs() {
    return this.getAttribute("calculator") ?? "";
  }

  /** What the form asks for now, defaults and all, for whoever carries it elsewhere; a pasted text is in it. */
  get request() {
    const asked = { calculator: this.needs, page: this.dataset.page ?? "", inputs: this.#inputs() };
    return this.#against ? { ...asked, against: this.#against } : asked;
  }

  /** The inputs as the address may hold them: never a text that was pasted; undefined while they are not known. */
  get shared() {
    const box = this.#private;
    if (!box?.dataset.carries) return shareable(this.controls.filter((control) => control !== box));
    if (this.stale) return undefined;
    return this.wanted ? this.#told : {};
  }

  /** The other side of a comparison, as the address holds it; undefined while nothing is compared. */
  get against() {
    return this.#against;
  }

  /**
   * Compares with these inputs, or no longer; the browser's way back undoes it.
   * @param {Record<string, string> | undefined} against
   * @param {Record<string, string>} [inputs] what the form shall hold, where it shall change as well
   */
  compare(against, inputs) {
    this.#against = against;
    if (inputs) return this.address.go(`?${new URLSearchParams(this.#held(inputs))}`);
    this.edited(this);
    this.address.finished();
  }

  /** The ways out of the answer have a module of their own. @param {EventTarget | null} target */
  async #takes(target) {
    const button = /** @type {HTMLElement | null} */ (target instanceof Element ? target.closest("[data-take]") : null);
    if (!button) return;
    const ways = await waysOut();
    if (ways) ways.take(this, button);
    else part(this, "take-status").textContent = part(this, "ways").dataset.textUnfetched ?? "";
  }

  forget() {
    this.toggleAttribute("data-opened", true);
    const box = this.#private;
    if (box) {
      setText(box, box.defaultValue);
      remember(box);
    }
    this.#carried = {};
    this.#arrived.clear();
  }

  /** A new text begins anew: fields that came with the address of another go back to saying nothing. */
  #letGo() {
    for (const control of this.#arrived) fill(control, defaultOf(control));
    this.#arrived.clear();
  }

  /** @param {unknown} field */
  edited(field) {
    this.#typed = performance.now();
    this.#go();
    super.edited(field);
    helpEditing(this);
  }

  changed() {
    const { request } = this;
    this.wanted = this.#asOpened && !this.#against ? "" : JSON.stringify(request);
    this.askFirst();
    tidy(this.controls);
    this.toggleAttribute("data-comparing", Boolean(this.#against));
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
    for (const control of this.controls) if (control.name in fields) control.value = fields[control.name];
    this.#carried = {};
    this.changed();
  }

  /** @param {string} request @param {Reply} reply */
  #show(request, reply) {
    clearTimeout(this.#working); // it is not late
    this.#working = 0;
    this.#built ??= part(this, "answer").innerHTML;
    put(part(this, "answer"), reply.html, reply.later ? () => this.#figures(request) : undefined);
    this.shown = request;
    this.#told = reply.address ?? {};
    if (this.#private) this.address.writeSoon();
    this.dataset.answerFor = reply.ok ? "inputs" : "none";
    this.#mark(reply.errors ?? [], reply.hints ?? {}, reply.places ?? {});
    this.render();
    this.status.say(reply.summary, SUMMARY_DELAY_MS);
    this.dispatchEvent(new CustomEvent("sparkmem:answer", { bubbles: true }));
  }

  /** The rows of an answer that came without them. @param {string} request @returns {Promise<string>} */
  async #figures(request) {
    return JSON.parse(await engine.ask("figures", request, this.needs)).rows;
  }

  /** The build made this answer: no need to ask. */
  #showBuilt() {
    if (this.#built) put(part(this, "answer"), this.#built);
    this.shown = "";
    this.dataset.answerFor = "defaults";
    this.#mark([], {}, {});
    this.render();
    this.status.say(this.dataset.textDefaults ?? "", SUMMARY_DELAY_MS);
    this.dispatchEvent(new CustomEvent("sparkmem:answer", { bubbles: true }));
  }

  /** @param {Fault[]} errors @param {Record<string, string>} hints @param {Record<string, number>} places */
  #mark(errors, hints, places) {
    for (const control of this.controls) {
      mark(control, errors);
      const hint = control.closest("[data-field]")?.querySelector("[data-hint]");
      if (!hint) continue;
      // What the page came with is said of what it opens with; of another text, as of one that is refused, it would be wrong.
      const words = hints[control.name] || (textIn(control) === openingOf(control) && this.#original.get(hint)) || "";
      if (hint.textContent !== words) hint.textContent = words; // the same again would be laid out again
    }
    this.#places = places;
    placeSliders(this.form, places);
  }

  render() {
    const whose = this.dataset.answerFor === "defaults" ? this.dataset.textDefaults : this.dataset.textStale;
    this.status.show(this.stale, this.stale || !this.shown ? whose : "", !this.#working);
  }

  // The address

  moved() {
    super.moved();
    this.dispatchEvent(new Event("sparkmem:moved"));
    if (this.wanted) this.wake();
  }

  readAddress() {
    const values = this.address.read();
    const box = this.#private;
    this.#carried = Object.fromEntries([...values].filter(([name]) => carries(box).includes(name)));
    this.#against = this.#comparable(values.get("against"));
    // Who comes back to the page finds the text again; an address with settings says what is meant, and so does a way back.
    if (box && (box.dataset.carries || this.#arriving)) {
      setText(box, Object.keys(this.#carried).length ? "" : this.#arriving ? recall(box) : box.defaultValue);
    }
    const faster = this.#arriving; // than this script: what they have entered by then stays
    this.#arriving = false;
    this.#arrived.clear();
    const silent = !this.names().some((name) => values.has(name));
    this.toggleAttribute("data-opened", silent);
    for (const control of this.controls) {
      if (control === box) continue;
      if (faster && !values.has(control.name) && control.value !== openingOf(control)) continue;
      fill(control, values.get(control.name) ?? (silent ? openingOf(control) : defaultOf(control)));
      if (box?.dataset.carries && values.has(control.name)) this.#arrived.add(control);
    }
  }

  kept() {
    const held = this.#asOpened && !this.#against ? {} : this.#held(this.shared);
    // An empty address means what the page opens with: one of the defaults alone says so.
    if (!held || Object.keys(held).length || this.#asOpened) return held;
    return Object.fromEntries(new URLSearchParams(this.dataset.defaults));
  }

  /** What the address holds for these inputs. @param {Record<string, string> | undefined} inputs */
  #held(inputs) {
    return inputs && this.#against ? { ...inputs, against: String(new URLSearchParams(this.#against)) } : inputs;
  }

  names() {
    return [...this.controls.map(({ name }) => name), ...carries(this.#private), "against"];
  }

  // The form

  get #private() {
    return privateBox(this.form);
  }

  /** The inputs of the other side, from a query inside the address: those that an address may hold. @param {string | null} query */
  #comparable(query) {
    if (query === null) return undefined;
    const box = this.#private;
    const names = this.names().filter((name) => name !== box?.name && name !== "against");
    return Object.fromEntries([...new URLSearchParams(query)].filter(([name]) => names.includes(name)));
  }

  /** Whether the form holds what the page opened with, of which the build made the answer. */
  get #asOpened() {
    return !Object.keys(this.#carried).length && asOpened(this.controls);
  }

  /** What differs from the defaults; while inputs are carried, the box is still to be written. */
  #inputs() {
    const inputs = changes(this.controls);
    const box = this.#private;
    if (box && Object.keys(this.#carried).length) delete inputs[box.name];
    return { ...inputs, ...this.#carried };
  }
}

/** The visits in which the box takes files and long texts too. @type {WeakSet<AbortSignal>} */
const taking = new WeakSet();

/** @param {HTMLTextAreaElement} box @param {AbortSignal} signal */
async function takeAnything(box, signal) {
  if (taking.has(signal)) return;
  taking.add(signal);
  try {
    const { takeFiles, takeLongPastes } = await import("./form/dropped.mjs");
    takeFiles(box, signal);
    takeLongPastes(box, signal);
  } catch {
    // Without it the browser does with a text what it always does.
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
    else import("./spark-diagnose.mjs");
  }
}

customElements.define("spark-calc", SparkCalc);
customElements.define("spark-later", SparkLater);
