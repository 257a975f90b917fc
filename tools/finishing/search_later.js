// Written into the head of each page: the search index is fetched when a reader reaches for the search.
// The theme fetches it on every page, with more bytes than the page has, and indexes it while Python starts.
{
  const { open, send } = XMLHttpRequest.prototype;
  const held = new WeakSet();
  const reached = new Promise((resolve) => {
    const searching = (/** @type {Event} */ { target }) => {
      if (target instanceof Element && target.closest("[data-md-component=search], [for=__search]")) resolve(undefined);
    };
    for (const event of ["focusin", "pointerover", "touchstart"]) addEventListener(event, searching, { passive: true });
    if (new URLSearchParams(location.search).has("q")) resolve(undefined);
  });
  XMLHttpRequest.prototype.open = function (/** @type {any[]} */ ...given) {
    if (String(given[1]).endsWith("/search_index.json")) held.add(this);
    return Reflect.apply(open, this, given);
  };
  XMLHttpRequest.prototype.send = function (...given) {
    if (!held.has(this)) return Reflect.apply(send, this, given);
    reached.then(() => { Reflect.apply(send, this, given); });
  };
}
