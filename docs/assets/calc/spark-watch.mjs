// @ts-check
// <spark-watch>: a script and its story, which are already in the page; Python tells it anew when the script changes.
//
// The whole story comes at once, so that stepping, playing and scrubbing only choose what is shown.

import "./address/history.mjs"; // asked for at once, not when the module that needs it has come
import { part } from "./answer/status.mjs";
import { changes, defaultOf, fill, mark, shareable } from "./form/form.mjs";
import { engine } from "./python/engine.mjs";
import { InStep } from "./python/in-step.mjs";

/** @typedef {import("./form/form.mjs").Fault} Fault */
/** @typedef {{ok: boolean, html: string, table?: string, summary: string, faults?: string, errors: Fault[],
 *   address?: {script: string}}} Reply */

const PLAY_MS = 1600;
const SPEECH_DELAY_MS = 500;

class SparkWatch extends InStep {
  #step = 0;
  #playing = 0;
  #tabling = 0;
  /** What Python read of the script, without comments: all of it that an address holds. @type {string | undefined} */
  #read;
  /** What the build put into the parts that Python fills. @type {Map<HTMLElement, Node[]>} */
  #original = new Map();

  /** @param {AbortSignal} signal */
  begin(signal) {
    for (const kept of [part(this, "answer"), part(this, "table")]) {
      if (!this.#original.has(kept)) this.#original.set(kept, [...kept.childNodes]);
    }
    this.form.addEventListener("input", ({ target }) => this.edited(target), { signal });
    this.#scrubber.addEventListener("input", () => { this.#pause(); this.#show(Number(this.#scrubber.value)); }, { signal });
    this.addEventListener("click", (event) => this.#clicked(event), { signal, capture: true });
    this.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    document.addEventListener("selectionchange", () => this.#caretMoved(), { signal });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#pause();
  }

  get call() {
    return "watch";
  }

  get needs() {
    return "watch";
  }

  forget() {
    this.#step = this.#opening;
  }

  /** The step at which the story that the page came with happens. */
  get #opening() {
    return Number(this.dataset.opening);
  }

  // The story

  changed() {
    const inputs = changes(this.controls);
    this.wanted = Object.keys(inputs).length ? JSON.stringify({ page: this.dataset.page, inputs }) : "";
    if (!this.wanted && this.shown) this.place("", { ok: true, html: "", summary: "", faults: "", errors: [] });
    if (this.wanted && !engine.thrifty) this.wake();
    this.#markStory(inputs);
    this.render();
    this.#show(this.#step);
  }

  /** Which of the stories is told, where the form holds one of them as it stands. @param {Record<string, string>} inputs */
  #markStory(inputs) {
    const held = JSON.stringify(Object.entries(inputs).sort());
    for (const link of this.querySelectorAll("[data-preset]")) {
      const query = new URLSearchParams(/** @type {HTMLAnchorElement} */ (link).search);
      query.delete("step");
      if (JSON.stringify([...query].sort()) === held) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  /** @param {string} request @param {Reply} reply */
  place(request, reply) {
    const [answer, table] = [part(this, "answer"), part(this, "table")];
    if (request) answer.innerHTML = reply.html;
    else answer.replaceChildren(...this.#original.get(answer) ?? []);
    // Hundreds of rows take longer than all the rest: they follow when the scene has been painted.
    table.setAttribute("aria-busy", "true");
    clearTimeout(this.#tabling);
    requestAnimationFrame(() => {
      this.#tabling = setTimeout(() => {
        if (request !== this.shown) return;
        if (request) table.innerHTML = reply.table ?? "";
        else table.replaceChildren(...this.#original.get(table) ?? []);
        table.removeAttribute("aria-busy");
        this.#markRow();
      });
    });
    this.shown = request;
    this.#read = reply.address?.script;
    this.dataset.answerFor = request ? (reply.ok ? "inputs" : "none") : "defaults";
    part(this, "faults").innerHTML = reply.faults ?? "";
    for (const control of this.controls) mark(control, reply.errors);
    this.render();
    if (document.activeElement === this.#script) this.#followCaret();
    else this.#show(this.#step);
    if (reply.summary && !reply.ok) this.status.say(reply.summary);
  }

  get #scenes() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-scenes] > li")]);
  }

  /** Shows a step, the nearest that there is. @param {number} wanted @param {boolean} [speak] */
  #show(wanted, speak = false) {
    const scenes = this.#scenes;
    if (!scenes.length) return;
    const told = !this.stale;
    const at = Math.min(Math.max(0, wanted), scenes.length - 1);
    // While Python has not yet told the script of the address, its step is kept.
    this.#step = told ? at : wanted;
    scenes.forEach((scene, number) => scene.toggleAttribute("data-current", number === at));
    const scrubber = this.#scrubber;
    scrubber.max = String(scenes.length - 1);
    scrubber.value = String(at);
    const words = [...scenes[at].querySelectorAll(".sm-operation, .sm-sentence")].map(({ textContent }) => textContent).join(". ");
    scrubber.setAttribute("aria-valuetext", words);
    this.#markRow();
    part(this, "at").textContent = String(at);
    part(this, "of").textContent = String(scenes.length - 1);
    for (const [move, ends] of /** @type {[string, boolean][]} */ ([["first", at === 0], ["back", at === 0],
      ["on", at === scenes.length - 1], ["last", at === scenes.length - 1]])) {
      this.#button(move).setAttribute("aria-disabled", String(ends));
    }
    if (told) this.address.writeSoon();
    if (speak) this.status.say(words, SPEECH_DELAY_MS);
  }

  #markRow() {
    for (const row of this.querySelectorAll("[data-row][aria-current]")) row.removeAttribute("aria-current");
    for (const row of this.querySelectorAll(`[data-row="${this.#scrubber.value}"]`)) row.setAttribute("aria-current", "step");
  }

  #play() {
    if (this.#step >= this.#scenes.length - 1) this.#show(0);
    this.#playing = setInterval(() => {
      this.#show(this.#step + 1, true);
      if (this.#step >= this.#scenes.length - 1) this.#pause();
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
    const last = this.#scenes.length - 1;
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
      this.address.go(new URL(target.href).search);
      if (this.wanted) this.wake();
    } else if (move) this.#move(move);
    else if (go) { this.#pause(); this.#show(Number(go), true); }
    else if (insert) this.#insert(insert);
    else if (lineFault) this.#select(Number(lineFault));
  }

  /** Arrows step anywhere but where they have a meaning of their own. @param {KeyboardEvent} event */
  #pressed(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("textarea, input, select") || event.altKey || event.ctrlKey || event.metaKey) return;
    const move = { ArrowLeft: "back", ArrowRight: "on", Home: "first", End: "last" }[event.key];
    if (!move) return;
    event.preventDefault();
    this.#move(move);
  }

  get #script() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("[name=script]"));
  }

  /** The caret's line, counted from 1, and the characters before it there. */
  get #caret() {
    const before = this.#script.value.slice(0, this.#script.selectionStart).split("\n");
    return { line: before.length, column: before[before.length - 1].length };
  }

