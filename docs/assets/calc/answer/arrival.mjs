// @ts-check
// An address with inputs asks for an answer: the page opens where that stands, and where Python says how far it has come.

import { part } from "./status.mjs";

/** Of the screen: an answer that begins further up is in sight already. */
const IN_SIGHT = 0.5;

/** Goes to the answer, unless the address names another place or the reader has one already. @param {Element} calculator */
export function arrive(calculator) {
  const result = part(calculator, "answer").parentElement;
  const here = location.hash === `#${calculator.id}`; // as in addresses that were copied
  if (!result || (location.hash && !here) || (scrollY > 0 && !here)) return;
  if (result.getBoundingClientRect().top > innerHeight * IN_SIGHT) result.scrollIntoView({ behavior: "instant" });
}
