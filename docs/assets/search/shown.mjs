// @ts-check
// What was found, as the theme shows it: pages with their sections, each with the piece of its text that has the words.

import { parts, runs, wholes } from "./words.mjs";

const PAGES = 10;
const SECTIONS = 3; // of each page
const NEAREST = 3;
const LENGTH = 240; // of a piece, in characters
const LEAD_IN = 30; // before the first word found
const WORDS_TO_MISS = 6;
const NOTHING = "Nothing on this site fits that.";
const LEAD = "Nothing here treats what you typed. If it is the text of a failure, start with what each of them looks like.";

/**
 * One link of the theme's list; it takes title and text as HTML, and shows those first whose score is the first one's.
 * @typedef {{ location: string, title: string, text: string, score: number, terms: Record<string, boolean> }} Item
 * @typedef {{ items: Item[][], said?: string }} Shown
 */

/**
 * The answer to what was typed, as the theme takes it; `said` stands where it would count the pages.
 * @param {import("./find.mjs").Finder} finder
 * @param {string} text
 * @returns {Shown}
 */
export function shown(finder, text) {
  if (!text.trim()) return { items: [] };
  const { found, fits } = finder.find(text);
  const pages = /** @type {Map<string, import("./find.mjs").Found[]>} */ (new Map());
  for (const section of found) {
    const page = section.at.split("#")[0] ?? "";
    pages.set(page, [...(pages.get(page) ?? []), section]);
  }
  const items = [...pages].slice(0, fits ? PAGES : NEAREST).map(([page, sections]) => group(finder, page, sections));
  if (fits) return { items };
  const lead = finder.sections.get(finder.index.diagnosis);
  return { items: lead ? [withPage(finder, [{ ...item(lead), text: LEAD }]), ...items] : items, said: NOTHING };
}

/** @param {import("./find.mjs").Finder} finder @param {string} page @param {import("./find.mjs").Found[]} sections */
function group(finder, page, sections) {
  const best = sections.slice(0, SECTIONS).map((section) => ({ ...item(section), text: excerpt(section), ...measured(section) }));
  return best.some(({ location }) => location === page) ? best : withPage(finder, best);
}

/** The theme titles each group by its page. @param {import("./find.mjs").Finder} finder @param {Item[]} items */
function withPage(finder, items) {
  const page = finder.sections.get(items[0]?.location.split("#")[0] ?? "");
  return page ? [...items, item(page)] : items;
}

/** @param {import("./find.mjs").Section} section @returns {Item} */
function item({ at, title }) {
  return { location: at, title: escaped(title).replace(/`([^`]*)`/g, "<code>$1</code>"), text: "", score: 0, terms: {} };
}

/** @param {import("./find.mjs").Found} section */
function measured({ score, missing }) {
  const few = missing.length < WORDS_TO_MISS ? missing : [];
  return { score, terms: Object.fromEntries(few.map((word) => [word, false])) };
}

/**
 * The piece of a section's text with the most of what was found, as HTML.
 * @param {import("./find.mjs").Found} section
 */
function excerpt({ text, found }) {
  const hits = runs(text).filter((run) => isHit(run.text, found));
  const start = beginning(text, hits);
  let html = start ? "… " : "";
  let at = start;
  const code = (/** @type {string} */ piece) => escaped(piece).replaceAll("`", () => ((quoted = !quoted) ? "<code>" : "</code>"));
  let quoted = (text.slice(0, start).split("`").length - 1) % 2 === 1;
  if (quoted) html += "<code>";
  const end = Math.min(text.length, start + LENGTH);
  for (const hit of hits) {
    if (hit.at < start || hit.at + hit.text.length > end) continue;
    html += `${code(text.slice(at, hit.at))}<mark data-md-highlight>${escaped(hit.text)}</mark>`;
    at = hit.at + hit.text.length;
  }
  html += code(text.slice(at, end).replace(end < text.length ? /\s\S*$/ : /$/, ""));
  return `${html}${quoted ? "</code>" : ""}${end < text.length ? " …" : ""}`;
}

/**
 * Whether a run was found: as it is, or most of what it is made of.
 * @param {string} run
 * @param {Set<string>} found
 */
function isHit(run, found) {
  if (wholes(run).some((word) => found.has(word))) return true;
  const inside = parts(run);
  return inside.length > 0 && 2 * inside.filter((word) => found.has(word)).length > inside.length;
}

/**
 * Where the piece begins: with the word from which on the most different ones are found.
 * @param {string} text
 * @param {import("./words.mjs").Run[]} hits
 */
function beginning(text, hits) {
  const inside = /** @type {Map<string, number>} */ (new Map());
  let [best, most, next] = [0, 0, 0];
  for (const hit of hits) {
    for (; next < hits.length && (hits[next]?.at ?? 0) < hit.at + LENGTH - LEAD_IN; next++) count(inside, hits[next], 1);
    if (inside.size > most) [best, most] = [hit.at, inside.size];
    count(inside, hit, -1);
  }
  return best < LENGTH / 2 ? 0 : text.lastIndexOf(" ", best - LEAD_IN) + 1;
}

/** @param {Map<string, number>} inside @param {import("./words.mjs").Run | undefined} hit @param {number} by */
function count(inside, hit, by) {
  const word = hit?.text.toLowerCase() ?? "";
  const left = (inside.get(word) ?? 0) + by;
  if (left) inside.set(word, left);
  else inside.delete(word);
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
