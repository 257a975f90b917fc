// @ts-check
// What a misspelt word was meant to be.

const LEAST = 4;
const LONG = 7;

/**
 * The word of the pages that another was meant to be, the nearest and of those the most frequent; empty where it is like
 * none, or where words begin so: then it may not be finished.
 * @param {string} word
 * @param {Iterable<string>} words  of the pages
 * @param {(word: string) => number} count  in how many sections one stands
 */
export function meant(word, words, count) {
  if (word.length < LEAST || /\d/.test(word)) return "";
  let [best, least, most] = ["", word.length < LONG ? 1 : 2, 0];
  for (const other of words) {
    if (other.startsWith(word)) return "";
    if (Math.abs(other.length - word.length) > least) continue;
    const far = distance(word, other, least);
    if (far > least) continue;
    const often = count(other);
    if (far < least || often > most) [best, least, most] = [other, far, often];
  }
  return best;
}

/**
 * By how many letters two words differ, two that changed places counting one; beyond `most` it is only said to be more.
 * @param {string} one
 * @param {string} other
 * @param {number} most
 */
export function distance(one, other, most) {
  let before = /** @type {number[]} */ ([]);
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const here = [row];
    for (let at = 1; at <= other.length; at++) {
      const changed = (above[at - 1] ?? 0) + (one[row - 1] === other[at - 1] ? 0 : 1);
      const crossed = one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1] ? (before[at - 2] ?? 0) + 1 : changed;
      here.push(Math.min((above[at] ?? 0) + 1, (here[at - 1] ?? 0) + 1, changed, crossed));
    }
    if (Math.min(...here) > most) return most + 1;
    [before, above] = [above, here];
  }
  return above[other.length] ?? 0;
}
