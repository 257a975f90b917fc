"""What kind of thing each element of a page is, and a page without what it has three times already.

What axe would say of an element follows from its kind, colours aside: what it is and stands in, all that it holds but for
the words themselves, whether it is seen and scrolls, and whether a finger finds little room there.
"""

from __future__ import annotations

from playwright.sync_api import Page

MOST = 3
"""So many of a kind are asked."""

NUMBERS = """() => {
  // A number for a text that is too long to be told again and again; most texts of a page come many times.
  const known = new Map();
  globalThis.numberOf = (text) => {
    if (known.has(text)) return known.get(text);
    let [one, other] = [0x9e3779b9, 0x85ebca6b];
    for (let at = 0; at < text.length; at += 1) {
      one = Math.imul(one ^ text.charCodeAt(at), 0x9e3779b1);
      other = Math.imul(other ^ text.charCodeAt(at), 0x5f356495);
    }
    known.set(text, (other >>> 11) * 2 ** 32 + (one >>> 0));
    return known.get(text);
  };
  // Of these attributes the value decides nothing, or only whether there is one.
  const free = /^(id|href|src|title|for|name|value|datetime|headers|aria-(labelledby|describedby|controls)|data-.*)$/;
  const number = (...what) => numberOf(JSON.stringify(what));
  const named = (e) => [e.localName, [...e.classList].sort()];
  const around = (e) => [named(e), e.role, e.ariaHidden, e.inert];
  const path = (e) => (e ? number(path(e.parentElement), around(e)) : 0);
  const labelled = (e) => [
    e.labels?.length, e.ariaLabel && e.textContent,
    ...["aria-labelledby", "aria-describedby", "aria-controls", "headers"].map((name) =>
      e.getAttribute(name)?.trim().split(/\\s+/).map((id) => Boolean(document.getElementById(id)?.textContent.trim()))),
  ];
  // Those too small for a finger, and by whether there is another one within its tip.
  const small = () => {
    const found = new Map();
    const targets = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
      .map((e) => [e, e.getBoundingClientRect()]).filter(([, { width, height }]) => width && height)
      .sort(([, one], [, other]) => one.top - other.top);
    targets.forEach(([e, { left, right, top, bottom }], at) => {
      if (right - left >= 24 && bottom - top >= 24) return;
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const close = ([other, box]) => other !== e && !other.contains(e) && !e.contains(other)
        && box.left < x + 12 && box.right > x - 12 && box.top < y + 12 && box.bottom > y - 12;
      let crowded = false;
      for (let i = at - 1; !crowded && i >= 0 && targets[i][1].top > y - 80; i -= 1) crowded = close(targets[i]);
      for (let i = at + 1; !crowded && i < targets.length && targets[i][1].top < y + 12; i += 1) crowded = close(targets[i]);
      found.set(e, crowded);
    });
    return found;
  };
  // The kind of each element from these on, in the order of the page.
  globalThis.kindsIn = (roots) => {
    const [narrow, owns, kinds] = [small(), new Map(), new Map()];
    const own = (e) => {
      if (owns.has(e)) return owns.get(e);
      const attributes = [...e.attributes].filter(({ name }) => !["class", "style"].includes(name))
        .map(({ name, value }) => [name, free.test(name) ? value === "" : value]).sort();
      const words = [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      const seen = e.checkVisibility({ visibilityProperty: true });
      const scrolls = [e.scrollWidth > e.clientWidth, e.scrollHeight > e.clientHeight];
      const held = [...new Set([...e.children].map(own))].sort();
      const colours = /color|background|opacity|filter/.test(e.style.cssText) && e.style.cssText;
      owns.set(e, number(named(e), [...e.style].sort(), colours, attributes, narrow.get(e) ?? "", labelled(e), words,
        seen, scrolls, held));
      return owns.get(e);
    };
    const look = (e, above) => {
      kinds.set(e, number(above, own(e)));
      const here = number(above, around(e));
      for (const child of e.children) look(child, here);
    };
    for (const root of roots) look(root, path(root.parentElement));
    return kinds;
  };
}"""

_THIN = """([known, most, roles]) => {
  const whole = new Set("p div ul ol li dl table tr pre figure section details blockquote".split(" "));
  const counted = new Map(known.map((kind) => [kind, most]));
  const [gone, surplus] = [new Set(), []];
  for (const [e, kind] of kindsIn(document.querySelectorAll("article"))) {
    const before = counted.get(kind) ?? 0;
    const thinned = whole.has(e.localName) && roles.includes(e.getAttribute("role")) && before >= most;
    if (thinned || gone.has(e.parentElement)) {
      if (!gone.has(e.parentElement)) surplus.push(e);
      gone.add(e);
    } else {
      counted.set(kind, before + 1);
    }
  }
  globalThis.takenOut = surplus.map((e) => [document.createComment(""), e]);
  for (const [place, e] of takenOut) e.replaceWith(place);
  return [...counted.keys()];
}"""
_WHOLE = "() => { for (const [place, e] of takenOut) place.replaceWith(e); }"


def thin(page: Page, known: set[int], part: str = "row") -> set[int]:
    """Takes from a page's articles what is of a kind that is known or has come often enough; the kinds known then.

    Of what has a role by itself that is rows, of which a table keeps some where it is the first; else whole tables.
    """
    return set(page.evaluate(_THIN, [list(known), MOST, [part, None]]))


def whole(page: Page) -> None:
    """Puts back what was taken from a page."""
    page.evaluate(_WHOLE)
