// @ts-check
// The part of the page's address that an element keeps: what differs from its defaults.
//
// Parameters of others and the fragment are left as they are.

const DELAY_MS = 320; // Safari refuses more than 100 changes of the address in 30 seconds

/**
 * What an element has to do with its address.
 * @typedef {object} Keeper
 * @property {() => string[]} names every name that it may keep there
 * @property {() => Record<string, string> | undefined} kept what it keeps there now; undefined while that is not known
 * @property {() => void} moved does what follows when the address says something else than was written
 */

export class Address {
  #keeper;
  /** The query as it was last read or written. */
  #query = "";
  #path = "";
  #arrived = "";
  #timer = 0;

  /** @param {Keeper} keeper */
  constructor(keeper) {
    this.#keeper = keeper;
  }

  /** From here on this page's address is watched. @param {AbortSignal} signal ends it */
  watch(signal) {
    this.#path = location.pathname;
    this.#arrived = location.search;
    const moved = () => this.#moved();
    addEventListener("popstate", moved, { signal });
    // A link to this page with other inputs changes the address without a popstate
    // when the theme follows it; not every browser has `navigation`.
    /** @type {any} */ (globalThis).navigation?.addEventListener("currententrychange", moved, { signal });
    document.addEventListener("click", (event) => this.#followed(event.target), { signal, capture: true });
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  read() {
    this.#query = location.search;
    return new URLSearchParams(location.search);
  }

  /** Follows a link to this page with other inputs. @param {string} query */
  go(query) {
    history.pushState(null, "", location.pathname + query);
    this.#moved();
  }

  writeSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.write(), DELAY_MS);
  }

  write() {
    clearTimeout(this.#timer);
    const kept = this.#keeper.kept();
    if (location.pathname !== this.#path || !kept) return;
    const names = new Set(this.#keeper.names());
    const foreign = location.search.slice(1).split("&").filter((pair) => !names.has([...new URLSearchParams(pair).keys()][0]));
    const query = [...foreign, String(new URLSearchParams(kept))].filter(Boolean).join("&");
    this.#query = query && `?${query}`;
    if (this.#query === location.search) return;
    try {
      history.replaceState(history.state, "", location.pathname + this.#query + location.hash);
    } catch {
      // Too many changes for this browser: the next one writes this one too.
    }
  }

  #moved() {
    if (location.pathname === this.#path && location.search !== this.#query) this.#keeper.moved();
  }

  /**
   * The theme has made every link absolute, with the query of that moment: following one to a
   * section would bring back the inputs that the page was opened with.
   * @param {EventTarget | null} target
   */
  #followed(target) {
    const link = target instanceof Element && target.closest("a");
    if (!link || !link.hash || link.pathname !== this.#path || link.search !== this.#arrived) return;
    this.write();
    link.search = location.search;
  }
}
