// @ts-check
// A form and an answer that are already in the page, kept in step by Python: what <spark-calc> and <spark-watch> share.
//
// A form keeps changing: one request is under way at most, those between are never sent, and a reply to anything
// but the newest is thrown away.

import { Address } from "../address/address.mjs";
import { Status, part } from "../answer/status.mjs";
import { controls } from "../form/form.mjs";
import { engine, whenIdle } from "./engine.mjs";

/** @typedef {import("./trouble.mjs").Refused} Refused */

export class InStep extends HTMLElement {
  /** What the form asks for, and what the answer on the page is for: JSON text, "" for the answer that the build made. */
  wanted = "";
  shown = "";
  address = new Address(this);
  status = new Status(this);
  #asking = false;
  /** The request that could not be answered. */
  #refused = "";
  #listening = new AbortController();

  connectedCallback() {
    if (!this.querySelector("form")) return;
    this.#listen();
    this.readAddress();
    this.changed();
    const reach = () => engine.thrifty || this.wake();
    if (this.wanted && !engine.thrifty) this.wake();
    else if (!this.patient) whenIdle(() => this.isConnected && reach());
    for (const event of ["pointerenter", "focusin"]) {
      this.addEventListener(event, reach, { signal: this.#listening.signal });
    }
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#listening = new AbortController();
    this.status.stop();
  }

  #listen() {
    const { form } = this;
    const { signal } = this.#listening;
    this.begin(signal);
    form.addEventListener("change", () => this.address.finished(), { signal });
    form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    // The event comes before the fields have their defaults back.
    form.addEventListener("reset", () => setTimeout(() => {
      this.forget();
      this.edited(form);
      this.address.finished();
    }), { signal });
    part(this, "retry").addEventListener("click", () => this.#again(), { signal });
    engine.addEventListener("progress", () => this.render(), { signal });
    engine.addEventListener("stage", () => { this.render(); this.#ask(); }, { signal });
    this.address.watch(signal);
  }

  /** Starts Python, for whoever needs it. */
  wake() {
    engine.startFor(this, this.needs);
    this.#ask();
  }

  /** Asks at once for what is wanted, where Python runs: it works while the page shows the rest. */
  askFirst() {
    if (this.wanted) this.#ask();
  }

  /** Tries again what has failed, where that can help. */
  #again() {
    if ((engine.cause ?? this.status.refused)?.remedy === "renewed") return location.reload();
    this.#forgive();
    engine.retry();
    this.wake();
  }

  /** Asks until the answer is for what the form holds. */
  async #ask() {
    if (this.#asking || !engine.running) return;
    this.#asking = true;
    try {
      for (let request = this.#pending; request && engine.running; request = this.#pending) {
        const reply = await engine.ask(this.call, request, this.asks).catch((refused) => this.#without(request, refused));
        if (reply && request === this.#pending) await this.place(request, JSON.parse(reply));
      }
    } finally {
      this.#asking = false;
    }
  }

  /**
   * There is no reply to this request.  It is not asked for again by itself, unless it is not its own fault.
   * @param {string} request
   * @param {Refused} refused
   */
  #without(request, { why }) {
    if (engine.stage === "failed" || why.kind === "newer") return "";
    this.#refused = request;
    this.status.refused = why;
    this.render();
    return "";
  }

  /** What could not be answered may be asked for again. */
  #forgive() {
    this.#refused = "";
    this.status.refused = undefined;
  }

  get #pending() {
    return this.isConnected && this.stale && this.wanted !== this.#refused ? this.wanted : "";
  }

  /** Whether what is shown is for other inputs than those in the form. */
  get stale() {
    return this.wanted !== this.shown;
  }

  /** The reader has changed something. @param {unknown} field */
  edited(field) {
    this.#forgive();
    this.changed();
    this.address.edited(field);
    if (this.wanted) this.wake();
  }

  /** The address says something else. */
  moved() {
    this.#forgive();
    this.readAddress();
    this.changed();
  }

  get form() {
    return /** @type {HTMLFormElement} */ (this.querySelector("form"));
  }

  get controls() {
    return controls(this.form);
  }

  // What each does in its own way

  /** A function of sparkmem.browser. */
  get call() { return ""; }

  /** The part of the package that is enough for it. */
  get needs() { return ""; }

  /** The part that is enough for its requests; an empty one is all of it. */
  get asks() { return this.needs; }

  /** Whether Python waits until a reader reaches for it. */
  get patient() { return false; }

  /** Listens to what only this one has, and remembers what the build made. @param {AbortSignal} _signal ends it */
  begin(_signal) {}

  /** Forgets what is not in a field: the fields go back to their defaults. */
  forget() {}

  /** Takes from the address what it says. */
  readAddress() {}

  /** Every name that the address may hold. @returns {string[]} */
  names() { return []; }

  /** What the address holds now; undefined while that is not known. @returns {Record<string, string> | undefined} */
  kept() { return undefined; }

  /** Says what is wanted, now that the form may hold something else. */
  changed() {}

  /**
   * Puts an answer into the page; what waits until it has done so asks for nothing meanwhile.
   * @param {string} _request @param {any} _reply @returns {Promise<void> | void}
   */
  place(_request, _reply) {}

  /** Shows the stage that Python is in. */
  render() {}
}
