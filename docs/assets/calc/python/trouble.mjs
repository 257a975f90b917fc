// @ts-check
// What went wrong between a page and its Python, and what can be done about it.

/** How long it may take to find out what is to be done. */
const LOOK_MS = 5000;

/** What went wrong, by its kind, about which file or thing, and what can be done: sparkmem/render/troubles.py has the words. */
/** @typedef {{kind: string, about: string, remedy?: "again" | "renewed" | "offline" | "none"}} Cause */

/** Why a request has no reply. */
export class Refused extends Error {
  /** @param {Cause} cause */
  constructor(cause) {
    super(cause.kind);
    this.why = cause;
  }
}

/** What went wrong, and what can be done, in the words of an element. @param {Element} element @param {Cause} cause */
export function why(element, { kind, about, remedy = "again" }) {
  const words = [`cause-${kind}`, `remedy-${remedy}`].map((name) => element.getAttribute(`data-text-${name}`) ?? "");
  return words.filter(Boolean).join(" ").replace("{about}", () => about);
}

/** Whether this browser has workers that are modules: one that has not, does not ask. @param {string} folder */
export function modular(folder) {
  let asked = false;
  const options = { get type() { asked = true; return /** @type {"module"} */ ("module"); } };
  new Worker(new URL("worker.mjs", folder), options).terminate();
  return asked;
}

/** What can be done where a file of the folder is not to be had. @param {string} folder @returns {Promise<Cause["remedy"]>} */
export async function published(folder) {
  try {
    const answer = await fetch(new URL("../manifest.json", folder), { cache: "no-store", signal: AbortSignal.timeout(LOOK_MS) });
    if (!answer.ok) return answer.status === 404 ? "renewed" : "again";
    return folder.endsWith(`/${(await answer.json()).hash}/`) ? "again" : "renewed";
  } catch {
    return "offline";
  }
}
