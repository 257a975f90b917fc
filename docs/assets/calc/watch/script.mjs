// @ts-check
// The box of a script: where its caret stands, and what is put there.

/** The caret's line, counted from 1, and the characters before it there. @param {HTMLTextAreaElement} script */
export function caretOf(script) {
  const before = script.value.slice(0, script.selectionStart).split("\n");
  return { line: before.length, column: before[before.length - 1].length };
}

/** Puts a word in the place of the one that is begun. @param {HTMLTextAreaElement} script @param {string} word */
export function insert(script, word) {
  const end = script.selectionStart;
  const begun = /\S*$/.exec(script.value.slice(0, end))?.[0].length ?? 0;
  script.focus();
  script.setRangeText(`${word} `, end - begun, end, "end");
  script.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Selects a line, counted from 1. @param {HTMLTextAreaElement} script @param {number} line */
export function select(script, line) {
  const lines = script.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  script.focus();
  script.setSelectionRange(start, start + lines[line - 1].length);
}
