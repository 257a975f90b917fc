// Written into the head of each page with a calculator: where the address holds inputs, Python is fetched
// before the page itself is parsed.  The theme's script would hold it up for longer than a second visit takes.
// engine.mjs takes the worker over, and what it has said so far.
{
  document.documentElement.classList.replace("no-js", "js"); // the theme says it later: see theme_later.js
  const { folder = "", part = "", names = "" } = document.currentScript?.dataset ?? {};
  const known = new Set(names.split(" "));
  const asked = [...new URLSearchParams(location.search).keys()].some((name) => known.has(name));
  if (asked && !(/** @type {any} */ (navigator).connection?.saveData)) {
    try {
      const address = new URL(folder, location.href);
      const worker = new Worker(new URL("worker.mjs", address), { type: "module", name: part });
      const heard = /** @type {Event[]} */ ([]);
      worker.onmessage = (event) => { heard.push(event); };
      worker.onerror = (event) => { heard.push(event); };
      Object.assign(globalThis, { sparkmemEarly: { folder: address.href, worker, heard } });
    } catch {
      // The engine meets the same trouble, and says so where readers look.
    }
  }
}
