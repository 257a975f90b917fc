// @ts-check
// <list-filter>: of the sections or lines that follow on the page, or of the rows of the table that does, those that hold the
// words which a reader types.  Little words (`data-little`) are passed over, as where the text of a failure is read.
//
// A section is a heading of the third level with all that stands below it, or a box that holds one with its fold; a line is an
// entry of a list or a row of a table, and may be found by `data-words` too, which it does not show.
// Addresses lead to every one of them, and open a fold.

class ListFilter extends HTMLElement {
  #listening = new AbortController();

  connectedCallback() {
    const { signal } = (this.#listening = new AbortController());
    this.addEventListener("input", () => this.#show(this.#input.value), { signal });
    // Whoever follows a link to a section that is out of the way shall see it.
    addEventListener("hashchange", () => { if (this.#input.value) this.#show(this.#input.value = ""); this.#arrive(); }, { signal });
    this.#arrive();
  }

  /** Opens what the address leads to, where it is folded. */
  #arrive() {
    const fold = document.getElementById(location.hash.slice(1))?.parentElement?.querySelector(":scope > details");
    if (fold instanceof HTMLDetailsElement && this.#sections().some(([box]) => box.contains(fold))) fold.open = true;
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  /** @param {string} text */
  #show(text) {
    const words = this.#telling(text);
    const of = this.getAttribute("of");
    const sections = of === "lines" ? this.#lines() : of === "rows" ? this.#rows() : this.#sections();
    let shown = 0;
    for (const section of sections) {
      const said = section.map(({ textContent, id, dataset }) => `${textContent} ${id} ${dataset.words ?? ""}`).join(" ").toLowerCase();
      const fits = words.every((word) => said.includes(word));
      if (fits) shown += 1;
      for (const element of section) element.hidden = !fits;
    }
    if (of === "lines") {
      // A heading whose lines are all out of the way goes with them, and so does the room of its list.
      for (const [heading, ...below] of this.#sections()) {
        const lines = below.flatMap((element) => [...element.querySelectorAll("li")]);
        const empty = lines.length > 0 && lines.every(({ hidden }) => hidden);
        for (const element of [heading, ...below]) element.hidden = empty;
      }
    }
    const line = /** @type {HTMLElement} */ (this.querySelector("[role=status]"));
    line.textContent = words.length ? `${shown} of ${sections.length}` : "";
  }

  /** The words by which something is looked for; the little ones where there are no others. @param {string} text */
  #telling(text) {
    const words = text.toLowerCase().split(/\s+/).map((word) => word.replace(/[.,;:!?]+$/, "")).filter(Boolean);
    const little = new Set(this.dataset.little?.split(" "));
    const telling = words.filter((word) => !little.has(word));
    return telling.length ? telling : words;
  }

  /** The sections, each with its heading first. */
  #sections() {
    const found = /** @type {HTMLElement[][]} */ ([]);
    /** @type {HTMLElement[] | undefined} */
    let open;
    for (const next of this.#following()) {
      if (next.localName === "h2") open = undefined;
      else if (next.querySelector(":scope > h3 + details")) found.push([next]);
      else if (next.localName === "h3") found.push(open = [next]);
      else open?.push(next);
    }
    return found;
  }

  /** The lines, each alone. */
  #lines() {
    const all = this.#following().flatMap((next) => [...next.querySelectorAll("li, tbody tr")]);
    return /** @type {HTMLElement[]} */ (all).map((line) => [line]);
  }

  /** The rows of the table that follows, each alone. */
  #rows() {
    const table = this.#following().find((next) => next.querySelector("tbody tr"));
    return /** @type {HTMLElement[]} */ ([...(table?.querySelectorAll("tbody tr") ?? [])]).map((row) => [row]);
  }

  /** What follows on the page. */
  #following() {
    const found = /** @type {HTMLElement[]} */ ([]);
    for (let next = this.closest(".md-content__inner > *")?.nextElementSibling; next; next = next.nextElementSibling) {
      if (next instanceof HTMLElement) found.push(next);
    }
    return found;
  }

  get #input() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"));
  }
}

customElements.define("list-filter", ListFilter);
