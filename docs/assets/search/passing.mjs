// @ts-check
// What of a pasted text says nothing of its subject: when and where it was, which object, how many bytes.

const PASSING = [
  /\b\d{4}[-/]\d\d[-/]\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?)?\S*/g, // dates and times
  /\b\d\d\/\d\d\/\d\d\b/g,
  /\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b/g,
  /\b(?:container|application|appattempt|attempt|job|task)_\w*\d\w*/g, // names that YARN gives
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, // hosts
  /\b[\w.-]+\.(?:internal|local|com|net|org)(?::\d+)?(?=[\s,;)\]]|$)/g,
  /\b(?:ip|worker|host|node)-\d[\w.-]*/g,
  /@[0-9a-f]{5,}\b|\b0x[0-9a-f]+\b|\b[0-9a-f]{8}-[0-9a-f-]{20,}\b/g, // objects
  /\((?:[\w$]+\.(?:java|scala|py)|Native Method|Unknown Source)(?::\d+)?\)|\bline \d+\b/g, // places in sources
  /\b(?:TID|pid|PID) ?=? ?\d+\b/g,
  /\b(?:stage|task|executor|id) \d+(?:\.\d+)*\b/gi,
];
// A number says how a process ended beside these words.
const STATUS = /\b(?:exit(?:ed)?[ -]?(?:with|code|status)?|code|status|signal)\W{0,3}(?:(?:is|code|status) ?)?\W{0,2}-?\d{1,4}\b/gi;
const ALONE = /^[^\p{L}\d]*-?\d{1,4}[^\p{L}\d]*$/u;
const STOP = new Set(
  (
    "a an and any are as at be been but by can could did do does for from had has have how i if in into is it its " +
    "me my no not of on or our so than that the their them then there these they this to was we were what when " +
    "where which while who why will with would you your"
  ).split(" "),
);
const OF_LOGS = new Set("b kb mb gb tb kib mib gib tib byte ms sec s info warn error debug exception caused".split(" "));
const AMOUNT = /^-?\d+(?:\.\d+)*[kmgtp]?i?b?$/;
const A_NUMBER_LIKE_A_NAME = /^\d{7,}$/; // 471859200
// Up to so many words somebody typed, and meant each of them.
const TYPED = 4;

/**
 * A text without what only its own run has; all of it where nothing else is there.
 * @param {string} text
 */
export function essence(text) {
  let rest = text.replace(/(?<=\p{L})\$(?=\p{L})/gu, " "); // Java's inner classes
  for (const pattern of PASSING) rest = rest.replace(pattern, " ");
  return rest.trim() ? rest : text;
}

/**
 * The codes with which a text says that something ended.
 * @param {string} text
 */
export function codes(text) {
  const plain = text.replaceAll("\u2212", "-");
  const said = ALONE.test(plain) ? [plain] : (plain.match(STATUS) ?? []);
  return said.flatMap((end) => end.match(/-?\d+(?=\D*$)/) ?? []);
}

/** @param {string} word */
export function isStop(word) {
  return STOP.has(word);
}

/**
 * Whether a run says nothing of the subject.
 * @param {string} run
 * @param {number} count  of all runs beside it
 * @param {(word: string) => boolean} known  whether a page has the word
 */
export function isPassing(run, count, known) {
  const small = run.toLowerCase();
  if (STOP.has(small)) return true;
  if (count <= TYPED) return false;
  return OF_LOGS.has(small) || (AMOUNT.test(small) && !(A_NUMBER_LIKE_A_NAME.test(small) && known(small)));
}
