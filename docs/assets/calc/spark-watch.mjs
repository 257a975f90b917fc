// @ts-check
// <spark-watch>: a script and its story, which are already in the page; Python tells it anew when the script changes.
//
// The whole story comes at once, so that stepping, playing and scrubbing only choose what is shown.

import { Address } from "./address/address.mjs";
import { engine, whenIdle } from "./python/engine.mjs";
import { changes, controls, fill, mark } from "./form/form.mjs";
import { Question } from "./python/question.mjs";
import { Status, part } from "./answer/status.mjs";

/** @typedef {import("./form/form.mjs").Fault} Fault */
/** @typedef {{ok: boolean, html: string, table?: string, summary: string, faults?: string, errors: Fault[]}} Reply */

const PLAY_MS = 1600;
const SPEECH_DELAY_MS = 500;

class SparkWatch extends HTMLElement {
  /** What the form asks for, and what is shown: JSON text, "" for the story that the build told. */
  #wanted = "";
  #shown = "";
  #question = new Question("watch", () => "watch", () => this.isConnected && this.#stale ? this.#wanted : "",
    (request, reply) => this.#place(request, reply));
  #address = new Address({ names: () => [...this.#controls().map(({ name }) => name), "step"], kept: () => this.#kept(), moved: () => this.#moved() });
  #status = new Status(this);
  #step = 0;
  #playing = 0;
  #tabling = 0;
  /** What the build put into the parts that Python fills. @type {Map<HTMLElement, Node[]>} */
  #original = new Map();
  #listening = new AbortController();

  connectedCallback() {
    if (!this.querySelector("form")) return;
    for (const kept of [part(this, "answer"), part(this, "table")]) {
      if (!this.#original.has(kept)) this.#original.set(kept, [...kept.childNodes]);
    }
    this.#listen();
    this.#readAddress();
    this.#changed();
    if (!this.#wanted) whenIdle(() => { if (this.isConnected && !engine.thrifty) this.#start(); });
  }

  disconnectedCallback() {
    this.#pause();
    this.#listening.abort();
    this.#listening = new AbortController();
    this.#status.stop();
  }

  #listen() {
    const { signal } = this.#listening;
    const form = /** @type {HTMLFormElement} */ (this.querySelector("form"));
    form.addEventListener("input", ({ target }) => { this.#changed(true); this.#address.edited(target); }, { signal });
    form.addEventListener("change", () => this.#address.finished(), { signal });
    form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    form.addEventListener("reset", () => setTimeout(() => {
      this.#step = 0;
      this.#changed();
      this.#address.edited(form);
      this.#address.finished();
    }), { signal });
    this.#scrubber().addEventListener("input", () => { this.#pause(); this.#show(Number(this.#scrubber().value)); }, { signal });
    this.addEventListener("click", (event) => this.#clicked(event), { signal, capture: true });
    this.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    document.addEventListener("selectionchange", () => this.#caretMoved(), { signal });
    engine.addEventListener("stage", () => { this.#render(); this.#question.ask(); }, { signal });
    engine.addEventListener("progress", () => this.#render(), { signal });
    for (const event of ["pointerenter", "focusin"]) {
      this.addEventListener(event, () => engine.thrifty || this.#start(), { signal });
    }
    this.#address.watch(signal);
  }

  #start() {
    engine.startFor(this, "watch");
    this.#question.ask();
  }

  /** Whether what is told is another script than the one in the form. */
  get #stale() {
    return this.#wanted !== this.#shown;
  }

  // The story

  /** The form holds something else now. @param {boolean} [asked] by the reader, not by the address */
  #changed(asked = false) {
    const inputs = changes(this.#controls());
    this.#wanted = Object.keys(inputs).length ? JSON.stringify({ page: this.dataset.page, inputs }) : "";
    if (!this.#wanted && this.#shown) this.#place("", { ok: true, html: "", summary: "", faults: "", errors: [] });
    if (this.#wanted && (asked || !engine.thrifty)) this.#start();
    this.#render();
    this.#show(this.#step);
  }

  /** @param {string} request @param {Reply} reply */
  #place(request, reply) {
    const [answer, table] = [part(this, "answer"), part(this, "table")];
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
    part(this, "faults").innerHTML = reply.faults ?? "";
    for (const control of this.#controls()) mark(control, reply.errors);
    this.#render();
    if (document.activeElement === this.#script()) this.#followCaret();
    else this.#show(this.#step);
    if (reply.summary && !reply.ok) this.#status.say(reply.summary);
  }

  #scenes() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-scenes] > li")]);
  }

  /** Shows a step, the nearest that there is. @param {number} wanted @param {boolean} [speak] */
  #show(wanted, speak = false) {
    const scenes = this.#scenes();
    if (!scenes.length) return;
    const told = !this.#stale;
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
    part(this, "at").textContent = String(at);
    part(this, "of").textContent = String(scenes.length - 1);
    for (const [move, ends] of /** @type {[string, boolean][]} */ ([["first", at === 0], ["back", at === 0],
      ["on", at === scenes.length - 1], ["last", at === scenes.length - 1]])) {
      this.#button(move).setAttribute("aria-disabled", String(ends));
    }
    if (told) this.#address.writeSoon();
    if (speak) this.#status.say(words, SPEECH_DELAY_MS);
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
      this.#address.go(new URL(target.href).search);
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
    if (!this.#stale) this.#followCaret();
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
    if (reply && document.activeElement === this.#script()) part(this, "complete").innerHTML = JSON.parse(reply).html;
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
    this.#readAddress();
    this.#changed();
  }

  #readAddress() {
    const values = this.#address.read();
    for (const control of this.#controls()) fill(control, values.get(control.name));
    this.#step = Math.max(0, Math.trunc(Number(values.get("step") ?? 0)) || 0);
  }

  #kept() {
    return { ...changes(this.#controls()), ...this.#step ? { step: String(this.#step) } : {} };
  }

  // The element

  #render() {
    this.#status.show(this.#stale, this.#stale ? this.dataset.textStale : "");
  }

  /** @param {string} move */
  #button(move) {
    return /** @type {HTMLButtonElement} */ (this.querySelector(`[data-move=${move}]`));
  }

  #scrubber() {
    return /** @type {HTMLInputElement} */ (this.querySelector("[data-step]"));
  }

  #controls() {
    return controls(/** @type {Element} */ (this.querySelector("form")));
  }}

customElements.define("spark-watch", SparkWatch);
