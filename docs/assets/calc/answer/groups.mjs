// @ts-check
// Groups of an answer's figures fold: each is as the reader left it, else as Python says, and opens for who is sent into it.

const GROUP = /(<details class="sm-of" id="([^"]*)")(?: open)?>/g;

/** Whether a reader has left a group open, by its id. @type {Map<string, boolean>} */
const left = new Map();

/** An answer's HTML with its groups as the reader left them. @param {string} html */
export function asLeft(html) {
  if (!left.size) return html;
  return html.replace(GROUP, (whole, start, id) => (left.has(id) ? `${start}${left.get(id) ? " open" : ""}>` : whole));
}

/** Opens the group that an element is in. @param {Element | null} element */
export function openAround(element) {
  element?.closest("details.sm-of")?.setAttribute("open", "");
}

document.addEventListener("click", ({ target }) => {
  const group = target instanceof Element ? target.closest(".sm-of > summary")?.parentElement : null;
  if (group instanceof HTMLDetailsElement) left.set(group.id, !group.open); // it opens or closes after the click
}, { capture: true });
addEventListener("hashchange", () => openAround(document.querySelector("[data-answer] :target")));
