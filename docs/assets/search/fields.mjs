// @ts-check
// What of a section is searched, in which words: read when the site is built, and again with the index in the page.

import { parts, runs, wholes } from "./words.mjs";

/**
 * A section as tools/finishing/search.py takes it from the pages; in its text, what was code stands between backticks.
 * @typedef {{ at: string, title: string, page: string, text: string, weight: number }} Section
 */

// How much a word in each counts: names before what is quoted, that before prose; parts of names before nothing.
export const BOOST = { title: 6, titleParts: 2.5, id: 4, page: 1.5, code: 2, codeParts: 0.7, text: 1, textParts: 0.4 };

/** The options with which the index is made and read; @type {import("minisearch").Options<Section>} */
export const OPTIONS = {
  fields: Object.keys(BOOST),
  idField: "at",
  extractField: (section, field) => (field === "at" ? section.at : textOf(section, field)),
  tokenize: (text, field) => runs(text).flatMap((run) => (field?.endsWith("Parts") ? parts(run.text) : wholes(run.text))),
  processTerm: (term) => term,
};

/**
 * The text of a field.
 * @param {Section} section
 * @param {string} field
 */
function textOf({ at, title, page, text }, field) {
  if (field.startsWith("title")) return title;
  if (field === "id") return (at.split("#")[1] ?? at).replaceAll("-", " ");
  if (field === "page") return at.includes("#") ? page : "";
  const quoted = field.startsWith("code") ? 1 : 0;
  return text.split("`").filter((_, place) => place % 2 === quoted).join(" \n ");
}