  #caretMoved() {
    if (document.activeElement !== this.#script) return;
    if (!this.stale) this.#followCaret();
    this.#complete();
  }

  /** Shows the step of the caret's line, or of the line before it. */
  #followCaret() {
    if (this.#playing) return;
    const { line } = this.#caret;
    const at = this.#scenes.findLastIndex((scene) => Number(scene.dataset.line ?? 0) <= line);
    this.#show(at);
  }

  async #complete() {
    if (!engine.running) return;
    const request = JSON.stringify({ script: this.#script.value, ...this.#caret });
    const reply = await engine.ask("complete", request, "watch").catch(() => "");
    if (reply && document.activeElement === this.#script) part(this, "complete").innerHTML = JSON.parse(reply).html;
  }

  /** Puts a word in the place of the one that is begun. @param {string} word */
  #insert(word) {
    const script = this.#script;
    const end = script.selectionStart;
    const begun = /\S*$/.exec(script.value.slice(0, end))?.[0].length ?? 0;
    script.focus();
    script.setRangeText(`${word} `, end - begun, end, "end");
    script.dispatchEvent(new Event("input", { bubbles: true }));
    this.#complete();
  }

  /** @param {number} line */
  #select(line) {
    const script = this.#script;
    const lines = script.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    script.focus();
    script.setSelectionRange(start, start + lines[line - 1].length);
  }

  // The address

  readAddress() {
    const values = this.address.read();
    for (const control of this.controls) fill(control, values.get(control.name) ?? defaultOf(control));
    const step = this.names().some((name) => values.has(name)) ? Number(values.get("step") ?? 0) : this.#opening;
    this.#step = Math.max(0, Math.trunc(step) || 0);
  }

  names() {
    return [...this.controls.map(({ name }) => name), "step"];
  }

  kept() {
    const values = shareable(this.controls.filter((control) => control !== this.#script));
    if (this.#script.value !== this.#script.defaultValue) {
      if (this.stale || this.#read === undefined) return undefined;
      values.script = this.#read;
    }
    const unsaid = Object.keys(values).length ? 0 : this.#opening;
    return { ...values, ...this.#step === unsaid ? {} : { step: String(this.#step) } };
  }

  // The element

  render() {
    this.status.show(this.stale, this.stale ? this.dataset.textStale : "");
  }

  /** @param {string} move */
  #button(move) {
    return /** @type {HTMLButtonElement} */ (this.querySelector(`[data-move=${move}]`));
  }

  get #scrubber() {
    return /** @type {HTMLInputElement} */ (this.querySelector("[data-step]"));
  }
}

customElements.define("spark-watch", SparkWatch);
