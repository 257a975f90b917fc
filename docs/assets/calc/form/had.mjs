// @ts-check
// A text of a failure, and what the address has of it: in the memory of this visit, and nowhere else.
//
// The address holds ids of findings alone.  Whoever comes back to it in the same visit finds the text again.

const had = { text: "", found: "" };

/** @param {string} text @param {string} found */
export function keep(text, found) {
  Object.assign(had, { text, found });
}

/** The text that an address came of; else nothing. @param {string} found */
export function textOf(found) {
  return found && found === had.found ? had.text : "";
}
