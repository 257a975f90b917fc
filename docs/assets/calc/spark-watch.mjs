// @ts-check
// <spark-watch>: a script and its story, which are already in the page; Python tells it anew when the script changes.
//
// The whole story comes at once, so that stepping, playing and scrubbing only choose what is shown.

import { engine } from "./engine.mjs";

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */
/** @typedef {{input: string, message: string}} Fault */
/** @typedef {{ok: boolean, html: string, table?: string, summary: string, faults?: string, errors: Fault[]}} Reply */

const PLAY_MS = 1600;
const ADDRESS_DELAY_MS = 320; // Safari refuses more than 100 changes of the address in 30 seconds
const SPEECH_DELAY_MS = 500;

class SparkWatch extends HTMLElement {
  /** What the form asks for, and what is shown: JSON text, "" for the story that the build told. */
  #wanted = "";
  #shown = "";
  #asking = false;
  #step = 0;
  #playing = 0;
  #addressTimer = 0;
  #speech = 0;
  #tabling = 0;
  /** What was last said of the stage. */
  #state = "";
  #query = "";
  #path = "";
  #arrived = "";
  /** What the build put into the parts that Python fills. @type {Map<HTMLElement, Node[]>} */
  #original = new Map();
  #listening = new AbortController();

  connectedCallback() {
    if (!this.querySelector("form")) return;
    for (const part of [this.#part("answer"), this.#part("table")]) {
      if (!this.#original.has(part)) this.#original.set(part, [...part.childNodes]);
    }
    this.#path = location.pathname;
    this.#arrived = location.search;
    this.#listen();
    this.#readAddress();
    this.#changed();
    if (!this.#wanted) whenIdle(() => { if (this.isConnected && !this.#thrifty()) this.#start(); });
  }

  disconnectedCallback() {
    this.#pause();
    this.#listening.abort();
    this.#listening = new AbortController();
    clearTimeout(this.#addressTimer);
    clearTimeout(this.#speech);
  }

  #listen() {
    const { signal } = this.#listening;
    const form = /** @type {HTMLFormElement} */ (this.querySelector("form"));
    form.addEventListener("input", () => { this.#writeSoon(); this.#changed(true); }, { signal });
    form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    form.addEventListener("reset", () => setTimeout(() => { this.#step = 0; this.#writeSoon(); this.#changed(); }), { signal });
    this.#scrubber().addEventListener("input", () => { this.#pause(); this.#show(Number(this.#scrubber().value)); }, { signal });
    this.addEventListener("click", (event) => this.#clicked(event), { signal, capture: true });
    this.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    document.addEventListener("click", (event) => this.#followed(event.target), { signal, capture: true });
    document.addEventListener("selectionchange", () => this.#caretMoved(), { signal });
    engine.addEventListener("stage", () => { this.#render(); this.#ask(); }, { signal });
    engine.addEventListener("progress", () => this.#render(), { signal });
    for (const event of ["pointerenter", "focusin"]) {
      this.addEventListener(event, () => this.#thrifty() || this.#start(), { signal });
    }
    const moved = () => this.#moved();
    addEventListener("popstate", moved, { signal });
    /** @type {any} */ (globalThis).navigation?.addEventListener("currententrychange", moved, { signal });
  }

  #start() {
    engine.start(new URL(`../py/${this.getAttribute("runtime")}/`, import.meta.url).href, "watch");
    this.#ask();
  }

  #thrifty() {
    return engine.stage === "idle" && Boolean(/** @type {any} */ (navigator).connection?.saveData);
  }

  // The story

  /** The form holds something else now. @param {boolean} [asked] by the reader, not by the address */
  #changed(asked = false) {
    const inputs = this.#inputs();
    this.#wanted = Object.keys(inputs).length ? JSON.stringify({ page: this.dataset.page, inputs }) : "";
    if (!this.#wanted && this.#shown) this.#place("", { ok: true, html: "", summary: "", faults: "", errors: [] });
    if (this.#wanted && (asked || !this.#thrifty())) this.#start();
    this.#render();
    this.#show(this.#step);
  }

  /** One request is under way at most; the newest waits, those between are never sent. */
  async #ask() {
    if (this.#asking || !engine.running) return;
    this.#asking = true;
    try {
      while (this.isConnected && this.#wanted && this.#wanted !== this.#shown) {
        const request = this.#wanted;
        const reply = await engine.ask("watch", request, "watch").catch(() => "");
        if (!reply) break; // the engine's stage says why
        if (request === this.#wanted) this.#place(request, JSON.parse(reply));
      }
    } finally {
      this.#asking = false;
    }
  }

  /** @param {string} request @param {Reply} reply */
  #place(request, reply) {
    const [answer, table] = [this.#part("answer"), this.#part("table")];
    if (request) answer.innerHTML = reply.html;
    else answer.replaceChildren(...this.#original.get(answer) ?? []);
    // Hundreds of rows take longer than all the rest: they follow when the scene has been painted.
    table.setAttribute("aria-busy", "true");
    clearTimeout(this.#tabling);
    requestAnimationFrame(() => {
      this.#tabling = setTimeout(() => {
        if (request !== this.#shown) return;
        if (request) table.innerHTML = reply.table ?? "";
        else table.replaceChildren(...this.#original.get(table) ?? []);
        table.removeAttribute("aria-busy");
        this.#markRow();
      });
    });
    this.#shown = request;
    this.dataset.answerFor = request ? (reply.ok ? "inputs" : "none") : "defaults";
    this.#part("faults").innerHTML = reply.faults ?? "";
    for (const control of this.#controls()) {
      const said = reply.errors.filter(({ input }) => input === control.name).map(({ message }) => message);
      control.toggleAttribute("aria-invalid", false);
      if (said.length) control.setAttribute("aria-invalid", "true");
      const error = /** @type {HTMLElement | null} */ (control.closest("[data-field]")?.querySelector("[data-error]"));
      if (error) {
        error.textContent = said.join(" ");
        error.hidden = said.length === 0;
      }
      if (said.length) control.closest("details")?.setAttribute("open", "");
    }
    this.#render();
    if (document.activeElement === this.#script()) this.#followCaret();
    else this.#show(this.#step);
    if (reply.summary && !reply.ok) this.#say(reply.summary);
  }

  #scenes() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-scenes] > li")]);
  }

  /** Shows a step, the nearest that there is. @param {number} wanted @param {boolean} [speak] */
  #show(wanted, speak = false) {
    const scenes = this.#scenes();
    if (!scenes.length) return;
    const told = this.#wanted === this.#shown;
    const at = Math.min(Math.max(0, wanted), scenes.length - 1);
    // While Python has not yet told the script of the address, its step is kept.
    this.#step = told ? at : wanted;
    scenes.forEach((scene, number) => scene.toggleAttribute("data-current", number === at));
    const scrubber = this.#scrubber();
    scrubber.max = String(scenes.length - 1);
    scrubber.value = String(at);
    const words = [...scenes[at].querySelectorAll(".sm-operation, .sm-sentence")].map(({ textContent }) => textContent).join(". ");
    scrubber.setAttribute("aria-valuetext", words);
    this.#markRow();
    this.#part("at").textContent = String(at);
    this.#part("of").textContent = String(scenes.length - 1);
    for (const [move, ends] of /** @type {[string, boolean][]} */ ([["first", at === 0], ["back", at === 0],
      ["on", at === scenes.length - 1], ["last", at === scenes.length - 1]])) {
      this.#button(move).setAttribute("aria-disabled", String(ends));
    }
    if (told) this.#writeSoon();
    if (speak) this.#say(words, SPEECH_DELAY_MS);
  }

  #markRow() {
    for (const row of this.querySelectorAll("[data-row][aria-current]")) row.removeAttribute("aria-current");
    for (const row of this.querySelectorAll(`[data-row="${this.#scrubber().value}"]`)) row.setAttribute("aria-current", "step");
  }

  #play() {
    if (this.#step >= this.#scenes().length - 1) this.#show(0);
    this.#playing = setInterval(() => {
      this.#show(this.#step + 1, true);
      if (this.#step >= this.#scenes().length - 1) this.#pause();
    }, Number(this.dataset.playMs ?? PLAY_MS));
    this.#renderPlay();
  }

  #pause() {
    clearInterval(this.#playing);
    this.#playing = 0;
    this.#renderPlay();
  }

  #renderPlay() {
    this.#button("play").textContent = (this.#playing ? this.dataset.textPause : this.dataset.textPlay) ?? "";
  }

  /** @param {string} move */
  #move(move) {
    if (move === "play") return this.#playing ? this.#pause() : this.#play();
    this.#pause();
    const last = this.#scenes().length - 1;
    const to = { first: 0, back: this.#step - 1, on: this.#step + 1, last }[move];
    this.#show(to ?? this.#step, true);
  }

  // What the reader does

  /** @param {MouseEvent} event */
  #clicked(event) {
    const target = event.target instanceof Element ? event.target.closest("button, a") : null;
    if (!(target instanceof HTMLElement)) return;
    const { move, go, insert, lineFault } = target.dataset;
    if (target instanceof HTMLAnchorElement && "preset" in target.dataset && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      event.stopPropagation(); // the theme would fetch the page anew
      this.#pause();
      history.pushState(null, "", location.pathname + new URL(target.href).search);
      this.#moved();
      if (this.#wanted) this.#start();
    } else if (move) this.#move(move);
    else if (go) { this.#pause(); this.#show(Number(go), true); }
    else if (insert) this.#insert(insert);
    else if (lineFault) this.#select(Number(lineFault));
    else if ("retry" in target.dataset) { engine.retry(); this.#start(); }
  }

  /** Arrows step anywhere but where they have a meaning of their own. @param {KeyboardEvent} event */
  #pressed(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("textarea, input, select, .sm-steps-scroll") || event.altKey || event.ctrlKey || event.metaKey) return;
    const move = { ArrowLeft: "back", ArrowRight: "on", Home: "first", End: "last" }[event.key];
    if (!move) return;
    event.preventDefault();
    this.#move(move);
  }

  #script() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("[name=script]"));
  }

  /** The caret's line, counted from 1, and the characters before it there. */
  #caret() {
    const before = this.#script().value.slice(0, this.#script().selectionStart).split("\n");
    return { line: before.length, column: before[before.length - 1].length };
  }

  #caretMoved() {
    if (document.activeElement !== this.#script()) return;
    if (this.#wanted === this.#shown) this.#followCaret();
    this.#complete();
  }

  /** Shows the step of the caret's line, or of the line before it. */
  #followCaret() {
    if (this.#playing) return;
    const { line } = this.#caret();
    const at = this.#scenes().findLastIndex((scene) => Number(scene.dataset.line ?? 0) <= line);
    this.#show(at);
  }

  async #complete() {
    if (!engine.running) return;
    const request = JSON.stringify({ script: this.#script().value, ...this.#caret() });
    const reply = await engine.ask("complete", request, "watch").catch(() => "");
    if (reply && document.activeElement === this.#script()) this.#part("complete").innerHTML = JSON.parse(reply).html;
  }

  /** Puts a word in the place of the one that is begun. @param {string} word */
  #insert(word) {
    const script = this.#script();
    const end = script.selectionStart;
    const begun = /\S*$/.exec(script.value.slice(0, end))?.[0].length ?? 0;
    script.focus();
    script.setRangeText(`${word} `, end - begun, end, "end");
    script.dispatchEvent(new Event("input", { bubbles: true }));
    this.#complete();
  }

  /** @param {number} line */
  #select(line) {
    const script = this.#script();
    const lines = script.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    script.focus();
    script.setSelectionRange(start, start + lines[line - 1].length);
  }

  // The address

  #moved() {
    if (location.pathname !== this.#path || location.search === this.#query) return;
    this.#readAddress();
    this.#changed();
  }

  /**
   * The theme has made links to sections absolute, with the query of that moment: following one
   * would bring back the script that the page was opened with.
   * @param {EventTarget | null} target
   */
  #followed(target) {
    const link = target instanceof Element && target.closest("a");
    if (!link || !link.hash || link.pathname !== this.#path || link.search !== this.#arrived) return;
    this.#writeAddress();
    link.search = location.search;
  }

  #readAddress() {
    this.#query = location.search;
    const values = new URLSearchParams(location.search);
    for (const control of this.#controls()) {
      const value = values.get(control.name) ?? defaultOf(control);
      if (control.value !== value) control.value = value;
      if (control.value !== value && control instanceof HTMLSelectElement) control.add(new Option(value, value, false, true));
      if (value !== defaultOf(control)) control.closest("details")?.setAttribute("open", "");
    }
    this.#step = Math.max(0, Math.trunc(Number(values.get("step") ?? 0)) || 0);
  }

  #writeSoon() {
    clearTimeout(this.#addressTimer);
    this.#addressTimer = setTimeout(() => this.#writeAddress(), ADDRESS_DELAY_MS);
  }

  #writeAddress() {
    clearTimeout(this.#addressTimer);
    if (location.pathname !== this.#path) return;
    const names = new Set([...this.#controls().map(({ name }) => name), "step"]);
    const query = new URLSearchParams(location.search);
    for (const name of names) query.delete(name);
    for (const [name, value] of Object.entries(this.#inputs())) query.set(name, value);
    if (this.#step) query.set("step", String(this.#step));
    this.#query = String(query) && `?${query}`;
    if (this.#query === location.search) return;
    try {
      history.replaceState(history.state, "", location.pathname + this.#query + location.hash);
    } catch {
      // Too many changes for this browser: the next one writes this one too.
    }
  }

  // The element

  #render() {
    const stale = this.#wanted !== this.#shown;
    const waiting = stale && engine.stage === "loading";
    this.dataset.stage = engine.stage;
    this.toggleAttribute("data-stale", stale);
    const bar = /** @type {HTMLProgressElement} */ (this.querySelector("[data-progress]"));
    bar.hidden = !waiting;
    bar.max = engine.progress.total || 1;
    bar.value = engine.progress.done;
    const asksFirst = stale && this.#thrifty();
    this.#part("retry").hidden = engine.stage !== "failed" && !asksFirst;
    if (asksFirst) this.#part("retry").textContent = this.dataset.textStart ?? "";
    const text = this.dataset;
    let state = "";
    if (engine.stage === "failed") state = `${text.textFailed} ${stale ? text.textStale : ""} (${engine.cause})`;
    else if (waiting) state = text.textLoading ?? "";
    else if (asksFirst) state = text.textAsk ?? "";
    if (state === this.#state) return; // a step that was spoken stays
    this.#state = state;
    this.#say(state);
  }

  /** Speaks in the polite live region. @param {string} words @param {number} [delay] */
  #say(words, delay = 0) {
    clearTimeout(this.#speech);
    const status = this.#part("status");
    if (delay) this.#speech = setTimeout(() => { status.textContent = words; }, delay);
    else if (status.textContent !== words) status.textContent = words;
  }

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-${name}]`));
  }

  /** @param {string} move */
  #button(move) {
    return /** @type {HTMLButtonElement} */ (this.querySelector(`[data-move=${move}]`));
  }

  #scrubber() {
    return /** @type {HTMLInputElement} */ (this.querySelector("[data-step]"));
  }

  #controls() {
    return /** @type {Control[]} */ ([...this.querySelectorAll("form [name]")]);
  }

  /** What differs from the defaults. */
  #inputs() {
    return Object.fromEntries(this.#controls()
      .filter((control) => control.value !== defaultOf(control))
      .map(({ name, value }) => [name, value]));
  }
}

/** @param {Control} control */
function defaultOf(control) {
  if (!(control instanceof HTMLSelectElement)) return control.defaultValue;
  return ([...control.options].find((option) => option.defaultSelected) ?? control.options[0]).value;
}

/** After load, when the page has nothing else to do. @param {() => void} callback */
function whenIdle(callback) {
  const wait = () => "requestIdleCallback" in globalThis ? requestIdleCallback(callback) : setTimeout(callback, 200);
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait, { once: true });
}

customElements.define("spark-watch", SparkWatch);
