// @ts-check
// The fields of a form: what they hold beyond their defaults, and what is said of them.

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */
/** @typedef {{input: string, said: string}} Fault */

/** Every field that has a name; what else a form has only helps to fill these. @param {Element} form */
export function controls(form) {
  return /** @type {Control[]} */ ([...form.querySelectorAll("input[name], select[name], textarea[name]")]);
}

/** What a field holds where an address with inputs says nothing of it. @param {Control} control */
export function defaultOf(control) {
  return control.dataset.default ?? openingOf(control);
}

/** What a choice opens with, which takes a look at all of its options. @type {WeakMap<HTMLSelectElement, string>} */
const openings = new WeakMap();

/** What a field holds when the page opens without inputs, and after a reset. @param {Control} control */
export function openingOf(control) {
  if (!(control instanceof HTMLSelectElement)) return control.defaultValue;
  const opening = openings.get(control) ?? ([...control.options].find((option) => option.defaultSelected) ?? control.options[0]).value;
  openings.set(control, opening);
  return opening;
}

/** Whether all hold what the page opens with. @param {Control[]} all */
export function asOpened(all) {
  return all.every((control) => textIn(control) === openingOf(control));
}

/** What differs from the defaults. @param {Control[]} all @returns {Record<string, string>} */
export function changes(all) {
  const changed = all.filter((control) => textIn(control) !== defaultOf(control));
  return Object.fromEntries(changed.map((control) => [control.name, textIn(control)]));
}

/**
 * The values as they may leave the page: what has not the shape of what is meant may be a secret.  Python knows the shapes.
 * @param {Control[]} all @returns {Record<string, string>}
 */
export function shareable(all) {
  const values = changes(all);
  for (const control of all) {
    const shape = control.dataset.shape ?? control.form?.dataset.shape;
    if (!(control.name in values) || control instanceof HTMLSelectElement || shape === undefined) continue;
    const whole = new RegExp(`^(?:${shape})$`);
    const words = control.dataset.words === undefined ? [control.value] : control.value.split(/\s+/);
    const kept = words.filter((word) => whole.test(word));
    // What is left out is told where it makes a difference: of flags, those that Python refuses.
    const told = control.dataset.words === undefined || control.hasAttribute("aria-invalid");
    if (control.value && told && kept.length < words.length) kept.push(control.form?.dataset.notKept ?? "");
    if (kept.length || !control.value) values[control.name] = kept.join(" ");
    else delete values[control.name];
  }
  return values;
}

/**
 * Writes a value into a field.
 * @param {Control} control
 * @param {string} value
 * @param {boolean} [told] whether somebody chose it: one that is not the default is then to be seen
 */
export function fill(control, value, told = true) {
  if (control.value !== value) control.value = value;
  // An old address may name what this form no longer offers: Python says so at the field.
  if (control.value !== value && control instanceof HTMLSelectElement) control.add(new Option(value, value, false, true));
  if (told && value !== defaultOf(control)) reveal(control);
}

/**
 * Puts fields out of the way that decide nothing for what is chosen.  One that holds something stays: it may be a mistake.
 * @param {Control[]} all
 */
export function tidy(all) {
  for (const control of all) {
    const field = /** @type {HTMLElement | null} */ (control.closest("[data-only]"));
    const choice = field && all.find(({ name }) => name === field.dataset.only);
    if (!field || !choice) continue;
    const idle = !field.dataset.values?.split(" ").includes(choice.value) && control.value === defaultOf(control);
    if (field.hidden !== idle) field.hidden = idle;
  }
}

/** Says at a field what is wrong with it, or that nothing is. @param {Control} control @param {Fault[]} faults */
export function mark(control, faults) {
  const messages = faults.filter(({ input }) => input === control.name).map(({ said }) => said);
  if (!messages.length && !control.hasAttribute("aria-invalid")) return;
  if (messages.length) {
    control.setAttribute("aria-invalid", "true");
    reveal(control);
  } else control.removeAttribute("aria-invalid");
  const error = /** @type {HTMLElement | null} */ (control.closest("[data-field]")?.querySelector("[data-error]"));
  if (!error || (error.hidden && !messages.length)) return;
  error.textContent = messages.join(" ");
  error.hidden = messages.length === 0;
}

/** Opens the part of the form that a field is folded into. @param {Control} control */
function reveal(control) {
  control.closest("details")?.setAttribute("open", "");
}

/** The box that takes any text: its text is never in the address. @param {Element} form @returns {HTMLTextAreaElement | null} */
export function privateBox(form) {
  return form.querySelector("textarea[data-private]");
}

/** The names that an address carries for a private box. @param {HTMLTextAreaElement | null} box */
export function carries(box) {
  return box?.dataset.carries?.split(" ").filter(Boolean) ?? [];
}

/** Whether what is entered now takes the place of all that is in a box. @param {HTMLTextAreaElement} box */
export function replaces(box) {
  return box.selectionStart === 0 && box.selectionEnd === box.value.length;
}

// A browser lays out all that a box holds, seen or not: over 20,000 empty lines Chromium sits half a minute.
// A long text is held beside its box, whole.

const MOST_SHOWN = 100_000;
const MOST_LINES_SHOWN = 5_000;

/** By the box, with the words that it has while it is empty. @type {WeakMap<Element, {text: string, placeholder: string}>} */
const beside = new WeakMap();

/** @param {string} text */
export function isLong(text) {
  return text.length > MOST_SHOWN || text.split("\n", MOST_LINES_SHOWN + 1).length > MOST_LINES_SHOWN;
}

/** What a field holds, in it or beside it. @param {Control} field */
export function textIn(field) {
  return field.value || (beside.get(field)?.text ?? "");
}

/** Puts a text into a box or beside it. @param {HTMLTextAreaElement} box @param {string} text @param {string} [file] its name */
export function setText(box, text, file) {
  const placeholder = beside.get(box)?.placeholder ?? box.placeholder;
  const long = isLong(text);
  const size = `${Math.round(text.length / 1000)} kB`;
  if (long) beside.set(box, { text, placeholder });
  else beside.delete(box);
  box.placeholder = long ? [file, size, box.dataset.textLong].filter(Boolean).join(", ") : placeholder;
  const shown = long ? "" : text;
  if (box.value !== shown) box.value = shown; // the same again would move the cursor
}

// A text that was pasted is there again when the reader comes back in the same visit: in memory, and nowhere else.

/** By the page and the box's name. @type {Map<string, string>} */
const texts = new Map();

/** @param {HTMLTextAreaElement} box */
const place = (box) => `${location.pathname} ${box.name}`;

/** @param {HTMLTextAreaElement} box */
export function remember(box) {
  const text = textIn(box);
  if (text && text !== box.defaultValue) texts.set(place(box), text);
  else texts.delete(place(box));
}

/** What the box held when the reader went away; else what it has, which whoever was faster than the scripts has written. @param {HTMLTextAreaElement} box */
export function recall(box) {
  return texts.get(place(box)) ?? box.value;
}
