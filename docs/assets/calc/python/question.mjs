// @ts-check
// A question that keeps changing: one request is under way at most, those between are never sent,
// and a reply to anything but the newest is thrown away.

import { engine } from "./engine.mjs";

export class Question {
  #call;
  #part;
  #pending;
  #place;
  #asking = false;

  /**
   * @param {string} call a function of sparkmem.browser
   * @param {() => string} part the part of the package that is enough for it
   * @param {() => string} pending the request that waits for its reply, "" for none
   * @param {(request: string, reply: any) => void} place what is done with the reply
   */
  constructor(call, part, pending, place) {
    this.#call = call;
    this.#part = part;
    this.#pending = pending;
    this.#place = place;
  }

  /** Asks until nothing is pending. */
  async ask() {
    if (this.#asking || !engine.running) return;
    this.#asking = true;
    try {
      for (let request = this.#pending(); request; request = this.#pending()) {
        const reply = await engine.ask(this.#call, request, this.#part()).catch(() => "");
        if (!reply) break; // the engine's stage says why
        if (request === this.#pending()) this.#place(request, JSON.parse(reply));
      }
    } finally {
      this.#asking = false;
    }
  }
}
