// @ts-check
// <spark-run>: an event log that a reader drops or chooses, handed to Python piece by piece.
//
// Nothing of it is kept here: a piece is read from the file, moved to the worker and forgotten.

import { Status, part } from "./answer/status.mjs";
import { engine } from "./python/engine.mjs";
import { why } from "./python/trouble.mjs";

const PIECE_BYTES = 1 << 20;
const FIRST_EVERY_MS = 4000;
const PART = "run";
const DIGEST = "run";

/** @typedef {{path: string, file: File}} Chosen */

class SparkRun extends HTMLElement {
  #status = new Status(this);
  #listening = new AbortController();
  /** Each reading has a number: a cancelled one stops when it sees another. */
  #reading = 0;
  #digest = "";

  connectedCallback() {
    const { signal } = this.#listening;
    const drop = part(this, "drop");
    drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.dataset.over = ""; }, { signal });
    drop.addEventListener("dragleave", () => { delete drop.dataset.over; }, { signal });
    drop.addEventListener("drop", (event) => this.#dropped(event), { signal });
    drop.addEventListener("submit", (event) => event.preventDefault(), { signal });
    for (const name of ["files", "folder"]) {
      const input = /** @type {HTMLInputElement} */ (part(this, name));
      input.addEventListener("change", () => {
        const chosen = [...input.files ?? []].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
        input.value = "";
        this.read(chosen);
      }, { signal });
      input.addEventListener("focus", () => this.#wake(), { signal });
    }
    part(this, "cancel").addEventListener("click", () => this.#cancel(), { signal });
    part(this, "retry").addEventListener("click", () => { engine.retry(); this.#wake(); }, { signal });
    part(this, "head-room").addEventListener("change", () => this.#answer(), { signal });
    part(this, "copy").addEventListener("click", () => this.#copy(), { signal });
    part(this, "after").addEventListener("submit", (event) => event.preventDefault(), { signal });
    engine.addEventListener("stage", () => this.#render(), { signal });
    engine.addEventListener("progress", () => this.#render(), { signal });
    addEventListener("popstate", () => this.#fromAddress(), { signal });
    this.#fromAddress();
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
    this.dataset.stage = engine.stage;
    if (engine.stage === "failed") this.#end();
    part(this, "retry").hidden = engine.stage !== "failed";
    let words = engine.stage === "loading" ? this.dataset.textLoading : "";
    if (engine.cause) words = `${this.dataset.textFailed} ${why(this, engine.cause)}`;
    if (words) this.#status.say(words);
    const bar = /** @type {HTMLProgressElement} */ (part(this, "progress"));
    if (engine.stage === "loading" && engine.progress.total) {
      bar.hidden = false;
      bar.value = engine.progress.done / engine.progress.total;
    }
  }

  /** @param {Record<string, unknown>} request */
  async #ask(request) {
    return JSON.parse(await engine.ask("run_log", JSON.stringify({ page: this.dataset.page, ...request }), PART));
  }

  /** @param {DragEvent} event */
  async #dropped(event) {
    event.preventDefault();
    delete part(this, "drop").dataset.over;
    const entries = [...event.dataTransfer?.items ?? []].map((item) => item.webkitGetAsEntry?.());
    const files = [...event.dataTransfer?.files ?? []]; // both have to be asked for before anything is waited for
    /** @type {Chosen[]} */
    const chosen = [];
    for (const [place, entry] of entries.entries()) {
      if (entry?.isDirectory) await inside(entry, chosen);
      else if (files[place]) chosen.push({ path: files[place].name, file: files[place] });
    }
    this.read(chosen.length ? chosen : files.map((file) => ({ path: file.name, file })));
  }

  /** Reads the log among these files. @param {Chosen[]} chosen */
  async read(chosen) {
    if (!chosen.length) return;
    const mine = ++this.#reading;
    this.#wake();
    this.#clear();
    part(this, "cancel").hidden = false;
    this.setAttribute("aria-busy", "true");
    try {
      const log = await this.#ask({ do: "begin", names: chosen.map(({ path }) => path) });
      if (!log.ok) return this.#refused(mine, log.summary);
      const files = log.files.map((/** @type {{file: number, note: string}} */ { file, note }) => ({ ...chosen[file], note }));
      await this.#pieces(mine, files);
      if (mine === this.#reading) await this.#answer(log.summary);
    } catch (error) {
      if (mine === this.#reading && engine.stage !== "failed") this.#refused(mine, String(error));
    }
  }

  /** @param {number} mine @param {(Chosen & {note: string})[]} files */
  async #pieces(mine, files) {
    const total = files.reduce((sum, { file }) => sum + file.size, 0);
    const began = performance.now();
    let done = 0;
    let told = began;
    for (const { file, path, note } of files) {
      await this.#ask({ do: "file", note });
      for (let at = 0; at < file.size; at += PIECE_BYTES) {
        const piece = new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
        if (mine !== this.#reading) return;
        const reply = JSON.parse(await engine.ask("run_piece", piece, PART));
        if (mine !== this.#reading) return;
        if (!reply.ok) return this.#refused(mine, reply.summary);
        done += Math.min(PIECE_BYTES, file.size - at);
        this.#progress(path, done, total, performance.now() - began);
        if (performance.now() - told > FIRST_EVERY_MS) {
          told = performance.now();
          const first = await this.#ask({ do: "first" });
          if (mine === this.#reading && first.html) part(this, "answer").innerHTML = first.html;
        }
      }
      await this.#ask({ do: "end" });
    }
  }

  /** @param {string} path @param {number} done @param {number} total @param {number} elapsed ms */
  #progress(path, done, total, elapsed) {
    const bar = /** @type {HTMLProgressElement} */ (part(this, "progress"));
    bar.hidden = false;
    bar.value = total ? done / total : 1;
    const mb = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
    const said = { name: path.split("/").at(-1) ?? "", done: mb(done), total: mb(total), rate: mb(done / Math.max(elapsed / 1000, 0.001)) };
    const words = (this.dataset.textReading ?? "").replace(/\{(\w+)\}/g, (_, name) => said[/** @type {keyof typeof said} */ (name)] ?? "");
    this.#status.say(words);
  }

  /** Shows the whole answer. @param {string} [also] */
  async #answer(also = "") {
    const mine = this.#reading;
    const room = /** @type {HTMLSelectElement} */ (part(this, "head-room")).value;
    const reply = await this.#ask({ do: "answer", "head-room": room });
    if (mine !== this.#reading) return;
    if (!reply.ok) return this.#refused(mine, reply.summary);
    this.#show(reply);
    part(this, "after").hidden = false;
    this.#explain(reply.explain);
    this.#digest = reply.digest;
    history.replaceState(history.state, "", `?${DIGEST}=${reply.digest}${location.hash}`);
    this.#status.say([reply.summary, also].filter(Boolean).join(" "));
  }

  /** @param {{html: string}} reply */
  #show(reply) {
    this.#end();
    part(this, "answer").innerHTML = reply.html;
    this.dataset.answered = "";
  }

  /** The link to both configurations side by side. @param {{inputs?: Record<string, string>, against?: Record<string, string>}} found */
  #explain({ inputs, against } = {}) {
    const link = /** @type {HTMLAnchorElement} */ (part(this, "explain"));
    link.hidden = !inputs;
    if (!inputs) return;
    const query = new URLSearchParams(inputs);
    if (against) query.set("against", String(new URLSearchParams(against)));
    link.href = `${"../".repeat((this.dataset.page ?? "").split("/").length - 1)}explain/?${query}#explain`;
  }

  async #copy() {
    const format = /** @type {HTMLSelectElement} */ (part(this, "format")).value;
    const now = new Date();
    const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((number) => String(number).padStart(2, "0")).join("-");
    const reply = await this.#ask({ do: "copy", format, date });
    if (!reply.ok) return this.#status.say(reply.said);
    try {
      await navigator.clipboard.writeText(reply.text);
      this.#status.say(reply.said || this.dataset.textCopied || "");
    } catch {
      this.#status.say(this.dataset.textNotCopied ?? "");
    }
  }

  #cancel() {
    this.#reading += 1;
    this.#clear();
    this.#end();
    this.#status.say(this.dataset.textCancelled ?? "");
  }

  /** @param {number} mine @param {string} why */
  #refused(mine, why) {
    if (mine !== this.#reading) return;
    this.#reading += 1;
    this.#clear();
    this.#end();
    this.#status.say(why);
    this.dataset.refused = "";
  }

  #clear() {
    part(this, "answer").replaceChildren();
    part(this, "after").hidden = true;
    delete this.dataset.answered;
    delete this.dataset.refused;
    if (new URLSearchParams(location.search).has(DIGEST)) history.replaceState(history.state, "", `${location.pathname}${location.hash}`);
    this.#digest = "";
  }

  #end() {
    part(this, "progress").hidden = true;
    part(this, "cancel").hidden = true;
    this.removeAttribute("aria-busy");
  }

  /** The run that the address holds, where it holds one. */
  async #fromAddress() {
    const digest = new URLSearchParams(location.search).get(DIGEST) ?? "";
    if (!digest || digest === this.#digest) return;
    const mine = ++this.#reading;
    this.#digest = digest;
    this.#wake();
    const reply = await this.#ask({ do: "digest", digest }).catch(() => undefined);
    if (!reply || mine !== this.#reading) return;
    if (!reply.ok) return this.#refused(mine, reply.summary);
    this.#show(reply);
    this.#status.say(reply.summary);
  }
}

/** The files of a folder that was dropped, with their paths. @param {any} folder @param {Chosen[]} chosen */
async function inside(folder, chosen) {
  const reader = folder.createReader();
  for (;;) {
    const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!entries.length) return;
    for (const entry of entries) {
      if (entry.isDirectory) await inside(entry, chosen);
      else chosen.push({ path: entry.fullPath.slice(1), file: await new Promise((resolve, reject) => entry.file(resolve, reject)) });
    }
  }
}

customElements.define("spark-run", SparkRun);
