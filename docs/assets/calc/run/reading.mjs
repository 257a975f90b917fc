// @ts-check
// Logs handed to Python piece by piece, while the reader waits for them; what is found by then is shown now and again.

import { part } from "../answer/status.mjs";
import { engine } from "../python/engine.mjs";
import { Pieces } from "./pieces.mjs";
import { Telling, filled } from "./telling.mjs";

/** @typedef {import("./chosen.mjs").Chosen} Chosen */
/** @typedef {{name: string, files: {file: number, note: string}[]}} Log */

export const PART = "run";
const FIRST_AFTER_MS = 1500;
const FIRST_EVERY_MS = 5000;

/** One reading: it stops where nobody waits for it any more. */
export class Reading {
  #element;
  #ask;
  #goesOn;
  #firstAt = performance.now() + FIRST_AFTER_MS;
  /** What is shown of a log that is still being read. */
  #found = "";

  /**
   * @param {HTMLElement} element
   * @param {(request: Record<string, unknown>) => Promise<any>} ask what Python is asked
   * @param {() => boolean} goesOn whether the reader still waits for it
   */
  constructor(element, ask, goesOn) {
    this.#element = element;
    this.#ask = ask;
    this.#goesOn = goesOn;
  }

  /** Reads the logs. @param {Log[]} logs @param {Chosen[]} chosen @param {(text: string) => void} say @param {() => string} headRoom */
  async logs(logs, chosen, say, headRoom) {
    const { dataset } = this.#element;
    const sizes = logs.flatMap(({ files }) => files.map(({ file }) => chosen[file].file.size));
    const telling = new Telling(this.#element, sizes.reduce((sum, size) => sum + size, 0));
    for (const [place, { name, files }] of logs.entries()) {
      telling.log(place + 1, logs.length);
      if (engine.stage === "ready") say(filled(dataset.textReading, { name: name.split("/").at(-1) ?? "" }));
      await this.#ask({ do: "log", name });
      for (const { file, note } of files) {
        await this.#ask({ do: "file", note });
        if (!await this.#pieces(chosen[file].file, telling)) break;
        if (!(await this.#ask({ do: "end" })).ok) break;
      }
      if (!this.#goesOn()) return;
      await this.#ask({ do: "whole", "head-room": headRoom() });
    }
  }

  /** Whether the file was read to its end: a piece is with Python, and one waits there. @param {File} file @param {Telling} telling */
  async #pieces(file, telling) {
    /** @type {Promise<boolean>} */
    let before = Promise.resolve(true);
    const pieces = new Pieces(file);
    for await (const piece of pieces) {
      if (!this.#goesOn()) return false;
      const taken = this.#taken(piece, pieces, telling);
      taken.catch(() => {}); // where the one before it has failed, nobody asks
      if (!await before) return false;
      before = taken;
      await this.#first();
    }
    return before;
  }

  /** Whether Python has taken a piece, and the reading goes on. @param {Uint8Array<ArrayBuffer>} piece @param {Pieces} pieces @param {Telling} telling */
  async #taken(piece, pieces, telling) {
    const { length } = piece; // it is moved to the worker, and gone from here
    const reply = JSON.parse(await engine.ask("run_piece", piece, PART, (buffer) => pieces.back(buffer)));
    if (!this.#goesOn() || !reply.ok) return false;
    telling.read(length);
    return true;
  }

  /** What is found while the log is still being read. */
  async #first() {
    if (performance.now() < this.#firstAt) return;
    this.#firstAt = performance.now() + FIRST_EVERY_MS;
    const first = await this.#ask({ do: "first" });
    if (!this.#goesOn() || first.html === this.#found) return;
    this.#found = first.html;
    part(this.#element, "answer").innerHTML = first.html;
  }
}
