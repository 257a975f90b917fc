// @ts-check
// <spark-calc>: a form and an answer that are already in the page, kept in step by Python.
//
// When the form changes, the element posts what differs from the defaults, and puts the HTML
// that Python rendered in place of the old answer.  It knows no key, unit or formula.

import { engine } from "./engine.mjs";

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */
/** @typedef {{input: string, message: string}} Fault */
/** @typedef {{ok: boolean, html: string, summary: string, errors?: Fault[], hints?: Record<string, string>,
 *   address?: Record<string, string>, fields?: Record<string, string>}} Reply */

const SUMMARY_DELAY_MS = 600; // a screen reader that hears every keystroke's result hears none
const WORKING_DELAY_MS = 400; // most answers are there in 20 ms; a text for those would only flicker
const ADDRESS_DELAY_MS = 320; // Safari refuses more than 100 changes of the address in 30 seconds

class SparkCalc extends HTMLElement {
  /** What the form asks for, and what the answer on the page is for: JSON text, "" for the defaults. */
  #wanted = "";
  #shown = "";
  #asking = false;
  /** The build-time content of the answer and of each hint. @type {Map<Element, Node[]>} */
  #original = new Map();
  /** The query of the address as this element last read or wrote it. */
  #query = "";
  #path = "";
  #arrived = "";
  /**
   * A box that takes any text is private: its text is never in the address.  What Python made of it is, and comes
   * back as inputs that have no field of their own, until Python has written them into the box.
   * @type {Record<string, string>}
   */
  #carried = {};
  /** @type {Record<string, string>} */
  #told = {};
  /** The inputs of the answer that this one is compared with. @type {Record<string, string> | undefined} */
  #against;
  #listening = new AbortController();
  #announcement = 0;
  #working = 0;
  #addressTimer = 0;

