// @ts-check
// What is dropped on a box or pasted into it is read whole, also where it is too long to be shown there.

import { isLong, setText } from "./form.mjs";

/** Of a longer file the end is read: Python reads a million letters, and a log ends with how it ended. */
const MOST_BYTES = 900_000;

/** The box that is being given a text now. @type {HTMLTextAreaElement | undefined} */
let giving;

/**
 * Puts a text into a box or beside it, as an edit that listeners hear of.
 * @param {HTMLTextAreaElement} box @param {string} text @param {string} how the kind of input @param {string} [file] its name
 */
export function give(box, text, how, file) {
  box.dispatchEvent(new InputEvent("beforeinput", { bubbles: true, inputType: how }));
  setText(box, text, file);
  giving = box;
  box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: how }));
  giving = undefined;
}

/** A file that is dropped is read as if it had been pasted. @param {HTMLTextAreaElement} box @param {AbortSignal} signal ends it */
export function takeFiles(box, signal) {
  box.addEventListener("dragover", (event) => event.preventDefault(), { signal });
  box.addEventListener("drop", async (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return; // a text: the browser puts it in
    event.preventDefault();
    const { plain } = await import("./plain.mjs");
    const { text, whole } = await plain(file, 0, MOST_BYTES);
    give(box, whole ? text : text.slice(text.indexOf("\n", 1) + 1), "insertFromDrop", file.name);
  }, { signal });
}

/** Takes a long text before the browser lays it out. @param {HTMLTextAreaElement} box @param {AbortSignal} signal ends it */
export function takeLongPastes(box, signal) {
  box.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const { selectionStart, selectionEnd, value } = box;
    const whole = value.slice(0, selectionStart) + text + value.slice(selectionEnd);
    if (!isLong(whole)) return; // the browser puts it in, and can take it out again
    event.preventDefault();
    give(box, whole, "insertFromPaste");
  }, { signal });
  box.addEventListener("input", () => { // what is typed takes its place, and stays where it is typed
    if (giving !== box && !isLong(box.value)) setText(box, box.value);
  }, { signal });
}
