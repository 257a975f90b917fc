// @ts-check
// <spark-diagnose>: a box and a file for the text of a failure, and what Python finds in it.
//
// The text is never in the address: ids of findings and their numbers are, and Python shows what those mean again.

import "./address/history.mjs"; // asked for at once, not when the module that needs it has come
import { onClipboard } from "./answer/clipboard.mjs";
import { patch, nodesOf } from "./answer/patch.mjs";
import { part } from "./answer/status.mjs";
import { give, takeLongPastes } from "./form/dropped.mjs";
import { setText, textIn } from "./form/form.mjs";
import { keep, textOf } from "./form/had.mjs";
import { engine } from "./python/engine.mjs";
import { InStep } from "./python/in-step.mjs";

/** @typedef {{ok: boolean, html: string, summary: string, address: {found?: string}, process: string, region: string}} Reply */

const SUMMARY_DELAY_MS = 600;
const PAUSE_MS = 300; // a log is pasted at once; who types needs no answer to each letter
const LONGEST_JOB = 200_000; // settings stand at the beginning of a log, and the next answer waits for this one

class SparkDiagnose extends InStep {
  /** The answer that the build made. @type {string | undefined} */
  #built;
  /** What the address holds of a text that somebody else had. */
  #found = "";
  /** @type {{found?: string}} */
  #told = {};
  #pause = 0;
  /** Whether the page has just been opened: whoever was faster than this script has written already. */
  #arriving = false;

  /** @param {AbortSignal} signal */
  begin(signal) {
    const { form } = this;
    this.#arriving = true;
    takeLongPastes(this.#box, signal);
    form.addEventListener("input", ({ target }) => {
      if (target !== this.#box) return;
      this.#found = "";
      part(this, "said").textContent = "";
      clearTimeout(this.#pause);
      const pasted = textIn(this.#box).length > 200;
      this.#pause = setTimeout(() => this.edited(this.#box), pasted ? 0 : PAUSE_MS);
    }, { signal });
    this.#box.addEventListener("focusin", () => { // so that pasting takes the example's place
      if (textIn(this.#box) === this.#box.defaultValue) this.#box.select();
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
    this.#found = "";
    setText(this.#box, this.#box.defaultValue);
    keep("", "");
  }

  /** Reads a file here, in the page; of one that is too large its beginning and its end. @param {File} file */
  async #open(file) {
    const half = Number(this.dataset.largest) / 2, { plain } = await import("./form/plain.mjs");
    const { text, whole } = await plain(file, half, half);
    give(this.#box, text, "insertFromDrop", file.name);
    clearTimeout(this.#pause);
    this.edited(this.#box);
    this.address.finished();
    if (!whole) this.status.say(this.dataset.textCut ?? "");
  }

  /** What is to be read: {text}, {found}, or nothing where the example stands in the box. */
  get #asked() {
    if (this.#found) return { found: this.#found };
    const text = textIn(this.#box), half = Number(this.dataset.largest) / 2;
    if (text === this.#box.defaultValue) return undefined;
    return { text: text.length > 2 * half + 1 ? `${text.slice(0, half)}\n${text.slice(-half)}` : text };
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
    if (!this.#found) keep(textIn(this.#box), reply.address.found ?? "");
    this.dataset.answerFor = "inputs";
    this.address.writeSoon();
    this.render();
    this.status.say(reply.summary, SUMMARY_DELAY_MS);
    if (textIn(this.#box).length > Number(this.dataset.largest)) this.status.say(this.dataset.textCut ?? "");
    this.dispatchEvent(new CustomEvent("sparkmem:answer", { bubbles: true }));
    this.#job(request, reply);
  }

  /** The container that the text speaks of, drawn when the answer is there. @param {string} request @param {Reply} reply */
  async #job(request, { region, process, address }) {
    const { text = "" } = this.#asked ?? {};
    const asked = { text: text.slice(0, LONGEST_JOB), region, process, failed: Boolean(address.found), page: this.dataset.page };
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
    if (engine.stage !== "ready") this.#say(this.dataset.textLoading);
    const asked = { ...this.#asked ?? { text: textIn(this.#box) }, site: new URL("../../", import.meta.url).href };
    const reply = engine.ask("diagnosis_copied", JSON.stringify(asked), this.needs);
    const copied = await onClipboard(reply.then((text) => JSON.parse(text).text));
    this.#say(copied ? this.dataset.textCopied : this.dataset.textNotCopied);
  }

  /** Beside the button, and to a screen reader. */
  #say(words = "") {
    part(this, "said").textContent = words;
    this.status.say(words);
  }

  render() {
    const ofExample = this.dataset.answerFor === "defaults";
    const answer = part(this, "answer");
    // Nobody's trouble is the example's: while Python is not there yet, nothing stands in the answer's place.
    answer.hidden = ofExample && !!this.wanted && (answer.hidden || engine.stage !== "ready");
    const whose = answer.hidden ? "" : ofExample ? this.dataset.textDefaults : this.dataset.textStale;
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
    const { value, defaultValue } = this.#box;
    setText(this.#box, this.#arriving && value !== defaultValue ? value : found ? text : defaultValue);
    this.#arriving = false;
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
