// @ts-check
// The part of the page's address that an element keeps: what differs from its defaults.
//
// Each edit is an entry of the browser's history, so that its back button undoes edits.  While a
// reader types, the entry of that edit is replaced.  Parameters of others and the fragment stay.

import { idle } from "../python/engine.mjs";
import { atLiberty, replace, push } from "./history.mjs";

const DELAY_MS = 320; // a keystroke's address is of use to nobody
const ENTRY_MS = 50; // within which an edit has its entry
const RETRY_MS = 1000;

/**
 * What an element has to do with its address.
 * @typedef {object} Keeper
 * @property {() => string[]} names every name that it may keep there
 * @property {() => Record<string, string> | undefined} kept what it keeps there now; undefined while that is not known
 * @property {() => void} moved does what follows when the address says something else than was written
 */

/** Those of the elements in the page. @type {Set<Address>} */
const watched = new Set();
/** Path and fragment of the address that an element last read or wrote, "" when a link was followed since. */
let here = "";

// The theme would fetch the page anew when only its query has changed, and with it fields, focus and opened formulas.
// The page's head tells of a popstate before the theme's script hears of it.
addEventListener("sparkmem:popstate", (event) => {
  if (here === location.pathname + location.hash) /** @type {CustomEvent<Event>} */ (event).detail.stopImmediatePropagation();
  for (const address of watched) address.look();
});
// A link to this page with other inputs changes the address without a popstate
// when the theme follows it; not every browser has `navigation`.
/** @type {any} */ (globalThis).navigation?.addEventListener("currententrychange", () => {
  for (const address of watched) address.look();
});
document.addEventListener("click", ({ target }) => {
  const link = target instanceof Element && target.closest("a");
  if (!link) return;
  for (const address of watched) address.follow(link);
  here = "";
}, { capture: true });

export class Address {
  #keeper;
  /** The query as it was last read or written. */
  #query = "";
  #path = "";
  #arrived = "";
  #timer = 0;
  /** The field that is being edited. @type {unknown} */
  #editing;
  /** Whether what is written next gets an entry of its own. */
  #entry = false;
  /** The query before this edit; a last entry that came to the same is used for the next edit. */
  #before = "";
  #idle = false;
  /** The query after the last keystroke. @type {string | undefined} */
  #latest = "";

  /** @param {Keeper} keeper */
  constructor(keeper) {
    this.#keeper = keeper;
  }

  /** From here on this page's address is watched. @param {AbortSignal} signal ends it */
  watch(signal) {
    this.#path = location.pathname;
    this.#arrived = location.search;
    watched.add(this);
    signal.addEventListener("abort", () => {
      watched.delete(this);
      clearTimeout(this.#timer);
    });
  }

  read() {
    this.#query = location.search;
    this.#editing = undefined;
    this.#entry = this.#idle = false;
    clearTimeout(this.#timer);
    here = location.pathname + location.hash;
    return new URLSearchParams(location.search);
  }

  /** Follows a link to this page with other inputs. @param {string} query */
  go(query) {
    push(location.pathname + query);
    this.look();
  }

  /** Another keystroke, another place of a slider. @param {unknown} field */
  edited(field) {
    const begun = this.#editing !== field;
    if (begun) {
      this.#settle(this.#latest);
      this.#editing = field;
      this.#before = this.#query;
      this.#entry = !this.#idle;
    }
    this.#latest = this.#composed();
    this.writeSoon();
    // An entry of the history has the page laid out, which is of no use to the answer.
    if (begun) idle(() => {
      const query = this.#editing === field && watched.has(this) ? this.#composed() : undefined;
      if (query !== undefined) this.#write(query);
    }, ENTRY_MS);
  }

  /** The edit is complete: what follows is another one. */
  finished() {
    this.#settle(this.#composed());
  }

  writeSoon(delay = DELAY_MS) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(this.#composed()), delay);
  }

  /** @param {string | undefined} query */
  #settle(query) {
    if (this.#editing === undefined) return;
    this.#write(query);
    this.#editing = undefined;
    this.#idle = this.#query === this.#before && (this.#idle || !this.#entry);
  }

  /** The query as it should be now; undefined while that is not known. */
  #composed() {
    const kept = this.#keeper.kept();
    if (!kept) return undefined;
    const names = new Set(this.#keeper.names());
    const foreign = location.search.slice(1).split("&").filter((pair) => !names.has([...new URLSearchParams(pair).keys()][0]));
    const query = [...foreign, String(new URLSearchParams(kept))].filter(Boolean).join("&");
    return query && `?${query}`;
  }

  /** @param {string | undefined} query */
  #write(query) {
    clearTimeout(this.#timer);
    if (query === undefined || query === location.search || location.pathname !== this.#path) return;
    if (!atLiberty()) return this.writeSoon(RETRY_MS);
    const before = this.#query;
    this.#query = query; // the change tells its listeners at once
    const change = this.#entry ? push : replace;
    if (change(location.pathname + query + location.hash)) {
      this.#entry = false;
      here = location.pathname + location.hash;
    } else {
      this.#query = before;
      this.writeSoon(RETRY_MS);
    }
  }

  /** Whether the address says something else than was written. */
  look() {
    if (location.pathname === this.#path && location.search !== this.#query) this.#keeper.moved();
  }

  /**
   * The theme has made every link absolute, with the query of that moment: following one to a
   * section would bring back the inputs that the page was opened with.
   * @param {HTMLAnchorElement} link
   */
  follow(link) {
    if (!link.hash || link.pathname !== this.#path || link.search !== this.#arrived) return;
    this.#write(this.#composed());
    link.search = location.search;
  }
}
