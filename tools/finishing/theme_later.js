// Written into each page with a calculator, in place of the theme's script: a reader whose address holds inputs
// came for an answer.  On two processors the theme takes a tenth of a second from Python; it waits for the answer,
// for a reader who uses the page, or for as long as a reader may take to find what the theme does.
{
  const LONGEST_WAIT_MS = 3000;
  const { source = "" } = document.currentScript?.dataset ?? {};
  const { worker, heard } = /** @type {{worker?: Worker, heard: Event[]}} */ (/** @type {any} */ (globalThis).sparkmemEarly ?? {});
  const over = new AbortController();
  const fetchTheme = () => {
    if (over.signal.aborted) return;
    over.abort();
    document.body.append(Object.assign(document.createElement("script"), { src: source }));
  };
  const hear = (/** @type {Event} */ event) => {
    const said = event instanceof MessageEvent ? event.data : { failed: true };
    if ("id" in said || "failed" in said) requestAnimationFrame(() => { setTimeout(fetchTheme); });
  };
  if (worker) {
    const listen = { signal: over.signal, capture: true, passive: true };
    for (const said of ["message", "error"]) worker.addEventListener(said, hear, listen);
    for (const use of ["pointerdown", "touchstart", "keydown"]) addEventListener(use, fetchTheme, listen);
    const overLink = (/** @type {Event} */ { target }) => { if (target instanceof Element && target.closest("a")) fetchTheme(); };
    addEventListener("pointerover", overLink, listen); // without the theme a link is followed by a new document
    setTimeout(fetchTheme, LONGEST_WAIT_MS);
    heard.forEach(hear);
  } else fetchTheme();
}