  connectedCallback() {
    if (!this.querySelector("form")) return;
    for (const part of [this.#part("answer"), ...this.querySelectorAll("[data-hint]")]) {
      if (!this.#original.has(part)) this.#original.set(part, [...part.childNodes]);
    }
    this.#path = location.pathname;
    this.#arrived = location.search;
    this.#listen();
    this.#readAddress();
    this.#changed();
    const reach = () => this.#thrifty() || this.#start();
    if (this.#wanted && !this.#thrifty()) this.#start();
    else whenIdle(() => this.isConnected && reach());
    for (const event of ["pointerenter", "focusin"]) {
      this.addEventListener(event, reach, { signal: this.#listening.signal });
    }
  }

  /** What the form asks for now, defaults and all, for whoever carries it elsewhere; a pasted text is in it. */
  get request() {
    const asked = { calculator: this.getAttribute("calculator") ?? "", page: this.dataset.page ?? "", inputs: this.#inputs() };
    return this.#against ? { ...asked, against: this.#against } : asked;
  }

  /** The inputs as the address may hold them: never a text that was pasted; undefined while they are not known. */
  get shared() {
    if (!this.#private()) return this.#inputs();
    return this.#wanted === this.#shown ? this.#wanted ? this.#told : {} : undefined;
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
    const kept = inputs ?? this.shared ?? {};
    this.#against = against;
    this.#putAddress(kept, "pushState");
    if (inputs) this.#readAddress();
    this.#changed();
    if (this.#wanted) this.#start();
  }

  /** Starts Python, for whoever needs it. */
  wake() {
    this.#start();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#listening = new AbortController();
    for (const timer of [this.#announcement, this.#working, this.#addressTimer]) clearTimeout(timer);
  }

  #listen() {
    const { signal } = this.#listening;
    const form = this.#form();
    form.addEventListener("input", ({ target }) => {
      if (target === this.#private()) this.#carried = {};
      this.#edited();
    }, { signal });
    form.addEventListener("focusin", ({ target }) => { // so that pasting takes the example's place
      const box = this.#private();
      if (box && target === box && box.value === box.defaultValue) box.select();
    }, { signal });
    form.addEventListener("change", () => this.#writeAddress(), { signal });
    form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    // The event comes before the fields have their defaults back.
    form.addEventListener("reset", () => setTimeout(() => { this.#carried = {}; this.#edited(); this.#writeAddress(); }), { signal });
    this.#part("retry").addEventListener("click", () => this.#retry(), { signal });
    this.addEventListener("click", ({ target }) => this.#takes(target), { signal });
    for (const event of ["pointerenter", "focusin"]) this.#part("ways").addEventListener(event, waysOut, { signal });
    engine.addEventListener("progress", () => this.#render(), { signal });
    engine.addEventListener("stage", () => { this.#render(); this.#ask(); }, { signal });
    document.addEventListener("click", (event) => this.#followed(event.target), { signal, capture: true });
    // A link to this page with other inputs changes the address without a popstate
    // when the theme follows it; not every browser has `navigation`.
    const moved = () => this.#moved();
    addEventListener("popstate", moved, { signal });
    /** @type {any} */ (globalThis).navigation?.addEventListener("currententrychange", moved, { signal });
  }

  /** The ways out of the answer have a module of their own. @param {EventTarget | null} target */
  async #takes(target) {
    const button = /** @type {HTMLElement | null} */ (target instanceof Element ? target.closest("[data-take]") : null);
    if (button) (await waysOut()).take(this, button);
  }

  #start() {
    engine.start(new URL(`../py/${this.getAttribute("runtime")}/`, import.meta.url).href);
    this.#ask();
  }

  #retry() {
    engine.retry();
    this.#start();
  }

  /** Readers who pay for their bytes are asked first. */
  #thrifty() {
    const { connection } = /** @type {any} */ (navigator);
    return engine.stage === "idle" && Boolean(connection?.saveData);
  }

  #edited() {
    this.#writeSoon();
    this.#changed();
    if (this.#wanted) this.#start();
  }

  #writeSoon() {
    clearTimeout(this.#addressTimer);
    this.#addressTimer = setTimeout(() => this.#writeAddress(), ADDRESS_DELAY_MS);
  }

  /** The form holds something else now. */
  #changed() {
    const { request } = this;
    this.toggleAttribute("data-comparing", Boolean(this.#against));
    this.#wanted = Object.keys(request.inputs).length > 0 || this.#against ? JSON.stringify(request) : "";
    this.#say("");
    clearTimeout(this.#working);
    this.#working = 0;
    if (!this.#wanted && this.#shown) this.#showDefaults();
    else if (this.#wanted !== this.#shown) {
      this.#working = setTimeout(() => { this.#working = 0; this.#render(); }, WORKING_DELAY_MS);
    }
    this.#render();
  }

  /** One request is under way at most; the newest waits, those between are never sent. */
  async #ask() {
    if (this.#asking || !engine.running) return;
    this.#asking = true;
    try {
      while (this.isConnected && this.#wanted && this.#wanted !== this.#shown) {
        const request = this.#wanted;
        const reply = await engine.ask("answer", request).catch(() => "");
        if (!reply) break; // the engine's stage says why
        if (request !== this.#wanted) continue;
        const answer = /** @type {Reply} */ (JSON.parse(reply));
        if (answer.fields) this.#fill(answer.fields);
        else this.#show(request, answer);
      }
    } finally {
      this.#asking = false;
    }
  }

  /** Puts what an address carried into the box that it came from, and asks again. @param {Record<string, string>} fields */
  #fill(fields) {
    for (const control of this.#controls()) if (control.name in fields) control.value = fields[control.name];
    this.#carried = {};
    this.#changed();
  }

  /** @param {string} request @param {Reply} reply */
  #show(request, reply) {
    const answer = this.#part("answer");
    // A formula that the reader has opened stays open, and keeps the focus.
    const open = [...answer.querySelectorAll("details[open][id]")].map(({ id }) => id);
    const focused = answer.contains(document.activeElement) && document.activeElement?.closest("[id]")?.id;
    answer.innerHTML = reply.html;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (focused) {
      const element = document.getElementById(focused);
      (element?.querySelector("summary") ?? element)?.focus({ preventScroll: true });
    }
    this.#shown = request;
    this.#told = reply.address ?? {};
    if (this.#private()) this.#writeSoon();
    this.dataset.answerFor = reply.ok ? "inputs" : "none";
    this.#mark(reply.errors ?? [], reply.hints ?? {});
    this.#say(reply.summary, SUMMARY_DELAY_MS);
    this.#render();
    this.dispatchEvent(new CustomEvent("sparkmem:answer", { bubbles: true }));
  }

  /** The build made this answer: no need to ask. */
  #showDefaults() {
    const answer = this.#part("answer");
    answer.replaceChildren(...this.#original.get(answer) ?? []);
    this.#shown = "";
    this.dataset.answerFor = "defaults";
    this.#mark([], {});
    this.#say(this.dataset.textDefaults ?? "", SUMMARY_DELAY_MS);
    this.dispatchEvent(new CustomEvent("sparkmem:answer", { bubbles: true }));
  }

  /** @param {Fault[]} errors @param {Record<string, string>} hints */
  #mark(errors, hints) {
    for (const control of this.#controls()) {
      const field = control.closest("[data-field]");
      const messages = errors.filter(({ input }) => input === control.name).map(({ message }) => message);
      if (messages.length) {
        control.setAttribute("aria-invalid", "true");
        reveal(control);
      } else control.removeAttribute("aria-invalid");
      const error = /** @type {HTMLElement | null} */ (field?.querySelector("[data-error]"));
      if (error) {
        error.textContent = messages.join(" ");
        error.hidden = messages.length === 0;
      }
      const hint = field?.querySelector("[data-hint]");
      if (hint) hint.replaceChildren(...hints[control.name] ? [hints[control.name]] : this.#original.get(hint) ?? []);
    }
  }

  /** Puts the state into attributes, the progress bar and the status line. */
  #render() {
    const stale = this.#wanted !== this.#shown;
    const waiting = stale && engine.stage === "loading";
    if (this.dataset.stage !== engine.stage) this.dataset.stage = engine.stage;
    this.toggleAttribute("data-stale", stale);
    if (stale) this.#part("answer").setAttribute("aria-busy", "true");
    else this.#part("answer").removeAttribute("aria-busy");
    const bar = /** @type {HTMLProgressElement | null} */ (this.querySelector("[data-progress]"));
    if (bar && (waiting || !bar.hidden)) {
      bar.hidden = !waiting;
      bar.max = engine.progress.total || 1;
      bar.value = engine.progress.done;
    }
    const asksFirst = stale && this.#thrifty();
    const retry = this.#part("retry");
    retry.hidden = engine.stage !== "failed" && !asksFirst;
    if (!retry.hidden) {
      this.#original.set(retry, this.#original.get(retry) ?? [...retry.childNodes]);
      retry.replaceChildren(...asksFirst && this.dataset.textStart ? [this.dataset.textStart] : this.#original.get(retry) ?? []);
    }

    const whose = this.dataset.answerFor === "defaults" ? this.dataset.textDefaults : this.dataset.textStale;
    if (engine.stage === "failed") this.#say(`${this.dataset.textFailed ?? ""} ${(stale || !this.#shown) && whose || ""} (${engine.cause})`);
    else if (waiting) this.#say(this.dataset.textLoading ?? "");
    else if (asksFirst) this.#say(this.dataset.textAsk ?? "");
    else if (stale && !this.#working) this.#say(this.dataset.textWorking ?? "");
  }

  /** Speaks in the polite live region. @param {string} text */
  #say(text, delay = 0) {
    clearTimeout(this.#announcement);
    const status = this.#part("status");
    const speak = (/** @type {string} */ words) => { if (status.textContent !== words) status.textContent = words; };
    speak(delay ? "" : text);
    if (delay) this.#announcement = setTimeout(() => speak(text), delay);
  }

  // The address

  #moved() {
    if (location.pathname !== this.#path || location.search === this.#query) return;
    this.#readAddress();
    this.#changed();
    if (this.#wanted) this.#start();
  }

  /**
   * The theme has made every link absolute, with the query of that moment: following one to a
   * section would bring back the inputs that the page was opened with.
   * @param {EventTarget | null} target
   */
  #followed(target) {
    const link = target instanceof Element && target.closest("a");
    if (link && link.hash && link.pathname === this.#path && link.search === this.#arrived) link.search = location.search;
  }

  #readAddress() {
    this.#query = location.search;
    const values = new URLSearchParams(location.search);
    const box = this.#private();
    this.#carried = Object.fromEntries([...values].filter(([name]) => this.#names(box).includes(name)));
    this.#against = this.#comparable(values.get("against"));
    if (box) box.value = Object.keys(this.#carried).length ? "" : box.defaultValue;
    for (const control of this.#controls()) {
      if (control === box) continue;
      const value = values.get(control.name) ?? defaultOf(control);
      if (control.value !== value) control.value = value;
      if (value !== defaultOf(control)) reveal(control);
      // An old address may name what this form no longer offers: Python says so at the field.
      if (control.value !== value && control instanceof HTMLSelectElement) control.add(new Option(value, value, false, true));
    }
  }

  #writeAddress() {
    clearTimeout(this.#addressTimer);
    if (location.pathname !== this.#path) return;
    const box = this.#private();
    if (box && this.#wanted !== this.#shown) return; // written when the answer is there
    this.#putAddress(this.shared ?? {}, "replaceState");
  }

  /** @param {Record<string, string>} kept @param {"pushState" | "replaceState"} how */
  #putAddress(kept, how) {
    clearTimeout(this.#addressTimer);
    const names = new Set([...this.#controls().map(({ name }) => name), ...this.#names(this.#private()), "against"]);
    const foreign = location.search.slice(1).split("&").filter((pair) => !names.has([...new URLSearchParams(pair).keys()][0]));
    const own = new URLSearchParams(kept);
    if (this.#against) own.set("against", String(new URLSearchParams(this.#against)));
    const query = [...foreign, String(own)].filter(Boolean).join("&");
    this.#query = query && `?${query}`;
    if (this.#query === location.search) return;
    try {
      history[how](history.state, "", location.pathname + this.#query + location.hash);
    } catch {
      // Too many changes for this browser: the next one writes this one too.
    }
  }

  // The form

  #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector("form"));
  }

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }

  #controls() {
    const controls = /** @type {NodeListOf<Control>} */ (this.#form().querySelectorAll("input[name], select[name], textarea[name]"));
    return [...controls];
  }

  /** @returns {HTMLTextAreaElement | null} */
  #private() {
    return this.#form().querySelector("textarea[data-private]");
  }

  /** The names that an address carries for the box. @param {HTMLTextAreaElement | null} box */
  #names(box) {
    return box?.dataset.carries?.split(" ") ?? [];
  }

  /** The inputs of the other side, from a query inside the address: those that an address may hold. @param {string | null} query */
  #comparable(query) {
    if (query === null) return undefined;
    const box = this.#private();
    const names = [...this.#controls().filter((control) => control !== box).map(({ name }) => name), ...this.#names(box)];
    return Object.fromEntries([...new URLSearchParams(query)].filter(([name]) => names.includes(name)));
  }

  /** What differs from the defaults. */
  #inputs() {
    const carrying = Object.keys(this.#carried).length > 0;
    const changed = this.#controls()
      .filter((control) => control.value !== defaultOf(control) && !(carrying && control === this.#private()))
      .map(({ name, value }) => [name, value]);
    return { ...Object.fromEntries(changed), ...this.#carried };
  }
}

/** @param {Control} control */
function defaultOf(control) {
  if (!(control instanceof HTMLSelectElement)) return control.defaultValue;
  return ([...control.options].find((option) => option.defaultSelected) ?? control.options[0]).value;
}

/** Opens the part of the form that a field is folded into. @param {Control} control */
function reveal(control) {
  control.closest("details")?.setAttribute("open", "");
}

/** Copying and comparing: fetched when a reader reaches for them. */
function waysOut() {
  return import("./take.mjs");
}

/** After load, when the page has nothing else to do. @param {() => void} callback */
function whenIdle(callback) {
  const wait = () => "requestIdleCallback" in globalThis ? requestIdleCallback(callback) : setTimeout(callback, 200);
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait, { once: true });
}

customElements.define("spark-calc", SparkCalc);
