// @ts-check
// What an element says of Python's stage and of its numbers: attributes, a progress bar, one live region, a line on paper.

import { engine } from "../python/engine.mjs";
import { why } from "../python/trouble.mjs";

/** @typedef {import("../python/trouble.mjs").Cause} Cause */

export class Status {
  #element;
  /** The words that the button came with. @type {string | undefined} */
  #again;
  #timer = 0;
  /** What was last said of the stage. */
  #said = "";
  /** Why what is entered now has no answer, though Python runs. @type {Cause | undefined} */
  refused;

  /** @param {HTMLElement} element with `data-text-…`, and parts `data-status`, `data-retry`, `data-progress`, `data-answer` */
  constructor(element) {
    this.#element = element;
  }

  /** Silent until spoken to. */
  stop() {
    clearTimeout(this.#timer);
  }

  /**
   * Shows the stage that Python is in.
   * @param {boolean} stale whether what is shown is for other inputs than those asked for
   * @param {string} [whose] what the numbers are for, where no others will come
   * @param {boolean} [slow] whether the answer should have been here by now
   */
  show(stale, whose = "", slow = true) {
    const element = this.#element;
    const { dataset: text } = element;
    if (text.stage !== engine.stage) text.stage = engine.stage;
    element.toggleAttribute("data-stale", stale);
    // What is replaced in the next frame or two would only flicker, and be drawn twice.
    element.toggleAttribute("data-late", stale && (slow || engine.stage !== "ready"));
    const answer = part(element, "answer");
    if (stale) answer.setAttribute("aria-busy", "true");
    else answer.removeAttribute("aria-busy");

    const waiting = stale && engine.stage === "loading";
    const bar = /** @type {HTMLProgressElement} */ (part(element, "progress"));
    if (waiting || !bar.hidden) {
      bar.hidden = !waiting;
      bar.max = engine.progress.total || 1;
      bar.value = engine.progress.done;
    }
    const asksFirst = stale && engine.thrifty;
    const retry = part(element, "retry");
    this.#again ??= retry.textContent ?? "";
    const trouble = engine.cause ?? (stale ? this.refused : undefined);
    const idle = (!trouble || trouble.remedy === "none") && !asksFirst;
    if (retry.hidden !== idle) retry.hidden = idle; // the same again would have its style worked out again
    const offer = (asksFirst && text.textStart) || (trouble?.remedy === "renewed" && text.textLoad) || this.#again;
    if (retry.textContent !== offer) retry.textContent = offer;

    let words = "";
    if (engine.cause) words = `${text.textFailed ?? ""} ${whose} ${why(element, engine.cause)}`;
    else if (trouble) words = `${text.textRefused ?? ""} ${whose} ${why(element, trouble)}`;
    else if (waiting) words = text.textLoading ?? "";
    else if (asksFirst) words = text.textAsk ?? "";
    else if (stale && slow) words = text.textWorking ?? "";
    if (words === this.#said) return; // what was said of the answer stays
    this.#said = words;
    this.say(words);
  }

  /** Takes back what was said. */
  hush() {
    this.#said = "";
    this.say("");
  }

  /**
   * Speaks in the polite live region.
   * @param {string} words
   * @param {number} [delay] a screen reader that hears every keystroke's result hears none
   */
  say(words, delay = 0) {
    clearTimeout(this.#timer);
    const line = part(this.#element, "status");
    const speak = (/** @type {string} */ now) => { if (line.textContent !== now) line.textContent = now; };
    speak(delay ? "" : words);
    if (delay) this.#timer = setTimeout(() => speak(words), delay);
  }
}

/** A part of an element, by its data attribute. @param {Element} element @param {string} name @returns {HTMLElement} */
export function part(element, name) {
  return /** @type {HTMLElement} */ (element.querySelector(`[data-${name}]`));
}

const LONGEST_PRINTED = 240;
// What a sheet of paper cannot be asked: the address that gives the calculation again, and the day on which it was printed.
addEventListener("beforeprint", () => {
  const day = new Date().toLocaleDateString("sv"); // as 2026-11-25, in the reader's own time
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-printed]"))) {
    const calculator = /** @type {HTMLElement & {lasting?: string} | null} */ (line.closest("spark-calc"));
    const { origin, pathname } = location;
    const href = calculator?.lasting ? `${origin}${pathname}?${calculator.lasting}#${calculator.id}` : location.href;
    if (href.length <= LONGEST_PRINTED) line.textContent = `${href} · ${day}`;
    else { // nobody types it: a link, which a file of the print keeps; what it holds stands on the sheet
      const link = Object.assign(document.createElement("a"), { href, textContent: origin + pathname });
      line.replaceChildren(link, ` · ${day} · ${line.dataset.textLong}`);
    }
  }
});
