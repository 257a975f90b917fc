// @ts-check
// While a reader edits and the answer lies further down, what it says stands at the lower edge of the screen.
//
// On a phone the answer stands between the inputs that matter and the others: whoever moves a slider, or writes with a
// keyboard on the screen, would not see what it does.
// The bar lies in the body, since a calculator is a container, in which nothing is fixed to the screen.

import { part } from "../answer/status.mjs";

/** So much of an answer must be above the lower edge to count as in sight, and so much the page keeps free for the bar. */
const ROOM_PX = 120;

/** The calculator that is edited. @type {HTMLElement | undefined} */
let edited;
/** What its answer says. */
let sentence = "";

const bar = document.createElement("p");
bar.className = "sm-peek";
bar.hidden = true;
bar.setAttribute("aria-hidden", "true"); // a screen reader hears the same from the status line

const text = bar.appendChild(document.createElement("span"));

/** What of the form and of the answer is in sight, as soon as that is known. @type {Map<Element, boolean>} */
const seen = new Map();
const forms = new IntersectionObserver(look);
/** @type {IntersectionObserver | undefined} */
let answers;

// Its numbers turn grey when an answer is late, and Python has stages.
const waits = new MutationObserver(render);

/** Another edit of a calculator. @param {HTMLElement} calculator */
export function peek(calculator) {
  if (edited === calculator) return;
  for (const observer of [forms, waits]) observer.disconnect();
  seen.clear();
  edited = calculator;
  sentence = said(calculator);
  document.body.append(bar);
  for (const fields of parts(calculator)) forms.observe(fields);
  watchAnswer(calculator);
  waits.observe(calculator, { attributeFilter: ["data-late", "data-stage"] });
}

/** @param {IntersectionObserverEntry[]} changes */
function look(changes) {
  for (const { target, isIntersecting } of changes) seen.set(target, isIntersecting);
  render();
}

function render() {
  if (!edited) return;
  const late = edited.hasAttribute("data-late");
  const words = late && part(edited, "status").textContent || sentence;
  const [first, ...more] = parts(edited);
  // Whoever reads the last rows of an answer sees the other inputs below them, and edits none of them.
  const atTheForm = seen.get(first) || more.some((fields) => seen.get(fields) && fields.contains(document.activeElement));
  const shows = Boolean(words) && atTheForm === true && seen.get(beginning(edited)) === false && (!bar.hidden || isApart());
  if (shows) {
    bar.toggleAttribute("data-late", late);
    if (text.textContent !== words) text.textContent = words;
  }
  if (bar.hidden === shows) {
    bar.hidden = !shows;
    document.documentElement.style.scrollPaddingBlockEnd = "";
    if (shows) {
      bar.toggleAttribute("data-above", beginning(edited).getBoundingClientRect().top < 0);
      place();
      uncover();
    }
  }
  if (!edited.isConnected) edited = undefined; // the reader has gone to another page
}

/** Whether the answer comes after the first inputs, and does not stand beside them. */
function isApart() {
  if (!edited) return false;
  return part(edited, "answer").getBoundingClientRect().top >= parts(edited)[0].getBoundingClientRect().bottom;
}

/** Moves the page where the bar has come to lie over the field that is edited, and only there: the reader may be scrolling. */
function uncover() {
  const field = document.activeElement;
  if (!edited || !field || !form(edited).contains(field)) return;
  const { top, bottom } = field.getBoundingClientRect();
  const covers = bar.getBoundingClientRect();
  if (top < covers.bottom && bottom > covers.top) field.scrollIntoView({ block: "nearest" });
}

/** @param {Element} calculator */
function form(calculator) {
  return /** @type {Element} */ (calculator.querySelector("form"));
}

/** The parts of the form: before the answer and after it. @param {Element} calculator */
function parts(calculator) {
  return [...form(calculator).children];
}

/** What stands right before the answer's first line, which another answer replaces. @param {Element} calculator */
function beginning(calculator) {
  return part(calculator, "ways");
}

/** The answer's first line: what it comes to, what a comparison comes to, or that there is none. @param {Element} calculator */
function said(calculator) {
  return part(calculator, "answer").querySelector(".sm-headline, .sm-summary, .sm-faults > p")?.textContent ?? "";
}

/** What a keyboard covers of the page, or the edge of the screen where the page is zoomed [px]. */
function covered() {
  return visualViewport ? Math.max(0, Math.round(innerHeight - visualViewport.height - visualViewport.offsetTop)) : 0;
}

/** Above the keyboard, and its text as wide as the calculator and below it. */
function place() {
  if (!edited || bar.hidden) return;
  const { left, width } = edited.getBoundingClientRect();
  bar.style.insetBlockEnd = `${covered()}px`;
  bar.style.paddingInlineStart = `${left}px`;
  text.style.inlineSize = `${width}px`;
  // What gets the focus shall not lie behind it.
  document.documentElement.style.scrollPaddingBlockEnd = `${ROOM_PX + covered()}px`;
}

/** An observer's margin cannot change: each calculator, and each height of the keyboard, has a new one. @param {Element} calculator */
function watchAnswer(calculator) {
  answers?.disconnect();
  answers = new IntersectionObserver(look, { rootMargin: `0px 0px ${-ROOM_PX - covered()}px 0px` });
  answers.observe(beginning(calculator));
}

/** The keyboard has come or gone. */
function resized() {
  if (!edited) return;
  watchAnswer(edited);
  place();
}

(visualViewport ?? window).addEventListener("resize", resized);
visualViewport?.addEventListener("scroll", place);
bar.addEventListener("click", () => edited && part(edited, "answer").parentElement?.scrollIntoView());
document.addEventListener("sparkmem:answer", ({ target }) => {
  if (!edited || target !== edited) return;
  sentence = said(edited);
  render();
});
