// @ts-check
// Reasons in rows that are closed are made when somebody can come to see them: they are most of an answer's elements,
// and an answer is replaced with every keystroke.  So are all rows while they are out of sight: until then there are none,
// never those of an earlier answer.  So is what else follows the picture while that goes on below the screen.
//
// Each waits as the HTML that Python rendered: for its row to be opened or to come into sight, for paper, or for a pause.
// An answer whose rows are out of sight may come without them: Python has them when nobody waits for anything else.

import { nodesOf, patch } from "./patch.mjs";

/** Without an edit, after which the reader counts as having stopped.  The summary for a screen reader waits as long: it is drawn in the same frame. */
export const PAUSE_MS = 600;
const REASON = /(<details id="([^"]*)"><summary>.*?<\/summary>)<dl>(.*?)<\/dl>/gs;
const ROWS = /(<ul class="sm-rows">)(.*?)(?=<\/ul>(?:<details class="sm-unchanged|<p class="sm-command))/s;

const BESIDE = /^(.*?<\/figure>)(.*?)(<ul class="sm-rows"><\/ul>)(.*)$/s;

const SOON_MS = 100; // after an answer, when it is painted, and before somebody can have gone to its rows

/**
 * What of an answer is still to be made: reasons by the ids of their rows, and all rows where they are out of sight,
 * with the ids of those that are open; `later` asks for rows that have not come, `due` makes them as soon as they have.
 * `beside` is what stands before the list of rows and after it.
 * @typedef {{reasons: Map<string, string>, rows?: string, open: string[], beside?: string[], later?: () => Promise<string>,
 *   due?: () => void}} Left
 */

/** @type {Map<Element, Left>} */
const waiting = new Map();
/** What was last left of each answer: rows that come for another are dropped. @type {WeakMap<Element, Left>} */
const newest = new WeakMap();
let pause = 0;

/**
 * Another answer: a formula that the reader has opened stays open, and keeps the focus.
 * @param {Element} answer
 * @param {string} html
 * @param {() => Promise<string>} [later] asks for its rows, where its list of them is empty
 */
export function put(answer, html, later) {
  const open = [...answer.querySelectorAll("details[open][id]:not(.sm-of)")].map(({ id }) => id).concat(waiting.get(answer)?.open ?? []);
  const { activeElement } = document;
  const focused = answer.contains(activeElement) && activeElement?.closest("[id]")?.id;
  answer.toggleAttribute("data-rowless", Boolean(later)); // what paper says of it
  patch(answer, nodesOf(folded(answer, asLeft(html), open, later)));
  reopen(open);
  if (focused && !answer.contains(document.activeElement)) {
    const element = document.getElementById(focused);
    (element?.querySelector("summary") ?? element)?.focus({ preventScroll: true });
  }
}

/** @param {string[]} ids */
function reopen(ids) {
  for (const id of ids) document.getElementById(id)?.setAttribute("open", "");
}

/**
 * An answer's HTML without what is made later, which waits from now on.
 * @param {Element} answer
 * @param {string} html
 * @param {string[]} open the ids of the rows that are open
 * @param {() => Promise<string>} [later]
 */
function folded(answer, html, open, later) {
  /** @type {Left} */
  const left = later ? { reasons: new Map(), open, later } : { reasons: new Map(), open: [] };
  newest.set(answer, left);
  let rest = html;
  if (later) setTimeout(() => fetched(answer, left), unseen(answer) ? SOON_MS : 0);
  else if (unseen(answer)) {
    rest = html.replace(ROWS, (_, list, rows) => {
      Object.assign(left, { rows, open });
      return list;
    });
  }
  const [, drawn, before, list, after] = (endsBelow(answer) && BESIDE.exec(rest)) || [];
  if (list && !before.includes('role="region"')) { // which keeps how far it was scrolled
    Object.assign(left, { beside: [before, after], open });
    rest = drawn + list;
  }
  waiting.set(answer, left);
  clearTimeout(pause);
  pause = setTimeout(() => unfold(), PAUSE_MS);
  return withoutReasons(rest, left.reasons, open);
}

/** Whether the rows of an answer are out of sight, and the page's address names none of them. @param {Element} answer */
export function unseen(answer) {
  const rows = answer.closest(".sm-rows-unseen") && answer.querySelector(":scope > .sm-rows");
  return Boolean(rows && !rows.querySelector(":target"));
}

/** Whether the picture goes on below the screen, and nobody was sent into the answer or has the focus there. @param {Element} answer */
function endsBelow(answer) {
  const alone = !answer.querySelector(":target") && !answer.contains(document.activeElement);
  return unseen(answer) && alone && answer.closest(".sm-rest-unseen") !== null;
}

/** @param {string} html @param {Map<string, string>} reasons get those that are left out @param {string[]} open */
function withoutReasons(html, reasons, open) {
  return html.replace(REASON, (whole, row, id, reason) => {
    if (open.includes(id)) return whole;
    reasons.set(id, reason);
    return `${row}<dl></dl>`;
  });
}

