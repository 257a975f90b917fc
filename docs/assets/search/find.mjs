// @ts-check
// Which sections treat what was asked, best first.

import { asked, bare, squeezed } from "./asked.mjs";
import { BOOST, OPTIONS } from "./fields.mjs";
import { meant } from "./near.mjs";
import { runs, wholes } from "./words.mjs";

const CANDIDATES = 150;
// So many words in a row, by what they say, are a quotation, whatever stands beside them.
const STREAK = 30;
// What it counts that all of a section's title is among the words asked.
const TITLE_AMONG = 1.25;
// What it counts that a section treats the failure whose text was pasted.
const TOLD = 3;
// Of what was asked, so much has to be there, or something of it to be the section's very name.
const FITS = 0.4;
const BEST = 3; // of which one has to

/**
 * The file that the site was built with: sections, words of people, where it leads that fits nothing, texts of failures
 * each with the section that treats it and its page, and the engine's index.
 * @typedef {import("./fields.mjs").Section} Section
 * @typedef {{ sections: Section[], words: Record<string, string>, diagnosis: string, texts: string[][], engine: import("minisearch").AsPlainObject }} Index
 */
/**
 * A section that was found: the words of it that were, and those asked that are not in it.
 * @typedef {Section & { score: number, fit: number, found: Set<string>, missing: string[] }} Found
 */

export class Finder {
  /**
   * @param {Index} index
   * @param {typeof import("minisearch").default} Engine
   */
  constructor(index, Engine) {
    this.index = index;
    this.sections = new Map(index.sections.map((section) => [section.at, section]));
    this.words = new Map(index.engine.index);
    this.counted = /** @type {Map<string, number>} */ (new Map());
    this.engine = Engine.loadJS(index.engine, OPTIONS);
    this.pairs = /** @type {Map<string, Set<string>>} */ (new Map());
  }

