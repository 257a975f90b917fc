// @ts-check
// While a reader edits and the answer lies further down, what it says stands at the lower edge of the screen.
//
// On a phone the form fills more than a screen: whoever moves a slider would not see what it does.
// The bar lies in the body, since a calculator is a container, in which nothing is fixed to the screen.

import { part } from "./status.mjs";

/** As far from the lower edge an answer counts as out of sight: a phone's keyboard lies over half of the screen. */
const UNREAD = matchMedia("(pointer: coarse)").matches ? "-45%" : "-15%";

/** For the bar: what gets the focus shall not lie behind it. */
const ROOM = "6rem";

/** The calculator that is edited. @type {HTMLElement | undefined} */
let edited;
/** What its answer says. */
let sentence = "";

const bar = document.createElement("p");
bar.className = "sm-peek";
bar.hidden = true;
bar.setAttribute("aria-hidden", "true"); // a screen reader hears the same from the status line

const text = bar.appendChild(document.createElement("span"));

/** Whether the form and the answer are in sight, as soon as that is known. @type {Map<Element, boolean>} */
const seen = new Map();
const forms = new IntersectionObserver(look);
const answers = new IntersectionObserver(look, { rootMargin: `0px 0px ${UNREAD} 0px` });

// Its numbers turn grey when an answer is late, and Python has stages.
const waits = new MutationObserver(render);

/** Another edit of a calculator. @param {HTMLElement} calculator */
export function peek(calculator) {
  if (edited === calculator) return;
  for (const observer of [forms, answers, waits]) observer.disconnect();
  seen.clear();
  edited = calculator;
  sentence = said(calculator);
  document.body.append(bar);
  forms.observe(form(calculator));
  answers.observe(part(calculator, "answer"));
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
  const shows = Boolean(words) && seen.get(form(edited)) === true && seen.get(part(edited, "answer")) === false;
  if (shows) {
    bar.toggleAttribute("data-late", late);
    if (text.textContent !== words) text.textContent = words;
  }
  if (bar.hidden === shows) {
    bar.hidden = !shows;
    document.documentElement.style.scrollPaddingBlockEnd = shows ? ROOM : "";
    place();
    const { activeElement } = document;
    if (shows && edited.contains(activeElement)) activeElement?.scrollIntoView({ block: "nearest" });
  }
  if (!edited.isConnected) edited = undefined; // the reader has gone to another page
}

/** @param {Element} calculator */
function form(calculator) {
  return /** @type {Element} */ (calculator.querySelector("form"));
}

/** The answer's first line: what it comes to, what a comparison comes to, or that there is none. @param {Element} calculator */
function said(calculator) {
  return part(calculator, "answer").querySelector(".sm-headline, .sm-summary, .sm-faults > p")?.textContent ?? "";
}

/** Above the keyboard, in what is seen of a page that is zoomed; its text is as wide as the calculator, and below it. */
function place() {
  if (!edited || bar.hidden) return;
  const { height, offsetTop } = visualViewport ?? { height: innerHeight, offsetTop: 0 };
  const { left, width } = edited.getBoundingClientRect();
  bar.style.insetBlockEnd = `${Math.max(0, innerHeight - height - offsetTop)}px`;
  bar.style.paddingInlineStart = `${left}px`;
  text.style.inlineSize = `${width}px`;
}

for (const event of ["resize", "scroll"]) (visualViewport ?? window).addEventListener(event, place);
bar.addEventListener("click", () => edited && part(edited, "answer").parentElement?.scrollIntoView());
document.addEventListener("sparkmem:answer", ({ target }) => {
  if (!edited || target !== edited) return;
  sentence = said(edited);
  render();
});
