"""A page without what it, or a page before it, has three times already: a table of a thousand rows is asked three of them.

What axe would say of an element follows from its kind: what it is and stands in, all that it holds but for the words
themselves, whether it scrolls, and whether a finger finds little room there.
"""

from __future__ import annotations

from accessible import OF_COLOURS, PHONE, axe, axe_in_both_schemes, prepare, too_wide_at
from playwright.sync_api import Page

WIDE = 1280
ARTICLE = "article"

_THIN = """([within, known, most]) => {
  const numbers = new Map();
  const number = (...what) => numberOf(JSON.stringify(what));
  // Of these the value decides nothing, or only whether there is one.
  const free = /^(id|href|src|title|for|name|value|datetime|headers|aria-(labelledby|describedby|controls)|data-.*)$/;
  const targets = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .map((e) => [e, e.getBoundingClientRect()]).filter(([, { width, height }]) => width && height)
    .sort(([, one], [, other]) => one.top - other.top);
  // Those too small for a finger, and by whether there is another one within its tip.
  const small = new Map();
  targets.forEach(([e, { left, right, top, bottom }], at) => {
    if (right - left >= 24 && bottom - top >= 24) return;
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const close = ([other, box]) => other !== e && !other.contains(e) && !e.contains(other)
      && box.left < x + 12 && box.right > x - 12 && box.top < y + 12 && box.bottom > y - 12;
    let crowded = false;
    for (let i = at - 1; !crowded && i >= 0 && targets[i][1].top > y - 80; i -= 1) crowded = close(targets[i]);
    for (let i = at + 1; !crowded && i < targets.length && targets[i][1].top < y + 12; i += 1) crowded = close(targets[i]);
    small.set(e, crowded);
  });
  const itself = (e) => [
    e.localName, [...e.classList].sort(), [...e.style].sort(), small.get(e) ?? "",
    [...e.attributes].filter(({ name }) => !["class", "style"].includes(name))
      .map(({ name, value }) => free.test(name) ? [name, value === ""] : [name, value]).sort(),
  ];
  const own = (e) => {
    if (!numbers.has(e)) {
      const words = [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      const scrolls = [e.scrollWidth > e.clientWidth, e.scrollHeight > e.clientHeight];
      const held = [...new Set([...e.children].map(own))].sort();
      numbers.set(e, number(itself(e), words, scrolls, e.checkVisibility({ visibilityProperty: true }), held));
    }
    return numbers.get(e);
  };
  const whole = new Set("p div ul ol li dl table tr pre figure section details blockquote".split(" "));
  const counted = new Map(known.map((kind) => [kind, most]));
  const kinds = new Set(), surplus = [];
  const look = (e, above) => {
    const kind = number(above, own(e));
    const before = counted.get(kind) ?? 0;
    if (whole.has(e.localName) && ["row", null].includes(e.getAttribute("role")) && before >= most) return surplus.push(e);
    counted.set(kind, before + 1);
    kinds.add(kind);
    const here = number(above, e.localName, [...e.classList].sort());
    for (const child of e.children) look(child, here);
  };
  for (const root of document.querySelectorAll(within)) look(root, 0);
  for (const e of surplus) e.remove();
  return [...kinds];
}"""
MOST = 3
"""So many of a kind are asked."""


def faults_in_every_look(page: Page, known: set[int], within: str | None = None) -> dict[str, object]:
    """What is wrong on a page, or in a part of it, on a phone and on a wide screen, and there in light and in dark colours.

    Of the article axe is asked nothing of a kind that is `known`; kinds in which nothing is wrong join these.
    """
    faults = too_wide_at(page, PHONE, WIDE)
    kinds = _thin(page, known)
    faults |= axe_in_both_schemes(page, within)
    known |= kinds if not faults else set()
    return faults


def faults_on_a_phone(page: Page, known: set[int]) -> dict[str, object]:
    """What is wrong in a page's article on a phone, whatever its colours; of known kinds nothing."""
    faults = too_wide_at(page, PHONE)
    kinds = _thin(page, known)
    if found := axe(page, ARTICLE, without=OF_COLOURS):
        faults["axe"] = found
    known |= kinds if not faults else set()
    return faults


def _thin(page: Page, known: set[int]) -> set[int]:
    """Takes from the articles what is of a kind that is known or has come often enough; the kinds that are left."""
    prepare(page)
    return set(page.evaluate(_THIN, [ARTICLE, list(known), MOST]))
