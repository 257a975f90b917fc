// @ts-check
// The switch between light and dark colours; what the reader chose is kept where the theme would keep it.

const DARK = "slate", LIGHT = "default", KEPT = "__palette";
const system = matchMedia("(prefers-color-scheme: dark)");
const { __md_get: read, __md_set: write } = /** @type {any} */ (globalThis);

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest("[data-palette]")) return;
  const scheme = document.body.dataset.mdColorScheme === DARK ? LIGHT : DARK;
  write(KEPT, { color: { scheme } });
  colour(scheme);
});

system.addEventListener("change", () => {
  if (!read(KEPT)?.color) colour(system.matches ? DARK : LIGHT);
});

/** @param {string} scheme */
function colour(scheme) {
  document.body.dataset.mdColorScheme = scheme;
  document.querySelector("[data-palette]")?.setAttribute("aria-pressed", String(scheme === DARK));
}
