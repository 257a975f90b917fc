// @ts-check
// While a reader edits, what follows the calculator stays where it is, and what is out of sight is not laid out.
//
// Answers are of different lengths: with each, everything below would move, and the browser would lay it out and
// paint it again.  The calculator keeps the height of the longest answer until the reader pauses or goes elsewhere.
// What follows is laid out only where it can be seen, from the first edit until the reader goes elsewhere: laid out
// whole in every pause, it would cost as much as the edit.

import { PAUSE_MS, showBeside, showRows } from "../answer/folded.mjs";

const NEAR = "10%"; // of the screen, beyond its edge
const UNSEEN = "sm-rows-unseen"; // for styles, and for whoever puts another answer there
const REST_UNSEEN = "sm-rest-unseen"; // the same of all that follows the picture

/** The sections of the page that are held, each with the timer that ends it. @type {Map<HTMLElement, number>} */
const held = new Map();

/** Those of them whose reader goes on editing: to leave rows out for one edit, and bring them back, costs more than they do. @type {Set<Element>} */
const going = new Set();

const heights = new ResizeObserver((changes) => {
  for (const { target, borderBoxSize: [{ blockSize }] } of changes) {
    const section = /** @type {HTMLElement | null} */ (target.closest(".sm-edited"));
    if (section && held.has(section)) /** @type {HTMLElement} */ (target).style.minBlockSize = `${blockSize}px`;
  }
});

const sight = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting, boundingClientRect, rootBounds } of seen) {
    const section = /** @type {HTMLElement | null} */ (target.closest(".sm-edited"));
    if (!section || !held.has(section)) continue;
    if (target.localName === "figcaption") {
      const below = !isIntersecting && boundingClientRect.top >= (rootBounds?.bottom ?? Infinity);
      section.classList.toggle(REST_UNSEEN, below);
      if (!below) showBeside(section);
    } else if (isIntersecting) bringBack(section);
    else section.classList.add(UNSEEN);
  }
}, { rootMargin: NEAR });

/** Another edit of the calculator. @param {Element} calculator */
export function steady(calculator) {
  const section = /** @type {HTMLElement | null} */ (calculator.closest(".md-content__inner > *"));
  if (!section) return;
  if (!held.has(section)) {
    section.classList.add("sm-edited");
    for (const part of [section, result(section)]) if (part) heights.observe(part);
  } else {
    going.add(section);
    look(section);
  }
  hold(section);
}

/** The answer with what stands above it, which sticks to the top of the screen as far as its height lets it. @param {Element} section */
function result(section) {
  return /** @type {HTMLElement | null} */ (section.querySelector(".sm-result"));
}

/** For another while. @param {HTMLElement} section */
function hold(section) {
  clearTimeout(held.get(section));
  held.set(section, setTimeout(() => release(section), PAUSE_MS));
}

/** @param {Element} section */
function look(section) {
  // Each once, however often it is asked.
  for (const part of section.querySelectorAll("[data-answer] > .sm-rows, [data-answer] > figure > figcaption")) sight.observe(part);
}

/** The room that was kept goes, and rows out of sight are back. @param {HTMLElement} section */
function release(section) {
  clearTimeout(held.get(section));
  held.delete(section);
  going.delete(section);
  for (const part of [section, result(section)]) {
    if (!part) continue;
    heights.unobserve(part);
    part.style.removeProperty("min-block-size");
  }
  sight.disconnect();
  for (const other of going) look(other);
  bringBack(section);
}

/** The page is as it was before the first edit. */
function releaseAll() {
  for (const section of held.keys()) release(section);
  for (const section of document.querySelectorAll(".sm-edited")) section.classList.remove("sm-edited");
}

/** Rows that were out of sight, with what the answer says now. @param {HTMLElement} section */
function bringBack(section) {
  showRows(section);
  section.classList.remove(UNSEEN, REST_UNSEEN);
}

/** Whoever scrolls shall see them. */
function scrolled() {
  for (const section of held.keys()) bringBack(section);
}

document.addEventListener("sparkmem:answer", () => {
  // The pause ends for all that waits for it at once, so that the browser draws once.
  for (const section of held.keys()) hold(section);
  // An answer may come with other rows than those that were watched.
  for (const section of going) look(section);
});
// Nothing moves away under a pointer that is on its way.
for (const event of ["pointermove", "pointerdown"]) {
  addEventListener(event, () => { for (const section of held.keys()) hold(section); }, { capture: true, passive: true });
}
// Whoever leaves the field may go to a row.
addEventListener("keydown", ({ key }) => { if (key === "Tab") releaseAll(); }, { capture: true });
addEventListener("scroll", scrolled, { passive: true });
addEventListener("click", releaseAll, { capture: true });
addEventListener("beforeprint", releaseAll);
addEventListener("resize", releaseAll); // the heights that the browser remembers were those of another width
