// @ts-check
// What the build has of an answer before Python is there: its first lines, looked up by what was typed.  Python made them.

/** Of the name of an error or of a code in words. */
const LONGEST = 60;

/**
 * The HTML of these lines; empty where the build has none for this text.
 * @param {Element} element with a `template[data-at-once]`
 * @param {string} text
 */
export function atOnce(element, text) {
  const index = /** @type {HTMLTemplateElement | null} */ (element.querySelector("template[data-at-once]"));
  const typed = text.trim();
  if (!index || typed.length > LONGEST) return "";
  // A bare exit code, as the build describes one: its number stands in the group.
  const [, asked = typed] = new RegExp(`^(?:${index.dataset.code})$`, "i").exec(typed) ?? [];
  return [...index.content.children].find((one) => one.getAttribute("data-for")?.split(" ").includes(asked))?.innerHTML ?? "";
}
