// @ts-check
// One piece of the page turned into another: what is equal stays, so that the browser lays out and paints only what changed.

/** The nodes of HTML that Python rendered. @param {string} html */
export function nodesOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/**
 * Gives an element the content of another, which is used up.  What a reader has opened stays open.
 * @param {Node} target
 * @param {Node} source
 */
export function patch(target, source) {
  let old = target.firstChild;
  for (const now of [...source.childNodes]) {
    const following = old?.nextSibling ?? null;
    if (!old) target.appendChild(now);
    else if (!old.isEqualNode(now) && !adapted(old, now)) target.replaceChild(now, old);
    old = following;
  }
  while (old) {
    const following = old.nextSibling;
    target.removeChild(old);
    old = following;
  }
}

/** Makes a node equal to another, where they are the same thing. @param {Node} old @param {Node} now */
function adapted(old, now) {
  if (old instanceof Text && now instanceof Text) {
    old.data = now.data;
    return true;
  }
  if (!(old instanceof Element && now instanceof Element) || old.localName !== now.localName || old.id !== now.id) return false;
  const names = old.getAttributeNames().filter((name) => name !== "open");
  if (names.join() !== now.getAttributeNames().join()) return false;
  for (const name of names) {
    const value = now.getAttribute(name) ?? "";
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  patch(old, now);
  return true;
}
