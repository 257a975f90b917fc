// @ts-check
// Buttons in an answer that choose inputs: data-set="name=value&…" goes into the form's fields of those names,
// which then change as if the reader had typed.  When the answer comes, the same button has the focus again, and
// what was scrolled to the side stays where it was.

import { openAround } from "./answer/folded.mjs";

/** How far each named region of an answer is scrolled. @type {Map<string, number>} */
const scrolled = new Map();
/** The button that was pressed last, by its name in the answer. */
let pressed = "";

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest("spark-calc [data-set]") : null;
  const form = button?.closest("spark-calc")?.querySelector("form");
  if (!(button instanceof HTMLElement) || !form) return;
  pressed = button.dataset.key ?? "";
  choose(form, new URLSearchParams(button.dataset.set));
});

// Whoever has gone on to another button while the answer was made stays there; the region itself is where the
// focus falls when its button goes.
document.addEventListener("focusin", ({ target }) => {
  if (pressed && target instanceof HTMLElement && target.role !== "region") pressed = target.dataset.key ?? "";
});

// A click on an area of a picture opens the row that says why it is so large; where the picture stands without rows, it
// follows the link that its name has below.
document.addEventListener("click", ({ target }) => {
  const area = target instanceof Element ? target.closest(".sm-bars [data-row]") : null;
  if (!(area instanceof HTMLElement)) return;
  const name = CSS.escape(area.dataset.row ?? "");
  /** @type {HTMLElement | null | undefined} */ (area.closest(".sm-glance")?.querySelector(`.sm-key [data-row="${name}"]`))?.click();
  const row = area.closest("[data-answer]")?.querySelector(`[id$="-answer--${name}"]`);
  if (!row) return;
  openAround(row);
  row.setAttribute("open", "");
  row.scrollIntoView({ block: "nearest" });
  row.querySelector("summary")?.focus({ preventScroll: true });
});

/** @param {HTMLFormElement} form @param {URLSearchParams} values */
function choose(form, values) {
  /** @type {Element | undefined} */
  let changed;
  for (const [name, value] of values) {
    const field = form.elements.namedItem(name);
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement) || field.value === value) continue;
    field.value = value;
    changed = field;
  }
  for (const event of ["input", "change"]) changed?.dispatchEvent(new Event(event, { bubbles: true }));
}

document.addEventListener("scroll", ({ target }) => {
  if (target instanceof Element && target.id && target.closest("[data-answer]")) scrolled.set(target.id, target.scrollLeft);
}, { capture: true, passive: true });

document.addEventListener("sparkmem:answer", ({ target }) => {
  if (!(target instanceof Element)) return;
  for (const region of target.querySelectorAll("[data-answer] [role=region][id]")) {
    region.scrollLeft = scrolled.get(region.id) ?? 0;
  }
  // Only where the old button took the focus with it.
  const { activeElement } = document;
  if (pressed && (activeElement === document.body || activeElement?.closest("[data-answer]"))) {
    /** @type {HTMLElement | null} */ (target.querySelector(`[data-key="${pressed}"]`))?.focus({ preventScroll: true });
  }
  pressed = "";
});
