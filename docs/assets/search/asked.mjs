// @ts-check
// What a reader typed or pasted, as weighted words.  None of it is syntax: a minus, a colon or a quotation mark is a mark.

import { codes, essence, isOrdinary, isPassing, isStop } from "./passing.mjs";
import { parts, runs, wholes } from "./words.mjs";

const LONGEST = 20_000; // characters that are looked at
const TYPED = 12; // up to so many words somebody typed, and may have misspelt
const FEW = 8; // up to so many, two may be one: over head
const A_KEY_OR_SO = 3;

// How much each counts: a name as it is, one that no page has, one that only its words stand for, the end of a dotted one,
// what a name is made of, a word for the same thing, one that people ask with.
const WEIGHT = { whole: 1, unknown: 0.7, apart: 0.05, end: 0.8, part: 0.15, partOfUnknown: 0.5, also: 0.6, form: 0.3, ordinary: 0.2 };

/**
 * What the pages know: whether a word is there, whether one begins so, what a misspelt one was meant to be, and what
 * people's words are called.
 * @typedef {{
 *   known: (word: string) => boolean, begins: (word: string) => boolean, meant: (word: string) => string,
 *   also: Record<string, string>,
 * }} Vocabulary
 */
/**
 * What is looked for: words with how much each counts, and which of them stand for one thing; the last one if it may not be
 * finished, all in order; names that a title or an id may have, keys, codes of an end; and each run as it was typed, with its words.
 * @typedef {{
 *   words: Map<string, number>, things: string[][], begun: string, sequence: string[], names: string[], keys: string[], codes: string[],
 *   runs: { text: string, words: string[] }[],
 * }} Asked
 */

/**
 * What is looked for in a text.
 * @param {string} text
 * @param {Vocabulary} vocabulary
 * @returns {Asked}
 */
export function asked(text, vocabulary) {
  const { known, begins, meant, also } = vocabulary;
  const typed = runs(essence(text.slice(0, LONGEST))).map((run) => run.text);
  const content = typed.filter((run) => !isPassing(run, typed.length, known));
  const looked = content.length ? content : typed;
  const names = new Map(looked.map((run) => [run, nameOf(run, known, looked.length > TYPED ? () => "" : meant)]));
  const inOrder = looked.map((run) => names.get(run) ?? "");
  const together = inOrder.join("");
  const apart = looked.map((run, at) => (isApart(run, inOrder[at] ?? "", { known, begins }) ? parts(run).join(" ") : inOrder[at]));
  return {
    ...weighted(looked, names, vocabulary, codes(text)),
    begun: /[\p{L}\p{N}]$/u.test(text) ? (wholes(looked.at(-1) ?? "")[0] ?? "") : "",
    sequence: typed.map((run) => names.get(run) ?? wholes(run)[0] ?? ""),
    names: [inOrder.join(" "), apart.join(" "), known(together) ? together : "", bare(also[looked.join(" ").toLowerCase()] ?? "")].filter(Boolean),
    keys: looked.length <= A_KEY_OR_SO ? inOrder.filter((name) => /\..*\./.test(name)) : [],
    codes: codes(text),
    runs: looked.map((run) => ({ text: run, words: [names.get(run) ?? "", ...wholes(run), ...parts(run)] })),
  };
}

/**
 * A run by the name that the pages may have for it.
 * @param {string} run
 * @param {Vocabulary["known"]} known
 * @param {Vocabulary["meant"]} meant
 */
function nameOf(run, known, meant) {
  const [whole = "", ...ends] = wholes(run);
  const inside = parts(run);
  if (known(whole)) return whole;
  const key = ends.length ? meant(whole) : ""; // a key with a slip in it, though it ends as another does
  if (key) return key;
  if (ends.some(known) || (inside.length && inside.every(known))) return whole;
  const amount = /^(\d+)[kmgt]i?b?$/i.exec(run)?.[1] ?? ""; // 300mb, where pages say 300 MiB
  if (known(amount)) return amount;
  return meant(whole) || whole;
}

/**
 * Other forms of a verb: spill, spilled, spilling; write, writer; evict, eviction.
 * @param {string} word
 */
function forms(word) {
  const root = /^\p{L}{5,}$/u.test(word) ? word.replace(/(?:ing|ed|ion|e)$/, "") : "";
  return root.length < 4 ? [] : ["", "e", "ing", "ed", "er", "ion"].map((end) => root + end).filter((form) => form !== word);
}

/**
 * Whether no page has a name, and all have the words that it is made of, as `overheadFactor`; the name of a class is one thing.
 * @param {string} run
 * @param {string} name
 * @param {Pick<Vocabulary, "known" | "begins">} vocabulary
 */
function isApart(run, name, { known, begins }) {
  const inside = parts(run);
  return /^\p{Ll}/u.test(run) && inside.length > 1 && !begins(name) && inside.every(known);
}

/**
 * The words with how much each counts; and those that stand for one thing, any of which is enough to have it.
 * @param {string[]} looked
 * @param {Map<string, string>} names
 * @param {Vocabulary} vocabulary
 * @param {string[]} ends
 */
function weighted(looked, names, { known, begins, also }, ends) {
  const words = /** @type {Map<string, number>} */ (new Map());
  const things = /** @type {string[][]} */ ([]);
  let thing = /** @type {string[]} */ ([]);
  const want = (/** @type {string} */ word, /** @type {number} */ weight) => {
    if (!word || isStop(word)) return;
    if (!words.has(word)) thing.push(word);
    words.set(word, Math.max(words.get(word) ?? 0, weight));
  };
  looked.forEach((run, place) => {
    things.push((thing = []));
    const [name = "", inside] = [names.get(run), parts(run)];
    const tails = wholes(run).slice(1).filter(known);
    const there = known(name) || tails.length > 0;
    if (isOrdinary(run.toLowerCase(), looked.length)) {
      want(name, WEIGHT.ordinary);
      return;
    }
    const others = also[run.toLowerCase()] ?? also[name] ?? "";
    if (there || !(inside.length || others)) want(name, WEIGHT.whole);
    else want(name, others || isApart(run, name, { known, begins }) ? WEIGHT.apart : WEIGHT.unknown);
    for (const tail of tails) want(tail, WEIGHT.end);
    const itself = thing;
    for (const part of inside) {
      if (!there && !others) things.push((thing = [])); // what nobody has as a name is as many things as it has words
      want(part, there ? WEIGHT.part : WEIGHT.partOfUnknown);
    }
    thing = itself;
    if (there && looked.length < FEW) for (const form of forms(name)) if (known(form)) want(form, WEIGHT.form);
    for (const other of runs(others)) for (const word of wholes(other.text)) want(word, WEIGHT.also);
    const together = name + (names.get(looked[place + 1] ?? "") ?? "");
    if (together !== name && looked.length < FEW && known(together)) want(together, WEIGHT.end);
  });
  for (const code of ends) want(code, WEIGHT.whole);
  return { words, things };
}

/**
 * A text without blanks and quotation marks, in small letters: as the parts of a failure's text are.
 * @param {string} text
 */
export function squeezed(text) {
  return text.slice(0, LONGEST).replace(/[\s"'`\\\u00a0\u201c\u201d\u2018\u2019]/g, "").toLowerCase();
}

/**
 * A text or title for comparing: the words that say something, in small letters.
 * @param {string} text
 */
export function bare(text) {
  return runs(text).flatMap((run) => wholes(run.text)[0] ?? []).filter((word) => !isStop(word)).join(" ");
}
