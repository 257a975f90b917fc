// @ts-check
// The ways out of a calculator's answer: copied in a format, or kept as the other side of a comparison.
//
// Python writes every text that is copied, from what the form holds at that moment, and all that is said of it.

import { engine } from "../python/engine.mjs";
import { Refused, why } from "../python/trouble.mjs";
import { onClipboard } from "./clipboard.mjs";

/** @typedef {Record<string, string>} Inputs */
/** @typedef {HTMLElement & {request: object, asOpened: boolean, shared: Inputs | undefined, against: Inputs | undefined, wake(): void,
 *   compare(against: Inputs | undefined, inputs?: Inputs): void, address: import("../address/address.mjs").Address}} Calculator */
/** @typedef {{ok: boolean, text: string, said: string, html: string}} Reply */

/** What listens while a panel is open: it is put away by whatever is done elsewhere. @type {WeakMap<Calculator, AbortController>} */
const open = new WeakMap();
/** The newest copy of each calculator: an older one says nothing more. @type {WeakMap<Calculator, object>} */
const newest = new WeakMap();

/** @param {Calculator} calc @param {HTMLElement} button */
export function take(calc, button) {
  const { take: way, format } = button.dataset;
  if (way === "panel") unfold(calc, button);
  else if (way === "copy") copy(calc, format ?? "");
  else if (way === "again") copy(calc, pressed(calc)?.dataset.format ?? "");
  else if (way === "pin") pin(calc);
  else if (way === "swap") swap(calc);
  else if (way === "defaults") {
    if (part(calc, "ways").contains(button)) part(calc, "take=panel").focus(); // this one goes away
    calc.wake();
    calc.compare(calc.against, Object.fromEntries(new URLSearchParams(button.dataset.query)));
  } else if (way === "end") {
    part(calc, "take=pin").focus(); // the button that was pressed goes away
    tell(calc, "ended", () => calc.compare(undefined));
  }
}

// Copying

/** @param {Calculator} calc @param {HTMLElement} button */
function unfold(calc, button) {
  const panel = part(calc, "copy");
  if (!panel.hidden) {
    fold(calc, button);
    return;
  }
  panel.hidden = false;
  button.setAttribute("aria-expanded", "true");
  const away = new AbortController();
  open.set(calc, away);
  const { signal } = away;
  let began = true; // a selection may begin in the panel and end outside
  const elsewhere = (/** @type {Event} */ { target }) => !(target instanceof Node && (panel.contains(target) || button.contains(target)));
  addEventListener("pointerdown", (event) => { began = elsewhere(event); }, { signal, capture: true });
  addEventListener("click", (event) => { if (began && elsewhere(event)) fold(calc, button); }, { signal });
  calc.addEventListener("input", (event) => { if (elsewhere(event)) empty(calc); }, { signal });
  for (const event of ["reset", "sparkmem:moved"]) {
    calc.addEventListener(event, (event) => { if (elsewhere(event)) fold(calc, button); }, { signal });
  }
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    const within = panel.contains(document.activeElement);
    fold(calc, button);
    if (within) button.focus();
  }, { signal });
}

/** @param {Calculator} calc @param {HTMLElement} button */
function fold(calc, button) {
  part(calc, "copy").hidden = true;
  button.setAttribute("aria-expanded", "false");
  empty(calc);
  open.get(calc)?.abort();
}

/** @param {Calculator} calc @param {string} format */
async function copy(calc, format) {
  const turn = {};
  let failed = word(calc, "failed");
  newest.set(calc, turn);
  for (const other of calc.querySelectorAll("[data-format]")) {
    other.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (other).dataset.format === format));
  }
  const asked = ask(calc, format);
  if (engine.stage !== "ready") part(calc, "copy-said").textContent = word(calc, "starting");
  // The clipboard has to be asked for while the click counts; the text may come later.
  const copied = await onClipboard(asked.then(({ ok, text }) => ok ? text : Promise.reject(new Error("nothing to copy"))));
  const reply = await asked.catch((error) => {
    failed = [failed, error instanceof Refused ? why(calc, error.why) : ""].filter(Boolean).join(" ");
    return undefined;
  });
  if (newest.get(calc) !== turn) return;
  // A button that offered this format goes away.
  if (part(calc, "copy-more").contains(document.activeElement)) pressed(calc)?.focus();
  empty(calc, reply?.said ?? failed);
  if (!reply) return;
  part(calc, "copy-more").innerHTML = reply.html;
  if (!reply.ok) return;
  const text = /** @type {HTMLTextAreaElement} */ (part(calc, "copy-text"));
  text.value = reply.text;
  text.classList.toggle("sm-address", !reply.text.includes("\n"));
  part(calc, "copy-shown").hidden = false;
  if (copied) return;
  part(calc, "copy-said").textContent = word(calc, "denied");
  text.focus();
  text.select();
}

/** @param {Calculator} calc @param {string} format @returns {Promise<Reply>} */
async function ask(calc, format) {
  const address = location.origin + location.pathname;
  const date = new Date().toLocaleDateString("sv"); // as in 2026-01-31
  calc.wake();
  return JSON.parse(await engine.ask("copied", JSON.stringify({ ...calc.request, format, address, date })));
}

/** Takes away what was said of an earlier copy. @param {Calculator} calc */
function empty(calc, said = "") {
  part(calc, "copy-said").textContent = said;
  part(calc, "copy-more").replaceChildren();
  part(calc, "copy-shown").hidden = true;
}

// Comparing

/** @param {Calculator} calc */
async function pin(calc) {
  const now = await known(calc);
  // Nobody has entered what the page opened with, nor the defaults.
  const whose = calc.asOpened ? "opened" : Object.keys(now ?? {}).length ? "pinned" : "defaults";
  if (now) tell(calc, whose, () => calc.compare(now));
}

/** @param {Calculator} calc */
async function swap(calc) {
  const now = await known(calc);
  if (now) tell(calc, "swapped", () => calc.compare(now, calc.against ?? {}));
}

/**
 * What the form holds, as an address may hold it; of a pasted text that is known when the answer is there.
 * @param {Calculator} calc
 * @returns {Promise<Inputs | undefined>} undefined where it has no answer
 */
async function known(calc) {
  calc.wake();
  if (!calc.shared) say(calc, "waiting");
  while (!calc.shared) await new Promise((answered) => calc.addEventListener("sparkmem:answer", answered, { once: true }));
  if (calc.dataset.answerFor !== "none") return calc.shared;
  say(calc, "unusable");
  return undefined;
}

/** @param {Calculator} calc @param {string} name @param {() => void} change */
function tell(calc, name, change) {
  change();
  empty(calc);
  say(calc, name);
}

/** @param {Calculator} calc @param {string} name */
function say(calc, name) {
  part(calc, "take-status").textContent = word(calc, name);
}

/** @param {Calculator} calc @param {string} name */
function word(calc, name) {
  return part(calc, "ways").getAttribute(`data-text-${name}`) ?? "";
}

/** @param {Calculator} calc */
function pressed(calc) {
  return /** @type {HTMLElement | null} */ (calc.querySelector("[data-format][aria-pressed=true]"));
}

/** @param {Calculator} calc @param {string} name @returns {HTMLElement} */
function part(calc, name) {
  return /** @type {HTMLElement} */ (calc.querySelector(`[data-${name}]`));
}
