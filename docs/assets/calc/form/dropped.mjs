// @ts-check
// A file that is dropped on a box is read into it, as if it had been pasted.

/** Of a longer file the end is read: Python reads a million letters, and a log ends with how it ended. */
const MOST_BYTES = 900_000;

/** @param {HTMLTextAreaElement} box @param {AbortSignal} signal ends it */
export function takeFiles(box, signal) {
  box.addEventListener("dragover", (event) => event.preventDefault(), { signal });
  box.addEventListener("drop", async (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return; // a text: the browser puts it in
    event.preventDefault();
    const whole = file.size <= MOST_BYTES;
    const text = await (whole ? file : file.slice(-MOST_BYTES)).text();
    box.value = whole ? text : text.slice(text.indexOf("\n") + 1);
    box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromDrop" }));
  }, { signal });
}
