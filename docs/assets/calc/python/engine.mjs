// @ts-check
// One Python for the whole visit: starts the worker, carries requests to it, notices when it is gone.
//
// Stages: idle -> loading -> ready, and failed from anywhere.  A failed worker stays failed, with
// the first cause, until retry() starts another.  A request that cannot be answered is refused, and the
// worker goes on; one that takes it too long is refused too, and another worker is started.

import { Refused, modular, published } from "./trouble.mjs";

/** Seconds without a sign of life: a worker answers also while it waits for its files, but not while Python starts. */
const PATIENCE = { loading: 30, ready: 15 };
const TICK_SECONDS = 5;

/** @typedef {import("./trouble.mjs").Cause} Cause */
/** @typedef {{resolve: (reply: string) => void, reject: (refused: Refused) => void, back?: (buffer: ArrayBuffer) => void}} Waiting */

class Engine extends EventTarget {
  /** @type {"idle" | "loading" | "ready" | "failed"} */
  stage = "idle";
  /** Why it is failed. @type {Cause | undefined} */
  cause;
  progress = { done: 0, total: 0 };

  #folder = "";
  #part = "";
  /** Whether a worker has failed: the next one trusts nothing that was kept. */
  #afresh = false;
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #requests = 0;
  #quietTicks = 0;
  #clock = 0;

  /**
   * Starts the Python that an element names, unless it runs already.
   * @param {Element} element
   * @param {string} part the part of the package that it needs first
   */
  startFor(element, part) {
    this.start(new URL(`../../py/${element.getAttribute("runtime")}/`, import.meta.url).href, part);
  }

