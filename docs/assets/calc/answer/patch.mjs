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
  const old = [...target.childNodes];
  /** @type {Map<string, number[]> | undefined} */
  let places;
  let at = 0;
  for (const now of [...source.childNodes]) {
    if (at < old.length && old[at].isEqualNode(now)) at += 1;
    else {
      const first = at;
      let same = at < old.length ? at : undefined;
      if (same !== undefined && !isSameKind(old[at], now)) {
        places ??= placesOf(old, at);
        same = following(places.get(kindOf(now)), at);
      }
      if (same === undefined) target.insertBefore(now, old[at] ?? null);
      else {
        while (at < same) target.removeChild(old[at++]);
        const equal = same > first && old[at].isEqualNode(now);
        if (!equal && !adapted(old[at], now)) target.replaceChild(now, old[at]);
        at += 1;
      }
    }
  }
  while (at < old.length) target.removeChild(old[at++]);
}

/** What a node is among its neighbours, whatever it says: a row and a part of a picture are known by their ids. @param {Node} node */
function kindOf(node) {
  return node instanceof Element ? `${node.localName} ${nameOf(node)}` : node.nodeName;
}

/** @param {Element} element */
function nameOf(element) {
  return element.id || element.getAttribute("data-row") || element.firstElementChild?.id || (element.getAttribute("class") ?? "").split(" ", 1)[0];
}

/** Whether two nodes are of one kind: asked of each that differs, so that no words are put together for it. @param {Node} old @param {Node} now */
function isSameKind(old, now) {
  if (old.nodeName !== now.nodeName) return false;
  return !(old instanceof Element && now instanceof Element) || nameOf(old) === nameOf(now);
}

/** Where nodes of each kind stand, from one on. @param {Node[]} nodes @param {number} from */
function placesOf(nodes, from) {
  const places = new Map();
  for (let at = from; at < nodes.length; at += 1) {
    const kind = kindOf(nodes[at]);
    if (places.has(kind)) places.get(kind).push(at);
    else places.set(kind, [at]);
  }
  return places;
}

/** The first of these places that is not passed; those that are go. @param {number[] | undefined} places @param {number} at */
function following(places, at) {
  while (places?.length && places[0] < at) places.shift();
  return places?.[0];
}

/** Makes a node equal to another, where they are the same thing. @param {Node} old @param {Node} now */
function adapted(old, now) {
  if (old instanceof Text && now instanceof Text) {
    old.data = now.data;
    return true;
  }
  if (!(old instanceof Element && now instanceof Element) || old.localName !== now.localName || old.id !== now.id) return false;
  if (old.hasAttributes() || now.hasAttributes()) adaptAttributes(old, now);
  patch(old, now);
  return true;
}

/** @param {Element} old @param {Element} now */
function adaptAttributes(old, now) {
  const names = now.getAttributeNames();
  for (const name of old.getAttributeNames()) if (name !== "open" && !names.includes(name)) old.removeAttribute(name);
  for (const name of names) {
    const value = now.getAttribute(name) ?? "";
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}
