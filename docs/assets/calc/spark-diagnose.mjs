// @ts-check
// <spark-diagnose>: a box and a file for the text of a failure, and what Python finds in it.
//
// The text is never in the address: ids of findings and their numbers are, and Python shows what those mean again.

import "./address/history.mjs"; // asked for at once, not when the module that needs it has come
import { patch, nodesOf } from "./answer/patch.mjs";
import { part } from "./answer/status.mjs";
import { keep, textOf } from "./form/had.mjs";
import { engine } from "./python/engine.mjs";
import { InStep } from "./python/in-step.mjs";

/** @typedef {{ok: boolean, html: string, summary: string, address: {found?: string}, process: string, region: string}} Reply */

const SUMMARY_DELAY_MS = 600;
const PAUSE_MS = 300; // a log is pasted at once; who types needs no answer to each letter
const IN_THE_BOX = 100_000; // of more letters some take a browser minutes to lay out
const LONGEST_JOB = 1_000_000;

class SparkDiagnose extends InStep {
  /** The answer that the build made. @type {string | undefined} */
  #built;
  /** What the address holds of a text that somebody else had. */
  #found = "";
  /** @type {{found?: string}} */
  #told = {};
  /** A file that is too long for the box. */
  #file = "";
  #pause = 0;

  /** @param {AbortSignal} signal */
  begin(signal) {
    const { form } = this;
    form.addEventListener("input", ({ target }) => {
      if (target !== this.#box) return;
      this.#file = this.#found = "";
      clearTimeout(this.#pause);
      const pasted = this.#box.value.length > 200;
      this.#pause = setTimeout(() => this.edited(this.#box), pasted ? 0 : PAUSE_MS);
    }, { signal });
    this.#box.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text.length <= IN_THE_BOX) return;
      event.preventDefault();
      this.#open(new File([text], this.dataset.textPasted ?? ""));
    }, { signal });
    this.#box.addEventListener("focusin", () => { // so that pasting takes the example's place
      if (this.#box.value === this.#box.defaultValue) this.#box.select();
    }, { signal });
    const chosen = /** @type {HTMLInputElement} */ (part(this, "file"));
    chosen.addEventListener("change", () => {
      if (chosen.files?.[0]) this.#open(chosen.files[0]);
      chosen.value = "";
    }, { signal });
    this.addEventListener("dragover", (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    }, { signal });
    this.addEventListener("drop", (event) => {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      this.#open(file);
    }, { signal });
    part(this, "copy").addEventListener("click", () => this.#copy(), { signal });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
  }

  get call() {
    return "diagnose";
  }

  get needs() {
    return "diagnose";
  }

  forget() {
    this.#file = this.#found = "";
    this.#box.placeholder = "";
    keep("", "");
  }

  /** Reads a file here, in the page; of one that is too large its beginning and its end. @param {File} file */
  async #open(file) {
    const largest = Number(this.dataset.largest);
    const half = largest / 2;
    const parts = file.size > largest ? [file.slice(0, half), "\n", file.slice(-half)] : [file];
    const text = await new Blob(parts).text();
    this.#found = "";
    this.#file = text.length > IN_THE_BOX ? text : "";
    this.#box.value = this.#file ? "" : text;
    this.#box.placeholder = this.#file ? `${file.name}, ${(file.size / 1e6).toFixed(1)} MB` : "";
    this.edited(file);
    this.address.finished();
    if (file.size > largest) this.status.say(this.dataset.textCut ?? "");
  }

  /** What is to be read: {text}, {found}, or nothing where the example stands in the box. */
  get #asked() {
    if (this.#file) return { text: this.#file };
    if (this.#found) return { found: this.#found };
    const { value, defaultValue } = this.#box;
    return value === defaultValue ? undefined : { text: value };
  }

  changed() {
    const asked = this.#asked;
    this.wanted = asked ? JSON.stringify({ ...asked, page: this.dataset.page ?? "" }) : "";
    this.status.hush();
    if (!this.wanted && this.shown) this.#showExample();
    this.render();
  }

  /** @param {string} request @param {Reply} reply */
  place(request, reply) {
    this.#built ??= part(this, "answer").innerHTML;
    patch(part(this, "answer"), nodesOf(reply.html));
    this.shown = request;
    this.#told = reply.address;
    if (!this.#found) keep(this.#box.value, reply.address.found ?? "");
    this.dataset.answerFor = "inputs";
    this.address.writeSoon();
    this.render();
    this.status.say(reply.summary, SUMMARY_DELAY_MS);
    this.dispatchEvent(new CustomEvent("sparkmem:answer", { bubbles: true }));
    this.#job(request, reply);
  }

  /** The container that the text speaks of, drawn when the answer is there. @param {string} request @param {Reply} reply */
  async #job(request, { region, process }) {
    const { text = "" } = this.#asked ?? {};
    const asked = { text: text.slice(0, LONGEST_JOB), region, process, page: this.dataset.page };
    const drawn = await engine.ask("job_in", JSON.stringify(asked)).catch(() => "");
    if (request === this.shown) part(this, "job").innerHTML = drawn ? JSON.parse(drawn).html : "";
  }

  #showExample() {
    if (this.#built) part(this, "answer").innerHTML = this.#built;
    part(this, "job").innerHTML = "";
    this.shown = "";
    this.#told = {};
    this.dataset.answerFor = "defaults";
    this.status.say(this.dataset.textDefaults ?? "", SUMMARY_DELAY_MS);
  }

  async #copy() {
    this.wake();
    const { value } = this.#box;
    const asked = { ...this.#asked ?? { text: value }, site: new URL("../../", import.meta.url).href };
    const reply = await engine.ask("diagnosis_copied", JSON.stringify(asked), this.needs).catch(() => "");
    if (!reply) return;
    await navigator.clipboard.writeText(JSON.parse(reply).text);
    this.status.say(this.dataset.textCopied ?? "");
  }

  render() {
    const whose = this.dataset.answerFor === "defaults" ? this.dataset.textDefaults : this.dataset.textStale;
    this.status.show(this.stale, this.stale ? whose : "");
  }

  // The address

  moved() {
    super.moved();
    if (this.wanted) this.wake();
  }

  readAddress() {
    const found = this.address.read().get("found") ?? "";
    const text = textOf(found);
    this.#found = text ? "" : found;
    this.#file = "";
    this.#box.value = found ? text : this.#box.defaultValue;
  }

  kept() {
    if (!this.wanted) return {};
    return this.stale ? undefined : { ...this.#told };
  }

  names() {
    return ["found", this.#box.name];
  }

  get #box() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("[name=text]"));
  }
}

customElements.define("spark-diagnose", SparkDiagnose);
