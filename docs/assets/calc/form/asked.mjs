// @ts-check
// What the form of a calculator asks for: its fields, a box that takes any text, and what the address has of both.

import { listenToSliders } from "./slider.mjs";
import {
  asOpened, carries, changes, defaultOf, fill, openingOf, privateBox, recall, remember, replaces, setText, shareable,
} from "./form.mjs";
import { InStep } from "../python/in-step.mjs";

/** @typedef {import("./form.mjs").Control} Control */

export class Asked extends InStep {
  /** The fields, all of which the page has from the start; each edit asks for them several times. @type {Control[]} */
  #controls = [];
  /**
   * A box that takes any text is private: its text is never in the address.  What Python made of it is, and comes
   * back as inputs that have no field of their own, until Python has written them into the box.
   * @type {Record<string, string>}
   */
  #carried = {};
  /** What Python has told of a text, as the address may hold it. @type {Record<string, string>} */
  told = {};
  /** The inputs of the answer that this one is compared with. @type {Record<string, string> | undefined} */
  #against;
  /** Whether the page has just been opened. */
  #arriving = false;
  /** Fields that an address filled and no reader has touched since: what was read from a text is nobody's choice. @type {Set<Control>} */
  #arrived = new Set();
  /** Whether what is entered next takes the place of all that the private box holds. */
  #anew = false;