  /**
   * Starts Python from a runtime folder, unless it runs already, with the part of the package that the page needs first.
   * @param {string} folder
   * @param {string} part
   */
  start(folder, part) {
    // A page of a newer build brings another folder: its answers must come from its own package.
    if (folder !== this.#folder) this.#stop({ kind: "newer", about: "" });
    else if (this.stage !== "idle") return;
    this.#folder = folder;
    this.#part = part;
    this.cause = undefined;
    this.progress = { done: 0, total: 0 };
    this.#clock = setInterval(() => this.#tick(), TICK_SECONDS * 1000);
    try {
      const early = takenOver(folder);
      const worker = early?.worker ?? started(folder, this.#afresh ? `${part} afresh` : part);
      worker.onmessage = ({ data }) => this.#receive(data);
      worker.onerror = (event) => this.#lost(event);
      this.#worker = worker;
      this.#to("loading");
      for (const event of early?.heard ?? []) {
        if (event instanceof MessageEvent) this.#receive(event.data);
        else this.#lost(/** @type {ErrorEvent} */ (event));
      }
    } catch (error) {
      this.fail(error);
    }
  }

  /** Whether the reader is asked first, as those who pay for their bytes are. */
  get thrifty() {
    return this.stage === "idle" && Boolean(/** @type {any} */ (navigator).connection?.saveData);
  }

  /** Whether requests can be sent: they may be while Python is still loading. */
  get running() {
    return this.#worker !== undefined;
  }

  /** Starts again after a failure. */
  retry() {
    if (this.stage !== "failed") return;
    this.stage = "idle";
    this.#afresh = true;
    this.start(this.#folder, this.#part);
  }

  /**
   * The reply of a function of sparkmem.browser, JSON text like the request, which may also be bytes: those are moved.
   * @param {string} call
   * @param {string | Uint8Array<ArrayBuffer>} request
   * @param {string} [part] the part of the package that is enough for it; without one, all of it
   * @param {(buffer: ArrayBuffer) => void} [back] gets the buffer of those bytes again, before the reply
   * @returns {Promise<string>}
   */
  ask(call, request, part, back) {
    if (!this.#worker) return Promise.reject(new Refused(this.cause ?? { kind: "ended", about: "" }));
    const id = ++this.#requests;
    if (this.#waiting.size === 0) this.#quietTicks = 0;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, back });
      this.#worker?.postMessage({ id, call, request, part }, typeof request === "string" ? [] : [request.buffer]);
    });
  }

  /**
   * Ends the worker.  Only the first cause counts: what follows is its consequence.
   * @param {unknown} cause
   */
  fail(cause) {
    if (this.stage === "failed") return;
    const why = /** @type {Cause} */ (cause);
    this.cause = why?.kind ? why : { kind: "ended", about: String(/** @type {Error} */ (cause)?.message ?? cause) };
    this.#stop(this.cause);
    this.#to("failed");
    this.#remedied(this.cause).then(() => this.dispatchEvent(new Event("progress")));
  }

  /** The worker's script did not come, or does not run here. @param {ErrorEvent} event */
  #lost({ message }) {
    if (!message) return this.fail({ kind: "unfetched", about: "worker.mjs" });
    this.fail(modular(this.#folder) ? message : { kind: "unable", about: "module workers" });
  }

  /** The cause, once it says what can be done about it. @param {Cause} cause */
  async #remedied(cause) {
    cause.remedy ??= cause.kind === "unable" ? "none" : "again";
    if (["unfetched", "altered", "stalled"].includes(cause.kind)) cause.remedy = await published(this.#folder);
    return cause;
  }

  /** @param {any} message */
  #receive(message) {
    this.#quietTicks = 0;
    if (message.failed) return this.fail(message.failed);
    if (message.pong) return;
    if (message.ready) return this.#to("ready");
    if (message.progress) {
      this.progress = message.progress;
      this.dispatchEvent(new Event("progress"));
      return;
    }
    const asked = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.buffer) asked?.back?.(message.buffer);
    if (message.error) this.#remedied(message.error).then((cause) => asked?.reject(new Refused(cause)));
    else asked?.resolve(message.reply);
  }

  /** A worker that the browser has killed says nothing: no event tells of it. */
  #tick() {
    const expected = this.stage === "loading" || this.#waiting.size > 0;
    this.#quietTicks = expected ? this.#quietTicks + 1 : 0;
    const patience = this.stage === "loading" ? PATIENCE.loading : PATIENCE.ready;
    // Ticks, not a time of day: a laptop that slept through the night has not ticked.
    if (this.#quietTicks * TICK_SECONDS > patience) this.#silent();
    else if (expected) this.#worker?.postMessage({ ping: true });
  }

  /** It was killed, or is busy with what it may never finish: who waited is refused, and others go on with another. */
  #silent() {
    const cause = /** @type {Cause} */ ({ kind: "silent", about: "", remedy: "again" });
    if (this.stage !== "ready") return this.fail(cause);
    this.#stop(cause);
    this.stage = "idle";
    this.start(this.#folder, this.#part);
  }

  /** @param {Cause} cause */
  #stop(cause) {
    clearInterval(this.#clock);
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(new Refused(cause));
    this.#waiting.clear();
  }

  /** @param {Engine["stage"]} stage */
  #to(stage) {
    this.stage = stage;
    this.dispatchEvent(new Event("stage"));
  }
}

/**
 * The worker that the page's head has started, once, and what it has said: see tools/finishing/early.js.
 * @param {string} folder
 * @returns {{worker: Worker, heard: Event[]} | undefined}
 */
function takenOver(folder) {
  const all = /** @type {any} */ (globalThis);
  const early = all.sparkmemEarly;
  delete all.sparkmemEarly;
  if (early && early.folder !== folder) early.worker.terminate();
  return early?.folder === folder ? early : undefined;
}

/** @param {string} folder @param {string} name */
function started(folder, name) {
  return new Worker(new URL("worker.mjs", folder), { type: "module", name });
}

export const engine = new Engine();

/** A process of Chromium that has several pages may say of none that it is idle, though all are. */
const IDLE_WITHIN_MS = 2000;

/** After load, when the page has nothing else to do, or two seconds later. @param {() => void} callback */
export function whenIdle(callback) {
  const wait = () => idle(callback, IDLE_WITHIN_MS);
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait, { once: true });
}

/** As soon as nothing else is to do, and after so long at most where that is said. @param {() => void} callback @param {number} [within] ms */
export function idle(callback, within) {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(callback, { timeout: within });
  else setTimeout(callback, within ?? 200);
}
