// Written into the head of each page: the theme does two things as it starts after which the browser styles the whole
// page again, once for each.
{
  // It marks the page, for its own ring around what has the focus.  Marked from the beginning, nothing changes then.
  document.documentElement.classList.add("js-focus-visible");
  document.documentElement.setAttribute("data-js-focus-visible", "");

  // It writes the addresses of style sheets anew, as absolute ones, and each sheet is loaded again.  It compares them
  // with those of the next page, which is shown without a new document: until a reader may go there it can wait.
  const { get, set } = /** @type {{get(): string, set(address: string): void}} */ (
    Object.getOwnPropertyDescriptor(HTMLLinkElement.prototype, "href")
  );
  const waiting = /** @type {Map<HTMLLinkElement, string>} */ (new Map());
  Object.defineProperty(HTMLLinkElement.prototype, "href", {
    get,
    set(address) {
      const same = this.ownerDocument === document && this.rel === "stylesheet" && address === get.call(this);
      if (same) waiting.set(this, address);
      else set.call(this, address);
    },
    configurable: true,
    enumerable: true,
  });
  const write = () => {
    for (const [link, address] of waiting) set.call(link, address);
    waiting.clear();
  };
  const overLink = (/** @type {Event} */ { target }) => { if (target instanceof Element && target.closest("a")) write(); };
  for (const event of ["pointerover", "focusin", "touchstart", "click"]) addEventListener(event, overLink, { passive: true, capture: true });
  addEventListener("popstate", write, { capture: true });
}