/** Rows that were out of sight can be seen from now on. @param {Element} scope */
export function showRows(scope) {
  for (const [answer, left] of waiting) {
    if (scope.contains(answer)) made(answer, left, (rows) => withoutReasons(rows, left.reasons, left.open));
  }
}

/** What stands beside the rows can be seen from now on. @param {Element} scope */
export function showBeside(scope) {
  for (const [answer, left] of waiting) if (scope.contains(answer)) madeBeside(answer, left);
}

/** Makes what stands before the list of rows and after it. @param {Element} answer @param {Left} left */
function madeBeside(answer, left) {
  const list = answer.querySelector(":scope > .sm-rows");
  if (!list || !left.beside) return;
  const [before, after] = left.beside.map((html) => nodesOf(withoutReasons(html, left.reasons, left.open)));
  list.before(before);
  list.after(after);
  left.beside = undefined;
  reopen(left.open);
  left.open = left.open.filter((id) => !document.getElementById(id)); // what a reader closes again stays closed
}

/** Gets the rows that an answer has come without, and makes them where somebody waits for them. @param {Element} answer @param {Left} left */
async function fetched(answer, left) {
  const { later } = left;
  if (!later || newest.get(answer) !== left) return;
  left.later = undefined;
  if (!unseen(answer)) showRows(answer);
  try {
    left.rows = asLeft(await later());
  } catch {
    return; // there is another answer by now
  }
  if (newest.get(answer) === left) left.due?.();
}

/** Makes the rows that wait, of their HTML or what is made of that. @param {Element} answer @param {Left} left @param {(rows: string) => string} [of] */
function made(answer, left, of = (rows) => rows) {
  const { rows, open } = left;
  madeBeside(answer, left);
  if (rows === undefined) {
    left.due = () => made(answer, left, of);
    fetched(answer, left);
    return;
  }
  const list = answer.querySelector(":scope > .sm-rows");
  if (!list) return;
  list.innerHTML = of(rows);
  answer.removeAttribute("data-rowless");
  Object.assign(left, { rows: undefined, open: [], due: undefined });
  reopen(open);
}

/** Makes all that waits in an element. @param {Element} [scope] */
function unfold(scope = document.documentElement) {
  for (const [answer, left] of waiting) {
    if (scope.contains(answer)) made(answer, left);
    for (const [id, reason] of left.reasons) {
      const list = answer.querySelector(`#${CSS.escape(id)} dl`); // another page may have rows of the same ids
      if (!list || !scope.contains(list)) continue;
      list.innerHTML = reason;
      left.reasons.delete(id);
    }
    if (scope.contains(answer) || !answer.isConnected) waiting.delete(answer);
  }
}

// A click comes before the row opens, for keys as well; whatever else opens one tells of it afterwards.
for (const event of ["click", "toggle"]) {
  document.addEventListener(event, ({ target }) => {
    const row = target instanceof Element && target.closest("[data-answer] details:not(.sm-of)");
    if (row) unfold(row);
  }, { capture: true });
}
addEventListener("beforeprint", () => unfold());

// Paper waits for nobody.  The keys that ask for it may be pressed so soon after an edit that Python has not answered.

const WAIT_MS = 2000, LOOK_MS = 20;
const LATE = "[data-answer][data-rowless], [data-stage=ready][data-stale]";

addEventListener("keydown", async (event) => {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (key.toLowerCase() !== "p" || !(ctrlKey || metaKey) || shiftKey || altKey || !document.querySelector(LATE)) return;
  event.preventDefault();
  for (const end = performance.now() + WAIT_MS; document.querySelector(LATE) && performance.now() < end;) {
    unfold(); // asks for rows that have not come
    await new Promise((later) => setTimeout(later, LOOK_MS));
  }
  print();
}, { capture: true });

// Groups of an answer's figures: each is as the reader left it, else as Python says, and opens for who is sent into it.

const GROUP = /(<details class="sm-of" id="([^"]*)")(?: open)?>/g;

/** Whether a reader has left a group open, by its id. @type {Map<string, boolean>} */
const left = new Map();

/** An answer's HTML with its groups as the reader left them. @param {string} html */
export function asLeft(html) {
  if (!left.size) return html;
  return html.replace(GROUP, (whole, start, id) => (left.has(id) ? `${start}${left.get(id) ? " open" : ""}>` : whole));
}

/** Opens the group that an element is in. @param {Element | null} element */
export function openAround(element) {
  element?.closest("details.sm-of")?.setAttribute("open", "");
}

/** The group that a reader has closed last, and the address at that time. */
let closed = "";

document.addEventListener("click", ({ target }) => {
  const group = target instanceof Element ? target.closest(".sm-of > summary")?.parentElement : null;
  if (!(group instanceof HTMLDetailsElement)) return;
  left.set(group.id, !group.open); // it opens or closes after the click
  closed = group.open ? group.id + location.hash : "";
}, { capture: true });

// The browser has opened it when it went there; this comes later, when a reader may have closed it again.
addEventListener("hashchange", () => {
  const target = document.querySelector("[data-answer] :target");
  if (closed !== target?.closest("details.sm-of")?.id + location.hash) openAround(target);
  closed = "";
});
