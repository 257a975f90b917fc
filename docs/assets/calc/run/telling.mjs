// @ts-check
// How far the reading is, in figures that change a few times a second; a screen reader is not told each of them.

import { part } from "../answer/status.mjs";

const EVERY_MS = 200;

export class Telling {
  #element;
  #total;
  #began = performance.now();
  #done = 0;
  #told = -Infinity; // the first piece is told at once, however young the page is
  #beside = "";

  /** @param {HTMLElement} element @param {number} total bytes of all files */
  constructor(element, total) {
    this.#element = element;
    this.#total = total;
  }

  /** Another log of several begins. @param {number} number @param {number} all */
  log(number, all) {
    this.#beside = all > 1 ? filled(this.#element.dataset.textSeveral, { number: String(number), all: String(all) }) : "";
  }

  /** So many bytes more were read. @param {number} bytes */
  read(bytes) {
    this.#done += bytes;
    const now = performance.now();
    if (now - this.#told < EVERY_MS) return;
    this.#told = now;
    const bar = /** @type {HTMLProgressElement} */ (part(this.#element, "progress"));
    bar.hidden = false;
    bar.max = this.#total || 1;
    bar.value = this.#done;
    const figures = part(this.#element, "figures");
    figures.hidden = false;
    const seconds = Math.max((now - this.#began) / 1000, 0.001);
    figures.textContent = filled(this.#element.dataset.textProgress, {
      done: megabytes(this.#done), total: megabytes(this.#total), rate: megabytes(this.#done / seconds),
    }) + this.#beside;
  }
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}

/** A text with its names in braces replaced. @param {string | undefined} text @param {Record<string, string>} words */
export function filled(text, words) {
  return (text ?? "").replace(/\{(\w+)\}/g, (_, name) => words[name] ?? "");
}