  /**
   * The sections, and whether any of them treats what was asked.
   * @param {string} text
   * @returns {{ found: Found[], fits: boolean }}
   */
  find(text) {
    const known = (/** @type {string} */ word) => this.words.has(word);
    const count = (/** @type {string} */ word) => this.#count(word);
    const begins = (/** @type {string} */ word) => known(word) || [...this.words.keys()].some((other) => other.startsWith(word));
    const ask = asked(text, { known, begins, meant: (word) => meant(word, this.words.keys(), count), also: this.index.words });
    const words = [...ask.words.keys()];
    const results = this.engine.search(words.join(" "), {
      tokenize: () => words,
      processTerm: (term) => term,
      boost: BOOST,
      boostTerm: (term) => ask.words.get(term) ?? 0,
      prefix: (term) => term.length > (term === ask.begun ? 1 : 3) && !/^[-\d]/.test(term) && (term === ask.begun || !known(term)),
      weights: { prefix: 0.6, fuzzy: 0 },
      boostDocument: (place) => this.sections.get(place)?.weight ?? 1,
      bm25: { k: 1.2, b: 0.45, d: 0.3 },
    });
    const told = this.#told(text);
    const found = results.slice(0, CANDIDATES).map((result) => this.#found(result, ask, told.get(result.id) ?? 0));
    found.sort((one, other) => other.score - one.score);
    return { found, fits: found.slice(0, BEST).some(({ fit }) => fit >= FITS) };
  }

  /**
   * A result with a score that also counts how much of the asked is there, in which order, and whether it is a name.
   * @param {import("minisearch").SearchResult} result
   * @param {import("./asked.mjs").Asked} ask
   * @param {number} told  how surely it treats a failure whose text is there, from 0 to 1
   * @returns {Found}
   */
  #found({ id, score, queryTerms, terms }, ask, told) {
    const section = /** @type {Section} */ (this.sections.get(id));
    const there = new Set(queryTerms);
    // Of one thing a section has to use one word, ours or the reader's: so much says each of them.
    const says = (/** @type {string[]} */ words) => Math.max(0, ...words.map((word) => (ask.words.get(word) ?? 0) * this.#rare(word)));
    const sum = (/** @type {(words: string[]) => string[]} */ of) => ask.things.reduce((all, words) => all + says(of(words)), 0);
    const share = sum((words) => words.filter((word) => there.has(word))) / sum((words) => words);
    const [order, name] = [this.#inOrder(section, ask.sequence), named(section, ask)];
    return {
      ...section,
      score: score * (0.3 + share) * (1 + 4 * order) * (1 + TOLD * told) * name,
      fit: share + order + (name > 1 ? 1 : 0),
      found: new Set(terms),
      missing: ask.runs.filter((run) => !run.words.some((word) => there.has(word))).map((run) => run.text),
    };
  }

  /**
   * The places that treat a failure whose text is among what was asked: the longest text says which one it is.
   * @param {string} text
   * @returns {Map<string, number>}
   */
  #told(text) {
    const said = squeezed(text);
    const there = this.index.texts.filter(([part = ""]) => part.split("\n").every((each) => said.includes(each)));
    const most = Math.max(0, ...there.map(([part = ""]) => part.length));
    const told = /** @type {Map<string, number>} */ (new Map());
    const tell = (/** @type {string} */ place, /** @type {number} */ how) => told.set(place, Math.max(told.get(place) ?? 0, how));
    for (const [part = "", section = "", page = ""] of there) {
      const surely = (part.length / most) ** 2;
      tell(section, surely);
      for (const place of [page, `${page}#text`]) tell(place, surely / 2);
    }
    return told;
  }

  /**
   * How much a word says: the more, the fewer sections have it.
   * @param {string} word
   */
  #rare(word) {
    return Math.log(1 + this.index.sections.length / (1 + this.#count(word)));
  }

  /**
   * In how many sections a word stands, by the field in which most have it.
   * @param {string} word
   */
  #count(word) {
    let most = this.counted.get(word);
    if (most === undefined) {
      most = Math.max(0, ...Object.values(this.words.get(word) ?? {}).map((sections) => Object.keys(sections).length));
      this.counted.set(word, most);
    }
    return most;
  }

  /**
   * How much of what was asked stands in the section in the same order, by what its pairs of words say; from 0 to 1.
   * @param {Section} section
   * @param {string[]} sequence
   */
  #inOrder(section, sequence) {
    if (sequence.length < 2) return 0;
    const pairs = this.#pairs(section);
    let [there, all, streak, longest] = [0, 0, 0, 0];
    for (let place = 1; place < sequence.length; place++) {
      const [one = "", other = ""] = [sequence[place - 1], sequence[place]];
      const says = Math.min(this.#rare(one), 4) + Math.min(this.#rare(other), 4);
      const follows = pairs.has(`${one} ${other}`);
      all += says;
      there += follows ? says : 0;
      streak = follows ? streak + says : 0;
      longest = Math.max(longest, streak);
    }
    const few = Math.min(1, (sequence.length - 1) / 4);
    return Math.max(few * (there / all) ** 1.5, Math.min(1, (longest / STREAK) ** 1.5));
  }

  /** @param {Section} section */
  #pairs(section) {
    let pairs = this.pairs.get(section.at);
    if (!pairs) {
      const own = runs(`${section.title} \n ${section.text}`).map((run) => wholes(run.text)[0] ?? "");
      pairs = new Set(own.slice(1).map((word, place) => `${own[place]} ${word}`));
      this.pairs.set(section.at, pairs);
    }
    return pairs;
  }
}

/**
 * What it counts that the section is the very thing that was asked for, by its title, its id or the code of an end.
 * @param {Section} section
 * @param {import("./asked.mjs").Asked} ask
 */
function named(section, ask) {
  const title = bare(section.title);
  const id = section.at.split("#")[1]?.toLowerCase() ?? "";
  // The address of a page names it as an id does a section; not that of a failure's, which says what happened.
  const page = id || section.weight < 1 ? "" : bare(section.at.replace(/\/$/, "").replace(/.*\//, ""));
  if (ask.codes.some((code) => id === `exit-${code.replace("-", "minus-")}`)) return 3;
  if (ask.names.some((name) => title === name || id === name || page === name)) return 4;
  if (ask.keys.includes(id)) return 3;
  if (ask.names.some((name) => ` ${title} `.includes(` ${name} `))) return id ? 1.6 : 2.2;
  // A title of several words among those asked.
  return title.includes(" ") && ask.names.some((name) => ` ${name} `.includes(` ${title} `)) ? TITLE_AMONG : 1;
}