  /** @param {AbortSignal} signal */
  begin(signal) {
    const { form } = this;
    this.#controls = super.controls;
    this.#arriving = true;
    listenToSliders(form, signal);
    form.addEventListener("input", (event) => {
      if (event.target === this.#private) {
        remember(/** @type {HTMLTextAreaElement} */ (event.target));
        this.#carried = {};
        if (this.#anew) this.#letGo();
      } else this.#arrived.delete(/** @type {Control} */ (event.target));
      this.edited(event.target);
      const { inputType } = /** @type {InputEvent} */ (event);
      if (inputType === "insertFromPaste" || inputType === "insertFromDrop") this.address.finished();
    }, { signal });
    form.addEventListener("beforeinput", ({ target }) => {
      const box = this.#private;
      if (box && target === box) this.#anew = replaces(box);
    }, { signal });
    form.addEventListener("focusin", ({ target }) => { // so that pasting takes the example's place
      const box = this.#private;
      if (box && target === box && box.value === box.defaultValue) box.select();
    }, { signal });
    const box = this.#private;
    for (const event of box ? ["focusin", "dragenter"] : []) {
      box?.addEventListener(event, () => takeAnything(box, signal), { signal });
    }
  }

  get needs() {
    return this.getAttribute("calculator") ?? "";
  }

  /** What the form asks for now, defaults and all, for whoever carries it elsewhere; a pasted text is in it. */
  get request() {
    const asked = { calculator: this.needs, page: this.dataset.page ?? "", inputs: this.#inputs() };
    return this.#against ? { ...asked, against: this.#against } : asked;
  }

  /** The inputs as the address may hold them: never a text that was pasted; undefined while they are not known. */
  get shared() {
    const box = this.#private;
    if (!box?.dataset.carries) return shareable(this.controls.filter((control) => control !== box));
    if (this.stale) return undefined;
    return this.wanted ? this.told : {};
  }

  /** The query that gives this again when another release is the newest and the page opens with something else; else "". */
  get lasting() {
    const { shared, dataset } = this;
    if (this.asOpened && !this.#against) return dataset.opening ?? "";
    if (!shared) return "";
    const always = Object.fromEntries(new URLSearchParams(dataset.always));
    const against = this.#against && { against: String(new URLSearchParams({ ...always, ...this.#against })) };
    return String(new URLSearchParams({ ...always, ...shared, ...against }));
  }

  /** The other side of a comparison, as the address holds it; undefined while nothing is compared. */
  get against() {
    return this.#against;
  }

  /**
   * Compares with these inputs, or no longer; the browser's way back undoes it.
   * @param {Record<string, string> | undefined} against
   * @param {Record<string, string>} [inputs] what the form shall hold, where it shall change as well
   */
  compare(against, inputs) {
    this.#against = against;
    if (inputs) return this.address.go(`?${new URLSearchParams(this.#held(inputs))}`);
    this.edited(this);
    this.address.finished();
  }

  forget() {
    this.toggleAttribute("data-opened", true);
    const box = this.#private;
    if (box) {
      setText(box, box.defaultValue);
      remember(box);
    }
    this.#carried = {};
    this.#arrived.clear();
  }

  /** A new text begins anew: fields that came with the address of another go back to saying nothing. */
  #letGo() {
    for (const control of this.#arrived) fill(control, defaultOf(control));
    this.#arrived.clear();
  }

  /** Puts what an address carried into the box that it came from. @param {Record<string, string>} fields */
  restore(fields) {
    for (const control of this.controls) if (control.name in fields) control.value = fields[control.name];
    this.#carried = {};
  }

  // The address

  readAddress() {
    const values = this.address.read();
    const box = this.#private;
    this.#carried = Object.fromEntries([...values].filter(([name]) => carries(box).includes(name)));
    this.#against = this.#comparable(values.get("against"));
    // Who comes back to the page finds the text again; an address with settings says what is meant, and so does a way back.
    if (box && (box.dataset.carries || this.#arriving)) {
      setText(box, Object.keys(this.#carried).length ? "" : this.#arriving ? recall(box) : box.defaultValue);
    }
    const faster = this.#arriving; // than this script: what they have entered by then stays
    this.#arriving = false;
    this.#arrived.clear();
    const silent = !this.names().some((name) => values.has(name));
    this.toggleAttribute("data-opened", silent);
    for (const control of this.controls) {
      if (control === box) continue;
      if (faster && !values.has(control.name) && control.value !== openingOf(control)) continue;
      fill(control, values.get(control.name) ?? (silent ? openingOf(control) : defaultOf(control)), !silent);
      if (box?.dataset.carries && values.has(control.name)) this.#arrived.add(control);
    }
  }

  kept() {
    const { asOpened } = this;
    const held = asOpened && !this.#against ? {} : this.#held(this.shared);
    // An empty address means what the page opens with: one of the defaults alone says so.
    if (!held || Object.keys(held).length || asOpened) return held;
    return Object.fromEntries(new URLSearchParams(this.dataset.defaults));
  }

  /** What the address holds for these inputs. @param {Record<string, string> | undefined} inputs */
  #held(inputs) {
    return inputs && this.#against ? { ...inputs, against: String(new URLSearchParams(this.#against)) } : inputs;
  }

  names() {
    return [...this.controls.map(({ name }) => name), ...carries(this.#private), "against"];
  }

  // The form

  get controls() {
    return this.#controls;
  }

  get #private() {
    return privateBox(this.form);
  }

  /** Whether it reads texts of any kind. */
  get reads() {
    return this.#private !== null;
  }

  /** The inputs of the other side, from a query inside the address: those that an address may hold. @param {string | null} query */
  #comparable(query) {
    if (query === null) return undefined;
    const box = this.#private;
    const names = this.names().filter((name) => name !== box?.name && name !== "against");
    return Object.fromEntries([...new URLSearchParams(query)].filter(([name]) => names.includes(name)));
  }

  /** Whether the form holds what the page opened with, of which the build made the answer. */
  get asOpened() {
    return !Object.keys(this.#carried).length && asOpened(this.controls);
  }

  /** What differs from the defaults; while inputs are carried, the box is still to be written. */
  #inputs() {
    const inputs = changes(this.controls);
    const box = this.#private;
    if (box && Object.keys(this.#carried).length) delete inputs[box.name];
    return { ...inputs, ...this.#carried };
  }
}

/** The visits in which the box takes files and long texts too. @type {WeakSet<AbortSignal>} */
const taking = new WeakSet();

/** @param {HTMLTextAreaElement} box @param {AbortSignal} signal */
async function takeAnything(box, signal) {
  if (taking.has(signal)) return;
  taking.add(signal);
  try {
    const { takeFiles, takeLongPastes } = await import("./dropped.mjs");
    takeFiles(box, signal);
    takeLongPastes(box, signal);
  } catch {
    // Without it the browser does with a text what it always does.
  }
}
