// @ts-check
// The clipboard has to be asked for while a click counts; what is put on it may come later.

/** Puts a text that is still to come on the clipboard; whether it is there. @param {Promise<string>} text */
export async function onClipboard(text) {
  try {
    const blob = text.then((words) => new Blob([words], { type: "text/plain" }));
    blob.catch(() => {});
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    // A browser that takes no promise may still take the text.
    return text.then((words) => navigator.clipboard.writeText(words)).then(() => true, () => false);
  }
}
