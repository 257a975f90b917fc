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
    "where which while who why will with would you your " +
    "wie viel ist sind und oder aber nicht nur noch wird werden warum wieso weshalb der das den dem des ein eine einen einem " +
    "einer mein meine meinen mit von vom zum zur zu im beim bei auf aus für kann muss soll wenn dann ich wir es er braucht brauche " +
    "brauchen bekomme habe haben pro je"
  ).split(" "),
);
// Words of a question that say nothing of its subject: in a long text they count little, whether a page has them or not.
const ORDINARY = new Set(
  (
    "able about above across actual actually add added advice after again ago all allow almost already also although " +
    "always another anyone anything apply around arrive arrives ask asked available away back bad basically because " +
    "become becomes before begin behave behaviour below best better between big bigger both bring bug call called " +
    "cannot case cases cause change changed check come comes common completely configure configured consider correct " +
    "couple create created currently day days depend despite different difficult doing done down due during each " +
    "early easily either else end enough even ever every everything exactly example expect expected explain fail " +
    "failed failing fails far fast few figure find fine first fix fixed following found further general get gets " +
    "getting give given go goes going good got guess happen happened happening happens hard having help here hi high " +
    "higher hit hope hour hours however huge idea increase increased increases increasing increasingly instead issue " +
    "issues just keep keeps kind know large last later least leave less let like little long look looking looks lot " +
    "low lower made make makes making many maybe mean means might minutes more most much must need needed needs never " +
    "new next nothing notice noticed now often ok old once one only onto option or other others own particular past " +
    "per perhaps please plenty possible post pretty probably problem problems provide put question quite rather reach " +
    "reached reaches real really reason recently regardless right run running runs same saw say says second see " +
    "seeing seem seems seen set sets setting several should show shows side similar simple simply since situation " +
    "small smaller some somebody something sometimes soon still stuff such suddenly suggest suggestion suggestions " +
    "sure take taken takes tell thank thanks thing things think though thought through till tiny together told too " +
    "took tried tries true try trying turn turned turning two understand unless until up upon us use used uses using " +
    "usual usually various very via want wanted wants way well went whatever whether whole within without wonder work " +
    "worked working works worse wrong yes yet"
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
 * Whether a word is one that people ask with, beside others that say what they ask of.
 * @param {string} word
 * @param {number} count  of all runs beside it
 */
export function isOrdinary(word, count) {
  return count > TYPED && ORDINARY.has(word);
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
