// @ts-check
// <spark-run>: event logs that a reader drops, chooses or pastes, handed to Python piece by piece.
//
// Nothing of them is kept here: a piece is read from the file, moved to the worker and forgotten.

import { Status, part } from "./answer/status.mjs";
import { engine } from "./python/engine.mjs";
import { carries, ofInput, ofTransfer } from "./run/chosen.mjs";
import { Unreadable } from "./run/pieces.mjs";
import { PART, Reading } from "./run/reading.mjs";
import { filled } from "./run/telling.mjs";

/** @typedef {import("./run/chosen.mjs").Chosen} Chosen */
/** @typedef {{ok: boolean, html: string, then: string, summary: string, digest?: string, explain?: object}} Reply */

const DIGEST = "run";
const EXAMPLE = "example";

class SparkRun extends HTMLElement {
  #status = new Status(this);
  #listening = new AbortController();
  /** Each reading has a number: a cancelled one stops when it sees another. */
  #reading = 0;
  /** What the address holds of what is shown. */
  #shown = "";
  /** What waits for Python, and is tried again with it. @type {(() => void) | undefined} */
  #waiting;

  connectedCallback() {
    const { signal } = this.#listening;
    const on = (/** @type {EventTarget} */ target, /** @type {string} */ type, /** @type {(event: any) => void} */ heard) =>
      target.addEventListener(type, heard, { signal });
    const drop = part(this, "drop");
    // A log that misses the box would take the page's place.
    on(document, "dragover", (event) => { if (carries(event.dataTransfer)) { event.preventDefault(); drop.dataset.over = ""; } });
    on(document, "dragleave", ({ relatedTarget }) => { if (!relatedTarget) delete drop.dataset.over; });
    on(document, "drop", (event) => this.#given(event, event.dataTransfer));
    on(document, "paste", (event) => this.#given(event, event.clipboardData));
    for (const form of ["drop", "after"]) on(part(this, form), "submit", (event) => event.preventDefault());
    for (const name of ["files", "folder"]) {
      const input = /** @type {HTMLInputElement} */ (part(this, name));
      const taken = () => { const chosen = ofInput(input); input.value = ""; this.read(chosen); };
      on(input, "change", taken);
      if (input.files?.length) taken(); // chosen before this script was here
      on(input, "focus", () => engine.thrifty || this.#wake());
    }
    on(part(this, EXAMPLE), "click", () => this.#example());
    on(part(this, "cancel"), "click", () => this.#cancel());
    on(part(this, "retry"), "click", () => this.#again());
    on(part(this, "head-room"), "change", () => this.#answer().catch((error) => this.#troubled(this.#reading, error)));
    on(part(this, "copy"), "click", () => this.#copy());
    on(engine, "stage", () => this.#render());
    on(engine, "progress", () => this.#render());
    on(globalThis, "popstate", () => this.#fromAddress());
    if (!this.#waiting) this.#fromAddress();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#listening = new AbortController();
    this.#reading += 1;
    this.#status.stop();
  }

  #wake() {
    engine.startFor(this, PART);
  }

  #render() {
    this.#status.show(this.#waiting !== undefined, this.dataset.textDefaults, false);
    if (engine.stage === "failed") this.#end();
  }

  /** Tries again what has failed, where that can help. */
  #again() {
    const trouble = engine.cause ?? this.#status.refused;
    if (trouble?.remedy === "renewed") return location.reload();
    this.#status.refused = undefined;
    engine.retry();
    this.#waiting?.();
  }

  /** @param {Record<string, unknown>} request */
  async #ask(request) {
    return JSON.parse(await engine.ask("run_log", JSON.stringify({ page: this.dataset.page, ...request }), PART));
  }

  /** Something was dropped or pasted; into a field it is not for this. @param {Event} event @param {DataTransfer | null} carried */
  async #given(event, carried) {
    delete part(this, "drop").dataset.over;
    const { target } = event;
    if (!carries(carried) || (target instanceof Element && target.closest("input:not([type=file]), textarea, [contenteditable]"))) return;
    event.preventDefault();
    const chosen = await ofTransfer(carried).catch(() => []);
    if (chosen.length) return this.read(chosen);
    this.#status.say(this.dataset.textNothing ?? "");
  }

  async #example() {
    const name = this.dataset.exampleName ?? "";
    const mine = ++this.#reading;
    this.#waiting = () => this.#example();
    this.#wake();
    const answer = await fetch(new URL(`./run/${name}`, import.meta.url)).catch(() => undefined);
    if (mine !== this.#reading) return;
    if (!answer?.ok) return this.#refused(mine, this.dataset.textUnfetched ?? "");
    return this.read([{ path: name, file: new File([await answer.blob()], name) }], true);
  }

  /** Reads the logs among these files. @param {Chosen[]} chosen @param {boolean} [example] */
  async read(chosen, example = false) {
    if (!chosen.length) return;
    const mine = ++this.#reading;
    this.#waiting = () => this.read(chosen, example);
    this.#wake();
    this.#clear();
    part(this, "cancel").hidden = false;
    this.setAttribute("aria-busy", "true");
    this.#render();
    try {
      const found = await this.#ask({ do: "begin", names: chosen.map(({ path }) => path), example });
      if (mine !== this.#reading) return;
      if (!found.ok) return this.#refused(mine, found.summary);
      const reading = new Reading(this, (request) => this.#ask(request), () => mine === this.#reading);
      await reading.logs(found.logs, chosen, (text) => this.#status.say(text), () => this.#headRoom);
      if (mine === this.#reading) await this.#answer(found.summary, example ? EXAMPLE : undefined);
    } catch (error) {
      this.#troubled(mine, error);
    }
  }

  get #headRoom() {
    return /** @type {HTMLSelectElement} */ (part(this, "head-room")).value;
  }

  /** Shows the whole answer. @param {string} [also] @param {string} [address] what the address gets instead of the digest */
  async #answer(also = "", address = undefined) {
    const mine = this.#reading;
    const reply = await this.#ask({ do: "answer", "head-room": this.#headRoom });
    if (mine !== this.#reading) return;
    if (!reply.ok) return this.#refused(mine, reply.summary);
    this.#show(reply, true);
    this.#address(address ?? reply.digest);
    this.#status.say([reply.summary, also].filter(Boolean).join(" "));
  }

  /** @param {Reply} reply @param {boolean} withLog */
  #show(reply, withLog) {
    this.#waiting = undefined;
    this.#end();
    this.#render();
    part(this, "answer").innerHTML = reply.html;
    part(this, "then").innerHTML = reply.then;
    part(this, "after").hidden = false;
    part(this, "said").textContent = "";
    part(this, "with-log").hidden = !withLog;
    this.#explain(reply.explain);
    this.dataset.answered = "";
  }

  /** @param {string} text */
  #address(text) {
    this.#shown = text;
    history.replaceState(history.state, "", `${text ? `?${DIGEST}=${text}` : location.pathname}${location.hash}`);
  }

  /** The link to both sides in "Explain my job". @param {{inputs?: Record<string, string>, against?: Record<string, string>}} found */
  #explain({ inputs, against } = {}) {
    const link = /** @type {HTMLAnchorElement} */ (part(this, "explain"));
    link.hidden = !inputs;
    if (!inputs) return;
    const query = new URLSearchParams(inputs);
    if (against) query.set("against", String(new URLSearchParams(against)));
    link.href = `${"../".repeat((this.dataset.page ?? "").split("/").length - 1)}explain/?${query}#explain`;
  }

  async #copy() {
    const said = part(this, "said");
    const format = /** @type {HTMLSelectElement} */ (part(this, "format")).value;
    const reply = await this.#ask({ do: "copy", format, date: new Date().toLocaleDateString("sv") }).catch(() => undefined);
    if (!reply?.ok) return void (said.textContent = reply?.said ?? "");
    try {
      await navigator.clipboard.writeText(reply.text);
      said.textContent = reply.said || this.dataset.textCopied;
    } catch {
      said.textContent = this.dataset.textNotCopied ?? "";
    }
  }

  #cancel() {
    this.#reading += 1;
    this.#waiting = undefined;
    this.#clear();
    this.#end();
    this.#render();
    this.#status.say(this.dataset.textCancelled ?? "");
  }

  /** What came between this reading and its end. @param {number} mine @param {unknown} error */
  #troubled(mine, error) {
    if (mine !== this.#reading || engine.stage === "failed") return;
    if (error instanceof Unreadable) return this.#refused(mine, filled(this.dataset.textUnreadable, { name: error.message }));
    this.#status.refused = /** @type {any} */ (error).why;
    this.#end();
    this.#render();
  }

  /** @param {number} mine @param {string} why */
  #refused(mine, why) {
    if (mine !== this.#reading) return;
    this.#reading += 1;
    this.#waiting = undefined;
    this.#clear();
    this.#end();
    this.#render();
    this.#status.say(why);
    this.dataset.refused = "";
  }

  #clear() {
    for (const name of ["answer", "then"]) part(this, name).replaceChildren();
    part(this, "after").hidden = true;
    this.#status.refused = undefined;
    for (const name of ["answered", "refused"]) delete this.dataset[name];
    if (new URLSearchParams(location.search).has(DIGEST)) this.#address("");
    this.#shown = "";
  }

  #end() {
    for (const name of ["progress", "figures", "cancel"]) part(this, name).hidden = true;
    this.removeAttribute("aria-busy");
  }

  /** The run that the address holds, where it holds one. */
  async #fromAddress() {
    const held = new URLSearchParams(location.search).get(DIGEST) ?? "";
    if (held === this.#shown) return;
    const mine = ++this.#reading;
    if (!held) return this.#cancelled();
    this.#waiting = () => { this.#wake(); (held === EXAMPLE ? this.#example() : this.#digest(mine, held)); };
    if (engine.thrifty) this.#render();
    else this.#waiting();
  }

  /** The address has no run any more. */
  #cancelled() {
    this.#clear();
    this.#end();
    this.#status.hush();
  }

  /** @param {number} mine @param {string} digest */
  async #digest(mine, digest) {
    this.#render();
    const reply = await this.#ask({ do: "digest", digest }).catch((error) => this.#troubled(mine, error));
    if (!reply || mine !== this.#reading) return;
    if (!reply.ok) return this.#refused(mine, reply.summary);
    this.#show(reply, false);
    this.#shown = digest;
    this.#status.say(reply.summary);
  }
}

customElements.define("spark-run", SparkRun);
