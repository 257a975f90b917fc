// @ts-check
// Sliders and arrow keys: two more ways to change a text field, from one stop to another.
//
// The stops are texts that Python wrote into the page, in their order; where a text that was typed lies
// between them comes with Python's reply.  A slider writes into its field, and the rest follows from that.

/** How far each key goes: one stop, or a long step. @type {Record<string, [number, boolean]>} */
const KEYS = { ArrowUp: [1, false], ArrowDown: [-1, false], PageUp: [1, true], PageDown: [-1, true] };

/**
 * The text that a slider was last placed for, and its place, undefined where nobody knows; what it was placed by.
 * @type {WeakMap<HTMLInputElement, {text: string, place: number | undefined, told?: number, hint?: string | null}>}
 */
const places = new WeakMap();

/** @param {HTMLFormElement} form @param {AbortSignal} signal */
export function listenToSliders(form, signal) {
  const capture = { signal, capture: true };
  /** The field that keys are changing: a key held down is one edit. @type {HTMLInputElement | undefined} */
  let held;
  const release = () => {
    held?.dispatchEvent(new Event("change", { bubbles: true }));
    held = undefined;
  };
  for (const type of ["input", "change"]) {
    form.addEventListener(type, (event) => {
      if (!isSlider(event.target)) return;
      event.stopPropagation(); // the form hears of the field instead
      if (type === "input") write(event.target, Number(event.target.value));
      else if (!held) fieldOf(event.target).dispatchEvent(new Event("change", { bubbles: true }));
    }, capture);
  }
  form.addEventListener("keydown", (event) => {
    if (isSlider(event.target)) held = fieldOf(event.target);
    if (!(event.key in KEYS) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const slider = sliderOf(event.target);
    if (!slider) return;
    event.preventDefault();
    const [direction, long] = KEYS[event.key];
    const to = next(slider, direction, long ? Number(slider.dataset.longStep) : 1);
    if (to === undefined) return;
    held = fieldOf(slider);
    write(slider, to);
  }, { signal });
  form.addEventListener("keyup", release, { signal });
  form.addEventListener("focusout", release, { signal });
}

/**
 * Puts every slider where its field is.
 * @param {HTMLFormElement} form
 * @param {Record<string, number>} [told] places by the names of fields; without them, the hints are not for these texts yet
 */
export function placeSliders(form, told) {
  for (const slider of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[data-stops]"))) {
    const box = slider.closest("[data-field]");
    const field = fieldOf(slider);
    const text = field.value;
    const last = places.get(slider);
    const hint = told && (box?.querySelector("[data-hint]")?.textContent ?? "");
    const asBefore = !told || (last?.told === told[field.name] && last?.hint === hint && slider.value === valueAt(last?.place));
    if (last?.text === text && asBefore) continue;
    const at = stopsOf(slider).indexOf(text);
    const place = at >= 0 ? at : told?.[field.name];
    places.set(slider, { text, place, told: told?.[field.name], hint });
    if (place !== undefined && slider.value !== valueAt(place)) slider.value = valueAt(place);
    slider.toggleAttribute("data-between", at < 0);
    const words = [text || slider.dataset.unset, hint].filter(Boolean).join(", ");
    if (slider.getAttribute("aria-valuetext") !== words) slider.setAttribute("aria-valuetext", words);
  }
}

/** A slider's own value there. @param {number | undefined} place */
function valueAt(place) {
  return place === undefined ? "" : String(Math.round(place));
}

/**
 * The stop that is reached; undefined where there is none, or where it is not known what the field's text means.
 * @param {HTMLInputElement} slider
 * @param {number} direction
 * @param {number} steps
 */
function next(slider, direction, steps) {
  const { text, place } = places.get(slider) ?? {};
  if (place === undefined || text !== fieldOf(slider).value) return undefined;
  const from = direction > 0 ? Math.floor(place) : Math.ceil(place);
  const to = Math.min(Math.max(from + direction * steps, 0), Number(slider.max));
  return (to - place) * direction > 0 ? to : undefined;
}

/** @param {HTMLInputElement} slider @param {number} place */
function write(slider, place) {
  const field = fieldOf(slider);
  field.value = stopsOf(slider)[place];
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** @param {HTMLInputElement} slider */
function stopsOf(slider) {
  return slider.dataset.stops?.split("|") ?? [];
}

/** @param {HTMLInputElement} slider */
function fieldOf(slider) {
  return /** @type {HTMLInputElement} */ (slider.closest("[data-field]")?.querySelector("input[name]"));
}

/** @param {EventTarget | null} field @returns {HTMLInputElement | null | undefined} */
function sliderOf(field) {
  return field instanceof HTMLInputElement && field.name
    ? field.closest("[data-field]")?.querySelector("[data-stops]") : undefined;
}

/** @param {EventTarget | null} target @returns {target is HTMLInputElement} */
function isSlider(target) {
  return target instanceof HTMLInputElement && "stops" in target.dataset;
}
