// @ts-check
// Reasons in rows that are closed are made when somebody can come to see them: they are most of an answer's elements,
// and an answer is replaced with every keystroke.
//
// Until then each waits as the HTML that Python rendered: for its row to be opened, for paper, or for a pause.

import { nodesOf, patch } from "./patch.mjs";

/** Without an edit, after which the reader counts as having stopped.  The summary for a screen reader waits as long: it is drawn in the same frame. */
export const PAUSE_MS = 600;
const REASON = /(<details id="([^"]*)"><summary>.*?<\/summary>)<dl>(.*?)<\/dl>/gs;

/** What is still to be made, by the ids of rows. @type {Map<Element, Map<string, string>>} */
const waiting = new Map();
let pause = 0;

/** Another answer: a formula that the reader has opened stays open, and keeps the focus. @param {Element} answer @param {string} html */
export function put(answer, html) {
  const open = [...answer.querySelectorAll("details[open][id]")].map(({ id }) => id);
  const { activeElement } = document;
  const focused = answer.contains(activeElement) && activeElement?.closest("[id]")?.id;
  patch(answer, nodesOf(folded(answer, html, open)));
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused && !answer.contains(document.activeElement)) {
    const element = document.getElementById(focused);
    (element?.querySelector("summary") ?? element)?.focus({ preventScroll: true });
  }
}

/**
 * An answer's HTML without the reasons in closed rows, which wait from now on.
 * @param {Element} answer
 * @param {string} html
 * @param {string[]} open the ids of the rows that are open
 */
function folded(answer, html, open) {
  const reasons = new Map();
  const rest = html.replace(REASON, (whole, row, id, reason) => {
    if (open.includes(id)) return whole;
    reasons.set(id, reason);
    return `${row}<dl></dl>`;
  });
  waiting.set(answer, reasons);
  clearTimeout(pause);
  pause = setTimeout(() => unfold(), PAUSE_MS);
  return rest;
}

/** Makes the reasons that lie in an element. @param {Element} [scope] */
function unfold(scope = document.documentElement) {
  for (const [answer, reasons] of waiting) {
    for (const [id, reason] of reasons) {
      const list = answer.querySelector(`#${CSS.escape(id)} dl`); // another page may have rows of the same ids
      if (!list || !scope.contains(list)) continue;
      list.innerHTML = reason;
      reasons.delete(id);
    }
    if (scope.contains(answer) || !answer.isConnected) waiting.delete(answer);
  }
}

// A click comes before the row opens, for keys as well; whatever else opens one tells of it afterwards.
for (const event of ["click", "toggle"]) {
  document.addEventListener(event, ({ target }) => {
    const row = target instanceof Element && target.closest("[data-answer] details");
    if (row) unfold(row);
  }, { capture: true });
}
addEventListener("beforeprint", () => unfold());
