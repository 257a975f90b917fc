// @ts-check
// Files that a reader drops, chooses or pastes, with their paths; a text that is no file is one too.

/** @typedef {{path: string, file: File}} Chosen */

const PASTED = "pasted";

/** Whether something that is dragged or pasted is files, or text. @param {DataTransfer | null} [carried] */
export function carries(carried) {
  return Boolean(carried?.types.includes("Files") || carried?.types.includes("text/plain"));
}

/** The files of an input. @param {HTMLInputElement} input @returns {Chosen[]} */
export function ofInput(input) {
  return [...input.files ?? []].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** What was dropped or pasted: files, those of folders, or a text. @param {DataTransfer | null} carried @returns {Promise<Chosen[]>} */
export async function ofTransfer(carried) {
  // All of it has to be asked for before anything is waited for.
  const entries = [...carried?.items ?? []].filter(({ kind }) => kind === "file").map((item) => item.webkitGetAsEntry?.());
  const files = [...carried?.files ?? []];
  const text = carried?.getData("text/plain") ?? "";
  /** @type {Chosen[]} */
  const chosen = [];
  for (const [place, file] of files.entries()) {
    const entry = entries[place];
    if (entry?.isDirectory) await inside(entry, chosen);
    else chosen.push({ path: file.name, file });
  }
  if (!files.length && text.trim()) chosen.push({ path: PASTED, file: new File([text], PASTED) });
  return chosen;
}

/** The files of a folder that was dropped, with their paths. @param {any} folder @param {Chosen[]} chosen */
async function inside(folder, chosen) {
  const reader = folder.createReader();
  for (;;) { // it gives some at a time
    const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!entries.length) return;
    for (const entry of entries) {
      if (entry.isDirectory) await inside(entry, chosen);
      else chosen.push({ path: entry.fullPath.slice(1), file: await new Promise((resolve, reject) => entry.file(resolve, reject)) });
    }
  }
}
